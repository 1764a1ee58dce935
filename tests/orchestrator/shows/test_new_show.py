"""`pipeline new`: what it writes is a show that runs."""

import pytest

from orchestrator.canon.store import canon_at
from orchestrator.shows.settings import read_settings
from tests.canon.build import claims


def test_a_new_show_runs_waits_and_goes_on(command, tmp_path):
    folder = tmp_path / "harbour-lights"
    ended = command("new", folder)
    assert ended.code == 0
    assert ended.out.splitlines() == [
        str(folder / name)
        for name in (
            ".gitignore",
            "assets/README.txt",
            "canon/canon.json",
            "episodes/s01e01.fountain",
            "project.yaml",
        )
    ]
    settings = read_settings(folder / "project.yaml")
    assert (settings.project.id, settings.project.title) == ("harbour_lights", "Harbour Lights")
    assert settings.warnings == ()
    assert settings.project.human_checkpoints.model_dump() == {
        "approve_canon_diff": True,
        "approve_character_packs": False,
        "approve_shotlist_timing_lock": True,
        "approve_external_spend": True,
    }
    assert {path.name for path in (folder / "assets").iterdir()} == {
        *("backgrounds", "characters", "props", "music", "sfx", "README.txt"),
    }
    small = "format: {width: 114, height: 64}\nvoice: none\n"
    project = folder / "project.yaml"
    project.write_text(project.read_text().replace('format: {aspect: "16:9", fps: 24}\n', small, 1))
    run = command("run", folder / "episodes" / "s01e01.fountain")
    assert run.code == 4, run.err
    assert (folder / "builds" / "s01e01" / "s01e01.mp4").is_file()
    assert f"`pipeline approve {folder}/builds/s01e01 --by NAME`" in ended.err
    assert command("approve", folder / "builds" / "s01e01", "--by", "Ada").code == 0
    assert "ina.age = 60" in claims(canon_at(folder).head())
    assert command("run", folder / "episodes" / "s01e01.fountain", "-q").code == 0


@pytest.mark.parametrize("title", ['She said: "no" # or', "- 1: {x}", "Ünter \\ Wasser"])
def test_any_title_is_a_title(command, tmp_path, title):
    assert command("new", tmp_path / "x", "--title", title).code == 0
    assert read_settings(tmp_path / "x" / "project.yaml").project.title == title


def test_nothing_that_is_there_is_written_over(command, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    for name, code in (("full", 1), ("file", 1), ("empty", 0), ("deep/er", 0)):
        ended = command("new", tmp_path / name)
        assert (ended.code, "is there already" in ended.err) == (code, code == 1), name
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["note"]
    inside = command("new", tmp_path / "empty" / "other")
    assert (inside.code, "lies inside the show" in inside.err) == (1, True)
