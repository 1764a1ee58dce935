from __future__ import annotations

import pytest

from canon.episode import episode_numbers, episode_of
from stages.reading.read_fountain import read_fountain
from tests.canon.build import fact


@pytest.mark.parametrize(
    ("episode", "numbers"),
    [
        ("s01e02", (1, 2)),
        ("S1.E10", (1, 10)),
        ("harbour-s02_e03-final", (2, 3)),
        ("1x07", (1, 7)),
        ("episode 4", (0, 4)),
        ("ep05", (0, 5)),
        ("pilot", (0, 0)),
        ("yes3e4", (0, 0)),
    ],
)
def test_numbers_come_from_the_name(episode: str, numbers: tuple[int, int]) -> None:
    assert episode_numbers(episode) == numbers


def test_title_arc_and_summary_come_from_the_script() -> None:
    text = (
        "Title:\n    _**THE LAMP**_\n    and the sea\nArc: The long winter\n\n"
        "# Act one\n\n= Mara lights the lamp.\n\nINT. LIGHTHOUSE - NIGHT\n\n"
        "= Jonas arrives.\n\nMARA\nFinally.\n"
    )
    told = fact("mara.age = 34", "s01e02", 3)
    about = episode_of(read_fountain(text, "episodes/s01e02.fountain"), "s01e02", (told,))
    assert (about.season_number, about.episode_number) == (1, 2)
    assert about.title == "THE LAMP and the sea"
    assert about.arc_reference == "The long winter"
    assert about.summary == "Mara lights the lamp.\nJonas arrives."
    assert about.new_facts == (told,)
