"""A part of a picture brought to another's size, in integers: rows first, then columns.

Two bilinear passes with weights of 1/256 and positions of 1/65536 pixel. Nothing here divides or
rounds in floating point, so every processor makes the same pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

ONE = 1 << 16
"""One pixel, in the units of positions and lengths."""

Span = tuple[int, int]
"""Where a part begins and how long it is, in 1/65536 pixel."""

# Pixels worked on at a time: what lies between plane and picture then stays in the second-level
# cache (some ten bytes a pixel), whatever else the machine does.
_STRIP_PIXELS = 1 << 16


class Sampler:
    """Takes parts out of `plane` into `picture`, both uint8.

    Its buffers serve every part: fetching fresh memory for each would take as long as the work.
    """

    def __init__(self, plane: NDArray[Any], picture: NDArray[Any]) -> None:
        import numpy as np

        count, width = picture.shape
        height = min(count, max(1, _STRIP_PIXELS // plane.shape[1]))
        between = (height, plane.shape[1])
        self._plane = plane
        self._picture = picture
        self._strips = [slice(at, min(at + height, count)) for at in range(0, count, height)]
        self._upper = np.empty(between, dtype=np.uint8)
        self._lower = np.empty(between, dtype=np.uint8)
        self._lines = np.empty(between, dtype=np.uint16)
        self._spare_lines = np.empty(between, dtype=np.uint16)
        self._before = np.empty((height, width), dtype=np.uint16)
        self._mixed = np.empty((height, width), dtype=np.uint16)
        self._spare = np.empty((height, width), dtype=np.uint16)

    def take(self, down: Span, across: Span) -> None:
        """Fill the picture with the part of the plane that lies there."""
        rows = _positions(*down, self._picture.shape[0], self._plane.shape[0])
        columns = _positions(*across, self._picture.shape[1], self._plane.shape[1])
        for strip in self._strips:
            self._columns(self._rows(rows, strip), columns, self._picture[strip])

    def _rows(self, rows: _Positions, strip: slice) -> NDArray[Any]:
        """Some of the picture's rows, still as wide as the plane."""
        first, following = rows.first[strip], rows.following[strip]
        count = len(first)
        # Every index is in range; `clip` only spares numpy its own check.
        before = self._plane.take(first, 0, self._upper[:count], "clip")
        if not rows.between:
            return before
        after = self._plane.take(following, 0, self._lower[:count], "clip")
        return _blend(before, after, rows.weights[strip, None], self._lines, self._spare_lines)

    def _columns(self, lines: NDArray[Any], columns: _Positions, picture: NDArray[Any]) -> None:
        """Fill some of the picture's rows from lines that are as wide as the plane."""
        run = columns.run
        if run and (not columns.between or run.stop < lines.shape[1]):
            # As in every pan: nothing has to be picked.
            before, after = lines[:, run], lines[:, run.start + 1 : run.stop + 1]
        else:
            before, after = self._picked(lines, columns)
        if columns.between:
            before = _blend(before, after, columns.weights, self._mixed, self._spare)
        picture[...] = before

    def _picked(
        self, lines: NDArray[Any], columns: _Positions
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Of each column the pixel before its centre and the one after, uint16.

        Picking is the dearest step of all, so it is done once, with both in one number.
        """
        import numpy as np

        count = len(lines)
        pairs, before, after = self._spare_lines[:count], self._before[:count], self._spare[:count]
        np.multiply(lines, 256, out=pairs, dtype=np.uint16)
        pairs[:, :-1] |= lines[:, 1:]
        pairs[:, -1] |= lines[:, -1]  # the last pixel follows itself
        pairs.take(columns.first, 1, before, "clip")
        np.bitwise_and(before, 255, out=after)
        before >>= 8
        return before, after


def _blend(
    before: NDArray[Any],
    after: NDArray[Any],
    weights: NDArray[Any],
    room: NDArray[Any],
    spare: NDArray[Any],
) -> NDArray[Any]:
    """`before` where the weight is 0, close to `after` where it is 255: in `room`, uint16.

    `spare` is for the work, and may hold `after`.
    """
    import numpy as np

    total, part = room[: len(before)], spare[: len(before)]
    # The sum of both stays below 65 536: 255 * 256 and the half that rounds.
    np.multiply(before, 256 - weights, out=total)
    np.multiply(after, weights, out=part)
    total += part
    total += 128
    total >>= 8
    return total


@dataclass(frozen=True, slots=True)
class _Positions:
    """Where the pixels of a row or column look: the one `first` before the centre, the one
    `following` it, and the `weights` of the latter in 1/256.

    `run` is where the first ones lie when there is no gap; `between` says that a weight is not 0.
    """

    first: NDArray[Any]
    following: NDArray[Any]
    weights: NDArray[Any]
    run: slice | None
    between: bool


@lru_cache(maxsize=16)
def _positions(start: int, length: int, count: int, limit: int) -> _Positions:
    """Positions of `count` pixels that share a span evenly, within `limit` pixels.

    Remembered, since two planes of a frame, or all frames of a pan, ask for the same.
    """
    import numpy as np

    steps = (2 * np.arange(count, dtype=np.int64) + 1) * length // (2 * count)
    centres = np.minimum(np.maximum(start + steps - ONE // 2, 0), (limit - 1) * ONE)
    # Round to 1/256 pixel before splitting, so that the weight is never 256.
    rounded = (centres + 128) >> 8
    first, weights = rounded >> 8, (rounded & 255).astype(np.uint16)
    begin, end = int(first[0]), int(first[-1]) + 1
    return _Positions(
        first=first,
        following=np.minimum(first + 1, limit - 1),
        weights=weights,
        run=slice(begin, end) if end - begin == count else None,
        between=bool(weights.any()),
    )
