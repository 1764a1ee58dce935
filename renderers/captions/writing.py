"""Rows as they are written to a file: in the right direction, and parted into their words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from renderers.captions.cue import Cue, CueWord, Row, row_text, shown_rows
from schemas.script import Span

# Players differ in how they find a row's direction; an embedding (Unicode annex 9) leaves them
# no choice, so that a full stop or a Latin name stands on the side where a reader expects it.
_RIGHT_TO_LEFT: Final = "\u202b"
_LEFT_TO_RIGHT: Final = "\u202a"
_END: Final = "\u202c"
# Bidirectional types of the letters that run from right to left (UAX #9, table 4).
_LEFTWARD: Final = ("R", "AL")
MARKS: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class WrittenSpan:
    """A span of a row, and the word of the cue that it belongs to."""

    span: Span
    word: CueWord | None = None


def written_rows(cue: Cue) -> tuple[tuple[WrittenSpan, ...], ...]:
    """The shown rows; where a player could be wrong, between marks that say how they run."""
    extra = int(bool(cue.label and cue.label_alone))
    rows = []
    for index, row in enumerate(shown_rows(cue)):
        spans = tuple(_parted(cue, row, index - extra))
        if mark := _direction(cue, row):
            spans = (WrittenSpan(Span(text=mark)), *spans, WrittenSpan(Span(text=_END)))
        rows.append(spans)
    return tuple(rows)


def _direction(cue: Cue, row: Row) -> str:
    """By most of the letters: of the row where two share the cue, else of all that is said.

    Nothing where the row begins from left to right and goes on so: by themselves, players go by
    the first letter. An English row that only begins with a Hebrew word has to be told.
    """
    shared = any(lead.startswith("- ") for lead in cue.leads)
    text = row_text(row) if shared else "".join(row_text(each) for each in cue.rows)
    kinds = [unicodedata.bidirectional(sign) for sign in text]
    if sum(kind in _LEFTWARD for kind in kinds) > kinds.count("L"):
        return _RIGHT_TO_LEFT
    strong = (unicodedata.bidirectional(sign) for sign in row_text(row))
    first = next((kind for kind in strong if kind in ("L", *_LEFTWARD)), "L")
    return _LEFT_TO_RIGHT if first in _LEFTWARD else ""


def _parted(cue: Cue, row: Row, index: int) -> Iterator[WrittenSpan]:
    """The spans of a shown row cut where its words begin and end."""
    words = [word for word in cue.words if word.row == index]
    if not words:
        yield from (WrittenSpan(span) for span in row)
        return
    said = len(row_text(cue.rows[index]))
    tail = len(cue.tails[index]) if cue.tails else 0
    position = said + tail - len(row_text(row))
    for span in row:
        end = position + len(span.text)
        yield from _cut(span, position, end, words)
        position = end


def _cut(span: Span, start: int, end: int, words: list[CueWord]) -> Iterator[WrittenSpan]:
    at = start
    for word in words:
        first, after = max(word.start, start), min(word.end, end)
        if first >= after:
            continue
        if at < first:
            yield WrittenSpan(_part(span, at - start, first - start))
        yield WrittenSpan(_part(span, first - start, after - start), word)
        at = after
    if at < end:
        yield WrittenSpan(_part(span, at - start, end - start))


def _part(span: Span, start: int, end: int) -> Span:
    return span.model_copy(update={"text": span.text[start:end]})


def word_times(cue: Cue) -> tuple[tuple[CueWord, int, int], ...]:
    """Each word with the frames it is marked for: from its start until the next one is spoken.

    Never outside the cue; words that no frame is left for are not in it.
    """
    times = []
    for index, word in enumerate(cue.words):
        later = cue.words[index + 1].start_frame if index + 1 < len(cue.words) else word.end_frame
        first = max(word.start_frame, cue.start_frame)
        after = min(later, cue.end_frame)
        if first < after:
            times.append((word, first, after))
    return tuple(times)
