"""Damaged, cut, crossed and invented files through the public readers: bytes in, and nothing comes
out but what was asked for or a PipelineError.

`python -m tests.hostile.fuzz FIRST COUNT` runs those cases; one that failed runs alone as `N 1`.
"""

from __future__ import annotations

import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from orchestrator.canon.seed import read_seed
from orchestrator.shows.settings import Settings, read_settings
from orchestrator.shows.show import SCREENPLAY_SUFFIXES
from orchestrator.work.read_script import parse_screenplay
from schemas.errors import PipelineError
from schemas.script import Script

LONGEST_BYTES = 20_000

SEEDS: dict[str, bytes] = {
    ".fountain": (
        "Title: A _Tide_\nAuthor: Ö\nLanguage: fr\nCharacters: Mara, Tom\n\n# Act\n\n= Synopsis\n\n"
        "INT. KITCHEN - DAY #1A#\n\nShe *waits* **here**. [[canon: mara.age = 34]]\n\n"
        "MARA (V.O.) (CONT'D)\n(softly)\nIs _it_ open?\n\nTOM ^\nNo.\n\n~la la\n\n> CUT TO:\n\n"
        "/* gone */ > centred <\n\n===\n\n.FORCED\n\n@lower\nHi.\n\n!ACTION\n"
    ).encode(),
    ".json": (
        b'{"schema": "Script/1.0.0", "language": "en", "title_page": {"Title": "A", "By": ["B"]},\n'
        b'"scenes": [{"slug": "INT. KITCHEN - DAY", "number": "1", "elements": ["She waits.",\n'
        b'{"speaker": "MARA (V.O.)", "parenthetical": "(soft)", "text": "Is *it* open?"},\n'
        b'{"kind": "note", "text": "canon: mara.age = 34"}, {"kind": "page_break"},\n'
        b'{"kind": "lyric", "spans": [{"text": "la", "bold": true}], "line_id": "x"}]},\n'
        b'{"slug": {"text": "EXT. QUAY", "location_name": "Quay"}, "emotional_tags": ["sad"]}],\n'
        b'"facts": ["mara.age = 34", {"subject": "a", "attribute": "b", "value": "c"}]}'
    ),
    ".yaml": (
        b"schema: Script/1.0.0\nlanguage: en\ntitle_page: {Title: A, By: [B]}\nscenes:\n"
        b"- slug: INT. KITCHEN - DAY\n  number: '1'\n  elements:\n  - She waits.\n"
        b"  - {speaker: MARA, parenthetical: soft, text: 'Is *it* open?', dual_with: ~}\n"
        b"  - kind: note\n    text: |\n      canon: mara.age = 34\n  - kind: section\n"
        b"    level: 2\n    text: >-\n      folded\n      text\nfacts: [mara.age = 34]\n"
    ),
    "project": (
        b"id: show\ntitle: A\nlanguage: en\nformat: {aspect: 16:9, fps: 23.976, height: 720}\n"
        b"loudness: {target_lufs: -16, true_peak_dbtp: -1.5}\ncaptions: burned_in\nvoice: none\n"
        b"casting: {mara: en+f2}\nfonts: [a.ttf]\nstyle: {placeholder_tag: true}\n"
    ),
    "canon": (
        b'{"mara": {"name": "Mara Voss", "age": "34"}, "facts": [{"subject": "tom", "attribute":'
        b' "alive", "value": "yes"}], "schema": "CanonSnapshot/1.0.0"}'
    ),
}
# What breaks readers: marks of each syntax, half characters, numbers at their limits.
TOKENS: tuple[bytes, ...] = (
    *(b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b", b"\r", b"\n\n"),
    *("\u2028".encode(), "\x85".encode(), "\u202e".encode(), "İ".encode(), "ß".encode()),
    *(b"[[", b"]]", b"/*", b"*/", b"***", b"___", b"\\", b"^", b"~", b"#", b"@", b"===", b"> <"),
    *(b"[[canon:", b"canon: a.b =>", b" = ", b"INT./EXT. ", b"(CONT'D)", b"Title:", b"()"),
    *(b"{", b"}", b"[", b"]", b",", b":", b'"', b"'", b"null", b"true", b"-0", b"1e999", b"NaN"),
    *(b"9" * 5000, b"-1", b"0.5", b'"\\ud800"', b'"\\u0000"', b'"kind"', b'"spans"', b'"level"'),
    *(b"!!binary x", b"!!timestamp x", b"!!int x", b"!!bool x", b"!!python/object:os.system x"),
    *(b"!!set {a}", b"!!omap [a: 1]", b"!!float .inf", b"? ", b"- ", b"&a ", b"*a", b"<<: ", b"|2"),
    *(b"--- ", b"...", b"%YAML 9.9\n---\n", b"%TAG ! x\n", b"{[a]: b}", b"? [a]\n: b", b"\t", b"@"),
    *(b"[" * 200, b"{a: " * 200, b"- " * 200, b'{"a":' * 200, b"x" * 5000, b"(" * 500),
)
Reader = Callable[[bytes], object]


def mutated(number: int) -> tuple[str, bytes]:
    """Which reader, and the bytes of case `number`."""
    chance = random.Random(number)  # noqa: S311  reproducible on purpose
    kinds = tuple(SEEDS)
    kind = kinds[number % len(kinds)]
    data = bytearray(SEEDS[kind])
    if chance.random() < 0.05:
        data = bytearray(chance.randbytes(chance.randrange(200)))
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((0, 1, 1, 3, 20, 200)))
        match chance.randrange(7):
            case 0:
                data[at:end] = b""
            case 1 | 2:
                data[at:end] = chance.choice(TOKENS)
            case 3:
                data[at:at] = data[at:end] * chance.randrange(1, 20)
            case 4:
                data[at:end] = chance.randbytes(end - at)
            case 5:
                other = SEEDS[chance.choice(kinds)]
                begin = chance.randrange(len(other))
                data[at:end] = other[begin : begin + chance.randrange(200)]
            case 6 if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
    return kind, bytes(data[:LONGEST_BYTES])


