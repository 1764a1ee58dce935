"""The name of an ffmpeg is the name of its build and of the x264 inside it."""

import hashlib
import stat

import pytest

from orchestrator.seams.executor import SubprocessExecutor
from renderers.ffmpeg.binary import chosen_ffmpeg, pinned_ffmpeg, x264_of
from schemas.errors import PipelineError


@pytest.fixture
def executor():
    made = SubprocessExecutor()
    yield made
    made.stop_all()


def script(folder, text):
    made = folder / "ffmpeg"
    made.write_text(f"#!/bin/sh\n{text}\n")
    made.chmod(made.stat().st_mode | stat.S_IXUSR)
    return made


def test_the_pinned_build_is_named_by_the_digest_of_its_bytes():
    pinned = pinned_ffmpeg()
    with pinned.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    assert pinned.build == f"imageio-ffmpeg 0.8.1 {pinned.path.name} {digest[:16]}"


def test_the_pinned_build_holds_the_x264_it_is_said_to_hold(executor):
    pinned = chosen_ffmpeg("", executor)
    assert pinned.x264 == x264_of(pinned.path, executor)
    assert pinned.x264.startswith("core ")


def test_an_unknown_pinned_build_is_asked(executor, monkeypatch):
    monkeypatch.setattr("renderers.ffmpeg.binary._X264_OF_PINNED", {})
    assert pinned_ffmpeg().x264 == ""
    assert chosen_ffmpeg("", executor).x264 == "core 165"


def test_a_chosen_build_is_asked_for_both(executor, tmp_path):
    pinned = pinned_ffmpeg()
    other = script(
        tmp_path,
        f'[ "$1" = -version ] && echo ffmpeg version 99 && exit\n'
        f'"{pinned.path}" "$@" | sed "s/x264 - core 165/x264 - core 164 r3108 31e19f9/"',
    )
    chosen = chosen_ffmpeg(str(other), executor)
    assert (chosen.build, chosen.x264) == ("ffmpeg version 99", "core 164 r3108 31e19f9")
    assert not chosen.pinned


@pytest.mark.parametrize(
    ("does", "problem"),
    [
        ("echo Unknown encoder libx264 >&2; exit 8", "Unknown encoder libx264"),
        ("echo something", "does not say by which x264"),
    ],
)
def test_an_ffmpeg_without_x264_is_told_at_once(executor, tmp_path, does, problem):
    other = script(tmp_path, f'[ "$1" = -version ] && echo ffmpeg version 99 && exit\n{does}')
    with pytest.raises(PipelineError, match=problem) as caught:
        chosen_ffmpeg(str(other), executor)
    assert caught.value.code == "program-missing"
    assert "PIPELINE_FFMPEG" in caught.value.hint


def test_a_binary_that_nobody_installed_is_refused(monkeypatch):
    monkeypatch.setattr("renderers.ffmpeg.binary._recorded_rows", lambda: [])
    with pytest.raises(PipelineError, match="does not hold ffmpeg-"):
        pinned_ffmpeg()
