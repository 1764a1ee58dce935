"""A caption cue, and what stands on the screen for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schemas.project import ADULT_CHARS_PER_SECOND, CHILD_CHARS_PER_SECOND
from schemas.script import Span

NOTE_SIGN: Final = "♪"

Row = tuple[Span, ...]
"""One row of a caption."""


@dataclass(frozen=True, slots=True)
class CueWord:
    """A word of a cue and when it is spoken, in frames of the film.

    It stands in row `row` of the cue's own `rows`, from letter `start` up to `end`.
    """

    row: int
    start: int
    end: int
    start_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption, shown from `start_frame` up to but not including `end_frame` of the film.

    `rows` hold the spoken words and nothing else, off-screen and sung words already in italics.
    What is shown around them stands apart: `label` names the speaker (`MARA:`) in front of the
    first row, or on a row of its own with `label_alone`; `leads` and `tails` are put before and
    after each row (a dash for each of two speakers, a note sign around a song).
    `words` are timed where one voice speaks alone; `at_top` cues stand at the top of the picture.
    """

    start_frame: int
    end_frame: int
    rows: tuple[Row, ...]
    line_ids: tuple[str, ...]
    label: str = ""
    label_alone: bool = False
    off_screen: bool = False
    sung: bool = False
    leads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    words: tuple[CueWord, ...] = ()
    at_top: bool = False


def shown_rows(cue: Cue) -> tuple[Row, ...]:
    """The rows as a viewer sees them: words with their label, dashes and note signs."""
    shown: list[Row] = []
    for index, row in enumerate(cue.rows):
        lead = cue.leads[index] if cue.leads else ""
        tail = cue.tails[index] if cue.tails else ""
        if cue.label and not cue.label_alone and index == 0:
            lead = f"{cue.label} {lead}"
        before = (Span(text=lead),) if lead else ()
        after = (Span(text=tail),) if tail else ()
        shown.append((*before, *row, *after))
    if cue.label and cue.label_alone:
        shown.insert(0, (Span(text=cue.label),))
    return tuple(shown)


def row_text(row: Row) -> str:
    """A row without its styling."""
    return "".join(span.text for span in row)


@dataclass(frozen=True, slots=True)
class CaptionLimits:
    """How much a cue may hold. `line_chars` counts as a viewer does, see `display_width`."""

    line_chars: int
    lines: int
    chars_per_second: int


# Netflix Timed Text Style Guides: characters a row, and a second for adults and for children.
_LANGUAGE_LIMITS: Final[dict[str, tuple[int, int, int]]] = {
    "ja": (13, 4, 4),
    "zh": (16, 9, 7),
    "yue": (16, 9, 7),
    "ko": (16, 12, 9),
}
_GENERAL_LINE_CHARS: Final = 42


def limits_for(language: str, limits: CaptionLimits) -> CaptionLimits:
    """The limits for a language tag; a value the project changed from the default is kept."""
    by_audience = {ADULT_CHARS_PER_SECOND: 1, CHILD_CHARS_PER_SECOND: 2}
    primary = language.replace("_", "-").split("-")[0].lower()
    if primary not in _LANGUAGE_LIMITS:
        return limits
    own = _LANGUAGE_LIMITS[primary]
    audience = by_audience.get(limits.chars_per_second)
    return CaptionLimits(
        line_chars=own[0] if limits.line_chars == _GENERAL_LINE_CHARS else limits.line_chars,
        lines=limits.lines,
        chars_per_second=limits.chars_per_second if audience is None else own[audience],
    )


@dataclass(frozen=True, slots=True)
class CueDraft:
    """A cue before it has been fitted between its neighbours; `cue.end_frame` is the speech's."""

    cue: Cue
    chars: int
    chars_per_second: int
