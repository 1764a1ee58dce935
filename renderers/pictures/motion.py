"""Camera movement over a still: sub-pixel smooth, in integers, the same on every CPU."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from renderers.pictures.sampling import ONE, Sampler
from schemas.shot_list import Movement

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOTION_VERSION = 2


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
                (self.canvas_width * ONE - width) // 2,
                (self.canvas_height * ONE - height) // 2,
            )
            return Window(left, top, width, height)
        room = (self.canvas_width - self.width) * ONE
        left = room * frame // span if kind == "pan_right" else room - room * frame // span
        top = (self.canvas_height - self.height) * ONE // 2
        return Window(left, top, self.width * ONE, self.height * ONE)

    @staticmethod
    def _between(first: int, last: int, frame: int, span: int) -> int:
        return first * ONE + (last - first) * ONE * frame // span


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


def frames(
    planes: tuple[NDArray[Any], ...],
    path: CameraPath,
    frame_count: int,
    shown: range | None = None,
) -> Iterator[bytes]:
    """The pictures of a movement over `frame_count` frames as raw 4:2:0 bytes, or those that are
    `shown` of it. `planes` are Y, U, V of the canvas, uint8."""
    wanted = range(frame_count) if shown is None else shown
    if not path.moves:
        still = b"".join(plane.tobytes() for plane in planes)
        for _ in wanted:
            yield still
        return
    import numpy as np

    luma_size = path.height * path.width
    picture = np.empty(luma_size * 3 // 2, dtype=np.uint8)
    luma, colour = picture[:luma_size], picture[luma_size:]
    samplers = (
        Sampler(planes[:1], luma.reshape(path.height, path.width)),
        Sampler(planes[1:], colour.reshape(path.height, path.width // 2)),
    )
    for frame in wanted:
        window = path.window(frame, frame_count)
        for sampler, seen in zip(samplers, (window, _halved(window)), strict=True):
            sampler.take((seen.top, seen.height), (seen.left, seen.width))
        yield picture.tobytes()


def _halved(window: Window) -> Window:
    return Window(window.left // 2, window.top // 2, window.width // 2, window.height // 2)


def _even(value: int) -> int:
    return value + value % 2
