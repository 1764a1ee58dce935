"""Old and young people are drawn so, in every framing, and stay themselves."""

from dataclasses import replace

import numpy as np
import pytest

from renderers.plates.people.face_boxes import face_boxes
from renderers.plates.people.looks import GREY_HAIR, look_of
from renderers.plates.people.stature import tall_permille
from renderers.plates.picture import PictureSpec
from schemas.shot_list import Framing, ShotCharacter
from tests.renderers.plates.test_picture import drawn

OLD, ADULT, CHILD = ((("age", age),) for age in ("71", "34", "8"))
HALL = PictureSpec(
    width=480,
    height=270,
    framing="WS",
    location_id="hall",
    setting="INT",
    place="HALL",
    time_of_day="DAY",
)


def two(framing: Framing, *ages: str) -> PictureSpec:
    names = ("mara", "jonas")
    people = tuple(
        ShotCharacter(id=name, name=name, side=side)
        for name, side in zip(names, ("left", "right"), strict=True)
    )
    looks = tuple((name, (("age", age),)) for name, age in zip(names, ages, strict=True))
    return replace(HALL, framing=framing, characters=people, looks=looks)


def test_years_change_hair_size_and_posture_and_nothing_else() -> None:
    old, adult, child = (look_of("mara", said) for said in (OLD, ADULT, CHILD))
    assert (old.age, adult.age, child.age) == ("old", "adult", "child")
    assert old.hair in GREY_HAIR and adult.hair not in GREY_HAIR
    assert old.bent > 0 and adult.bent == child.bent == 0
    assert 730 < tall_permille(child) < 800 < tall_permille(old) < tall_permille(adult)
    assert old.skin == adult.skin == child.skin
    assert old.top == adult.top == child.top


def test_a_child_grows() -> None:
    tall = [tall_permille(look_of("mara", (("age", str(age)),))) for age in (1, 3, 5, 8, 11, 15)]
    assert tall == sorted(set(tall))


def test_said_looks_are_drawn() -> None:
    said = (("beard", "full"), ("glasses", "yes"), ("hair", "red"))
    look = look_of("mara", said)
    assert (look.beard, look.glasses, look.hair) == ("full", True, (178, 82, 44))
    assert look_of("jonas", (("hair", "bald"),)).hair_style == "bald"
    assert "beard" not in dict(CHILD) and look_of("jonas", CHILD).beard == ""


@pytest.mark.parametrize("framing", ["EWS", "WS", "MLS", "MS", "MCU", "CU"])
def test_a_child_is_smaller_than_a_grown_up_in_every_framing(framing: Framing) -> None:
    tops, same = (
        {face.character_id: face.box for face in face_boxes(large)}
        for large in (
            replace(two(framing, "34", age), width=1920, height=1080) for age in ("8", "34")
        )
    )
    adult, child = tops["mara"], tops["jonas"]
    assert adult == same["mara"]
    assert child[1] > same["jonas"][1]
    assert child[3] - child[1] < same["jonas"][3] - same["jonas"][1]
    assert child[3] < 1080


@pytest.mark.parametrize("framing", ["WS", "MS", "CU"])
def test_age_is_seen(framing: Framing) -> None:
    pictures = [np.asarray(drawn(two(framing, "34", age)), np.int16) for age in ("34", "71", "8")]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        changed = np.any(pictures[one] != pictures[other], axis=2)
        assert changed[:, 240:].sum() > 300
        assert not changed[:, :120].any()
