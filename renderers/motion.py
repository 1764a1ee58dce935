"""Camera movement over a still: sub-pixel smooth, in integers, the same on every CPU.

A movement only scales and shifts, so rows and columns are sampled apart: two bilinear passes with
weights of 1/256 and positions of 1/65536 pixel, all in integer arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schemas.shot_list import Movement

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOTION_VERSION = 1
_ONE = 1 << 16
_HALF = _ONE // 2


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the canvas in 1/65536 pixel: left, top, width, height."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CameraPath:
    """What the camera sees of a canvas, frame by frame, for a picture of width × height."""

    canvas_width: int
    canvas_height: int
    width: int
    height: int
    movement: Movement

    @property
    def moves(self) -> bool:
        """Whether any two frames differ."""
        return self.movement.kind != "static" and self.movement.travel_permille > 0

    def window(self, frame: int, frame_count: int) -> Window:
        """The window of a frame; the first and last frame are the ends of the path."""
        span = max(frame_count - 1, 1)
        kind = self.movement.kind
        if kind == "pull_out":
            frame = span - frame
        if kind in ("push_in", "pull_out"):
            # From the whole canvas down to exactly the picture's own size.
            width = self._between(self.canvas_width, self.width, frame, span)
            height = self._between(self.canvas_height, self.height, frame, span)
            left, top = (
                (self.canvas_width * _ONE - width) // 2,
                (self.canvas_height * _ONE - height) // 2,
            )
            return Window(left, top, width, height)
        room = (self.canvas_width - self.width) * _ONE
        left = room * frame // span if kind == "pan_right" else room - room * frame // span
        top = (self.canvas_height - self.height) * _HALF
        return Window(left, top, self.width * _ONE, self.height * _ONE)

    @staticmethod
    def _between(first: int, last: int, frame: int, span: int) -> int:
        return first * _ONE + (last - first) * _ONE * frame // span


def canvas_size(width: int, height: int, movement: Movement) -> tuple[int, int]:
    """How large a still must be drawn so that the movement never leaves it or enlarges it.

    Both sides are even. A still shot needs the picture's own size.
    """
    if movement.kind == "static" or movement.travel_permille == 0:
        return width, height
    grown_width = _even(width + width * movement.travel_permille // 1000)
    if movement.kind in ("pan_left", "pan_right"):
        return grown_width, height
    return grown_width, _even(height + height * movement.travel_permille // 1000)


def frames(planes: tuple[NDArray[Any], ...], path: CameraPath, frame_count: int) -> Iterator[bytes]:
    """The pictures of a shot as raw 4:2:0 bytes. `planes` are Y, U, V of the canvas, uint8."""
    if not path.moves:
        still = b"".join(plane.tobytes() for plane in planes)
        for _ in range(frame_count):
            yield still
        return
    import numpy as np

    sides = ((path.height, path.width), *((path.height // 2, path.width // 2),) * 2)
    picture = np.empty(sum(height * width for height, width in sides), dtype=np.uint8)
    ends = np.cumsum([height * width for height, width in sides])[:-1]
    parts = [part.reshape(side) for part, side in zip(np.split(picture, ends), sides, strict=True)]
    samplers = [_Sampler(plane, part) for plane, part in zip(planes, parts, strict=True)]
    for frame in range(frame_count):
        window = path.window(frame, frame_count)
        for sampler, step in zip(samplers, (1, 2, 2), strict=True):
            sampler.take(_halved(window, step))
        yield picture.tobytes()


def _halved(window: Window, step: int) -> Window:
    return Window(
        window.left // step, window.top // step, window.width // step, window.height // step
    )


class _Sampler:
    """Takes windows out of a plane into `picture`; its buffers serve all frames of a shot."""

    def __init__(self, plane: NDArray[Any], picture: NDArray[Any]) -> None:
        import numpy as np

        self._plane = plane
        self._picture = picture
        self._between = np.empty((picture.shape[0], plane.shape[1]), dtype=np.uint8)
        self._rows = _Blend(self._between)
        self._columns = _Blend(picture)

    def take(self, window: Window) -> None:
        """Fill the picture with a window of the plane."""
        count_y, count_x = self._picture.shape
        limit_y, limit_x = self._plane.shape
        rows, row_weights = _positions(window.top, window.height, count_y, limit_y)
        columns, column_weights = _positions(window.left, window.width, count_x, limit_x)
        between = _taken(self._plane, rows, 0)
        if row_weights.any():
            after = _taken(self._plane, _following(rows, limit_y), 0)
            between = self._rows.of(between, after, row_weights[:, None])
        sampled = _taken(between, columns, 1)
        if column_weights.any():
            after = _taken(between, _following(columns, limit_x), 1)
            self._columns.of(sampled, after, column_weights)
        else:
            self._picture[...] = sampled


def _following(indices: NDArray[Any], limit: int) -> NDArray[Any]:
    import numpy as np

    following: NDArray[Any] = np.minimum(indices + 1, limit - 1)
    return following


def _taken(plane: NDArray[Any], indices: NDArray[Any], axis: int) -> NDArray[Any]:
    """Rows (axis 0) or columns of a plane, by rising indices."""
    import numpy as np

    first, last = int(indices[0]), int(indices[-1])
    if last - first == len(indices) - 1:
        # Without a gap, as in every pan: nothing has to be copied.
        run = slice(first, last + 1)
        taken: NDArray[Any] = plane[run] if axis == 0 else plane[:, run]
        return taken
    # Every index is in range; `clip` only spares numpy its own check.
    taken = np.take(plane, indices, axis=axis, mode="clip")
    return taken


class _Blend:
    """Weighs two pictures of one size against each other, in 1/256, into `result`."""

    def __init__(self, result: NDArray[Any]) -> None:
        import numpy as np

        self._result = result
        self._sum = np.empty(result.shape, dtype=np.uint16)
        self._part = np.empty(result.shape, dtype=np.uint16)

    def of(self, before: NDArray[Any], after: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
        """`before` where the weight is 0, close to `after` where it is 255."""
        # The sum of both stays below 65 536: 255 * 256 and the half that rounds.
        self._sum[...] = before
        self._part[...] = after
        self._sum *= 256 - weights
        self._part *= weights
        self._sum += self._part
        self._sum += 128
        self._sum >>= 8
        self._result[...] = self._sum
        return self._result


def _positions(
    start: int, length: int, count: int, limit: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Per output pixel the source pixel before its centre, and the weight of the one after."""
    import numpy as np

    centres = start + ((2 * np.arange(count, dtype=np.int64) + 1) * length) // (2 * count) - _HALF
    centres = np.clip(centres, 0, (limit - 1) * _ONE)
    # Round to 1/256 pixel before splitting, so that the weight is never 256.
    rounded = (centres + 128) >> 8
    return rounded >> 8, (rounded & 255).astype(np.uint16)


def _even(value: int) -> int:
    return value + value % 2
