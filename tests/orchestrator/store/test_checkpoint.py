"""The checkpoint folder: a view that never loses what a person put into it."""

from pathlib import Path

import pytest

from orchestrator.store.checkpoint import CheckpointFolder
from orchestrator.store.registry import Registry
from schemas.digest import digest_bytes
from schemas.errors import PipelineError


@pytest.fixture
def notes():
    return []


@pytest.fixture
def folder(tmp_path, notes):
    registry = Registry(tmp_path)
    registry.prepare()
    made = CheckpointFolder(tmp_path / "builds" / "s01e01", registry, notes.append)
    made.prepare()
    return made


def again(folder, notes) -> CheckpointFolder:
    """The folder as the next run opens it."""
    folder.close()
    return CheckpointFolder(folder.path, Registry(folder.path.parents[1]), notes.append)


def test_a_file_holds_what_was_put_and_is_not_written_twice(folder, notes):
    folder.put("script.json", b"one")
    file = folder.path / "script.json"
    before = file.stat().st_mtime_ns
    again(folder, notes).put("script.json", b"one")
    assert file.read_bytes() == b"one"
    assert file.stat().st_mtime_ns == before
    assert notes == []


def test_ours_is_replaced_without_a_word(folder, notes):
    folder.put("script.json", b"one")
    again(folder, notes).put("script.json", b"two")
    assert (folder.path / "script.json").read_bytes() == b"two"
    assert notes == []
    assert {path.name for path in folder.path.iterdir()} == {"script.json", "logs"}


def test_every_edit_by_hand_is_kept_under_a_name_of_its_own(folder, notes):
    for number in (1, 2):
        folder.put("script.json", b"ours")
        (folder.path / "script.json").write_bytes(b"mine %d" % number)
        folder = again(folder, notes)
        folder.put("script.json", b"ours")
        assert (folder.path / f"script.edited-{number}.json").read_bytes() == b"mine %d" % number
    assert (folder.path / "script.json").read_bytes() == b"ours"
    assert "kept as script.edited-2.json" in notes[1]


def test_a_copy_is_put_like_bytes(folder, tmp_path, notes):
    blob = tmp_path / "blob"
    blob.write_bytes(b"film")
    folder.put_copy("s01e01.mp4", lambda _: blob, digest_bytes(b"film"))
    assert (folder.path / "s01e01.mp4").read_bytes() == b"film"
    (folder.path / "s01e01.mp4").write_bytes(b"my cut")
    again(folder, notes).put_copy("s01e01.mp4", lambda _: blob, digest_bytes(b"film"))
    assert (folder.path / "s01e01.edited-1.mp4").read_bytes() == b"my cut"


def test_a_file_taken_out_is_gone_and_an_edited_one_is_kept(folder, notes):
    folder.put("a.json", b"ours")
    folder.put("b.json", b"ours")
    (folder.path / "b.json").write_bytes(b"mine")
    folder = again(folder, notes)
    for name in ("a.json", "b.json", "never-there.json"):
        folder.take_out(name)
    names = {path.name for path in folder.path.iterdir()}
    assert names == {"b.edited-1.json", "logs"}


def test_a_folder_in_place_of_a_file_is_moved_aside_with_what_is_in_it(folder, notes):
    for number in (1, 2):
        (folder.path / "script.json").unlink(missing_ok=True)
        (folder.path / "script.json").mkdir()
        (folder.path / "script.json" / "mine.txt").write_text("mine")
        folder.put("script.json", b"ours")
        kept = folder.path / f"script.moved-{number}.json" / "mine.txt"
        assert kept.read_text() == "mine"
    assert (folder.path / "script.json").read_bytes() == b"ours"
    assert "moved aside" in notes[0]


@pytest.mark.parametrize("blocked", ["builds", "builds/s01e01", "builds/s01e01/logs"])
def test_a_file_in_the_way_of_the_folder_is_named(tmp_path, blocked):
    path = tmp_path / blocked
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("in the way")
    made = CheckpointFolder(tmp_path / "builds" / "s01e01", Registry(tmp_path), print)
    with pytest.raises(PipelineError) as caught:
        made.prepare()
    assert caught.value.where == str(path)
    assert "a file where a folder has to be" in caught.value.problem
    assert Path(caught.value.where).read_text() == "in the way"
