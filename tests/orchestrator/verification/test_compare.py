"""`pipeline diff` says in a writer's words what two builds have not in common."""

import shutil

import pytest

from tests.orchestrator.show_on_disk import make_show, pipeline

BEFORE = """INT. KITCHEN - DAY

Mara waits by the door.

MARA
Is it open?

TOM
It was never shut.

EXT. GARDEN - NIGHT

[[canon: tom.mood = calm]]

Tom runs.

TOM
Wait for me.

INT. HALL - DAY

Mara sings.
"""
AFTER = """EXT. GARDEN - NIGHT

[[canon: tom.mood = wild]]

Tom runs.

TOM
(angry)
Wait for me.

INT. KITCHEN - DAY

Mara waits by the door.

MARA
Is it open?

TOM
It was never ever shut, you know that.

MARA
Do I?
"""


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """The checkpoint folders of the two scripts, away from their shows."""
    folder = tmp_path_factory.mktemp("builds")
    for name, script in (("before", BEFORE), ("after", AFTER)):
        show = folder / "shows" / name
        ended = pipeline("run", make_show(show, script))
        assert ended.code == 0, ended.err
        shutil.copytree(show / "builds" / "s01e01", folder / name)
    shutil.rmtree(folder / "shows")
    return folder


@pytest.fixture(scope="module")
def found(builds):
    ended = pipeline("diff", builds / "before", builds / "after", "--json")
    assert ended.code == 0, ended.err
    return ended.json


def words(found, change):
    return [
        (w["who"] or w["kind"], w.get("before"), w.get("now"), w["where"])
        for w in found["words"]
        if w["change"] == change
    ]


def test_scenes_that_moved_and_went_are_named(found):
    assert found["scenes"] == [
        {"change": "removed", "scene": "INT. HALL - DAY"},
        {"change": "moved", "scene": "EXT. GARDEN - NIGHT"},
    ]


def test_every_changed_word_is_told_with_its_line(found):
    file = "episodes/s01e01.fountain"
    assert words(found, "changed") == [
        ("TOM", "Wait for me.", "(angry) Wait for me.", f"{file}:7"),
        (
            "TOM",
            "It was never shut.",
            "It was never ever shut, you know that.",
            f"{file}:18",
        ),
    ]
    assert words(found, "added") == [("MARA", None, "Do I?", f"{file}:21")]
    assert words(found, "removed") == [("action", "Mara sings.", None, f"{file}:22")]
    assert words(found, "moved") == []


def test_facts_are_compared(found):
    assert {"change": "no longer", "fact": "tom.mood = calm"} in found["facts"]
    assert {"change": "new", "fact": "tom.mood = wild"} in found["facts"]


def test_shots_are_added_removed_and_changed_but_a_moved_scene_moves_none(found):
    assert not [shot for shot in found["shots"] if shot["change"] == "moved"]
    gone = [shot["shot"].split(".")[0] for shot in found["shots"] if shot["change"] == "removed"]
    assert set(gone) == {"int_hall_day"}
    longer = [shot for shot in found["shots"] if "retimed" in shot]
    assert any(before < now for before, now in (shot["retimed"] for shot in longer))
    heard = [s for s in found["shots"] if s["change"] == "changed" and "other words" in s]
    assert heard
    untouched = {"Tom runs.", "Mara waits by the door."}
    assert not untouched & {shot["shows"] for shot in found["shots"]}


def test_lengths_are_those_of_the_films(found, builds):
    length = found["length"]
    assert length["before"] != length["now"]
    hall = next(scene for scene in length["scenes"] if scene["scene"] == "int_hall_day")
    assert hall["before_ms"] > 0
    assert hall["now_ms"] == 0
    kitchen = next(scene for scene in length["scenes"] if scene["scene"] == "int_kitchen_day")
    assert kitchen["now_ms"] > kitchen["before_ms"]
    changed = sum(scene["now_ms"] - scene["before_ms"] for scene in length["scenes"])
    # Each length is rounded to whole milliseconds.
    assert abs(changed - (length["now_ms"] - length["before_ms"])) <= len(length["scenes"]) + 1


def test_the_rest_is_compared_too(found):
    assert found["captions"] == ["srt", "vtt", "ass"]
    assert found["toolchain"] == []
    assert {"background", "hall"} <= {a["kind"] for a in found["assets"]} | {
        a["subject"] for a in found["assets"]
    }
    assert found["film"]["before"] != found["film"]["now"]
    assert [a["artifact"] for a in found["artifacts"]] == [
        "script",
        "canon_diff",
        "scratch_track",
        "shot_list",
        "asset_manifest",
        "render_plan",
        "render_output",
    ]


def test_the_text_says_the_same(builds):
    told = pipeline("diff", builds / "before", builds / "after").out
    for row in (
        "moved: EXT. GARDEN - NIGHT",
        "was: It was never shut.",
        "now: It was never ever shut, you know that.",
        "new: tom.mood = wild",
        "captions that differ:",
    ):
        assert row in told


def test_a_build_is_the_same_as_its_copy(builds, tmp_path):
    shutil.copytree(builds / "before", tmp_path / "copy")
    ended = pipeline("diff", builds / "before", tmp_path / "copy", "--json")
    assert ended.code == 0
    assert ended.json["same"] is True
    parts = ("artifacts", "scenes", "words", "facts", "voices", "shots", "assets", "toolchain")
    assert not any(ended.json[part] for part in parts)
    assert "the same" in pipeline("diff", builds / "before", tmp_path / "copy").out


def test_another_voice_is_heard_and_not_taken_for_other_words(builds, tmp_path):
    project = "format: {width: 320, height: 180}\ncasting: {tom: en-us+m7}\n"
    ended = pipeline("run", make_show(tmp_path / "show", BEFORE, project))
    assert ended.code == 0, ended.err
    found = pipeline("diff", builds / "before", tmp_path / "show/builds/s01e01", "--json").json
    assert found["words"] == []
    assert {voice["who"] for voice in found["voices"]} == {"tom"}
    assert {voice["voice"][1] for voice in found["voices"]} == {"en-us+m7"}


def test_a_build_that_stopped_early_is_compared_as_far_as_it_goes(builds, tmp_path):
    shutil.copytree(builds / "before", tmp_path / "early")
    for name in ("shot_list", "asset_manifest", "render_plan", "render_output"):
        (tmp_path / "early" / f"{name}.json").unlink()
    found = pipeline("diff", tmp_path / "early", builds / "after", "--json").json
    assert words(found, "added")
    assert found["shots"] == []
    assert {"artifact": "shot_list", "before": ""}.items() <= found["artifacts"][3].items()


def test_a_folder_that_is_no_build_is_refused(builds, tmp_path):
    ended = pipeline("diff", builds / "before", tmp_path)
    assert ended.code == 1
    assert "it is no checkpoint folder" in ended.err
