"""Wrapping and shortening text for a picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from renderers.fonts.font_files import FontSet, TextStyle, default_font_paths
from renderers.plates.lettering import Page, cleaned, shortened, visual, wrapped

PAGE = Page(Image.new("RGB", (10, 10)), (0, 0, 400, 200), FontSet(default_font_paths()))
STYLE = TextStyle((0, 0), 20, (0, 0, 0))


def test_words_are_wrapped_between_words():
    lines = wrapped(PAGE, "the quick brown fox jumps over the lazy dog", STYLE, 200, 5)
    assert lines == ["the quick brown fox", "jumps over the lazy", "dog"]


def test_what_does_not_fit_ends_in_an_ellipsis():
    lines = wrapped(PAGE, "the quick brown fox jumps over the lazy dog", STYLE, 200, 2)
    assert lines[0] == "the quick brown fox"
    assert lines[1].startswith("jumps over") and lines[1].endswith("…")
    assert len(lines) == 2


def test_a_word_longer_than_the_line_is_broken():
    lines = wrapped(PAGE, "Donaudampfschifffahrtsgesellschaft", STYLE, 120, 9)
    assert "".join(lines) == "Donaudampfschifffahrtsgesellschaft"
    assert len(lines) > 2


@given(st.text("abc def\n\tgh é", max_size=300), st.integers(30, 400), st.integers(1, 4))
def test_no_line_is_wider_than_asked_and_nothing_is_lost_but_at_the_end(
    text: str, width: int, most: int
):
    lines = wrapped(PAGE, text, STYLE, width, most)
    assert len(lines) <= most
    assert all(PAGE.fonts.width(line, 20) <= width for line in lines)
    kept = "".join(lines).replace(" ", "").removesuffix("…")
    assert cleaned(text).replace(" ", "").startswith(kept)
    if not lines or not lines[-1].endswith("…"):
        assert kept == cleaned(text).replace(" ", "")


@given(st.text(max_size=80), st.integers(15, 300))
def test_shortened_text_fits(text: str, width: int):
    assert PAGE.fonts.width(shortened(PAGE, text, STYLE, width), 20) <= max(
        width, PAGE.fonts.width("…", 20)
    )


def test_control_characters_become_spaces():
    assert cleaned(" a\x00b\r\n\tc\u2028d\ud800e ") == "a b c de"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("plain text", "plain text"),
        ("\u05e9\u05dc\u05d5\u05dd", "\u05dd\u05d5\u05dc\u05e9"),
        ("to \u05d0\u05d1 \u05d2\u05d3 end", "to \u05d3\u05d2 \u05d1\u05d0 end"),
        ("(\u05d0\u05d1)", "(\u05d1\u05d0)"),
        # The first letter decides for the line; numbers run with it, Latin words keep their way.
        ("\u05d0\u05d1 2024 \u05d2\u05d3", "\u05d3\u05d2 2024 \u05d1\u05d0"),
        ("\u05d0\u05d1 NINE TWENTY", "NINE TWENTY \u05d1\u05d0"),
        ("in 2024 \u05d0\u05d1", "in 2024 \u05d1\u05d0"),
        # A vowel mark stays behind its letter.
        ("\u05e9\u05c1\u05dc", "\u05dc\u05e9\u05c1"),
    ],
)
def test_right_to_left_words_are_put_in_the_order_they_are_seen(line: str, seen: str):
    assert visual(line) == seen


def test_no_line_of_a_text_without_spaces_begins_with_a_stop(monkeypatch):
    monkeypatch.setattr(FontSet, "width", lambda self, text, size, *, bold=False: 20 * len(text))
    lines = wrapped(PAGE, "これは長い題です。次も続く、はい。", STYLE, 160, 9)
    assert "".join(lines) == "これは長い題です。次も続く、はい。"
    assert lines[0] == "これは長い題で"
    assert not any(line[0] in "。、" for line in lines)
