"""Props in a picture: on the ground of a wide shot, large where nobody is, in the light there."""

import numpy as np
import pytest
from PIL import Image

from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.plates.picture import PictureSpec, draw_picture
from schemas.shot_list import ShotCharacter

FONTS = FontSet(tuple(default_font_paths()))
RED = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
RED.paste((255, 0, 0, 255), (20, 20, 80, 80))


KEY = (("key", "a" * 64),)


def drawn(framing="WS", people=(), *, props=KEY, size=(640, 360), time="DAY", plate=RED, insert=""):
    spec = PictureSpec(
        width=size[0],
        height=size[1],
        framing=framing,
        location_id="hall",
        setting="INT",
        place="HALL",
        time_of_day=time,
        characters=tuple(ShotCharacter(id=name, name=name, side=side) for name, side in people),
        props=props,
        insert=insert,
    )
    return np.asarray(draw_picture(spec, lambda _: plate, FONTS)).astype(int)


def seen(*args, **changes):
    """Left, top, right and bottom of what a prop changes."""
    other = np.abs(drawn(*args, **changes) - drawn(*args, **changes | {"props": ()})).max(axis=2)
    rows, columns = np.nonzero(other)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


@pytest.mark.parametrize("size", [(640, 360), (360, 640)])
def test_a_prop_stands_on_the_ground_of_a_wide_shot(size):
    left, top, right, bottom = seen("WS", size=size)
    assert size[1] * 65 // 100 < top < bottom < size[1] * 88 // 100
    assert abs((left + right) / 2 - size[0] / 2) <= 2
    assert right - left == pytest.approx(bottom - top, abs=2)


def test_it_is_large_where_nobody_is_seen():
    small, large = seen("WS"), seen("MS")
    assert (large[3] - large[1]) > 2.5 * (small[3] - small[1])


def test_an_insert_is_large_in_front_of_a_place_that_steps_back_and_has_no_card():
    plain, alone = drawn("ECU"), drawn("ECU", insert="KEY")
    red = (alone[..., 0] > 150) & (alone[..., 1] < 90) & (alone[..., 2] < 90)
    rows, columns = np.nonzero(red)
    assert rows.max() - rows.min() > 190
    assert abs((columns.min() + columns.max()) / 2 - 320) <= 2
    corner = np.s_[:60, :60]
    assert alone[corner].mean() < 0.8 * plain[corner].mean()
    lettered = drawn("ECU", insert="KEY", props=())
    assert np.abs(lettered - alone)[240:280, 200:440].max() > 60


def test_it_lies_beside_a_single_person_and_between_two():
    left = seen("WS", (("mara", "left"),))
    right = seen("WS", (("mara", "right"),))
    between = seen("WS", (("mara", "left"), ("tom", "right")))
    assert left[0] > between[0] > right[0]


def test_two_props_stand_side_by_side():
    pair = (("box", "b" * 64), ("key", "a" * 64))
    picture = drawn("MS", props=pair) - drawn("MS", props=())
    columns = np.abs(picture).max(axis=(0, 2)) > 0
    assert np.count_nonzero(np.diff(columns.astype(int)) == 1) == 2


def test_it_is_in_the_light_of_the_time_of_day():
    day, night = (drawn("MS", time=time)[:, 300:340].max(axis=(0, 1)) for time in ("DAY", "NIGHT"))
    assert night[0] < day[0]


def test_a_picture_without_transparency_is_a_prop_as_well():
    left, top, right, bottom = seen("MS", plate=Image.new("RGB", (300, 100), (0, 0, 255)))
    assert (right - left) / (bottom - top) == pytest.approx(3, abs=0.1)
