"""Divides a line into cues and rows by the least total cost of all its breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from renderers.captions.pieces import Piece
from schemas.timing import FrameRate, frames_to_ms

_NEVER: Final = 1 << 40
_PER_CUE: Final = 20
_PER_ROW: Final = 4
_LOST_LINE_BREAK: Final = 24
_BREAK_WEIGHT_ROW: Final = 3
_BREAK_WEIGHT_CUE: Final = 8
_SHORT_TEXT_CHARS: Final = 12
_LONG_PAUSE_MS: Final = 1200
MIN_CUE_MS: Final = 833  # 5/6 s, Netflix Timed Text Style Guide, general requirements
MAX_CUE_MS: Final = 7000  # same


@dataclass(frozen=True, slots=True)
class CueRoom:
    """What fits in a cue: `first_chars` in its first row when the line begins there."""

    rows: int
    chars: int
    first_rows: int
    first_chars: int


@dataclass(frozen=True, slots=True)
class SpokenPieces:
    """The pieces of a line in film time: first frame, and the frame after the last, of each.

    `costs` holds for each piece the cost of a break before it; `room_end` is the last frame the
    line's final cue could stay until. `reach` is the sum of widths and spaces before each piece,
    and one more for the whole.
    """

    pieces: tuple[Piece, ...]
    costs: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    room_end: int
    fps: FrameRate
    chars_per_second: int
    reach: tuple[int, ...]

    def width(self, first: int, after: int) -> int:
        """Characters of the pieces set in one row."""
        return self.reach[after] - self.reach[first] - self.pieces[first].spaced


Rows = tuple[tuple[int, int], ...]
"""Row by row, the first piece and the one after the last."""


def divide(line: SpokenPieces, room: CueRoom) -> tuple[Rows, ...]:
    """The line's cues in order, each with its rows; together they hold every piece once."""
    count = len(line.pieces)
    best = [_NEVER] * count + [0]
    choice: list[tuple[int, Rows]] = [(count, ())] * count
    for first in range(count - 1, -1, -1):
        rows_left = room.first_rows if first == 0 else room.rows
        capacity = rows_left * (room.chars + 1) - 1  # no space is shown where a row ends
        for after in range(first + 1, count + 1):
            if line.width(first, after) > capacity and after > first + 1:
                break
            whole = _cue_cost(line, first, after) + best[after]
            if whole >= best[first]:
                continue
            cost, rows = _lay_out(line, room, first, after)
            cost += whole
            if cost < best[first]:
                best[first] = cost
                choice[first] = (after, rows)
    cues: list[Rows] = []
    position = 0
    while position < count:
        position, rows = choice[position]
        cues.append(rows)
    return tuple(cues)


def _lay_out(line: SpokenPieces, room: CueRoom, first: int, after: int) -> tuple[int, Rows]:
    """Cheapest rows for the pieces, or `_NEVER` when they do not fit."""
    starts_line = first == 0
    rows = room.first_rows if starts_line else room.rows
    width = room.first_chars if starts_line else room.chars
    return _lay_rows(line, (first, after), rows, (width, room.chars))


def _lay_rows(
    line: SpokenPieces, span: tuple[int, int], rows: int, chars: tuple[int, int]
) -> tuple[int, Rows]:
    first, after = span
    whole = line.width(first, after)
    lost = sum(piece.new_line for piece in line.pieces[first + 1 : after])
    best: tuple[int, Rows] = (_NEVER, ())
    if whole <= chars[0]:
        best = (lost * _LOST_LINE_BREAK, ((first, after),))
        if not lost:
            return best
    if rows == 1:
        return best
    for split in range(first + 1, after):
        upper = line.width(first, split)
        if upper > chars[0]:
            break
        cost, below = _lay_rows(line, (split, after), rows - 1, (chars[1], chars[1]))
        if cost >= _NEVER:
            continue
        lower = line.width(*below[0])
        inner = sum(piece.new_line for piece in line.pieces[first + 1 : split])
        cost += _PER_ROW + inner * _LOST_LINE_BREAK + line.costs[split] * _BREAK_WEIGHT_ROW
        if not line.pieces[split].new_line:
            cost += abs(upper - lower) + 2 * (upper > lower)
        if cost < best[0]:
            best = (cost, ((first, split), *below))
    return best


def _cue_cost(line: SpokenPieces, first: int, after: int) -> int:
    """What a cue costs by itself: being one more, its break, its length, its reading time."""
    last = after == len(line.pieces)
    start = line.starts[first]
    until = line.room_end if last else line.starts[after]
    room_ms = frames_to_ms(max(until - start, 0), line.fps)
    speech_ms = frames_to_ms(max(line.ends[after - 1] - start, 0), line.fps)
    chars = line.width(first, after)
    cost = _PER_CUE + (0 if last else line.costs[after] * _BREAK_WEIGHT_CUE)
    cost += max(0, _SHORT_TEXT_CHARS - chars) * 2
    cost += max(0, MIN_CUE_MS - room_ms) // 8
    cost += max(0, chars * 1000 // line.chars_per_second - room_ms) // 20
    cost += max(0, speech_ms - MAX_CUE_MS) // 10
    for piece in range(first + 1, after):
        pause_ms = frames_to_ms(max(line.starts[piece] - line.ends[piece - 1], 0), line.fps)
        cost += max(0, pause_ms - _LONG_PAUSE_MS) // 20
    return cost
