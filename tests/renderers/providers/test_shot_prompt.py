"""What a provider is told of a shot: what is in the picture, and nothing of what is said."""

import pytest

from renderers.providers.reference import prompt_of
from schemas.project import Project
from schemas.shot_list import Environment, ShotCharacter
from tests.renderers.captions.film import film

PLACE = Environment(setting="INT", place="TIDE STATION", time_of_day="NIGHT")


@pytest.mark.parametrize(
    ("changes", "subject"),
    [
        ({}, "wide shot of interior TIDE STATION night"),
        (
            {"framing": "ECU", "insert": "LANTERN", "action_beat": "Nora takes the LANTERN."},
            "extreme close-up of LANTERN, interior TIDE STATION night",
        ),
        (
            {"framing": "MS", "characters": (ShotCharacter(id="nora", name="Nora"),)},
            "medium shot of Nora, interior TIDE STATION night",
        ),
    ],
)
def test_the_subject_is_the_thing_or_the_people_or_the_place(changes, subject):
    shots, *_ = film([], (60,))
    given = {"framing": "WS", "characters": (), "environment": PLACE, **changes}
    shot = shots.shots[0].model_copy(update=given)
    assert prompt_of(shot, Project.create(id="show")).subject == subject
