"""Encoders that fail, die or leave too little: named, not kept, and made good by the next run."""

import stat

import pytest

from renderers.ffmpeg.binary import pinned_ffmpeg
from tests.orchestrator.conftest import TINY
from tests.orchestrator.show_on_disk import digests, make_show

WRAPPER = """#!/bin/sh
here=$(dirname "$0")
case "$*" in -version) exec "{real}" -version ;; esac
last=
for word in "$@"; do last=$word; done
[ -e "$here/mode" ] && case "$last" in
clip.mp4)
    printf x >> "$here/calls"
    if [ "$(wc -c < "$here/calls")" -ge 2 ]; then
        case $(cat "$here/mode") in
        fails) echo "x264 [error]: malloc of size 1234 failed" >&2; exit 1 ;;
        full) echo "Error writing trailer: No space left on device" >&2; exit 1 ;;
        killed) kill -9 $$ ;;
        crashes) kill -11 $$ ;;
        empty) cat > /dev/null; : > clip.mp4; exit 0 ;;
        short) "{real}" "$@" && "{real}" -v error -i clip.mp4 -frames:v 3 -c copy s.mp4 &&
            mv s.mp4 clip.mp4; exit ;;
        esac
    fi ;;
esac
exec "{real}" "$@"
"""


@pytest.fixture
def ffmpeg(tmp_path, monkeypatch):
    """An ffmpeg that behaves as the file `mode` beside it says, from its second encode on."""
    path = tmp_path / "bin" / "ffmpeg.sh"
    path.parent.mkdir()
    path.write_text(WRAPPER.format(real=pinned_ffmpeg().path))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PIPELINE_FFMPEG", str(path))
    return path.parent


FAILURES = {
    "fails": ("program-failed", "ended with exit code 1:\nx264 [error]: malloc of size 1234"),
    "full": ("no-space", "found no space left on the disk"),
    "killed": ("program-killed", "was killed by SIGKILL"),
    "crashes": ("program-failed", "was killed by SIGSEGV"),
    "empty": ("program-failed", "Invalid data found when processing input"),
    "short": ("short-encode", "frames are locked, the encoder left 3"),
}


@pytest.mark.parametrize("modes", [["fails", "full", "killed"], ["crashes", "empty", "short"]])
def test_an_encoder_that_dies_is_named_with_its_shot_and_the_next_run_goes_on(
    command, finished_show, tmp_path, ffmpeg, modes
):
    episode = make_show(tmp_path / "show", project=TINY)
    build = tmp_path / "show" / "builds" / "s01e01"
    for before, mode in enumerate(modes):
        code, problem = FAILURES[mode]
        (ffmpeg / "mode").write_text(mode)
        (ffmpeg / "calls").unlink(missing_ok=True)
        ended = command("run", episode, "--json", "--workers", "1")
        assert ended.code == 1, (mode, ended.err)
        error = ended.json["error"]
        assert (error["code"], error["stage"]) == (code, "render"), mode
        assert "shot " in error["where"], mode
        assert problem in error["problem"], mode
        assert "run again" in error["hint"], mode
        # Each run draws one shot and fails at the next; those before it are not drawn again.
        drawn = [item["hit"] for item in ended.json["work"] if item["kind"] == "shot"]
        assert drawn == [True] * before + [False], mode
        assert not (build / "s01e01.mp4").exists(), mode
    (ffmpeg / "mode").unlink()
    ended = command("run", episode, "--json")
    assert ended.code == 0, ended.err
    drawn = [item["hit"] for item in ended.json["work"] if item["kind"] == "shot"]
    assert sum(drawn) == len(modes) < len(drawn)
    film = digests(finished_show / "builds" / "s01e01")["s01e01.mp4"]
    assert digests(build)["s01e01.mp4"] == film


@pytest.mark.parametrize("path", ["/no/such/ffmpeg", "/bin/true", "/bin/echo"])
def test_an_ffmpeg_that_is_none_is_told_before_anything_is_made(
    command, tmp_path, monkeypatch, path
):
    episode = make_show(tmp_path, project=TINY)
    monkeypatch.setenv("PIPELINE_FFMPEG", path)
    ended = command("run", episode)
    assert ended.code == 1
    assert "PIPELINE_FFMPEG" in ended.err
    assert path in ended.err
    assert not (tmp_path / "builds" / "s01e01" / "script.json").exists()


def test_an_ffmpeg_may_be_named_from_where_one_stands(command, finished, ffmpeg, monkeypatch):
    monkeypatch.chdir(ffmpeg)
    monkeypatch.setenv("PIPELINE_FFMPEG", "./ffmpeg.sh")
    ended = command("run", finished / "episodes" / "s01e01.fountain", "-q")
    assert ended.code == 0, ended.err
