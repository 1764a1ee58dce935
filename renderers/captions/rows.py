"""Sets the rows of a cue in the styles of its line."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from renderers.captions.breaks import Rows
from renderers.captions.cue import Row
from renderers.captions.lines import HeardLine
from renderers.captions.pieces import Piece
from schemas.script import Span

_Style = tuple[bool, bool, bool]
_PLAIN: _Style = (False, False, False)


def styled_rows(line: HeardLine, pieces: tuple[Piece, ...], rows: Rows) -> tuple[Row, ...]:
    """The rows as spans; off-screen and sung words in italics, emphasis within them upright."""
    styles = _styles(line)
    return tuple(_row(styles, pieces[first:after]) for first, after in rows)


def _styles(line: HeardLine) -> list[_Style]:
    """Bold, italic and underline of every letter of the line."""
    slanted = line.item.off_screen or line.item.sung
    wholly_italic = all(span.italic for span in line.item.spans if span.text.strip())
    styles: list[_Style] = []
    for span in line.item.spans:
        italic = (wholly_italic or not span.italic) if slanted else span.italic
        styles.extend([(span.bold, italic, span.underline)] * len(span.text))
    return styles


def _row(styles: list[_Style], pieces: tuple[Piece, ...]) -> Row:
    runs: list[tuple[str, _Style]] = []
    for index, piece in enumerate(pieces):
        if index and piece.spaced:
            before = styles[pieces[index - 1].end - 1]
            runs.append((" ", before if before == styles[piece.start] else _PLAIN))
        letters = zip(piece.text, styles[piece.start : piece.end], strict=True)
        runs.extend(letters)
    spans: list[Span] = []
    for style, run in groupby(runs, key=itemgetter(1)):
        bold, italic, underline = style
        text = "".join(letter for letter, _ in run)
        spans.append(Span(text=text, bold=bold, italic=italic, underline=underline))
    return tuple(spans)
