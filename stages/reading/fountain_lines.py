"""The lines of a Fountain file, numbered as an editor does, boneyards and notes lifted out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

# Characters that print nothing and that pasted text carries along at the edges of a line.
INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_PAGE_END = re.compile("[\x0b\x0c]")
_TWO_SPACES = "  "


@dataclass(frozen=True, slots=True)
class RawNote:
    """The words between `[[` and `]]`, lines kept apart by newlines, and where the note starts."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `erased` when a boneyard or note was all it held; `fresh` right after such a line.

    `number` is 1-based in the file. `notes` were lifted out of `text`.
    """

    text: str
    number: int
    notes: tuple[RawNote, ...] = ()
    erased: bool = False
    fresh: bool = False

    @property
    def bare(self) -> str:
        """The text without white space and invisible characters at its edges."""
        return strip_edges(self.text)

    @property
    def blank(self) -> bool:
        """True for a line with nothing on it, from the start."""
        return not self.erased and not self.bare

    @property
    def kept_blank(self) -> bool:
        """True for the blank line of exactly two spaces that keeps a speech or a note going."""
        return self.text == _TWO_SPACES


def strip_edges(text: str) -> str:
    """`text` without white space and invisible characters at both ends."""
    return text.strip().strip(INVISIBLE).strip()


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of `text`, ended by LF, CR, CRLF, NEL or a Unicode line or paragraph separator.

    A form feed or vertical tab parts two lines too, without a line number of its own.
    """
    lines: list[Line] = []
    for number, whole in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1):
        pieces = [piece for piece in _PAGE_END.split(whole) if strip_edges(piece)] or [""]
        kept = [whole] if len(pieces) == 1 and not _PAGE_END.search(whole) else pieces
        lines.extend(Line(piece, number) for piece in kept)
    return tuple(lines)


def erase_boneyards(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without `/* … */`. One that is never closed stays, as ordinary text."""
    return _mark_fresh(_without(list(lines), "/*", "*/", lift=False))


def lift_notes(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with every `[[ … ]]` moved to the `notes` of the line it starts on.

    As in the Fountain syntax, a note ends at an empty line unless that line holds two spaces;
    one that is never closed stays, as ordinary text.
    """
    return _mark_fresh(_without(list(lines), "[[", "]]", lift=True))


def _without(lines: list[Line], opening: str, closing: str, *, lift: bool) -> list[Line]:
    row, column = 0, 0
    while row < len(lines):
        start = lines[row].text.find(opening, column)
        if start < 0:
            row, column = row + 1, 0
            continue
        last_row, end = _find_close(lines, (row, start + 2), closing, stop_at_blank=lift)
        if end < 0:
            # Nothing up to `last_row` closes it, so no later opening before there is closed either.
            row, column = last_row, 0
            continue
        _cut(lines, (row, start), (last_row, end), lift=lift)
        row, column = (row, start) if last_row == row else (last_row, 0)
    return lines


def _find_close(
    lines: Sequence[Line], start: tuple[int, int], closing: str, *, stop_at_blank: bool
) -> tuple[int, int]:
    """Row and column just after the closing mark, or the row where the search ended and -1."""
    row, column = start
    while row < len(lines):
        line = lines[row]
        if stop_at_blank and row > start[0] and line.blank and not line.kept_blank:
            return row, -1
        found = line.text.find(closing, column)
        if found >= 0:
            end = found + 2
            while closing == "]]" and line.text[end : end + 1] == "]":
                end += 1
            return row, end
        row, column = row + 1, 0
    return row, -1


def _cut(lines: list[Line], start: tuple[int, int], end: tuple[int, int], *, lift: bool) -> None:
    (row, column), (last_row, after) = start, end
    first, last = lines[row], lines[last_row]
    if lift:
        note = RawNote(_note_text(lines, start, end), first.number)
        first = replace(first, notes=(*first.notes, note))
    if row == last_row:
        lines[row] = _after_cut(first, _joined(first.text, column, after), first.text[:column])
        return
    lines[row] = _after_cut(first, first.text[:column], first.text[:column])
    for between in range(row + 1, last_row):
        lines[between] = replace(lines[between], text="", erased=True)
    lines[last_row] = _after_cut(last, last.text[after:], "")


def _joined(text: str, column: int, after: int) -> str:
    """`text` without what stood between, and without the space that would be left over."""
    before, rest = text[:column], text[after:]
    spare = before.strip() and before.endswith(" ") and (not rest or rest[0] in " ,.;:!?…")
    return (before[:-1] if spare else before) + rest


def _after_cut(line: Line, text: str, before: str) -> Line:
    empty = not strip_edges(text)
    fresh = line.fresh or not strip_edges(before)
    return replace(line, text="" if empty else text, erased=empty, fresh=fresh)


def _note_text(lines: Sequence[Line], start: tuple[int, int], end: tuple[int, int]) -> str:
    (row, column), (last_row, after) = start, end
    if row == last_row:
        return lines[row].text[column + 2 : after - 2].strip()
    inner = [lines[row].text[column + 2 :]]
    inner.extend(lines[between].text for between in range(row + 1, last_row))
    inner.append(lines[last_row].text[: after - 2])
    return "\n".join(part.strip() for part in inner)


def _mark_fresh(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(_with_fresh(lines))


def _with_fresh(lines: Sequence[Line]) -> Iterator[Line]:
    after_erased = False
    for line in lines:
        yield replace(line, fresh=True) if after_erased and not line.fresh else line
        after_erased = line.erased
