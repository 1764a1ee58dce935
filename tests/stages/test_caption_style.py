from __future__ import annotations

import pytest

from schemas.project import CaptionStyle, Project
from stages.caption_style import caption_style


@pytest.mark.parametrize(
    ("rating", "speed"),
    [("", 20), ("PG-13", 20), ("16+", 20), ("TV-MA", 20)]
    + [(r, 17) for r in ("TV-Y", "tv-y7", "G", "U", "FSK 6", "children", " Kids ", "6+")],
)
def test_the_rating_says_how_fast_the_audience_reads(rating: str, speed: int) -> None:
    style = caption_style(Project.create(id="show", rating=rating))
    assert style.max_chars_per_second == speed


def test_a_speed_the_project_sets_is_kept() -> None:
    project = Project.create(
        id="show", rating="TV-Y", captions=CaptionStyle(max_chars_per_second=12)
    )
    assert caption_style(project).max_chars_per_second == 12
