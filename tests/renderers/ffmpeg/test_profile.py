"""The profile is one versioned object, and nothing of it stands elsewhere."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from golden.profile_page import BEGIN, END, PAGE, TITLES, digest, page_with, tables
from renderers.ffmpeg.profile import (
    PREVIEW,
    SCALER_FLAGS,
    container,
    film_container,
    picture_encoder,
    scaled_to,
    sound_encoder,
    still_picture,
    timescale,
)
from renderers.ffmpeg.profile_options import Option
from schemas.timing import FrameRate

RENDERERS = Path(__file__).parents[3] / "renderers"
# Every version and the digest of its options; a new one is added, an old one never changed.
VERSIONS = {1: "8c631876b0996d2e0ce015956500820738afb836738da53e1c399a328498f9c3"}


def test_other_options_are_another_version():
    assert VERSIONS[PREVIEW.version] == digest(), "raise PROFILE_VERSION and add it here"


@pytest.mark.parametrize("section", TITLES)
def test_the_digest_is_over_every_option(section):
    other = (*getattr(PREVIEW, section), Option("-x", "1", "a change"))
    assert digest(replace(PREVIEW, **{section: other})) != digest()


def test_every_section_is_on_the_page_and_every_option_has_its_reason():
    sections = [each.name for each in fields(PREVIEW) if each.name != "version"]
    assert sorted(sections) == sorted(TITLES)
    for section in sections:
        for option in getattr(PREVIEW, section):
            assert option.name
            assert len(option.reason) >= 8, option


def test_the_page_shows_the_profile_as_it_is():
    text = PAGE.read_text(encoding="utf-8")
    assert page_with(text, tables()) == text, "write it anew: python -m golden.profile_page"


def test_a_page_without_its_marks_is_refused():
    with pytest.raises(ValueError, match="render profile"):
        page_with("text", "tables")
    assert page_with(f"a{BEGIN}old{END}b", "new") == f"a{BEGIN}\nnew\n{END}b"


OPTIONS = (
    *("-cpuflags", "-sws_flags", "accurate_rnd", "-x264-params", "cpu-independent", "-crf"),
    *("libx264", "-aac_coder", "-b:a", "-flags:v", "-movflags", "-video_track_timescale"),
)


@pytest.mark.parametrize("option", OPTIONS)
def test_no_other_renderer_holds_an_option_of_the_profile(option):
    holders = {
        path.relative_to(RENDERERS).as_posix()
        for path in RENDERERS.rglob("*.py")
        if re.search(rf'"[^"\n]*(?<![\w-]){re.escape(option)}(?![\w-])', path.read_text("utf-8"))
    }
    allowed = {"ffmpeg/profile.py", "ffmpeg/profile_options.py"}
    if option == "libx264":
        allowed.add("ffmpeg/binary.py")  # which asks a binary for its x264
    assert holders - allowed == set()
    assert holders & allowed


def test_the_arguments_are_the_sections_in_their_order():
    encoder = picture_encoder(FrameRate(num=24))
    assert encoder[:6] == ("-c:v", "libx264", "-preset", "veryfast", "-crf", "20")
    assert encoder[-2:] == (
        "-x264-params",
        "cpu-independent=1:threads=1:lookahead-threads=1:sliced-threads=0:open-gop=0:keyint=48:"
        "min-keyint=48:scenecut=0:stitchable=1",
    )
    assert "keyint=60:min-keyint=60" in picture_encoder(FrameRate(num=30000, den=1001))[-1]
    assert SCALER_FLAGS == "bicubic+accurate_rnd+bitexact"
    assert scaled_to(320) == "scale=320:-2:flags=bicubic+accurate_rnd+bitexact"
    assert still_picture()[4:6] == ("-sws_flags", "bicubic+accurate_rnd+bitexact")
    assert sound_encoder()[:6] == ("-c:a", "aac", "-aac_coder", "fast", "-b:a", "192k")
    bitexact = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")
    nameless = ("-map_metadata", "-1", "-map_chapters", "-1")
    shot = (*bitexact, *nameless, "-video_track_timescale", "12000", "-f", "mp4")
    assert container(FrameRate(num=24)) == shot
    assert film_container(FrameRate(num=24)) == ("-movflags", "+faststart", *shot)
    assert sound_encoder()[-12:] == (*bitexact, *nameless, "-f", "ipod")


@pytest.mark.parametrize(
    ("rate", "ticks"), [((24, 1), 12000), ((25, 1), 12000), ((30000, 1001), 30000)]
)
def test_a_frame_is_a_whole_number_of_ticks(rate, ticks):
    fps = FrameRate(num=rate[0], den=rate[1])
    assert timescale(fps) == ticks
    assert ticks * fps.den % fps.num == 0
