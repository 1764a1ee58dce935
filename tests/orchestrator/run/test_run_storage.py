"""Runs without room or leave to write: an error that helps, nothing lost, the next run goes on."""

import errno
import os
import subprocess
import sys
import tempfile

import pytest

from orchestrator.seams import durable_files
from orchestrator.seams.durable_files import storage_error
from tests.orchestrator.conftest import TINY
from tests.orchestrator.show_on_disk import ROOT, digests, make_show, pipeline

PROGRAM = "from orchestrator.cli.main import run_program; run_program()"
# An administrator may write anywhere; this one has given that up (capabilities(7)).
WITHOUT_OVERRIDE = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
)


class FullDisk:
    """The `os` module on a disk that is full after some writes."""

    def __init__(self, writes_left):
        self.writes_left = writes_left

    def __getattr__(self, name):
        return getattr(os, name)

    def write(self, descriptor, data):
        if self.writes_left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.writes_left -= 1
        return os.write(descriptor, data)


def test_a_disk_that_fills_up_loses_nothing(command, finished_show, tmp_path, monkeypatch):
    """Full a little later each time; every run keeps what the one before it finished."""
    episode = make_show(tmp_path, project=TINY)
    build = tmp_path / "builds" / "s01e01"
    kept = 0
    for writes in (0, 1, 2, 4, 7, 10, 12, 16):
        monkeypatch.setattr(durable_files, "os", FullDisk(writes))
        ended = command("run", episode)
        monkeypatch.setattr(durable_files, "os", os)
        assert ended.code == 1, ended.err
        assert "could not be written: No space left on device" in ended.err
        assert "free some space" in ended.err
        assert "Traceback" not in ended.err
        stored = [path for path in (tmp_path / ".pipeline" / "blobs").rglob("*") if path.is_file()]
        assert len(stored) >= kept
        kept = len(stored)
    ended = command("run", episode, "--json")
    assert ended.code == 0, ended.err
    assert ended.json["memo_hits"] > 0
    assert digests(build) == digests(finished_show / "builds" / "s01e01")
    assert list((tmp_path / ".pipeline").rglob("*.bad")) == []


def test_a_full_disk_under_the_scratch_folders_is_no_bug(command, tmp_path, monkeypatch):
    episode = make_show(tmp_path, project=TINY)

    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / ".pipeline" / "tmp"))

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    ended = command("run", episode, "--json")
    assert ended.code == 1
    assert ended.json["error"]["code"] == "no-space"
    assert ended.json["error"]["where"] == str(tmp_path / ".pipeline" / "tmp")


@pytest.mark.parametrize("blocked", ["builds", ".pipeline", "builds/s01e01", ".pipeline/blobs"])
def test_a_file_in_place_of_a_folder_is_named(command, tmp_path, blocked):
    episode = make_show(tmp_path, project=TINY)
    (tmp_path / blocked).parent.mkdir(exist_ok=True)
    (tmp_path / blocked).write_text("mine")
    ended = command("run", episode)
    assert ended.code == 1
    assert f"error: {tmp_path / blocked}: there is a file where a folder has to be" in ended.err
    assert (tmp_path / blocked).read_text() == "mine"


@pytest.mark.parametrize(
    ("number", "code", "hint"),
    [
        (errno.ENOSPC, "no-space", "free some space"),
        (errno.EDQUOT, "no-space", "free some space"),
        (errno.EROFS, "not-writable", "write permission"),
        (errno.EACCES, "not-writable", "write permission"),
        (errno.EPERM, "not-writable", "write permission"),
        (errno.ENAMETOOLONG, "name-too-long", "shorten"),
        (errno.EIO, "storage", "check the disk"),
    ],
)
def test_every_refusal_of_the_system_says_what_to_do(tmp_path, number, code, hint):
    error = storage_error(OSError(number, os.strerror(number)), tmp_path / "x")
    assert (error.code, error.exit_code, error.where) == (code, 1, str(tmp_path / "x"))
    assert hint in error.hint


@pytest.mark.parametrize("name", ["builds", ".pipeline"])
def test_a_place_that_one_may_not_write_to_is_named(tmp_path, name):
    episode = make_show(tmp_path, project=TINY)
    (tmp_path / name).mkdir(mode=0o555)
    ended = subprocess.run(
        [*WITHOUT_OVERRIDE, sys.executable, "-c", PROGRAM, "run", str(episode)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert "could not be written" in ended.stderr
    assert "give yourself write permission to this folder" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_blob_deleted_between_its_check_and_its_use_is_made_again(tmp_path, monkeypatch):
    from orchestrator.reporting.report import SilentReporter
    from orchestrator.run.engine import run_episode
    from orchestrator.run.request import RunRequest
    from orchestrator.shows.show import find_episode
    from renderers.sound import mix_clips

    show = tmp_path / "show"
    place = find_episode(make_show(show))
    real, deleted, notes = mix_clips.read_samples, [], []

    def read_samples(path, *rest):
        if not deleted:
            deleted.append(path)
            path.unlink()
        return real(path, *rest)

    class Listener(SilentReporter):
        def note(self, text):
            notes.append(text)

    monkeypatch.setattr(mix_clips, "read_samples", read_samples)
    result = run_episode(RunRequest(place, "preview_local"), Listener())
    assert result.error is None
    assert result.exit_code == 0
    assert deleted
    assert any("a stored result is missing" in note for note in notes)
    assert pipeline("fsck", show).code == 0
