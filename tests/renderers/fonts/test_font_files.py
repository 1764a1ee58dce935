"""Fonts by file: coverage, fallback, and the error that names a missing character."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.fonts.font_files import FontSet, TextStyle, default_font_paths
from schemas.errors import PipelineError

SERIF = default_font_paths()[0].with_name("DejaVuSerif.ttf")


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return FontSet(default_font_paths())


def test_default_fonts_are_the_pinned_files_and_matplotlib_stays_unimported():
    program = (
        "import sys; from renderers.fonts.font_files import default_font_paths as d;"
        "print([p.name for p in d()], 'matplotlib' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'] False"


def test_latin_greek_cyrillic_and_typographic_signs_are_covered(fonts: FontSet):
    assert fonts.missing("Straße, œuvre, ¿Qué? Ωmega Щука – “…” 25 °C") == ()


def test_missing_characters_come_once_each_and_in_order(fonts: FontSet):
    assert fonts.missing("犬と猫と犬") == ("犬", "と", "猫")


def test_the_error_names_the_character_its_code_point_and_the_way_out(fonts: FontSet):
    with pytest.raises(PipelineError) as caught:
        fonts.require("Herr 犬", "scene 3")
    assert caught.value.code == "missing-glyph"
    assert caught.value.where == "scene 3"
    assert "'犬' U+72AC CJK UNIFIED IDEOGRAPH-72AC" in caught.value.problem
    assert "fonts:" in caught.value.hint


def test_the_error_names_a_font_to_have(fonts: FontSet):
    for text, name in (("犬", "Noto Sans SC"), ("と", "Noto Sans JP"), ("ไทย", "Noto Sans Thai"),
                       ("\U0001f389", "Noto Emoji")):  # fmt: skip
        with pytest.raises(PipelineError) as caught:
            fonts.require(text, "scene 3")
        assert f"for example {name}" in caught.value.hint


def test_emoji_that_no_font_has_are_left_out_among_letters_and_refused_alone(fonts: FontSet):
    party = "Hi \U0001f389\U0001f3fd all"
    assert fonts.missing(party) == ("\U0001f389", "\U0001f3fd")
    fonts.require(party, "scene 3")
    assert "".join(run for run, _ in fonts.runs(party, 20)) == "Hi  all"
    with pytest.raises(PipelineError):
        fonts.require("\U0001f389 \U0001f3fd", "scene 3")
    with pytest.raises(PipelineError):
        fonts.require("Hi \U0001f389 犬", "scene 3")


@pytest.mark.parametrize(
    "text",
    [
        "a\u0301\u0323",  # combining marks
        "❤\ufe0f",  # variation selector behind a covered sign
        "left\u200dright\u200b\ufeff",  # joiners
        "tab\tand\nline\x07bell\u2028",
        "\u00a0\u2003",
    ],
)
def test_silent_characters_do_not_trip_the_check(fonts: FontSet, text: str):
    assert fonts.missing(text) == ()


def test_fallback_takes_each_character_from_the_first_font_that_has_it():
    serif_first = FontSet((SERIF, default_font_paths()[0]))
    pieces = [(text, Path(str(font.path)).name) for text, font in serif_first.runs("aאb", 20)]
    assert pieces == [("a", "DejaVuSerif.ttf"), ("א", "DejaVuSans.ttf"), ("b", "DejaVuSerif.ttf")]


def test_bold_text_uses_the_bold_file(fonts: FontSet):
    assert Path(str(fonts.font(20, bold=True).path)).name == "DejaVuSans-Bold.ttf"
    assert Path(str(fonts.font(20).path)).name == "DejaVuSans.ttf"


def test_bold_wish_without_a_bold_file_falls_back_to_what_there_is():
    only = FontSet((SERIF,))
    assert [text for text, _ in only.runs("bold", 12, bold=True)] == ["bold"]


def test_a_file_that_is_no_font_is_refused_by_name(tmp_path: Path):
    path = tmp_path / "fake.ttf"
    path.write_bytes(b"not a font at all")
    with pytest.raises(PipelineError) as caught:
        FontSet((path,)).missing("a")
    assert (caught.value.code, caught.value.where) == ("broken-font", "fake.ttf")


def test_widths_are_those_of_the_font_file(fonts: FontSet):
    # DejaVu Sans: an M is 1767 of 2048 units wide, hinted to whole pixels; rounded up.
    assert [fonts.width(text, 20) for text in ("", "M", "MM")] == [0, 17, 34]


@given(st.text(max_size=40))
def test_any_text_can_be_measured_and_drawn(text: str):
    from PIL import Image, ImageDraw

    fonts = FontSet(default_font_paths())
    image = Image.new("RGB", (64, 24))
    assert fonts.width(text, 12) >= 0
    fonts.draw(ImageDraw.Draw(image), text, TextStyle((2, 18), 12, (255, 255, 255)))
