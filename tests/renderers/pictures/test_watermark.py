"""The show's mark: in its corner, inside the title-safe area, and nothing else is touched."""

import numpy as np
import pytest
from PIL import Image

from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.pictures.pixels import planes_of
from renderers.pictures.watermark import Placement, lettered, mark_of
from schemas.errors import PipelineError

WIDTH, HEIGHT = 640, 360
LUMA = WIDTH * HEIGHT
GREY = bytes([90]) * LUMA + bytes([128]) * (LUMA // 2)


def marked(emblem, corner="top_right", height_percent=10, opacity_percent=100, raw=GREY):
    mark = mark_of(emblem, Placement(corner, height_percent, opacity_percent), WIDTH, HEIGHT)
    return mark.over(raw)


def luma(raw):
    return np.frombuffer(raw, np.uint8)[:LUMA].reshape(HEIGHT, WIDTH)


def touched(raw):
    """Left, top, right, bottom of what is no longer grey."""
    rows, columns = np.nonzero(luma(raw) != 90)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


WHITE = Image.new("RGBA", (80, 40), (255, 255, 255, 255))
CORNERS = {
    "top_left": (32, 18, 104, 54),
    "top_right": (536, 18, 608, 54),
    "bottom_left": (32, 306, 104, 342),
    "bottom_right": (536, 306, 608, 342),
}


@pytest.mark.parametrize("corner", CORNERS)
def test_a_mark_fills_its_box_inside_the_title_safe_area(corner):
    raw = marked(WHITE, corner)
    assert touched(raw) == CORNERS[corner]
    assert WIDTH // 20 <= CORNERS[corner][0] < CORNERS[corner][2] <= WIDTH - WIDTH // 20
    left, top, right, low = CORNERS[corner]
    assert (luma(raw)[top:low, left:right] == 235).all()


@pytest.mark.parametrize(("percent", "level"), [(100, 235), (50, 163), (1, 92)])
def test_opacity_mixes_the_mark_with_the_picture(percent, level):
    raw = marked(WHITE, opacity_percent=percent)
    assert luma(raw)[30, 560] == level


def test_colour_goes_with_brightness_and_transparency_is_kept():
    emblem = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    emblem.paste((220, 30, 30, 255), (0, 0, 20, 40))
    raw = marked(emblem)
    y, u, v = (int(plane[0, 0]) for plane in planes_of(Image.new("RGB", (2, 2), (220, 30, 30))))
    left, top, right, low = touched(raw)
    # The left half of a square of 36 pixels, and the soft edge of its enlargement.
    assert (left, top, low) == (572, 18, 54)
    assert 588 <= right <= 594
    chroma = np.frombuffer(raw, np.uint8)[LUMA:].reshape(2, HEIGHT // 2, WIDTH // 2)
    assert [luma(raw)[30, 578], *chroma[:, 15, 289]] == [y, u, v]
    assert (chroma[:, :, : 572 // 2] == 128).all()


def test_a_banner_is_brought_down_to_a_third_of_the_width():
    left, top, right, low = touched(marked(Image.new("RGB", (900, 30), (255, 255, 255))))
    assert (right - left, low - top, right) == (212, 6, 608)


def test_letters_are_white_with_a_dark_edge_and_readable_on_any_ground():
    emblem = lettered("DRAFT", 20, FontSet(tuple(default_font_paths())))
    for ground in (16, 235):
        raw = marked(emblem, raw=bytes([ground]) * LUMA + bytes([128]) * (LUMA // 2))
        _, top, right, low = CORNERS["top_right"]
        part = luma(raw)[top:low, 400:right].astype(int)
        assert part.max() - part.min() > 100


def test_a_text_no_font_can_set_is_refused():
    with pytest.raises(PipelineError) as caught:
        lettered("\U0001f9ff", 20, FontSet(tuple(default_font_paths())))
    assert (caught.value.code, caught.value.where) == ("missing-glyph", "picture.watermark.text")


@pytest.mark.parametrize("size", [(64, 64), (66, 7680), (7680, 64)])
def test_the_smallest_and_longest_pictures_hold_a_mark(size):
    width, height = size
    raw = bytes([90]) * (width * height * 3 // 2)
    mark = mark_of(WHITE, Placement("bottom_left", 2, 60), width, height)
    assert len(mark.over(raw)) == len(raw)
    assert mark.over(raw) != raw
