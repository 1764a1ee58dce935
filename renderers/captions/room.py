"""How much room a line's words have beside its label, its dash and its note signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from renderers.captions.breaks import CueRoom
from renderers.captions.cue import NOTE_SIGN, CaptionLimits, Cue, row_text, shown_rows
from renderers.captions.pieces import display_width, graphemes

DASH: Final = "- "
_NOTES_WIDTH: Final = 2 * (len(NOTE_SIGN) + 1)
_CUT_LABEL: Final = "…:"


@dataclass(frozen=True, slots=True)
class LineRoom:
    """The room for words, and the label that was given a place: `alone` means a row of its own."""

    cue: CueRoom
    label: str
    alone: bool
    longest_piece: int


def line_room(limits: CaptionLimits, label: str, sung: bool, cjk: bool) -> LineRoom:
    """Room for a line by itself.

    A label up to half a row shares the first row; a longer one gets its own, or is cut where a
    cue has a single row.
    """
    chars = limits.line_chars - (_NOTES_WIDTH if sung else 0)
    shared = chars - display_width(label, cjk) - 1
    if not label:
        return _room(limits.lines, chars, limits.lines, chars, "")
    if shared * 2 >= limits.line_chars:
        return _room(limits.lines, chars, limits.lines, shared, label)
    if limits.lines > 1:
        return _alone(limits, chars, _shorten(label, limits.line_chars, cjk))
    short = _shorten(label, limits.line_chars // 3, cjk)
    shared = chars - display_width(short, cjk) - 1
    if shared * 3 < limits.line_chars:
        return _room(1, chars, 1, chars, "")
    return _room(1, chars, 1, shared, short)


def shown_chars(cue: Cue, cjk: bool) -> int:
    """All that has to be read of a cue, its label and signs as well."""
    return sum(display_width(row_text(row), cjk) for row in shown_rows(cue))


def shared_room(limits: CaptionLimits, label: str, rows: int, sung: bool, cjk: bool) -> LineRoom:
    """Room for one of several speakers in a cue: `rows` rows behind a dash."""
    chars = limits.line_chars - len(DASH) - (_NOTES_WIDTH if sung else 0)
    chars = max(chars, 2)
    shared = chars - display_width(label, cjk) - 1
    if not label or shared * 2 < limits.line_chars:
        return _room(rows, chars, rows, chars, "")
    return _room(rows, chars, rows, shared, label)


def _room(rows: int, chars: int, first_rows: int, first_chars: int, label: str) -> LineRoom:
    cue = CueRoom(rows, chars, first_rows, first_chars)
    return LineRoom(cue, label, alone=False, longest_piece=min(chars, first_chars))


def _alone(limits: CaptionLimits, chars: int, label: str) -> LineRoom:
    cue = CueRoom(limits.lines, chars, limits.lines - 1, chars)
    return LineRoom(cue, label, alone=True, longest_piece=chars)


def _shorten(label: str, width: int, cjk: bool) -> str:
    if display_width(label, cjk) <= width:
        return label
    kept = ""
    for start, end in graphemes(label):
        longer = kept + label[start:end]
        if display_width(longer + _CUT_LABEL, cjk) > width:
            break
        kept = longer
    return kept.rstrip() + _CUT_LABEL