def readers(folder: Path) -> dict[str, Reader]:
    """The public entry of each kind of file, as the program calls it."""
    (folder / "canon").mkdir()

    def project(data: bytes) -> object:
        (folder / "project.yaml").write_bytes(data)
        return read_settings(folder / "project.yaml")

    def canon(data: bytes) -> object:
        name = "canon.yaml" if len(data) % 2 else "canon.json"
        path = folder / "canon" / name
        path.write_bytes(data)
        try:
            return read_seed(folder / "canon", "canon")
        finally:
            path.unlink()

    return {"project": project, "canon": canon}


def outcome(number: int, others: dict[str, Reader]) -> str:
    """What became of a case: `read`, or the code of the refusal. Anything else is raised."""
    kind, data = mutated(number)
    suffixes = (kind,) if kind in SCREENPLAY_SUFFIXES else ()
    try:
        if not suffixes:
            result = others[kind](data)
            assert isinstance(result, (Settings, tuple)), type(result)
        for suffix in suffixes:
            script = parse_screenplay(data, Path(f"e{suffix}"), f"e{suffix}", "")
            assert isinstance(script, Script)
            assert Script.model_validate_json(script.readable()) == script
    except PipelineError as refusal:
        assert refusal.problem, refusal.code
        assert len(str(refusal)) < LONGEST_BYTES, refusal.code
        return refusal.code
    return "read"


def fuzz(first: int, count: int) -> Counter[str]:
    """Cases `first` to `first + count`, counted. Raises AssertionError naming each that crashed."""
    counted: Counter[str] = Counter()
    crashes = []
    with tempfile.TemporaryDirectory() as folder:
        others = readers(Path(folder))
        for number in range(first, first + count):
            kind = mutated(number)[0].removeprefix(".")
            try:
                code = outcome(number, others)
            except Exception:
                crashes.append(f"case {number} ({kind}): {traceback.format_exc()}")
            else:
                counted[f"{kind} {'read' if code == 'read' else 'refused'}"] += 1
    assert not crashes, f"{len(crashes)} crashed:\n" + "\n".join(crashes)
    return counted


if __name__ == "__main__":
    print(dict(fuzz(int(sys.argv[1]), int(sys.argv[2]))))
