"""A part of a picture brought to another's size, in integers: columns first, then rows.

Two bilinear passes with weights of 1/256 and positions of 1/65536 pixel. Nothing here divides or
rounds in floating point, so every processor makes the same pixels.

Picking single pixels out of a row is the dearest step by far, so rows are kept eight side by side:
one column of eight rows is then sixteen bytes, and picked in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
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
_SIDE_BY_SIDE = 8


class Sampler:
    """Takes parts out of `planes`, all of one size, into `picture`, which holds them one below the
    other; uint8.

    Its buffers serve every part: fetching fresh memory for each would take as long as the work.
    """

    def __init__(self, planes: Sequence[NDArray[Any]], picture: NDArray[Any]) -> None:
        import numpy as np

        self._planes = np.concatenate(planes)
        self._copies = len(planes)
        self._plane_height, plane_width = planes[0].shape
        self._picture = picture
        height, width = picture.shape
        blocks = -(-len(self._planes) // _SIDE_BY_SIDE)
        at_once = min(blocks, max(1, _STRIP_PIXELS // (_SIDE_BY_SIDE * plane_width)))
        self._block_strips = [slice(n, min(n + at_once, blocks)) for n in range(0, blocks, at_once)]
        self._mixed = np.empty((at_once, width, _SIDE_BY_SIDE), dtype=np.uint16)
        self._added = np.empty_like(self._mixed)
        # The planes' own rows, as wide as the picture.
        self._lines = np.empty((blocks * _SIDE_BY_SIDE, width), dtype=np.uint8)
        rows = min(height, max(1, _STRIP_PIXELS // width))
        self._strips = [slice(n, min(n + rows, height)) for n in range(0, height, rows)]
        self._upper = np.empty((rows, width), dtype=np.uint8)
        self._lower = np.empty_like(self._upper)
        self._total = np.empty((rows, width), dtype=np.uint16)
        self._part = np.empty_like(self._total)

    @cached_property
    def _by_row(self) -> tuple[NDArray[Any], NDArray[Any]]:
        return _with_steps(self._planes)

    @cached_property
    def _by_block(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """By block of rows, column, and row of the block."""
        import numpy as np

        count = len(self._lines)
        values = np.pad(self._planes, ((0, count - len(self._planes)), (0, 0)))
        return _with_steps(values.reshape(-1, _SIDE_BY_SIDE, values.shape[1]).transpose(0, 2, 1))

    def take(self, down: Span, across: Span) -> None:
        """Fill the picture with the part of each plane that lies there."""
        import numpy as np

        height, width = self._picture.shape
        rows = _positions(*down, height // self._copies, self._plane_height)
        columns = _positions(*across, width, self._planes.shape[1])
        if columns.run and rows.run and not rows.between:
            self._slide(rows.run, columns.run, columns.weights)
            return
        for strip in self._block_strips:
            self._columns(columns, strip)
        first, following = (
            np.concatenate([each + n * self._plane_height for n in range(self._copies)])
            for each in (rows.first, rows.following)
        )
        weights = np.tile(rows.weights, self._copies)[:, None]
        for strip in self._strips:
            self._rows(first[strip], following[strip], weights[strip], self._picture[strip])

    def _slide(self, rows: slice, columns: slice, weights: NDArray[Any]) -> None:
        """Fill the picture where no pixel has to be picked, as in a pan."""
        import numpy as np

        values, steps = self._by_row
        height, at_once = len(self._picture) // self._copies, len(self._total)
        for copy in range(self._copies):
            first = copy * self._plane_height + rows.start
            for at in range(0, height, at_once):
                count = min(at_once, height - at)
                seen = slice(first + at, first + at + count)
                total = self._total[:count]
                np.multiply(steps[seen, columns], weights, out=total)
                np.add(values[seen, columns], total, out=total)
                total >>= 8
                self._picture[copy * height + at : copy * height + at + count] = total

    def _columns(self, columns: _Positions, blocks: slice) -> None:
        """Bring some blocks of rows to the picture's width."""
        import numpy as np

        values, steps = (each[blocks] for each in self._by_block)
        mixed, added = self._mixed[: len(values)], self._added[: len(values)]
        if columns.run:
            before, after = values[:, columns.run], steps[:, columns.run]
        else:
            # Every index is in range; `clip` only spares numpy its own check.
            before = values.take(columns.first, 1, mixed, "clip")
            after = steps.take(columns.first, 1, added, "clip")
        # Modulo 2^16, as uint16 counts, the sum is right although a step may be negative.
        np.multiply(after, columns.weights_side_by_side, out=added)
        np.add(before, added, out=mixed)
        mixed >>= 8
        lines = self._lines[blocks.start * _SIDE_BY_SIDE : blocks.stop * _SIDE_BY_SIDE]
        np.copyto(
            lines.reshape(len(values), _SIDE_BY_SIDE, -1),
            mixed.transpose(0, 2, 1),
            casting="unsafe",
        )

    def _rows(
        self,
        first: NDArray[Any],
        following: NDArray[Any],
        weights: NDArray[Any],
        picture: NDArray[Any],
    ) -> None:
        """Fill some of the picture's rows, each from two lines: the first alone where the weight
        is 0, close to the following one where it is 255."""
        import numpy as np

        count = len(first)
        total, part = self._total[:count], self._part[:count]
        before = self._lines.take(first, 0, self._upper[:count], "clip")
        after = self._lines.take(following, 0, self._lower[:count], "clip")
        # The sum of both stays below 65 536: 255 * 256 and the half that rounds.
        np.multiply(before, 256 - weights, out=total)
        np.multiply(after, weights, out=part)
        total += part
        total += 128
        total >>= 8
        picture[...] = total


