"""What a screenwriting program prints on the page and no writer wrote: MORE, CONTINUED, numbers.

It comes along when a script is copied out of a PDF. It is kept as notes, neither seen nor heard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stages.reading.fountain_lines import Line, RawNote

# `(MORE)`, `(CONTINUED)`, `CONTINUED: (2)` with or without a scene's number, `12 OMITTED 12`.
_FURNITURE: Final = re.compile(
    r"\(MORE\)|\(CONTINUED\)|(?:\d{1,4}[A-Z]{0,2}\s+)?CONTINUED:(?:\s*\(\d{1,3}\))?(?:\s+\d{1,4}[A-Z]{0,2})?"
    r"|(?:\d{1,4}[A-Z]{0,2}\s+)?(?:OMITTED|OMIT)(?:\s+\d{1,4}[A-Z]{0,2})?"
)
_REVISED: Final = re.compile(r"(?<=\S)\s{3,}\*$")
_PAGE_NUMBER: Final = re.compile(r"\d{1,3}\.")
# A page number stands far to the right, where nothing else does, or next to other furniture.
_FAR_RIGHT_CHARS: Final = 40


def lift_page_furniture(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with every one that is furniture made a note of its own, which ends no speech."""
    lines = [_without_revision_mark(line) for line in lines]
    plain = [_FURNITURE.fullmatch(line.bare) is not None for line in lines]
    kept = list(lines)
    for row, line in enumerate(lines):
        if plain[row] or (_PAGE_NUMBER.fullmatch(line.bare) and _is_page_number(lines, plain, row)):
            note = RawNote(line.bare, line.number)
            kept[row] = replace(line, text="", erased=True, notes=(note, *line.notes))
    return tuple(kept)


def _without_revision_mark(line: Line) -> Line:
    """The line without the star that a revised draft sets in its right margin."""
    return replace(line, text=_REVISED.sub("", line.text)) if line.text[-1:] == "*" else line


def _is_page_number(lines: Sequence[Line], plain: Sequence[bool], row: int) -> bool:
    text = lines[row].text.expandtabs()
    if len(text) - len(text.lstrip()) >= _FAR_RIGHT_CHARS:
        return True
    above = row - 1
    if above >= 0 and not (lines[above].blank or plain[above]):
        return False  # under a cue or a speech it is what somebody says
    return any(_next_is_furniture(lines, plain, row, step) for step in (-1, 1))


def _next_is_furniture(lines: Sequence[Line], plain: Sequence[bool], row: int, step: int) -> bool:
    """Whether the nearest line that is not empty is furniture."""
    row += step
    while 0 <= row < len(lines) and lines[row].blank:
        row += step
    return 0 <= row < len(lines) and plain[row]
