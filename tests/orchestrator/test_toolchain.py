"""The toolchain is in RenderOutput whole, and in each key the part that can reach the bytes."""

from dataclasses import replace

import orjson
import pytest

from orchestrator.store.memo import Work
from orchestrator.toolchain import (
    film_toolchain,
    render_toolchain,
    shot_toolchain,
    sound_toolchain,
    transition_toolchain,
)
from orchestrator.work.record_scratch import speech_tool
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.ffmpeg.profile import PROFILE_VERSION
from renderers.fonts.font_files import default_font_paths
from renderers.speech.engine_files import engine_build
from schemas.digest import digest_file

FFMPEG = pinned_ffmpeg()
SCOPES = {
    "shot": shot_toolchain,
    "transition": transition_toolchain,
    "sound": sound_toolchain,
    "film": film_toolchain,
}


def key(toolchain):
    return Work("shot", "s", "encode_shot", 1, {}, {}, toolchain).key()


def test_a_film_names_all_that_made_it(finished_show):
    output = orjson.loads((finished_show / "builds" / "s01e01" / "render_output.json").read_bytes())
    tools = {tool["name"]: tool["version"] for tool in output["toolchain"]}
    assert tools["ffmpeg"] == FFMPEG.build
    assert tools["x264"] == "core 165"
    assert tools["profile"] == str(PROFILE_VERSION)
    assert tools["fonts"].split() == [digest_file(path)[:16] for path in default_font_paths()]
    assert tools["speech"] == speech_tool("espeak")


def test_the_speech_engine_is_named_by_its_build():
    assert speech_tool("none") == "none"
    assert speech_tool("espeak").startswith(f"{engine_build()} sound/")


@pytest.mark.parametrize("scope", SCOPES)
def test_another_ffmpeg_is_another_key(scope):
    toolchain = SCOPES[scope]
    assert key(toolchain(FFMPEG)) != key(toolchain(replace(FFMPEG, build="another")))


@pytest.mark.parametrize("scope", SCOPES)
def test_another_profile_is_another_key(scope, monkeypatch):
    before = key(SCOPES[scope](FFMPEG))
    monkeypatch.setattr("orchestrator.toolchain.PROFILE_VERSION", PROFILE_VERSION + 1)
    assert key(SCOPES[scope](FFMPEG)) != before


def test_another_x264_is_another_key_of_a_shot_and_of_the_render():
    other = replace(FFMPEG, x264="core 1")
    assert key(shot_toolchain(FFMPEG)) != key(shot_toolchain(other))
    assert key(render_toolchain(FFMPEG, [], "")) != key(render_toolchain(other, [], ""))


@pytest.mark.parametrize("name", ["STILL_VERSION", "SHEET_VERSION"])
def test_other_stills_or_another_sheet_are_another_render(name, monkeypatch):
    before = key(render_toolchain(FFMPEG, [], ""))
    monkeypatch.setattr(f"orchestrator.toolchain.{name}", 99)
    assert key(render_toolchain(FFMPEG, [], "")) != before


def test_other_fonts_or_another_engine_are_another_render():
    fonts = ["a" * 64, "b" * 64]
    keys = {
        key(render_toolchain(FFMPEG, fonts, "espeak")),
        key(render_toolchain(FFMPEG, fonts[::-1], "espeak")),
        key(render_toolchain(FFMPEG, fonts[:1], "espeak")),
        key(render_toolchain(FFMPEG, fonts, "none")),
    }
    assert len(keys) == 4


def test_the_keys_of_a_run_hold_their_part(finished_show):
    held = {}
    for path in (finished_show / ".pipeline" / "memo").rglob("*.json"):
        _checksum, body = path.read_bytes().split(b"\n", 1)
        work = orjson.loads(body)["work"]
        held[work["operation"]] = set(work["toolchain"])
    shot = {"ffmpeg", "x264", "profile", "segment", "muxer", "motion", "plates", "pictures"}
    assert held["encode_shot"] == shot
    assert held["mix_and_master"] == {"ffmpeg", "profile", "mix", "master", "stems"}
    assert held["join_film"] == {"ffmpeg", "profile", "assembly"}
    assert held["take_still"] == {"decoder", "pictures", "still"}
    assert held["draw_contact_sheet"] == {"ffmpeg", "pictures", "sheet"}
    assert held["write_review_page"] == {"template"}
    assert held["speak_line"] == held["record_scratch"] == {"speech", "ffmpeg"}
    sound_and_film = {"mix", "master", "stems", "assembly", "fonts", "speech"}
    looked_at = {"decoder", "still", "sheet"}
    assert held["render"] == shot | {"transition"} | sound_and_film | looked_at
