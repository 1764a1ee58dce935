"""Transitions in a film: the locked length stays, and an edit costs what it touches."""

import json
import shutil

import av
import numpy as np
import pytest

from tests.orchestrator.show_on_disk import make_show, pipeline

SCRIPT = """INT. KITCHEN - DAY

Mara waits by the door.

MARA
Is it open?

DISSOLVE TO:

EXT. GARDEN - NIGHT

Tom runs.

TOM
Wait for me.

FADE THROUGH BLACK TO:

INT. CELLAR - NIGHT

Mara counts the jars.
"""
SMALL = "format: {width: 160, height: 90}\ncaptions: burned_in\n"


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    show = tmp_path_factory.mktemp("transitions") / "show"
    ended = pipeline("run", make_show(show, SCRIPT, SMALL))
    assert ended.code == 0, ended.err
    return show


def output(show):
    return json.loads((show / "builds" / "s01e01" / "render_output.json").read_bytes())


def lumas(show):
    with av.open(str(show / "builds" / "s01e01" / "s01e01.mp4")) as opened:
        return [f.to_ndarray()[:90].mean() for f in opened.decode(video=0)]


def stem(show, name):
    with av.open(str(show / "builds" / "s01e01" / "stems" / f"{name}.flac")) as opened:
        return np.concatenate([f.to_ndarray().reshape(-1, 2) for f in opened.decode(audio=0)])


def made_after(finished, tmp_path, script):
    shutil.copytree(finished, tmp_path / "show")
    show = tmp_path / "show"
    (show / "episodes" / "s01e01.fountain").write_text(script)
    ended = pipeline("run", show / "episodes" / "s01e01.fountain", "--json")
    assert ended.code == 0, ended.err
    made = [i for i in ended.json["work"] if not i["hit"] and i["kind"] in ("shot", "transition")]
    return show, sorted((item["kind"], item["name"].split(".")[0]) for item in made)


def test_the_film_keeps_its_locked_length_and_every_frame_its_place(finished):
    made = output(finished)
    kinds = [(t["kind"], t["shot_id"].split(".")[0]) for t in made["transitions"]]
    assert kinds == [("dissolve", "ext_garden_night"), ("fade_through_black", "int_cellar_night")]
    levels = lumas(finished)
    assert len(levels) == sum(shot["duration_frames"] for shot in made["shots"])
    clips = sum(shot["clip_frames"] for shot in made["shots"])
    assert clips + sum(t["duration_frames"] for t in made["transitions"]) == len(levels)
    at = 0
    for shot in made["shots"]:
        into = [t for t in made["transitions"] if t["shot_id"] == shot["shot_id"]]
        if into and into[0]["kind"] == "fade_through_black":
            assert max(levels[at - 1 : at + 1]) < 18
            assert min(levels[at - into[0]["leaving_frames"] - 1], levels[at + 20]) > 30
        if into and into[0]["kind"] == "dissolve":
            # From a bright kitchen into a dark garden, without a jump at either end.
            around = levels[at - into[0]["leaving_frames"] - 1 : at + 14]
            assert (np.diff(around) < 1).all()
            assert max(-np.diff(around)) < (around[0] - around[-1]) / 4
        at += shot["duration_frames"]


def test_the_sound_goes_to_black_with_the_picture_and_the_words_do_not(finished):
    made, rooms = output(finished), stem(finished, "effects").astype(float)
    black = made["transitions"][1]
    before = [shot["shot_id"] for shot in made["shots"]].index(black["shot_id"])
    cut = sum(shot["duration_frames"] for shot in made["shots"][:before]) * 2000

    def level(sample):
        return 20 * np.log10(np.sqrt(np.mean(rooms[sample - 400 : sample + 400] ** 2)) / 32768)

    assert level(cut - black["leaving_frames"] * 2000) > -63
    assert level(cut) == pytest.approx(-78, abs=3)
    assert level(cut + (black["duration_frames"] - black["leaving_frames"]) * 2000) > -63
    whole = np.flatnonzero(np.any(stem(finished, "mix") != 0, axis=1))
    assert np.diff(whole).max() < 60
    said = np.flatnonzero(np.any(stem(finished, "dialogue") != 0, axis=1))
    assert len(said) > 48_000


def test_another_kind_of_transition_makes_only_that_transition(finished, tmp_path):
    show, made = made_after(finished, tmp_path, SCRIPT.replace("DISSOLVE", "WIPE"))
    assert made == [("transition", "ext_garden_night")]
    assert [t["kind"] for t in output(show)["transitions"]] == ["wipe", "fade_through_black"]


def test_what_comes_after_a_transition_can_change_without_what_went_before(finished, tmp_path):
    _, made = made_after(finished, tmp_path, SCRIPT.replace("GARDEN - NIGHT", "GARDEN - DAY"))
    assert ("transition", "ext_garden_day") in made
    assert ("transition", "int_cellar_night") in made
    assert {name for kind, name in made if kind == "shot"} == {"ext_garden_day"}


def test_a_cut_for_a_dissolve_leaves_all_but_the_two_shots_at_the_cut(finished, tmp_path):
    show, made = made_after(finished, tmp_path, SCRIPT.replace("DISSOLVE TO:", "CUT TO:"))
    assert made == [("shot", "ext_garden_night"), ("shot", "int_kitchen_day")]
    assert len(lumas(show)) == len(lumas(finished))


def test_a_film_with_transitions_verifies(finished, tmp_path):
    shutil.copytree(finished, tmp_path / "show")
    episode = tmp_path / "show" / "episodes" / "s01e01.fountain"
    for option in (["--update"], []):
        ended = pipeline("verify", episode, *option)
        assert ended.code == 0, ended.err


def test_explain_names_transitions(finished):
    told = pipeline("explain", finished / "builds" / "s01e01")
    assert "transitions: 2 made, 0 reused" in told.out
