"""A speech in Fountain: the lines under a cue, parted where a bracket or a song begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stages.reading.fountain_cue import Cue
from stages.reading.fountain_emphasis import without_emphasis
from stages.reading.fountain_lines import Line, RawNote
from stages.reading.fountain_marks import (
    closes_parenthetical,
    is_page_break,
    leading_direction,
    lyric_of,
    opens_parenthetical,
    parentheticals_of,
)
from stages.reading.slug_line import is_plain_heading, read_heading


@dataclass(frozen=True, slots=True)
class SpeechPart:
    """What is said after at most one parenthetical, a string per line. `number` is its line."""

    number: int
    parenthetical: str = ""
    lines: tuple[str, ...] = ()
    sung: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """Everything under one cue. Never without a part."""

    cue: Cue
    number: int
    parts: tuple[SpeechPart, ...]
    notes: tuple[RawNote, ...]
    page_breaks: tuple[int, ...]


@dataclass(slots=True)
class _Part:
    number: int
    parenthetical: str
    sung: bool
    lines: list[str]


def has_speech_below(lines: Sequence[Line], row: int) -> bool:
    """True when words follow a cue at `row` without a blank line between, and no slug line."""
    below = row + 1
    while below < len(lines) and lines[below].erased:
        below += 1
    text = lines[below].bare if below < len(lines) else ""
    return bool(text) and not is_page_break(text) and not is_plain_heading(text)


def read_speech(lines: Sequence[Line], row: int, cue: Cue) -> tuple[Speech, int]:
    """The speech whose cue stands at `row`, and the row after it.

    It goes on over a blank line of two spaces, over lines that were only a note or boneyard, and
    over a page break; it ends at any other blank line.
    """
    end = _end_of_speech(lines, row + 1)
    reader = _SpeechReader(lines[row].number)
    at = row + 1
    while at < end:
        at = reader.take(lines, at, end)
    notes = tuple(note for line in lines[row:end] for note in line.notes)
    speech = Speech(cue, lines[row].number, reader.finish(), notes, tuple(reader.page_breaks))
    return speech, end


def _end_of_speech(lines: Sequence[Line], row: int) -> int:
    end = start = row
    while row < len(lines):
        line = lines[row]
        fresh = line.fresh or lines[row - 1].kept_blank
        if (line.blank and not line.kept_blank) or (fresh and _is_heading(line)):
            break
        if is_plain_heading(line.bare) and row > start and not _closes_bracket(lines[row - 1]):
            break
        row += 1
        if not line.blank:
            end = row
    return end


def _closes_bracket(line: Line) -> bool:
    """Whether words have to follow: somebody may read a slug line out, `(reading)`."""
    return line.bare.endswith((")", "）"))


def _is_heading(line: Line) -> bool:
    return not line.bare.startswith(".") and read_heading(line.bare) is not None


class _SpeechReader:
    """Gathers parts line by line."""

    def __init__(self, number: int) -> None:
        self.page_breaks: list[int] = []
        self._parts = [_Part(number, "", False, [])]

    def take(self, lines: Sequence[Line], at: int, end: int) -> int:
        """Read the line at `at`, with those that belong to it; the row after them."""
        line = lines[at]
        if line.erased:
            return at + 1
        if is_page_break(line.bare):
            self.page_breaks.append(line.number)
            return at + 1
        text, after = _gathered(lines, at, end)
        brackets = parentheticals_of(text) or parentheticals_of(without_emphasis(text))
        if brackets:
            for bracket in brackets:
                self._parenthetical(without_emphasis(bracket), line.number)
            return after
        direction, rest = leading_direction(line.bare)
        if direction:
            self._parenthetical(direction, line.number)
            line = replace(line, text=rest)
        self._words(line)
        return at + 1

    def finish(self) -> tuple[SpeechPart, ...]:
        return tuple(
            SpeechPart(part.number, part.parenthetical, _trimmed(part.lines), part.sung)
            for part in self._parts
        )

    def _parenthetical(self, text: str, number: int) -> None:
        part = self._parts[-1]
        if any(part.lines) or part.parenthetical:
            self._parts.append(_Part(number, text, False, []))
        else:
            part.parenthetical = text

    def _words(self, line: Line) -> None:
        sung = lyric_of(line.bare)
        part = self._parts[-1]
        if not line.bare:
            part.lines.append("")
            return
        if any(part.lines) and part.sung != (sung is not None):
            part = _Part(line.number, "", False, [])
            self._parts.append(part)
        part.sung = sung is not None
        part.lines.append(line.bare if sung is None else sung)


def _gathered(lines: Sequence[Line], at: int, end: int) -> tuple[str, int]:
    """A line, joined with the next ones when they close the bracket it opens."""
    text = lines[at].bare
    if not opens_parenthetical(text):
        return text, at + 1
    words = [text]
    for row in range(at + 1, end):
        more = lines[row].bare
        if not more and not lines[row].erased:
            break
        words.extend([more] if more else [])
        if closes_parenthetical(more):
            return " ".join(words), row + 1
        if any(sign in more for sign in "()（）"):
            break
    return text, at + 1


def _trimmed(lines: Sequence[str]) -> tuple[str, ...]:
    start, end = 0, len(lines)
    while start < end and not lines[start]:
        start += 1
    while end > start and not lines[end - 1]:
        end -= 1
    return tuple(lines[start:end])
