"""Nothing outside a show is reached through what lies in it."""

import os

import pytest

from orchestrator.seams.foreign_file import take_copy
from schemas.digest import digest_bytes
from schemas.errors import PipelineError
from tests.orchestrator.show_on_disk import make_show, pipeline


def test_a_copy_holds_the_hashed_bytes(tmp_path):
    file = tmp_path / "a.wav"
    file.write_bytes(b"sound")
    (tmp_path / "into").mkdir()
    copy = take_copy(file, tmp_path, digest_bytes(b"sound"), tmp_path / "into")
    assert copy.read_bytes() == b"sound"


@pytest.mark.parametrize("how", ["edited", "gone", "a pipe", "a link out"])
def test_a_file_that_is_another_by_now_is_refused(tmp_path, how):
    show, into, outside = tmp_path / "show", tmp_path / "into", tmp_path / "outside"
    show.mkdir()
    into.mkdir()
    outside.write_bytes(b"sound")
    file = show / "a.wav"
    if how == "edited":
        file.write_bytes(b"SOUND")
    elif how == "a pipe":
        os.mkfifo(file)
    elif how == "a link out":
        file.symlink_to(outside)
    with pytest.raises(PipelineError) as refused:
        take_copy(file, show, digest_bytes(b"sound"), into)
    assert refused.value.code == "asset-changed"


@pytest.mark.parametrize("name", [".pipeline", "builds"])
def test_a_show_whose_folders_lead_elsewhere_is_refused(tmp_path, name):
    show, elsewhere = tmp_path / "show", tmp_path / "elsewhere"
    elsewhere.mkdir()
    episode = make_show(show)
    (show / name).symlink_to(elsewhere)
    ended = pipeline("run", episode)
    assert ended.code == 1
    assert "outside the show" in ended.err
    assert list(elsewhere.iterdir()) == []
