"""What earlier scripts say of people's looks reaches the film of a later episode, or a warning."""

import json

import pytest

from tests.orchestrator.show_on_disk import make_show

LATER = "INT. KITCHEN - DAY\n\nAgnes waits.\n\nAGNES\nNobody.\n"
PROJECT = "voice: none\nformat: {width: 160, height: 90}\n"


def introducing(said):
    return f"INT. KITCHEN - DAY\n\nAGNES {said} waits.\n\nAGNES\nIs it open?\n"


@pytest.fixture
def later(tmp_path):
    """Episode 10, before which others can be written."""
    return make_show(tmp_path / "show", LATER, PROJECT, name="s01e10")


def agnes(episode):
    manifest = episode.parents[1] / "builds" / "s01e10" / "asset_manifest.json"
    needs = json.loads(manifest.read_text())["needs"]
    (need,) = [n for n in needs if n["kind"] == "character" and n["subject_id"] == "agnes"]
    return {each["name"]: each["value"] for each in need["attributes"]}


def test_the_first_of_two_earlier_episodes_says_how_old_she_is(command, later):
    # By their characters `s01e9` would come behind `s01e10`, and `s01e2` behind `s01e11`.
    (later.parent / "s01e9.fountain").write_text(introducing("(40)"))
    (later.parent / "s01e2.fountain").write_text(introducing("(71)"))
    (later.parent / "s01e11.fountain").write_text(introducing("(20), grey-haired,"))
    ended = command("run", later)
    assert ended.code == 0, ended.err
    assert agnes(later) == {"age": "71"}
    assert "not known here" not in ended.err


def test_what_cannot_be_read_is_told_in_every_run_with_what_mends_it(command, later):
    broken = {
        "s01e07": (b"%PDF-1.7", "a PDF"),
        "s01e08": (b"INT. KITCHEN - DAY\n\n[[canon: nonsense]]\n", "nonsense"),
        "s01e09": (b" " * (16 << 20) + b"x", "16.8 MB"),
    }
    for name, (written, _) in broken.items():
        (later.parent / f"{name}.fountain").write_bytes(written)
    for _ in range(2):
        ended = command("run", later)
        assert ended.code == 0, ended.err
        told = [row for row in ended.err.splitlines() if "not known here" in row]
        for row, (name, (_, problem)) in zip(told, broken.items(), strict=True):
            assert f"episodes/{name}.fountain: " in row
            assert problem in row
            assert f"`pipeline run episodes/{name}.fountain`" in row
    for name in broken:
        (later.parent / f"{name}.fountain").write_text(introducing("(71)"))
    ended = command("run", later)
    assert "not known here" not in ended.err
    assert agnes(later) == {"age": "71"}


def test_notes_beside_the_episodes_are_no_script(command, later):
    (later.parent / "notes.txt").write_bytes(b"%PDF")
    assert "not known here" not in command("run", later).err
    (later.parent / "s01e09.txt").write_bytes(b"%PDF")
    assert "not known here" in command("run", later).err


def test_an_episode_of_which_nothing_is_written_yet_is_nothing_to_tell(command, later):
    (later.parent / "s01e07.fountain").write_text("Title: To be written\n")
    assert "not known here" not in command("run", later).err
