"""Words over the picture: whole, inside the title-safe area, and clear of what stands below."""

import numpy as np
import pytest

from renderers.captions.ass import text_box
from renderers.captions.cue import Cue
from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.pictures.super_lettering import super_mark
from renderers.plates.picture import PictureSpec, action_box
from schemas.errors import PipelineError
from stages.reading.on_screen_text import screens_of

FONTS = FontSet(tuple(default_font_paths()))
SIZES = [(1280, 720), (720, 1280), (720, 720), (640, 360), (1920, 1080)]
# The most that one shot shows: as wide and as long as the planner lets it be.
LONG = screens_of("Wherever the winter winds wandered, the women of Wexford waited with warm wool.")
WORDS = {
    "one": ("London, 1940",),
    "four": ("OSTEND", "August 1940", "Three years after the war", "06:45"),
    "long": LONG.lines[0],
    "wide": ("W" * 88,),
    "hebrew": ("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",),
    "hostile": ("{\\an8}<b>%s</b> ${PATH} \\N",),
}


def inked(lines, size, on_black=False):
    """Left, top, right, bottom of what the words change on a grey picture."""
    width, height = size
    grey = bytes([90]) * (width * height) + bytes([128]) * (width * height // 2)
    raw = super_mark(lines, size, FONTS, on_black=on_black).over(grey)
    luma = np.frombuffer(raw, np.uint8)[: width * height].reshape(height, width)
    rows, columns = np.nonzero(luma != 90)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


@pytest.mark.parametrize("on_black", [False, True])
@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_words_stay_in_the_title_safe_area(size, words, on_black):
    left, top, right, low = inked(WORDS[words], size, on_black)
    width, height = size
    assert width / 20 <= left < right <= width - width / 20
    assert height / 20 <= top < low <= height - height / 20
    assert abs((left + right) / 2 - width / 2) < width / 50


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_words_end_above_captions_and_above_the_strip_of_the_action(size, words):
    low = inked(WORDS[words], size)[3]
    captions = Cue(0, 48, rows=(), line_ids=(), label="[thunder]", label_alone=True)
    two_rows = 2 * (text_box(captions, *size)[3] - text_box(captions, *size)[1])
    assert low <= text_box(captions, *size)[3] - two_rows
    strip = action_box(
        PictureSpec(*size, framing="WS", action_beat="Gulls over empty boats. " * 3), FONTS
    )
    assert strip is not None and low <= strip[1]


@pytest.mark.parametrize("words", ["four", "long", "hostile", "wide"])
def test_no_word_is_left_out(monkeypatch, words):
    drawn = []
    monkeypatch.setattr(FontSet, "draw", lambda self, draw, text, style: drawn.append(text))
    super_mark(WORDS[words], (720, 1280), FONTS, on_black=False)
    # Each row once for the letters and nine times for their edge.
    assert len(drawn) % 10 == 0
    shown = "".join(drawn[: len(drawn) // 10])
    assert shown.replace(" ", "") == "".join(WORDS[words]).replace(" ", "")


def test_right_to_left_words_are_drawn_as_they_are_seen(monkeypatch):
    drawn = []
    monkeypatch.setattr(FontSet, "draw", lambda self, draw, text, style: drawn.append(text))
    super_mark(WORDS["hebrew"], (1280, 720), FONTS, on_black=False)
    assert set(drawn) == {WORDS["hebrew"][0][::-1]}


def test_letters_can_be_read_on_any_ground():
    size = (1280, 720)
    for ground in (16, 235):
        raw = bytes([ground]) * (1280 * 720) + bytes([128]) * (1280 * 360)
        seen = super_mark(("London",), size, FONTS, on_black=False).over(raw)
        luma = np.frombuffer(seen, np.uint8)[: 1280 * 720].astype(int)
        assert luma.max() - luma.min() > 150


def test_a_character_that_no_font_has_is_refused():
    with pytest.raises(PipelineError) as caught:
        super_mark(("\U0001f9ff",), (1280, 720), FONTS, on_black=True)
    assert caught.value.code == "missing-glyph"
