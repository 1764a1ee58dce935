"""A time alone in capitals: the same place, later."""

from __future__ import annotations

import pytest

from stages.reading.read_fountain import read_fountain
from stages.reading.time_jump import read_time_jump
from tests.stages.words_of_source import lost_words


def test_a_time_alone_is_the_same_place_at_that_time() -> None:
    source = "INT. HALL - DAY\n\nDust.\n\nLATER\n\nMore dust.\n\nTHE NEXT MORNING\nLess.\n"
    script = read_fountain(source, "e.fountain")
    assert [
        (s.scene_id, s.slug.setting, s.slug.location_id, s.slug.time_of_day) for s in script.scenes
    ] == [
        ("int_hall_day", "INT", "hall", "DAY"),
        ("later", "INT", "hall", "LATER"),
        ("the_next_morning", "INT", "hall", "THE NEXT MORNING"),
    ]
    assert lost_words(source, script) == ()


def test_a_time_before_any_place_is_in_no_place() -> None:
    [scene] = read_fountain("LATER\n\nDust.\n", "e.fountain").scenes
    assert (scene.slug.setting, scene.slug.location_id) == ("", None)


@pytest.mark.parametrize(
    "text", ["MOMENTS LATER.", "- CONTINUOUS -", "LATER THAT NIGHT", "MÁS TARDE"]
)
def test_what_jumps_in_time(text: str) -> None:
    assert read_time_jump(text) is not None


@pytest.mark.parametrize("text", ["DAWN", "TEN YEARS LATER", "Later", ".LATER", "!LATER", "MORGEN"])
def test_what_does_not(text: str) -> None:
    assert read_time_jump(text) is None


def test_a_character_who_is_called_later_speaks() -> None:
    script = read_fountain("Characters: LATER\n\nINT. HALL - DAY\n\nLATER\nHello.\n", "e.fountain")
    assert [element.kind for element in script.scenes[0].elements] == ["dialogue"]
