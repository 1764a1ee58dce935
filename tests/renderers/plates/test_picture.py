"""Whole pictures: size, stability, who stands where, light, and letters as they are given."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from blake3 import blake3
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.plates.captioning import draw_tag
from renderers.plates.lettering import Page
from renderers.plates.people.moods import MOODS
from renderers.plates.picture import PictureSpec, action_box, draw_picture, spec_payload
from schemas.digest import tagged_digest
from schemas.errors import PipelineError
from schemas.project import Theme
from schemas.shot_list import Framing, ShotCharacter

FONTS = FontSet(default_font_paths())
FRAMINGS: tuple[Framing, ...] = get_args(Framing)
KITCHEN = PictureSpec(
    width=480,
    height=270,
    framing="WS",
    location_id="kitchen",
    setting="INT",
    place="KITCHEN",
    time_of_day="DAY",
)


def nothing(digest: str) -> Image.Image:
    raise AssertionError(f"no own picture was given, asked for {digest}")


def person(name: str = "mara", **changes) -> ShotCharacter:
    return ShotCharacter(id=name, name=name.upper(), **changes)


def drawn(spec: PictureSpec, images=nothing) -> Image.Image:
    return draw_picture(spec, images, FONTS)


def digest(image: Image.Image) -> str:
    return blake3(image.tobytes()).hexdigest()


def changed_columns(first: Image.Image, second: Image.Image) -> tuple[int, int]:
    box = ImageChops.difference(first, second).getbbox()
    assert box is not None
    return box[0], box[2]


def brightness(image: Image.Image) -> float:
    return float(np.asarray(image.convert("L"), dtype=np.int64).mean())


RICH = replace(
    KITCHEN,
    framing="MS",
    time_of_day="NIGHT",
    characters=(person("mara", side="left", speaking=True), person("tom", side="right")),
    tag="INT. KITCHEN – NIGHT · 7f3a · PLACEHOLDER",
)
STREET = replace(KITCHEN, framing="EWS", setting="EXT", place="CITY STREET", location_id="street")
TITLE = PictureSpec(480, 270, "TITLE", title_lines=("The Keeper", "Episode one"))


def test_equal_pictures_in_other_processes_with_other_hash_seeds():
    program = (
        "from tests.renderers.plates.test_picture import *;"
        "print(*(digest(drawn(s)) for s in (RICH, STREET, TITLE)))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("4242", "Asia/Tokyo"))
    }
    here = " ".join(digest(drawn(spec)) for spec in (RICH, STREET, TITLE))
    assert {answer.strip() for answer in answers} == {here}


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("size", [(320, 180), (180, 320), (200, 200), (64, 36), (17, 301)])
def test_every_framing_has_exactly_the_asked_size(framing: Framing, size: tuple[int, int]):
    spec = replace(
        RICH, framing=framing, width=size[0], height=size[1], action_beat="Mara opens the door.",
        title_lines=("A title that is rather long for a small card", "second"),
    )  # fmt: skip
    image = drawn(spec)
    assert (image.size, image.mode) == (size, "RGB")


def test_a_very_large_picture_has_exactly_its_size():
    image = drawn(replace(RICH, width=7680, height=4320))
    assert image.size == (7680, 4320)
    # The same picture, only larger: reduced it is nearly the small one.
    small = np.asarray(image.resize((480, 270), Image.Resampling.BOX), dtype=np.int64)
    assert np.abs(small - np.asarray(drawn(RICH), dtype=np.int64)).mean() < 6


@given(
    framing=st.sampled_from(FRAMINGS),
    setting=st.sampled_from(["INT", "EXT", "INT_EXT", ""]),
    place=st.text(max_size=30),
    when=st.text(max_size=12),
    names=st.lists(st.text("abcdefgh_ ", min_size=1, max_size=8), max_size=7, unique=True),
    side=st.sampled_from(["left", "center", "right"]),
    words=st.text(max_size=60),
    width=st.integers(16, 160),
    height=st.integers(16, 160),
)
@settings(max_examples=60, deadline=None)
def test_any_shot_can_be_drawn_or_names_its_missing_glyph(  # noqa: PLR0917
    framing, setting, place, when, names, side, words, width, height
):
    spec = PictureSpec(
        width, height, framing, "somewhere", setting, place, when,
        tuple(person(name, side=side, pose=words, expression=words) for name in names),
        words, (words,),
    )  # fmt: skip
    try:
        assert drawn(spec).size == (width, height)
    except PipelineError as error:
        assert error.code == "missing-glyph"


@pytest.mark.parametrize("framing", ["EWS", "WS", "MLS", "MS", "MCU", "CU"])
@pytest.mark.parametrize(("side", "half"), [("left", 0), ("right", 1)])
def test_a_character_stands_on_the_given_side(framing: Framing, side, half: int):
    # The background of a closer framing also follows the side, so an own one is used here.
    plain = replace(KITCHEN, framing=framing, background="b" * 64)

    def grey(_: str) -> Image.Image:
        return Image.new("RGB", (480, 270), (128, 128, 128))

    empty, image = drawn(plain, grey), drawn(replace(plain, characters=(person(side=side),)), grey)
    ink = np.asarray(ImageChops.difference(empty, image).convert("L")) > 8
    columns = ink.sum(axis=0)
    share = columns[:240].sum() / columns.sum()
    assert (share > 0.55) if half == 0 else (share < 0.45)


def test_two_face_each_other_and_leave_the_middle_free():
    plain = replace(KITCHEN, framing="WS", background="b" * 64)

    def grey(_: str) -> Image.Image:
        return Image.new("RGB", (480, 270), (128, 128, 128))

    both = replace(plain, characters=(person("mara", side="left"), person("tom", side="right")))
    ink = np.asarray(ImageChops.difference(drawn(plain, grey), drawn(both, grey)).convert("L")) > 8
    columns = ink.any(axis=0)
    assert columns[60:200].any() and columns[280:420].any()
    assert not columns[215:265].any()


def test_nobody_hides_anybody_in_a_group_of_six():
    names = ("mara", "tom", "kim", "otto", "elena", "ivan")
    sides = ("left", "left", "center", "center", "right", "right")
    group = tuple(person(n, side=s) for n, s in zip(names, sides, strict=True))
    base = replace(KITCHEN, framing="WS", width=960, height=540)
    image = drawn(replace(base, characters=group))
    for who in group:
        others = tuple(other for other in group if other.id != who.id)
        without = drawn(replace(base, characters=others))
        seen = np.asarray(ImageChops.difference(image, without).convert("L")) > 8
        assert seen.sum() > 2000


def test_a_look_is_stable_and_belongs_to_the_id_alone():
    first = replace(KITCHEN, framing="CU", characters=(person("mara"),))
    renamed = replace(first, characters=(ShotCharacter(id="mara", name="Mara Lindqvist"),))
    assert digest(drawn(first)) == digest(drawn(renamed))
    other = replace(first, characters=(person("nora"),))
    assert digest(drawn(first)) != digest(drawn(other))


def test_twelve_characters_have_twelve_looks():
    names = [
        "mara",
        "tom",
        "jonah",
        "elena",
        "nils",
        "otto",
        "kim",
        "ivan",
        "ruth",
        "bruno",
        "zoe",
        "hugo",
    ]
    faces = {
        digest(drawn(replace(KITCHEN, framing="CU", characters=(person(name),)))) for name in names
    }
    assert len(faces) == 12


def test_expression_pose_and_speaking_each_change_the_picture():
    base = replace(KITCHEN, framing="MS")
    variants = [
        person(),
        *(person(expression=word) for word in MOODS if word != "neutral"),
        person(pose="sitting"),
        person(pose="arms crossed"),
        person(speaking=True),
    ]
    pictures = {digest(drawn(replace(base, characters=(who,)))) for who in variants}
    assert len(pictures) == len(variants)


@pytest.mark.parametrize(("setting", "place"), [("INT", "KITCHEN"), ("EXT", "FOREST")])
def test_light_follows_the_time_of_day(setting, place: str):
    base = replace(KITCHEN, setting=setting, place=place)
    day, dusk, night = (
        brightness(drawn(replace(base, time_of_day=time))) for time in ("DAY", "DUSK", "NIGHT")
    )
    assert day > dusk + 5 > night + 10


@pytest.mark.parametrize(
    ("word", "same_as"),
    [
        ("NUIT", "NIGHT"),
        ("ABEND", "DUSK"),
        ("AMANECER", "DAWN"),
        ("Matin", "MORNING"),
        ("", "DAY"),
        ("ليل", "NIGHT"),
        ("ערב", "DUSK"),
        ("AKŞAM", "DUSK"),
    ],
)
def test_times_of_day_in_other_languages(word: str, same_as: str):
    here, there = (drawn(replace(KITCHEN, time_of_day=time)) for time in (word, same_as))
    assert digest(here) == digest(there)


def test_a_place_keeps_its_colours_and_another_place_has_others():
    wide, close = drawn(KITCHEN), drawn(replace(KITCHEN, framing="MCU"))
    other = drawn(replace(KITCHEN, location_id="kitchen-of-the-farm"))
    wall = np.asarray(wide)[60:90, 200:230].reshape(-1, 3).mean(axis=0)
    near = np.asarray(close)[60:90, 200:230].reshape(-1, 3).mean(axis=0)
    strange = np.asarray(other)[60:90, 200:230].reshape(-1, 3).mean(axis=0)
    assert np.abs(wall - near).max() < 30
    assert np.abs(wall - strange).max() > 30


def test_an_own_background_fills_the_frame_without_being_stretched():
    # A square picture with a disc: cropped above and below, the disc stays round.
    own = Image.new("RGB", (600, 600), (20, 140, 60))
    disc = Image.new("L", (200, 200))
    from PIL import ImageDraw

    ImageDraw.Draw(disc).ellipse((0, 0, 199, 199), fill=255)
    own.paste((240, 240, 20), (200, 200), disc)
    asked: list[str] = []

    def images(name: str) -> Image.Image:
        asked.append(name)
        return own

    wide = replace(KITCHEN, framing="EWS", background="b" * 64)
    image = np.asarray(drawn(wide, images))
    assert asked == ["b" * 64]
    yellow = image[..., 0] > 130
    tall, wide_disc = yellow.any(axis=1).sum(), yellow.any(axis=0).sum()
    assert abs(int(tall) - int(wide_disc)) <= 2 and 158 <= wide_disc <= 162
    for corner in ((0, 0), (269, 479)):
        assert tuple(image[corner]) == (20, 140, 60)
    # A closer framing sees a part of it, and the disc is still round.
    near = np.asarray(drawn(replace(wide, framing="MS"), images))[..., 0] > 130
    tall, wider = near.any(axis=1).sum(), near.any(axis=0).sum()
    assert abs(int(tall) - int(wider)) <= 4 and wider > wide_disc * 1.15


def half_and_half(colour_left, colour_right) -> Image.Image:
    """A cut-out whose left and right can be told apart."""
    own = Image.new("RGBA", (100, 300), colour_right)
    own.paste(colour_left, (0, 0, 50, 300))
    return own


@pytest.mark.parametrize(("side", "greens_first"), [("left", True), ("right", False)])
def test_an_own_cutout_on_the_right_is_mirrored_to_look_back_inside(side, greens_first: bool):
    own = half_and_half((20, 240, 20, 255), (20, 20, 240, 255))
    who = ShotCharacter(id="x", name="X", side=side)
    spec = replace(KITCHEN, characters=(who,), character_images=(("x", "c" * 64),))
    image = np.asarray(drawn(spec, lambda _: own)).astype(int)
    green = np.nonzero(((image[..., 1] - image[..., 2]) > 150).any(axis=0))[0]
    blue = np.nonzero(((image[..., 2] - image[..., 1]) > 150).any(axis=0))[0]
    assert (green.mean() < blue.mean()) == greens_first


def test_an_own_cutout_is_darker_by_night():
    own = half_and_half((200, 200, 200, 255), (200, 200, 200, 255))
    who = ShotCharacter(id="x", name="X", side="center")
    spec = replace(KITCHEN, framing="MCU", setting="EXT", characters=(who,), tag="")
    spec = replace(spec, character_images=(("x", "c" * 64),))
    levels = [
        int(np.asarray(drawn(replace(spec, time_of_day=time), lambda _: own))[150, 240].sum())
        for time in ("DAY", "NIGHT")
    ]
    assert levels[1] < levels[0] * 0.92


def test_a_place_that_nobody_named_is_a_plain_stage():
    nowhere = replace(KITCHEN, location_id=None, setting="", place="", characters=(), tag="")
    image = np.asarray(drawn(nowhere)).astype(int)
    # No line is drawn: neighbouring pixels differ by little everywhere.
    assert np.abs(np.diff(image, axis=0)).max() < 40 and np.abs(np.diff(image, axis=1)).max() < 40
    black = np.asarray(drawn(replace(nowhere, place="BLACK", location_id="black")))
    assert black.mean() < 90 < image.mean()


def test_a_long_place_leaves_the_rest_of_the_tag_readable():
    tag = "INT. " + "A VERY LONG GALLERY " * 12 + " · ab12 · PLACEHOLDER"
    page = Page(Image.new("RGB", (1280, 720)), (20, 20, 1260, 700), FONTS)
    written: list[str] = []

    class Spy:
        def width(self, text: str, size: int, **bold: bool) -> int:
            return FONTS.width(text, size, **bold)

        def joined(self, text: str) -> str:
            return FONTS.joined(text)

        def draw(self, _pen, text: str, _style) -> None:
            written.append(text)

    draw_tag(replace(page, fonts=Spy()), tag)
    assert written[0].startswith("INT. A VERY LONG") and written[0].endswith(
        "… · ab12 · PLACEHOLDER"
    )


@pytest.mark.parametrize("framing", ["EWS", "WS", "MS", "CU"])
def test_an_own_cutout_is_placed_by_side_and_keeps_its_proportions(framing: Framing):
    cutout = Image.new("RGBA", (300, 900), (0, 0, 0, 0))
    cutout.paste((250, 0, 250, 255), (50, 100, 250, 900))
    spec = replace(
        KITCHEN, framing=framing, characters=(person(side="right"),),
        character_images=(("mara", "c" * 64),),
    )  # fmt: skip
    image = np.asarray(drawn(spec, lambda _: cutout)).astype(int)
    pink = (image[..., 0] > 200) & (image[..., 1] < 60) & (image[..., 2] > 200)
    rows, columns = np.flatnonzero(pink.any(axis=1)), np.flatnonzero(pink.any(axis=0))
    assert columns.mean() > 240
    tall, wide = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    if framing in ("EWS", "WS"):
        assert abs(tall / wide - 4) < 0.25
        assert rows[-1] < 262
    else:
        assert rows[-1] == 269


def test_missing_glyphs_are_named():
    for spec in (
        replace(KITCHEN, action_beat="A sign: 犬."),
        replace(KITCHEN, characters=(ShotCharacter(id="inu", name="犬", speaking=True),)),
        replace(TITLE, title_lines=("犬",)),
    ):
        with pytest.raises(PipelineError) as caught:
            drawn(spec)
        assert caught.value.code == "missing-glyph"
        assert "'犬' U+72AC" in caught.value.problem


@pytest.mark.parametrize(
    "text",
    [
        "%{pts} %{localtime}",
        r"{\b1}bold{\i1}\N",
        "it's: [0:v];movie=/etc/passwd,'",
        "<i>tag</i> &amp; %s {0} $HOME `id`",
        "../../x -y --help \\",
    ],
)
def test_texts_that_look_like_code_are_shown_as_they_are(text: str):
    spec = replace(KITCHEN, width=960, height=540, action_beat=text)
    box = action_box(spec, FONTS)
    assert box is not None
    # The strip is as wide as the letters of exactly this text and its two margins.
    size = (540 - 2 * 27 - 2 * 15) * 32 // 1000
    assert box[2] - box[0] == FONTS.width(text, size) + 2 * (size * 6 // 10)


def test_control_characters_change_nothing():
    plain = replace(KITCHEN, action_beat="Mara opens the door")
    odd = replace(KITCHEN, action_beat="Mara\x00 opens\r\n\tthe\x1b\u2028 door\x07")
    assert digest(drawn(plain)) == digest(drawn(odd))


@pytest.mark.parametrize("text", ["word " * 900, "x" * 5000, "ÄÖ" * 300])
@pytest.mark.parametrize("size", [(480, 270), (270, 480), (64, 64)])
def test_long_texts_stay_inside_the_safe_box(text: str, size: tuple[int, int]):
    spec = replace(
        KITCHEN, width=size[0], height=size[1], action_beat=text, safe_margin_permille=100
    )
    box = action_box(spec, FONTS)
    assert box is not None
    assert box[0] >= size[0] // 10 and box[2] <= size[0] - size[0] // 10
    assert box[1] >= size[1] // 10 and box[3] <= size[1] - size[1] // 10
    bare = drawn(replace(spec, action_beat=""))
    touched = ImageChops.difference(bare, drawn(spec)).getbbox()
    assert touched is not None
    shadow = 4
    assert touched[0] >= box[0] and touched[1] >= box[1]
    assert touched[2] <= box[2] + shadow and touched[3] <= box[3] + shadow


def test_letters_keep_out_of_the_zone_that_the_camera_may_crop():
    spec = replace(
        RICH, action_beat="Something happens.", safe_margin_permille=120, background="b" * 64
    )

    def grey(_: str) -> Image.Image:
        return Image.new("RGB", (480, 270), (128, 128, 128))

    bare = replace(spec, tag="", action_beat="", characters=())
    lettered = replace(bare, tag=spec.tag, action_beat=spec.action_beat)
    left, right = changed_columns(drawn(bare, grey), drawn(lettered, grey))
    assert left >= 57 and right <= 480 - 57


def test_the_strip_moves_up_while_someone_speaks():
    silent = replace(KITCHEN, action_beat="She listens.", characters=(person(),))
    speaking = replace(silent, characters=(person(speaking=True),))
    low, high = action_box(silent, FONTS), action_box(speaking, FONTS)
    assert low is not None and high is not None
    assert high[3] < 135 < low[1]
    assert action_box(KITCHEN, FONTS) is None


def test_the_name_of_who_speaks_is_written():
    base = replace(KITCHEN, framing="MS")
    named = replace(base, characters=(person(side="left", speaking=True),))
    nameless = replace(
        base, characters=(ShotCharacter(id="mara", name="", side="left", speaking=True),)
    )
    _, right = changed_columns(drawn(named), drawn(nameless))
    assert right < 160


def test_the_payload_holds_everything_the_picture_depends_on():
    base = tagged_digest("PictureSpec", spec_payload(RICH))
    changes = {
        "width": 482,
        "height": 272,
        "framing": "CU",
        "location_id": None,
        "setting": "EXT",
        "place": "BAR",
        "time_of_day": "DAWN",
        "characters": (),
        "action_beat": "x",
        "title_lines": ("x",),
        "tag": "",
        "background": "b" * 64,
        "character_images": (("mara", "c" * 64),),
        "safe_margin_permille": 51,
        "theme": Theme(name="noir"),
        "props": (("key", "d" * 64),),
        "insert": "KEY",
        "looks": (("mara", (("age", "71"),)),),
    }
    assert set(changes) == set(PictureSpec.__dataclass_fields__)
    others = {
        tagged_digest("PictureSpec", spec_payload(replace(RICH, **{name: value})))
        for name, value in changes.items()
    }
    assert len(others | {base}) == len(changes) + 1


@pytest.mark.parametrize("size", [(15, 100), (100, 0), (20_000, 100)])
def test_sizes_that_no_picture_can_have_are_refused(size: tuple[int, int]):
    with pytest.raises(PipelineError) as caught:
        drawn(replace(KITCHEN, width=size[0], height=size[1]))
    assert caught.value.code == "picture-size"


def test_in_a_car_the_camera_looks_at_its_people_and_alone_at_the_road():
    empty = replace(KITCHEN, place="TOM'S CAR", location_id="car", framing="MS")
    manned = replace(empty, characters=(person("mara"),))
    close = replace(manned, framing="CU")
    dash = np.asarray(drawn(manned)).astype(int)[-30:]
    assert dash.mean() < 90, "the dashboard lies before whoever sits in it"
    assert np.asarray(drawn(close)).astype(int)[-30:].mean() > dash.mean()
    view, seats = (np.asarray(drawn(each)).astype(int) for each in (empty, manned))
    assert np.abs(view[:60] - seats[:60]).max(axis=2).mean() > 12, "not the same way round"


def test_nobody_stands_in_the_water_of_a_river():
    bank = replace(KITCHEN, setting="EXT", place="RIVER", location_id="river")
    for place in ("RIVER", "CANAL LOCK", "BRIDGE"):
        image = np.asarray(drawn(replace(bank, place=place))).astype(int)
        feet = image[225:262, 60:420].mean(axis=(0, 1))
        assert feet[2] < max(feet[0], feet[1]) + 12, (place, feet)


def test_in_a_car_nobody_stands():
    sits = replace(KITCHEN, place="TOM'S CAR", location_id="car", characters=(person("mara"),))
    assert digest(drawn(sits)) == digest(drawn(replace(sits, framing="MS")))
    assert digest(drawn(replace(sits, characters=()))) != digest(
        drawn(replace(sits, characters=(), framing="MS"))
    )


def test_a_cutout_near_the_camera_shows_no_face():
    """It was painted from the front; as a shoulder in the way only its large shapes are seen."""
    face = Image.new("RGBA", (200, 640), (240, 220, 200, 255))
    for top in range(40, 140, 8):
        face.paste((20, 10, 10, 255), (40, top, 160, top + 4))
    people = (
        ShotCharacter(id="mara", name="MARA", side="left", speaking=True),
        ShotCharacter(id="jonas", name="JONAS", side="right", pose="away"),
    )
    spec = replace(
        KITCHEN, framing="MS", characters=people, character_images=(("jonas", "0" * 64),)
    )
    shown = np.asarray(draw_picture(spec, lambda _digest: face, FONTS).convert("L")).astype(int)
    near = shown[120:260, 420:470]
    assert near.mean() < 110
    assert np.abs(np.diff(near, axis=0)).max() <= 12
