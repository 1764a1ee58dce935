"""How fine a take of this machine is made."""

import pytest

from renderers.providers.sizes import finer_size
from schemas.project import Format


@pytest.mark.parametrize(
    ("film", "quality", "finer"),
    [
        ((1280, 720), "low", (1280, 720)),
        ((1280, 720), "standard", (1920, 1080)),
        ((1280, 720), "high", (2560, 1440)),
        ((720, 1280), "standard", (1080, 1920)),
        ((1080, 1080), "standard", (1620, 1620)),
        ((1920, 1080), "high", (3840, 2160)),
        ((2560, 1440), "high", (3840, 2160)),
        ((3840, 2160), "high", (3840, 2160)),
        # A size with half a pixel, or an odd one, would end in a bar at the edge.
        ((160, 90), "standard", (320, 180)),
        ((114, 64), "standard", (228, 128)),
    ],
)
def test_finer_by_quality_and_exactly_of_the_films_shape(film, quality, finer):
    fmt = Format(width=film[0], height=film[1])
    assert finer_size(fmt, quality, 96) == finer
    assert finer[0] * film[1] == finer[1] * film[0]


def test_a_long_shot_is_not_made_larger_than_can_be_read():
    assert finer_size(Format(), "standard", 24 * 30) == (1920, 1080)
    assert finer_size(Format(), "standard", 24 * 31) == (1280, 720)
    assert finer_size(Format(), "high", 24 * 20) == (1920, 1080)
