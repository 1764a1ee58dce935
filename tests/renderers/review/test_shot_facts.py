"""What a film is called on the contact sheet and on the review page."""

import pytest

from renderers.review.shot_facts import film_title
from tests.stages.planned_film import plan


@pytest.mark.parametrize(
    ("page", "title"),
    [("Title: The Kettle\nAuthor: A. Writer\n\n", "The Kettle · A. Writer"), ("", "s01e01")],
)
def test_a_film_without_a_title_goes_by_its_script(page: str, title: str) -> None:
    assert film_title(plan(f"{page}INT. HALL - DAY\n\nDust.\n", title_card=True)) == title
