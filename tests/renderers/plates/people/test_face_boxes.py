"""Where faces are said to be is where they are drawn."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.plates.people.face_boxes import face_boxes
from renderers.plates.picture import PictureSpec, draw_picture
from schemas.shot_list import ShotCharacter

FONTS = FontSet(tuple(default_font_paths()))
FRAMINGS = ("WS", "MLS", "MS", "MCU", "CU", "ECU")


def person(name, side="left", **changes):
    return ShotCharacter(id=name, name=name, side=side, **changes)


def spec(framing, *cast, size=(640, 360)):
    return PictureSpec(
        width=size[0],
        height=size[1],
        framing=framing,
        location_id="kitchen",
        setting="INT",
        place="KITCHEN",
        time_of_day="DAY",
        characters=cast,
    )


def drawn(wanted, plate=None):
    return np.asarray(draw_picture(wanted, lambda _: plate, FONTS)).astype(int)


@pytest.mark.parametrize("size", [(640, 360), (202, 360), (360, 360)])
@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("name", ["mara", "tom", "kid"])
def test_another_mood_changes_the_picture_inside_the_face_only(framing, name, size):
    calm = spec(framing, person(name), size=size)
    angry = replace(calm, characters=(person(name, expression="angry"),))
    (face,) = face_boxes(calm)
    rows, columns = np.nonzero(np.abs(drawn(calm) - drawn(angry)).max(axis=2) > 24)
    left, top, right, bottom = face.box
    room = (right - left) // 12 + 2
    assert face.character_id == name
    assert rows.size
    assert left - room <= columns.min() < columns.max() <= right + room
    assert top - room <= rows.min() < rows.max() <= bottom + room
    # Eyes and mouth reach over a good part of the box, so that it is not just large.
    assert (rows.max() - rows.min()) * 3 > bottom - top or framing == "WS"


def test_everyone_has_a_box_on_their_side_and_none_who_turns_away():
    faces = face_boxes(spec("MS", person("mara"), person("tom", "right")))
    at = {face.character_id: face.box for face in faces}
    assert at["mara"][2] < 320 < at["tom"][0]
    away = spec("MS", person("mara"), person("tom", "right", pose="away"))
    assert [face.character_id for face in face_boxes(away)] == ["mara"]


def test_a_cut_out_has_its_face_where_a_figure_would():
    skin, coat = (240, 200, 180, 255), (20, 60, 90, 255)
    cutout = Image.new("RGBA", (200, 640), (0, 0, 0, 0))
    cutout.paste(coat, (20, 104, 180, 640))
    cutout.paste(skin, (60, 0, 140, 104))
    own = replace(spec("CU", person("mara")), character_images=(("mara", "a" * 64),))
    (face,) = face_boxes(own)
    pixels = drawn(own, cutout)
    left, top, right, bottom = face.box
    middle = pixels[(top + bottom) // 2, (left + right) // 2]
    assert middle[0] > middle[2] > 100


def test_a_title_has_no_faces():
    assert face_boxes(replace(spec("TITLE", person("mara")), title_lines=("X",))) == ()
