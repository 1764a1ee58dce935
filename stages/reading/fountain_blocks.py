"""Fountain line by line: which element each block of lines is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stages.reading.fountain_cue import Cue, cue_key, read_cue
from stages.reading.fountain_lines import Line, RawNote
from stages.reading.fountain_marks import (
    centered_of,
    forced_transition_of,
    is_page_break,
    is_rule,
    is_transition,
    lyric_of,
    section_of,
    synopsis_of,
)
from stages.reading.fountain_speech import Speech, has_speech_below, read_speech
from stages.reading.slug_line import Heading, is_plain_heading, read_heading
from stages.reading.time_jump import read_time_jump

_TAB: Final = "    "


@dataclass(frozen=True, slots=True)
class ActionBlock:
    """A paragraph of action, a string per line, indents kept."""

    number: int
    lines: tuple[str, ...]
    centered: bool = False


@dataclass(frozen=True, slots=True)
class LineBlock:
    """An element of one line: `kind` is the kind it has in a Script."""

    number: int
    kind: str
    text: str = ""
    level: int = 0


Block = Heading | ActionBlock | Speech | LineBlock | RawNote


class FountainBlocks:
    """Reads the body of a Fountain file.

    `known` holds the names that count as cues although their script has no capitals; every name
    forced with `@` joins it.
    """

    def __init__(self, lines: Sequence[Line], known: set[str]) -> None:
        self._lines = lines
        self._known = known
        self._row = 0

    def __iter__(self) -> Iterator[Block]:
        while self._row < len(self._lines):
            line = self._lines[self._row]
            if line.erased or not line.bare:
                self._row += 1
                yield from line.notes
            elif heading := self._heading(line):
                self._row += 1
                yield heading
                yield from line.notes
            elif cue := self._cue(line):
                speech, self._row = read_speech(self._lines, self._row, cue)
                yield speech
                yield from speech.notes
            else:
                yield from self._block(line)

    def _heading(self, line: Line) -> Heading | None:
        jump = read_time_jump(line.bare, line.number)
        if jump and cue_key(line.bare) not in self._known:
            return jump
        return read_heading(line.bare, line.number)

    def _cue(self, line: Line) -> Cue | None:
        text = line.bare
        if (
            _stands_alone(line)
            or text.startswith("!")
            or not has_speech_below(self._lines, self._row)
        ):
            return None
        cue = read_cue(text, self._known)
        if cue and cue.forced:
            self._known.add(cue_key(cue.name))
        return cue

    def _block(self, line: Line) -> Iterator[Block]:
        if is_rule(line.bare):
            self._row += 1
            yield LineBlock(line.number, "page_break")
            yield from line.notes
        elif _stands_alone(line):
            yield from self._line_block(line)
        elif is_transition(line.bare):
            self._row += 1
            yield LineBlock(line.number, "transition", line.bare)
            yield from line.notes
        else:
            yield from self._action()

    def _line_block(self, line: Line) -> Iterator[Block]:
        text = line.bare
        if centered_of(text):
            yield from self._centered()
            return
        self._row += 1
        if is_page_break(text):
            yield LineBlock(line.number, "page_break")
        elif section := section_of(text):
            yield LineBlock(line.number, "section", section[1], section[0])
        elif (synopsis := synopsis_of(text)) is not None:
            yield LineBlock(line.number, "synopsis", synopsis)
        elif lyric := lyric_of(text):
            yield LineBlock(line.number, "lyric", lyric)
        else:
            yield LineBlock(line.number, "transition", forced_transition_of(text) or "")
        yield from line.notes

    def _centered(self) -> Iterator[Block]:
        first = self._lines[self._row].number
        words: list[str] = []
        notes: list[RawNote] = []
        while self._row < len(self._lines):
            line = self._lines[self._row]
            centered = centered_of(line.bare)
            if not centered and not line.erased:
                break
            words.extend([centered] if centered else [])
            notes.extend(line.notes)
            self._row += 1
        yield ActionBlock(first, tuple(words), centered=True)
        yield from notes

    def _action(self) -> Iterator[Block]:
        first = self._row
        words: list[str] = []
        notes: list[RawNote] = []
        while self._row < len(self._lines):
            line = self._lines[self._row]
            if line.blank or (self._row > first and _breaks_action(line)):
                break
            words.extend([] if line.erased else [_action_text(line.text)])
            notes.extend(line.notes)
            self._row += 1
        yield ActionBlock(self._lines[first].number, tuple(words))
        yield from notes


def _stands_alone(line: Line) -> bool:
    """True for a line that is an element by its own first sign."""
    text = line.bare
    return bool(text[0] in "#=" or lyric_of(text) or forced_transition_of(text))


def _breaks_action(line: Line) -> bool:
    """True for a line that ends a paragraph of action although no blank line parts them."""
    text = line.bare
    if not text:
        return False
    marked = text[0] not in "#=" or is_page_break(text) or text.lstrip("#=")[:1].isspace()
    return (
        (_stands_alone(line) and marked)
        or (line.fresh and _is_natural_heading(text))
        or is_plain_heading(text)
    )


def _is_natural_heading(text: str) -> bool:
    return not text.startswith(".") and read_heading(text) is not None


def _action_text(text: str) -> str:
    """A line of action with its indent, tabs as four spaces, and without a forcing `!`."""
    text = text.rstrip().lstrip("\ufeff")
    words = text.lstrip()
    indent = text[: len(text) - len(words)].replace("\t", _TAB)
    return indent + (words[1:].lstrip() if words.startswith("!") and words[1:].strip() else words)
