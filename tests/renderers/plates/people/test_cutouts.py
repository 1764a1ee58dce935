"""Cut-outs of the show's own: children, people who lie, and what they hold; and groups."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.plates.people.face_boxes import face_boxes
from renderers.plates.picture import PictureSpec, draw_picture
from schemas.shot_list import ShotCharacter

FONTS = FontSet(default_font_paths())
FIELD = PictureSpec(640, 360, "WS", location_id="field", setting="EXT", place="FIELD")
GREEN, HEAD = (10, 250, 10), (250, 10, 250)


def cutout(digest: str) -> Image.Image:
    """Somebody in green from head to toe, the head of another colour."""
    figure = Image.new("RGBA", (60, 384), (0, 0, 0, 0))
    figure.paste((*GREEN, 255), (0, 60, 60, 384))
    figure.paste((*HEAD, 255), (0, 0, 60, 60))
    return figure


def spec(*people: ShotCharacter, **changes) -> PictureSpec:
    own = tuple((who.id, f"plate {who.id}") for who in people)
    return replace(FIELD, characters=people, character_images=own, **changes)


def person(name: str, side="left", **changes) -> ShotCharacter:
    return ShotCharacter(id=name, name=name.upper(), side=side, **changes)


def pixels(wanted: PictureSpec) -> np.ndarray:
    return np.asarray(draw_picture(wanted, cutout, FONTS)).astype(int)


def part(image: np.ndarray, *, head: bool) -> tuple[int, int, int, int]:
    """Where the colour of heads, or of bodies, is: left, top, right, bottom."""
    red, green, blue = image[..., 0], image[..., 1], image[..., 2]
    seen = (red - green > 70) & (blue - green > 70) if head else (green - red > 90)
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


@pytest.mark.parametrize("framing", ["WS", "MLS", "MS"])
def test_a_child_is_shorter_than_a_grown_up_whoever_painted_it(framing):
    looks = (("kim", (("age", "8"),)),)
    grown = pixels(spec(person("kim"), framing=framing))
    child = pixels(spec(person("kim"), framing=framing, looks=looks))
    (box,) = face_boxes(spec(person("kim"), framing=framing, looks=looks))
    left, top, right, _ = part(child, head=True)
    assert top > part(grown, head=True)[1] + 2
    assert right - left < part(grown, head=True)[2] - part(grown, head=True)[0]
    assert top <= box.box[1] <= part(child, head=True)[3], "the face is looked for where it is"
    if framing == "WS":
        assert abs(part(child, head=False)[3] - part(grown, head=False)[3]) <= 1, "on one ground"


@pytest.mark.parametrize(("side", "head_first"), [("left", True), ("right", False)])
def test_whoever_lies_is_laid_down_with_their_feet_ahead(side, head_first):
    image = pixels(spec(person("kim", side=side, pose="lying")))
    head, body = part(image, head=True), part(image, head=False)
    assert body[2] - body[0] > 3 * (body[3] - body[1])
    assert (head[0] < body[0]) == head_first
    assert (head[2] > body[2]) == (not head_first)


def test_a_thing_in_the_hands_of_a_cutout_is_not_pinned_to_its_coat():
    plain, held = (pixels(spec(person("kim", holding=what), framing="MS")) for what in ("", "box"))
    assert (plain == held).all()
    drawn, boxed = (
        pixels(replace(FIELD, framing="MS", characters=(person("kim", holding=what),)))
        for what in ("", "box")
    )
    assert (np.abs(drawn - boxed).max(axis=2) > 60).sum() > 400, "a drawn person holds it"


def test_a_lantern_lights_what_is_around_it():
    night = {"framing": "MS", "time_of_day": "NIGHT", "place": "CAVE", "setting": "INT"}
    drawn = replace(spec(person("kim"), **night), character_images=())
    lit = replace(drawn, characters=(person("kim", holding="lantern"),))
    dark, bright = pixels(drawn), pixels(lit)
    assert bright[100:200, 300:420].mean() > dark[100:200, 300:420].mean() + 6


@pytest.mark.parametrize("count", [4, 5, 6])
@pytest.mark.parametrize("framing", ["WS", "MLS", "MS"])
def test_every_face_of_a_group_is_seen_whole(count, framing):
    sides = ("left", "right", "center")
    people = tuple(person(name, sides[n % 3]) for n, name in enumerate("abcdef"[:count]))
    group = replace(FIELD, framing=framing, characters=people)
    boxes = [face.box for face in face_boxes(group)]
    assert len(boxes) == count
    for left, top, right, low in boxes:
        assert left >= 0 and right <= 640 and top >= 0 and low <= 360
    for n, one in enumerate(boxes):
        for other in boxes[:n]:
            apart = one[2] <= other[0] or other[2] <= one[0]
            assert apart or one[3] <= other[1] or other[3] <= one[1]
    sizes = {round((right - left) / 3) for left, _, right, _ in boxes}
    assert len(sizes) > 1, "two rows, one of them farther away"
