"""The size of a clip: the nearest one that a provider sells, or a finer one made here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from schemas.project import Format
from schemas.take import Quality


def nearest_size(sizes: tuple[tuple[int, int], ...], wanted: tuple[int, int]) -> tuple[int, int]:
    """The size whose aspect is nearest to the film's; of equals the largest.

    Aspects are compared as exact fractions: a wider picture is as far off by its width as a taller
    one is by its height.
    """

    def off_by(size: tuple[int, int]) -> tuple[int, int]:
        across, down = size[0] * wanted[1], size[1] * wanted[0]
        return (max(across, down) * 1_000_000 // min(across, down), -size[0] * size[1])

    return min(sizes, key=off_by)


# A program on this machine may make its picture so much finer than the film's, in percent a side,
# first choice first. Scaled down into the film's frame it is sharper than one drawn at that size,
# whose camera moves by parts of a pixel, and it is there for a film that is made larger.
FINER_PERCENT: Final[Mapping[Quality, tuple[int, ...]]] = MappingProxyType(
    {"low": (), "standard": (150, 200), "high": (200, 150)}
)
LONGEST_PX, SHORTEST_PX = 3840, 2160
# Lossless clips of drawn pictures with grain come to 0.2 to 0.3 bytes a pixel; with so many pixels
# in all they stay below what `conform` reads.
MOST_CLIP_PX = 1_500_000_000


def finer_size(fmt: Format, quality: Quality, duration_frames: int) -> tuple[int, int]:
    """The size of a local take in pixels: even, of exactly the film's shape, never smaller.

    1920x1080 for a film of 1280x720 in standard quality; at most 3840 by 2160 either way round, and
    no finer than the film when the shot is so long that the clip would become too large.
    """
    for percent in FINER_PERCENT[quality]:
        size = (fmt.width * percent // 100, fmt.height * percent // 100)
        exact = fmt.width * percent % 200 == 0 and fmt.height * percent % 200 == 0
        small = size[0] * size[1] * duration_frames <= MOST_CLIP_PX
        if exact and small and max(size) <= LONGEST_PX and min(size) <= SHORTEST_PX:
            return size
    return fmt.width, fmt.height
