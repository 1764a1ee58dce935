"""Files are read once, and again whenever anything about them has changed."""

import os
import time

import pytest

from orchestrator.store import file_stamps
from orchestrator.store.file_stamps import FileStamps
from schemas.digest import digest_bytes


@pytest.fixture
def reads(monkeypatch):
    """Paths that were really read, in order."""
    seen = []
    real = file_stamps.digest_file

    def read(path):
        seen.append(path.name)
        return real(path)

    monkeypatch.setattr(file_stamps, "digest_file", read)
    return seen


@pytest.fixture
def later(monkeypatch):
    """Lets the clock of the stamps go on, so that files made now have settled."""
    monkeypatch.setattr(file_stamps, "epoch_s", lambda: int(time.time()) + 60)


def test_a_settled_file_is_read_once_even_by_the_next_run(tmp_path, reads, later):
    file = tmp_path / "a.wav"
    file.write_bytes(b"sound")
    stamps = FileStamps(tmp_path / "stamps.json")
    assert [stamps.digest_of(file) for _ in range(3)] == [digest_bytes(b"sound")] * 3
    stamps.save()
    assert FileStamps(tmp_path / "stamps.json").digest_of(file) == digest_bytes(b"sound")
    assert reads == ["a.wav"]


def test_a_file_that_changed_just_now_is_never_taken_on_trust(tmp_path, reads):
    file = tmp_path / "a.wav"
    file.write_bytes(b"sound")
    stamps = FileStamps(tmp_path / "stamps.json")
    stamps.digest_of(file)
    stamps.digest_of(file)
    assert reads == ["a.wav", "a.wav"]


@pytest.mark.parametrize("how", ["same size", "other size", "old times", "replaced"])
def test_every_edit_is_seen(tmp_path, later, how):
    file = tmp_path / "a.wav"
    file.write_bytes(b"sound")
    stamps = FileStamps(tmp_path / "stamps.json")
    stamps.digest_of(file)
    before = file.stat()
    edited = b"longer sound" if how == "other size" else b"SOUND"
    if how == "replaced":
        (tmp_path / "b").write_bytes(edited)
        (tmp_path / "b").replace(file)
    else:
        file.write_bytes(edited)
    if how == "old times":
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert stamps.digest_of(file) == digest_bytes(edited)


@pytest.mark.parametrize("damage", [b"", b"rubbish", b"{}"])
def test_a_damaged_store_costs_a_reading_and_nothing_else(tmp_path, reads, later, damage):
    file = tmp_path / "a.wav"
    file.write_bytes(b"sound")
    (tmp_path / "stamps.json").write_bytes(damage)
    stamps = FileStamps(tmp_path / "stamps.json")
    assert stamps.digest_of(file) == digest_bytes(b"sound")
    stamps.save()
    assert FileStamps(tmp_path / "stamps.json").digest_of(file) == digest_bytes(b"sound")
    assert reads == ["a.wav"]


def test_files_that_are_gone_are_forgotten(tmp_path, later):
    kept, gone = tmp_path / "here.wav", tmp_path / "away.wav"
    stamps = FileStamps(tmp_path / "stamps.json")
    for file in (kept, gone):
        file.write_bytes(b"x")
        stamps.digest_of(file)
    gone.unlink()
    stamps.save()
    text = (tmp_path / "stamps.json").read_text()
    assert "here.wav" in text
    assert "away.wav" not in text
