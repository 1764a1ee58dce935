"""Rows as they are written to a file: in the right direction, and parted into their words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from renderers.caption_cue import Cue, CueWord, Row, row_text, shown_rows
from schemas.script import Span

# Players differ in how they find a row's direction; an embedding (Unicode annex 9) leaves them
# no choice, so that a full stop or a Latin name stands on the side where a reader expects it.
_RIGHT_TO_LEFT: Final = "\u202b"
_END: Final = "\u202c"
MARKS: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class WrittenSpan:
    """A span of a row, and the word of the cue that it belongs to."""

    span: Span
    word: CueWord | None = None


def written_rows(cue: Cue) -> tuple[tuple[WrittenSpan, ...], ...]:
    """The shown rows; those of right-to-left text between marks that say so."""
    extra = int(bool(cue.label and cue.label_alone))
    rows = []
    for index, row in enumerate(shown_rows(cue)):
        spans = tuple(_parted(cue, row, index - extra))
        if _runs_right_to_left(cue, row):
            opened, closed = Span(text=_RIGHT_TO_LEFT), Span(text=_END)
            spans = (WrittenSpan(opened), *spans, WrittenSpan(closed))
        rows.append(spans)
    return tuple(rows)


def _runs_right_to_left(cue: Cue, row: Row) -> bool:
    """By most of the letters: of the row where two share the cue, else of all that is said."""
    shared = any(lead.startswith("- ") for lead in cue.leads)
    text = row_text(row) if shared else "".join(row_text(each) for each in cue.rows)
    kinds = [unicodedata.bidirectional(sign) for sign in text]
    return sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L")


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
