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
    moving = path.movement.kind != "static" and path.movement.travel_permille > 0
    if not moving:
        still = b"".join(plane.tobytes() for plane in planes)
        for _ in range(frame_count):
            yield still
        return
    for frame in range(frame_count):
        window = path.window(frame, frame_count)
        yield b"".join(
            _sample(plane, _halved(window, step), path.width // step, path.height // step).tobytes()
            for plane, step in zip(planes, (1, 2, 2), strict=True)
        )


def _halved(window: Window, step: int) -> Window:
    return Window(
        window.left // step, window.top // step, window.width // step, window.height // step
    )


def _sample(plane: NDArray[Any], window: Window, width: int, height: int) -> NDArray[Any]:
    import numpy as np

    rows, row_weights = _positions(window.top, window.height, height, plane.shape[0])
    columns, column_weights = _positions(window.left, window.width, width, plane.shape[1])
    upper = plane[rows].astype(np.uint16)
    lower = plane[np.minimum(rows + 1, plane.shape[0] - 1)]
    weights = row_weights[:, None]
    blended = ((upper * (256 - weights) + lower * weights + 128) >> 8).astype(np.uint8)
    before = np.take(blended, columns, axis=1).astype(np.uint16)
    after = np.take(blended, np.minimum(columns + 1, plane.shape[1] - 1), axis=1)
    result: NDArray[Any] = (before * (256 - column_weights) + after * column_weights + 128) >> 8
    return result.astype(np.uint8)


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
