from __future__ import annotations

import pytest

from stages.people.counted_people import counted_in
from tests.stages.planned_film import plan

TWO, FIVE = ("ada", "ben"), ("a", "b", "c", "d", "e")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("All five stand in front of it.", FIVE),
        ("All five.", FIVE),
        ("The five of them wait.", FIVE),
        ("Rain falls on all five of them.", FIVE),
        ("Both look up.", TWO),
        ("Both of them laugh.", TWO),
        ("All three stand there.", ()),
        ("All five candles burn.", ()),
        ("All five old candles burn.", ()),
        ("All forty clocks strike.", ()),
        ("Both hands shake.", ()),
        ("Five chairs in a circle.", ()),
        ("", ()),
    ],
)
def test_a_number_means_the_group_of_that_size(text: str, people: tuple[str, ...]) -> None:
    assert counted_in(text, [TWO, FIVE]) == people


def test_those_of_the_scene_before_may_be_counted() -> None:
    talk = "\n\n".join(f"{name}\nWord of {name}." for name in ("ADA", "BEN", "CY", "DI", "EVE"))
    film = plan(f"INT. HALL - DAY\n\n{talk}\n\nEXT. GREEN - DAY\n\nA bench. All five stand by it.")
    (shot,) = [shot for shot in film.shots if "All five" in shot.action_beat]
    assert {who.id for who in shot.characters} == {"ada", "ben", "cy", "di", "eve"}
    assert shot.framing == "WS"
