"""Which of the picture sizes a provider sells is nearest to the film's."""

from __future__ import annotations

from schemas.project import Format


def nearest_size(sizes: tuple[tuple[int, int], ...], wanted: Format) -> tuple[int, int]:
    """The size whose aspect is nearest to the film's; of equals the largest.

    Aspects are compared as exact fractions: a wider picture is as far off by its width as a taller
    one is by its height.
    """

    def off_by(size: tuple[int, int]) -> tuple[int, int]:
        across, down = size[0] * wanted.height, size[1] * wanted.width
        return (max(across, down) * 1_000_000 // min(across, down), -size[0] * size[1])

    return min(sizes, key=off_by)