def _with_steps(pixels: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Of uint8 pixels, columns on axis 1: each times 256 and a half that rounds, and the step from
    each to the next column, modulo 2^16."""
    import numpy as np

    values = pixels.astype(np.uint16, order="C")
    steps = np.zeros_like(values)  # the last column follows itself
    np.subtract(values[:, 1:], values[:, :-1], out=steps[:, :-1])
    values *= 256
    values += 128
    return values, steps


@dataclass(frozen=True)
class _Positions:
    """Where the pixels of a row or column look: the one `first` before the centre, and the
    `weights` of the one following it, in 1/256.

    `limit` is how many pixels there are.
    """

    first: NDArray[Any]
    weights: NDArray[Any]
    limit: int

    @cached_property
    def following(self) -> NDArray[Any]:
        """The pixel after each first one; the last pixel follows itself."""
        import numpy as np

        following: NDArray[Any] = np.minimum(self.first + 1, self.limit - 1)
        return following

    @cached_property
    def weights_side_by_side(self) -> NDArray[Any]:
        """Each weight for every row of a block."""
        repeated: NDArray[Any] = self.weights[:, None].repeat(_SIDE_BY_SIDE, axis=1)
        return repeated

    @cached_property
    def run(self) -> slice | None:
        """Where the first ones lie, when there is no gap between them."""
        begin, end = int(self.first[0]), int(self.first[-1]) + 1
        return slice(begin, end) if end - begin == len(self.first) else None

    @cached_property
    def between(self) -> bool:
        """Whether anything lies between two pixels."""
        return bool(self.weights.any())


@lru_cache(maxsize=16)
def _positions(start: int, length: int, count: int, limit: int) -> _Positions:
    """Positions of `count` pixels that share a span evenly, within `limit` pixels.

    Remembered, since all frames of a pan ask for the same rows.
    """
    import numpy as np

    # The centre of each, less half a pixel, which is where a pixel's own centre lies.
    centres = _odd_numbers(count) * length
    centres //= 2 * count
    centres += start - ONE // 2
    if centres[0] < 0 or centres[-1] > (limit - 1) * ONE:
        np.clip(centres, 0, (limit - 1) * ONE, out=centres)
    # Round to 1/256 pixel before splitting, so that the weight is never 256.
    centres += 128
    centres >>= 8
    return _Positions(centres >> 8, (centres & 255).astype(np.uint16), limit)


@lru_cache(maxsize=8)
def _odd_numbers(count: int) -> NDArray[Any]:
    import numpy as np

    return 2 * np.arange(count, dtype=np.int64) + 1
