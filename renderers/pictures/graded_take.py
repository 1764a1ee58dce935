"""The show's colours over the pictures of a take, so that previews and takes have one look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.pictures.pixels import picture_of_planes, planes_of
from schemas.project import Format

if TYPE_CHECKING:
    from PIL.Image import Image

GRADED_TAKE_VERSION: Final = 1
"""Raised whenever the same take and the same grade give other pictures."""


def grade_pictures(raw: Path, fmt: Format, colour: Callable[[Image], Image], out: Path) -> Path:
    """Write the raw 4:2:0 pictures of the film's size in `raw` to `out`, each with its colours
    replaced by `colour`, which takes and gives an RGB picture."""
    size = fmt.width * fmt.height * 3 // 2
    with raw.open("rb") as source, out.open("wb") as graded:
        while picture := source.read(size):
            image = colour(_picture(picture, fmt.width, fmt.height))
            for plane in planes_of(image):
                graded.write(plane.tobytes())
    return out


def _picture(raw: bytes, width: int, height: int) -> Image:
    """A raw picture in RGB; colour differences are between their samples what a line gives."""
    from PIL import Image as Images

    half = (width // 2, height // 2)
    luma, chroma = width * height, half[0] * half[1]
    planes = [Images.frombytes("L", (width, height), raw[:luma])]
    for start in (luma, luma + chroma):
        plane = Images.frombytes("L", half, raw[start : start + chroma])
        planes.append(plane.resize((width, height), Images.Resampling.BILINEAR))
    return picture_of_planes(planes)
