"""A cube of colours: what becomes of each RGB colour, by interpolation between the cube's points.

The points are whole numbers. Pillow interpolates between them in fixed-point arithmetic, so that
every processor makes the same pixels.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from schemas.errors import PipelineError

if TYPE_CHECKING:
    from PIL.Image import Image

Rgb = tuple[int, int, int]

FULL: Final = 65535
"""A colour at its brightest, in the units of a cube's points."""
SMALLEST_SIDE: Final = 2
LARGEST_SIDE: Final = 65
"""What graders write is 17, 33 or 65 points a side; Pillow takes no more."""
_MADE_SIDE: Final = 33


@dataclass(frozen=True, slots=True)
class Cube:
    """`points` holds red, green and blue of side³ points, 0 to 65535; red changes fastest."""

    side: int
    points: Sequence[int]


def cube_of(colour: Callable[[Rgb], Rgb]) -> Cube:
    """The cube of a function of red, green and blue, 0 to 65535 each, which may leave that range:
    what it gives is clipped."""
    steps = [FULL * n // (_MADE_SIDE - 1) for n in range(_MADE_SIDE)]
    points: list[int] = []
    for blue in steps:
        for green in steps:
            for red in steps:
                points += (min(max(part, 0), FULL) for part in colour((red, green, blue)))
    return Cube(_MADE_SIDE, points)


def coloured(image: Image, cube: Cube) -> Image:
    """An RGB picture with every colour replaced by what the cube has for it."""
    from PIL import ImageFilter

    table = [point / FULL for point in cube.points]
    return image.filter(ImageFilter.Color3DLUT(cube.side, table))


def write_cube(cube: Cube, path: Path) -> None:
    """Keep a cube in a file of ours: the side, then all points, 16 bits each, low byte first."""
    path.write_bytes(struct.pack(f"<H{len(cube.points)}H", cube.side, *cube.points))


def read_cube(path: Path) -> Cube:
    """A cube that `write_cube` wrote. Raises PipelineError `broken-lut` for any other file."""
    data = path.read_bytes()
    side = int.from_bytes(data[:2], "little")
    if not SMALLEST_SIDE <= side <= LARGEST_SIDE or len(data) != 2 + 6 * side**3:
        raise PipelineError(
            "broken-lut",
            path.name[:12],
            "is not a colour table of this program",
            "build the episode again",
        )
    return Cube(side, struct.unpack_from(f"<{3 * side**3}H", data, 2))
