"""How far the camera of a film is from where an ideal one would be, in pixels of its picture."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from renderers.pictures.motion import CameraPath, canvas_size, frames
from schemas.project import Format
from schemas.shot_list import Shot
from tests.renderers.pictures.test_motion import (
    ideal_positions,
    luma_of,
    planes,
    shift_between,
    texture,
)

# A patch this large in the middle and in each corner tells a wrong size from a wrong place.
PATCH_PX = 96
FRAMES_LOOKED_AT = 5


def motion_error_px(shots: Iterable[Shot], fmt: Format) -> float:
    """Root mean square over the moving shots: each movement, as long and as wide as in the film,
    over a texture that is known at every point; 0 when nothing moves."""
    off: list[float] = []
    done = set()
    for shot in shots:
        movement, count = shot.movement, shot.duration_frames
        size = canvas_size(fmt.width, fmt.height, movement)
        path = CameraPath(*size, fmt.width, fmt.height, movement)
        if path.moves and count > 1 and (movement, count) not in done:
            done.add((movement, count))
            off += _shot_errors(path, count)
    return float(np.sqrt(np.mean(np.square(off)))) if off else 0.0


def _shot_errors(path: CameraPath, count: int) -> list[float]:
    wanted = {round(n * (count - 1) / (FRAMES_LOOKED_AT - 1)) for n in range(FRAMES_LOOKED_AT)}
    canvas = planes(path, texture)
    off = []
    for frame, raw in enumerate(frames(canvas, path, count)):
        if frame not in wanted:
            continue
        x, y = ideal_positions(path, frame, count)
        seen = luma_of(raw, path).astype(np.float64)
        for rows, columns in _patches(path.width, path.height):
            ideal = texture(*np.meshgrid(x[columns], y[rows]))
            off.append(float(np.hypot(*shift_between(ideal, seen[rows, columns]))))
    return off


def _patches(width: int, height: int) -> list[tuple[slice, slice]]:
    side = min(PATCH_PX, width, height)
    corners = [(0, 0), (0, width - side), (height - side, 0), (height - side, width - side)]
    places = [*corners, ((height - side) // 2, (width - side) // 2)]
    return [(slice(top, top + side), slice(left, left + side)) for top, left in places]
