"""An independent look at a Fountain file: no word of it may be missing from the Script.

It shares no code with the reader. It cuts source and Script down to letters and digits, and asks
that every word of the source is in the Script, and that what is shown, sung and said stands there
in the order of the source. Run it on a folder:
`python -m tests.stages.words_of_source FOLDER`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import PipelineError
from schemas.script import Action, Dialogue, Lyric, Script, plain_text
from stages.reading.decode_screenplay import decode_screenplay
from stages.reading.read_fountain import read_fountain

BONEYARD = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Tally:
    lines: int
    scenes: int
    speeches: int
    spoken_words: int
    words: int
    lost: tuple[str, ...]


def letters_of(text: str) -> list[str]:
    """Words as runs of letters and digits, emphasis marks aside."""
    return re.findall(r"\w+", re.sub(r"[*_\\]", "", text))


def words_of_script(script: Script) -> Iterator[tuple[int, str]]:
    """Line and words of everything in a Script, as far as the source spells it out."""
    for entry in script.title_page:
        yield 0, entry.key
        for value in entry.values:
            yield 0, value
    for scene in script.scenes:
        if scene.slug.text:
            yield scene.source.line, f"{scene.slug.text} {scene.number or ''}"
        for element in scene.elements:
            line = element.source.line
            if isinstance(element, Dialogue):
                cue = "" if element.continues else f"{element.speaker} {element.extensions}"
                yield line, f"{cue} {element.parenthetical} {plain_text(element.spans)}"
            elif isinstance(element, (Action, Lyric)):
                yield line, plain_text(element.spans)
            elif element.kind != "page_break":
                yield line, element.text


def lost_words(source: str, script: Script) -> tuple[str, ...]:
    """Words of the source, boneyards aside, that the Script holds less often."""
    left: dict[str, int] = {}
    for _, text in words_of_script(script):
        for word in letters_of(text):
            left[word] = left.get(word, 0) + 1
    lost = []
    for word in letters_of(BONEYARD.sub(" ", source)):
        left[word] = left.get(word, 0) - 1
        if left[word] < 0:
            lost.append(word)
    return tuple(lost)


def out_of_order(source: str, script: Script) -> tuple[int, ...]:
    """Lines of what is shown, sung or said whose letters do not follow those of the one before."""
    bare = re.sub(r"\[\[.*?\]\]", " ", BONEYARD.sub(" ", source), flags=re.DOTALL)
    letters, at = "".join(letters_of(bare)), 0
    wrong = []
    for scene in script.scenes:
        for element in scene.elements:
            if not isinstance(element, (Action, Dialogue, Lyric)):
                continue
            words = "".join(letters_of(plain_text(element.spans)))
            found = letters.find(words, at)
            if found < 0:
                wrong.append(element.source.line)
            else:
                at = found + len(words)
    return tuple(wrong)


def misplaced_lines(source: str, script: Script) -> tuple[int, ...]:
    """Lines of elements whose first word does not stand on that line of the source."""
    rows = re.split("\r\n|[\n\r\x85\u2028\u2029]", source)
    wrong = []
    for line, text in words_of_script(script):
        first = letters_of(text)[:1]
        if line and first and first[0] not in letters_of(rows[line - 1]):
            wrong.append(line)
    return tuple(wrong)


def tally(data: bytes, file: str) -> tuple[Tally, Script]:
    """Read a file and count what became of it."""
    source = decode_screenplay(data, file)
    script = read_fountain(source, file)
    elements = [element for scene in script.scenes for element in scene.elements]
    spoken = [element for element in elements if isinstance(element, Dialogue)]
    return (
        Tally(
            lines=len(source.splitlines()),
            scenes=len(script.scenes),
            speeches=sum(not line.continues for line in spoken),
            spoken_words=sum(len(plain_text(line.spans).split()) for line in spoken),
            words=len(letters_of(BONEYARD.sub(" ", source))),
            lost=lost_words(source, script),
        ),
        script,
    )


def main(folder: Path) -> int:
    """Print a row per file; the number of files that lost a word or a line number."""
    bad = 0
    for path in sorted(folder.rglob("*.fountain")):
        data = path.read_bytes()
        try:
            count, script = tally(data, path.name)
        except PipelineError as error:
            print(f"{path.name}: {error.code}: {error}")
            continue
        source = decode_screenplay(data, path.name)
        wrong = misplaced_lines(source, script) + out_of_order(source, script)
        bad += bool(count.lost or wrong)
        print(
            f"{path.name}: {script.language} lines={count.lines} scenes={count.scenes} "
            f"speeches={count.speeches} spoken={count.spoken_words} words={count.words} "
            f"lost={len(count.lost)} {count.lost[:8]} misplaced={wrong[:8]}"
        )
    return bad


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
