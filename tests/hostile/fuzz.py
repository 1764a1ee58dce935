"""Screenplays broken at random: each is read, or refused in plain words, and nothing else."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from schemas.errors import PipelineError
from stages.decode_screenplay import decode_screenplay
from stages.read_fountain import read_fountain
from stages.read_structured import read_structured

ROOT = Path(__file__).parents[2]
# What means something to one of the readers.
PIECES = (
    *(b"INT. ", b"EXT. HALL - DAY\n\n", b"MARA\n", b"@m\n", b"(beat)\n", b"[[", b"]]", b"/*"),
    *(b"*/", b"~la\n", b"^\n", b"> CUT TO:\n", b">x<", b"===\n", b"= s\n", b"# a\n", b"**"),
    *(b"_", b"\\", b"!", b"Title: x\n", b"\r", b"\n\n\n", b"\t", b"\x00", b"\xff", b"\xfe\xff"),
    *(b"\xef\xbb\xbf", b"\xc2\x85", b"[[canon: a.b -> c]]", b"[[canon:", b"{", b"}", b"[", b"]"),
    *(b'"', b": ", b"- ", b"&a ", b"*a", b'{"scenes":', b"null", b"1e999", b"-1", b"true"),
    *(b"!!python/object", b"? ", b"| \n", b"\\ud800"),
)
YAML = b"title_page: []\nlanguage: en\nscenes:\n- slug: {text: INT. A}\n  elements:\n"
YAML += b"  - {kind: action, spans: [{text: x}]}\n"
YAML += b"  - {kind: dialogue, speaker: M, spans: [{text: y}]}\n"
JSON = (
    b'{"language":"en","title_page":[{"key":"Title","values":["A"]}],"scenes":[{"slug":{"text":'
    b'"INT. A"},"elements":[{"kind":"dialogue","speaker":"M","spans":[{"text":"y"}]}]}]}'
)


def samples() -> dict[str, list[bytes]]:
    """Whole screenplays by the name of their reader."""
    found = sorted((ROOT / "examples").rglob("*.fountain"))
    fountain = [path.read_bytes()[:4000] for path in found]
    assert fountain
    return {"fountain": fountain, "json": [JSON], "yaml": [YAML]}


def broken(chance: random.Random, good: bytes) -> bytes:
    """A stretch of a screenplay with some bytes cut, doubled, flipped or put in."""
    first = chance.randrange(max(1, len(good) - 600)) if len(good) > 1000 else 0
    data = bytearray(good[first : first + chance.randrange(1, 800)])
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1)
        how = chance.randrange(5)
        if how == 0:
            del data[at : at + chance.randrange(40)]
        elif how == 1:
            data[at:at] = data[at : at + chance.randrange(60)]
        elif how == 2 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        else:
            data[at:at] = chance.choice(PIECES)
    return bytes(data)


def fuzz(first: int, count: int) -> Counter[str]:
    """Read cases `first` to `first + count`; raises whatever is neither a script nor a refusal."""
    kinds, figures = samples(), Counter[str]()
    for number in range(first, first + count):
        chance = random.Random(number)  # noqa: S311  reproducible on purpose
        kind = ("fountain", "fountain", "json", "yaml")[number % 4]
        data = broken(chance, chance.choice(kinds[kind]))
        try:
            if kind == "fountain":
                read_fountain(decode_screenplay(data, "fuzz.fountain"), "fuzz.fountain", "en")
            else:
                read_structured(data, f"fuzz.{kind}", kind)
            figures[f"{kind} read"] += 1
        except PipelineError as refusal:
            assert refusal.problem, (number, data)
            figures[f"{kind} refused"] += 1
        except Exception as crash:
            raise AssertionError(f"case {number} ({kind}): {crash!r}: {data!r}") from crash
    return figures
