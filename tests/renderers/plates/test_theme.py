"""Themes: every drawn colour goes through them, own pictures do not, and people stay themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.plates.lettering import INK, PAPER
from renderers.plates.picture import PictureSpec, draw_picture, spec_payload
from renderers.plates.theme import PLAIN, ink_of
from schemas.project import Theme
from schemas.shot_list import ShotCharacter

FONTS = FontSet(tuple(default_font_paths()))
NAMES = ("storyboard", "ink", "pencil", "noir", "pastel")
COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


def spec(theme, **changes):
    values = {
        "framing": "WS",
        "location_id": "kitchen",
        "setting": "INT",
        "place": "KITCHEN",
        "time_of_day": "DAY",
        "characters": (ShotCharacter(id="mara", name="Mara", side="left"),),
    } | changes
    return PictureSpec(width=320, height=180, theme=theme, **values)


def drawn(theme, **changes):
    return np.asarray(draw_picture(spec(theme, **changes), no_plate, FONTS)).astype(int)


def no_plate(_digest):
    raise AssertionError("nothing to open")


def spread(pixels):
    return (pixels.max(axis=2) - pixels.min(axis=2)).mean()


@given(COLOURS)
def test_the_plain_theme_changes_no_colour(colour):
    assert PLAIN.tone(colour) == colour
    assert ink_of(Theme(name="storyboard")).plain


@given(COLOURS, st.sampled_from(NAMES))
def test_a_colour_stays_a_colour(colour, name):
    for theme in (Theme(name=name), Theme(name=name, palette=("#102030", "#ffffff"))):
        assert all(0 <= part <= 255 for part in ink_of(theme).tone(colour))


@pytest.mark.parametrize("name", NAMES)
def test_light_stays_lighter_than_dark(name):
    ink = ink_of(Theme(name=name))
    greens = [ink.tone((level, level, level))[1] for level in range(256)]
    assert greens == sorted(greens)
    assert greens[-1] - greens[0] > 150


def test_line_and_paper_are_what_the_darkest_and_the_lightest_become():
    ink = ink_of(Theme(name="ink", line="#301008", paper="#F0E0C0"))
    assert ink.tone((0, 0, 0)) == (0x30, 0x10, 0x08)
    assert ink.tone((255, 255, 255)) == (0xF0, 0xE0, 0xC0)


def test_a_palette_pulls_each_colour_to_the_one_that_is_like_it():
    ink = ink_of(Theme(palette=("#c04030", "#3060c0")))
    assert ink.tone((200, 40, 60))[0] > 180
    red, _, blue = ink.tone((60, 90, 170))
    assert blue > red + 80
    # A grey is as light as it was, and takes the nearer hue.
    red, green, blue = ink.tone((120, 120, 120))
    assert (red, green, blue) != (120, 120, 120)
    assert abs((2126 * red + 7152 * green + 722 * blue) // 10_000 - 120) <= 2


def test_each_theme_is_another_picture_of_the_same_place():
    pictures = {name: drawn(Theme(name=name)) for name in NAMES}
    assert len({each.tobytes() for each in pictures.values()}) == len(NAMES)
    for name in ("ink", "pencil", "noir"):
        assert spread(pictures[name]) < spread(pictures["storyboard"]) / 3
    assert pictures["pencil"].mean() > pictures["noir"].mean() + 20
    # The same shapes: where the plain picture is dark, the others are darker than elsewhere.
    plain = pictures["storyboard"].mean(axis=2)
    for each in pictures.values():
        shown = each.mean(axis=2)
        assert np.corrcoef(plain.ravel(), shown.ravel())[0, 1] > 0.9


def test_wider_lines_darken_the_picture():
    thin, thick = (drawn(Theme(line_percent=percent)).mean() for percent in (50, 250))
    assert thin > thick + 2


def test_an_own_background_keeps_its_colours():
    plate = Image.new("RGB", (320, 180), (200, 40, 90))
    made = [
        draw_picture(
            spec(Theme(name=name), characters=(), background="a" * 64), lambda _: plate, FONTS
        ).getpixel((160, 90))
        for name in NAMES
    ]
    assert set(made) == {(200, 40, 90)}


@pytest.mark.parametrize("name", NAMES)
def test_places_and_people_that_differ_in_one_theme_differ_in_all(name):
    theme = Theme(name=name)
    mara = drawn(theme)
    other = (ShotCharacter(id="tom", name="Tom", side="left"),)
    assert np.abs(mara - drawn(theme, characters=other)).max() > 40
    assert np.abs(mara - drawn(theme, location_id="attic")).max() > 15


@pytest.mark.parametrize("name", NAMES)
def test_someone_looks_the_same_whoever_else_is_there(name):
    theme = Theme(name=name)
    together = (
        ShotCharacter(id="mara", name="Mara", side="left"),
        ShotCharacter(id="tom", name="Tom", side="right"),
    )
    both = drawn(theme, characters=together)
    swapped = drawn(theme, characters=together[::-1])
    another = drawn(
        theme, characters=(together[0], ShotCharacter(id="ines", name="Ines", side="right"))
    )
    assert (both == swapped).all()
    assert (both[:, :150] == another[:, :150]).all()
    assert (both[:, 150:] != another[:, 150:]).any()


@pytest.mark.parametrize("name", NAMES)
def test_a_title_and_a_strip_can_be_read(name):
    title = drawn(Theme(name=name), framing="TITLE", title_lines=("NINE",), characters=())
    around = title[60:100, 120:200].mean(axis=2)
    assert around.max() - np.median(around) > 90
    ink = ink_of(Theme(name=name)).for_letters()
    assert min(ink.tone(PAPER)) - max(ink.tone(INK)) > 120


def test_the_theme_is_a_part_of_what_a_picture_depends_on():
    payloads = [spec_payload(spec(Theme(name=name))) for name in ("ink", "noir")]
    assert payloads[0] != payloads[1]
