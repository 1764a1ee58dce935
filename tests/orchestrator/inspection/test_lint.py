"""`pipeline lint`: captions by the rules, from a build, an episode or any caption file."""

import json
import shutil

import pytest

from tests.orchestrator.show_on_disk import make_show, pipeline


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """A finished build of the short show; tests only read it."""
    episode = make_show(tmp_path_factory.mktemp("show"))
    ended = pipeline("run", episode)
    assert ended.code == 0, ended.err
    return episode.parents[1] / "builds" / "s01e01"


def test_a_build_of_ours_is_clean_and_so_is_its_episode(build):
    output = json.loads((build / "render_output.json").read_bytes())
    assert output["caption_check"] == {"captions": 2, "violations": []}
    assert output["status"] == "completed"
    ended = pipeline("lint", build)
    assert (ended.code, ended.out) == (0, "builds/s01e01: 2 captions, clean\n")
    ended = pipeline("lint", build.parents[1] / "episodes" / "s01e01.fountain", "--json")
    assert ended.code == 0
    assert json.loads(ended.out) == {
        "subject": "episodes/s01e01.fountain",
        "captions": 2,
        "violations": [],
        "shot_breaks": [],
        "notes": [],
    }


def test_a_film_outside_its_window_is_noted_scene_by_scene(build, tmp_path):
    copy = tmp_path / "show"
    shutil.copytree(build.parents[1], copy)
    project = copy / "project.yaml"
    project.write_text(project.read_text() + "target_duration: {max_s: 1}\n")
    ended = pipeline("lint", copy / "builds" / "s01e01")
    assert ended.code == 0
    assert "note: the film lasts " in ended.out
    assert "over its target of 1.0 s" in ended.out
    assert "(episodes/s01e01.fountain:" in ended.out
    assert ": take out about " in ended.out
    pipeline("run", copy / "episodes" / "s01e01.fountain")
    status = pipeline("status", copy)
    assert "over its target of 1.0 s" in status.out
    assert ": take out about " in status.out


def test_a_file_of_a_build_that_was_changed_breaks_a_rule(build, tmp_path):
    copy = tmp_path / "show"
    shutil.copytree(build.parents[1], copy)
    srt = copy / "builds" / "s01e01" / "s01e01.srt"
    srt.write_bytes(srt.read_bytes().replace(b"open", b"shut"))
    (copy / "builds" / "s01e01" / "s01e01.ass").unlink()
    ended = pipeline("lint", srt.parent, "--json")
    assert ended.code == 5
    found = json.loads(ended.out)
    assert [(v["rule"], v["caption"], v["file"]) for v in found["violations"]] == [
        ("not-spoken", 1, "srt"),
        ("words-missing", 2, "srt"),
        ("files-differ", 1, "vtt"),
    ]
    assert found["notes"] == ["there is no s01e01.ass"]


def test_a_caption_file_by_itself(tmp_path):
    file = tmp_path / "a.srt"
    file.write_text("1\n00:00:01,000 --> 00:00:01,500\nFar too much to be read in that time.\n")
    ended = pipeline("lint", file)
    assert ended.code == 5
    assert ended.out.splitlines() == [
        "srt 1 00:00:01.000 warning: reading-speed: 74 characters a second "
        "(allowed: 20 characters a second): Far too much to be read in that time.",
        "srt 1 00:00:01.000 warning: too-short: 500 ms (allowed: 833 ms): "
        "Far too much to be read in that time.",
        "a.srt: 1 captions, 2 broken rules",
    ]
    file.write_text("1\n00:00:01,000 --> 00:00:03,000\nLong enough for this.\n")
    assert pipeline("lint", file).code == 0
    (tmp_path / "project.yaml").write_text("rating: TV-Y\ncaptions: {max_chars_per_second: 8}\n")
    assert "(allowed: 8 characters a second)" in pipeline("lint", file).out


def test_an_episode_without_a_film_is_read_all_the_same(tmp_path):
    episode = make_show(tmp_path)
    ended = pipeline("lint", episode)
    assert ended.code == 0
    assert "no film of it yet" in ended.out
    episode.write_text("[[canon: nothing\n\nINT. HALL - DAY\n\nMara waits.\n")
    ended = pipeline("lint", episode)
    assert ended.code == 1
    assert "canon" in ended.err


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("missing.srt", 1, "there is no such file"),
        ("broken.vtt", 1, "line 1"),
        ("empty", 1, "no finished build"),
    ],
)
def test_what_cannot_be_linted_is_told(tmp_path, name, code, words):
    (tmp_path / "broken.vtt").write_text("1\n00:01.000 --> 00:02.000\nHi\n")
    (tmp_path / "empty").mkdir()
    ended = pipeline("lint", tmp_path / name)
    assert ended.code == code
    assert words in ended.err


def test_the_rating_and_the_options_reach_the_plan(tmp_path):
    episode = make_show(tmp_path)
    (episode.parents[1] / "project.yaml").write_text(
        "voice: none\nrating: TV-Y\ncaptions: {highlight: true, sdh: true, burn_in: true}\n"
        "format: {width: 320, height: 180}\n"
    )
    assert pipeline("run", episode).code == 0
    build = episode.parents[1] / "builds" / "s01e01"
    plan = json.loads((build / "render_plan.json").read_bytes())
    assert plan["captions"]["max_chars_per_second"] == 17
    assert plan["captions"]["highlight"] and plan["captions"]["sdh"]
    assert "::cue(:future)" in (build / "s01e01.vtt").read_text()
    assert "\\1c&H45D8FF&" in (build / "s01e01.ass").read_text()
    assert pipeline("lint", build).code in (0, 5)
