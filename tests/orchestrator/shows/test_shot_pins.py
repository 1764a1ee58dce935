"""Pins from the file beside a screenplay, as a writer uses them."""

import json
from itertools import pairwise

import pytest

from tests.orchestrator.show_on_disk import make_show

PROJECT = "id: test\nvoice: none\nformat: {width: 114, height: 64}\n"


@pytest.fixture
def episode(tmp_path, command):
    made = make_show(tmp_path / "show", project=PROJECT)
    assert command("run", made).code == 0
    return made


def shots(episode):
    build = episode.parents[1] / "builds" / "s01e01"
    return json.loads((build / "shot_list.json").read_text())["shots"]


def pin(episode, text):
    episode.with_name("s01e01.shots.yaml").write_text(text)


def made_shots(ended):
    work = ended.json["work"]
    return [item["name"] for item in work if item["kind"] == "shot" and not item["hit"]]


def test_a_pin_changes_its_shot_and_makes_no_other_again(command, episode):
    name = next(shot["shot_id"] for shot in shots(episode) if shot["template"] == "master")
    pin(episode, f"{name}:\n  framing: close\n")
    ended = command("run", episode, "--json")
    assert ended.code == 0, ended.err
    assert made_shots(ended) == [name]
    told = command("explain", episode, "--shots").out
    assert "CU (pinned): pinned by episodes/s01e01.shots.yaml:1" in told
    described = command("explain", episode, "--shots", "--json").json["shots"]
    assert next(s for s in described if s["shot_id"] == name)["framing"] == "CU"
    assert command("run", episode, "--json").json["memo_misses"] == 0


def test_a_pinned_length_moves_the_lock_and_the_sound(command, episode):
    before = shots(episode)
    pin(episode, f"{before[0]['shot_id']}: {{duration: 6 s}}\n")
    assert command("run", episode).code == 0
    assert shots(episode)[0]["duration_frames"] == 144


def test_a_picture_that_the_show_does_not_have_is_told_once(command, episode):
    names = [shot["shot_id"] for shot in shots(episode) if shot["framing"] != "TITLE"][:2]
    pin(episode, "".join(f"{name}: {{picture: nowhere}}\n" for name in names))
    ended = command("run", episode, "--json")
    assert ended.code == 0
    told = [one for one in ended.json["warnings"] if "the picture nowhere" in one]
    assert told == [
        "a pin asks for the picture nowhere, which the show does not have: put nowhere.png into "
        "assets/backgrounds or mend the pin; until then the place is drawn"
    ]
    pin(episode, "")
    again = command("run", episode, "--json").json["warnings"]
    assert not [one for one in again if "nowhere" in one]


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("nothing.1: {framing: close}\n", "s01e01.shots.yaml:1", "is no shot of this film"),
        ("\n\n{name}: {{framing: closest}}\n", "s01e01.shots.yaml:3", "did you mean close?"),
        ("{name}: close\n", "s01e01.shots.yaml:1", "should hold framing, duration"),
        ("- framing: close\n", "s01e01.shots.yaml", "should hold shots by their ids"),
        ("{name}: {{framing: [\n", "s01e01.shots.yaml, line", "mend the YAML"),
    ],
)
def test_mistakes_name_file_and_line(command, episode, text, where, said):
    pin(
        episode,
        text.replace("{name}", shots(episode)[0]["shot_id"]).replace("{{", "{").replace("}}", "}"),
    )
    ended = command("run", episode)
    assert ended.code == 1
    assert where in ended.err and said in ended.err, ended.err


def test_explain_needs_a_planned_episode(command, tmp_path):
    episode = make_show(tmp_path / "new")
    ended = command("explain", episode, "--shots")
    assert (ended.code, "was not planned yet" in ended.err) == (1, True)
    for words in ((), ("--shots",)):
        said = command("explain", episode, *words).err
        assert said.endswith(f"what to do: run it first: `pipeline run {episode}`\n")


def test_a_film_that_is_too_long_says_which_scenes_weigh_most(command, episode):
    project = episode.parents[1] / "project.yaml"
    project.write_text(PROJECT + "target_duration: {max_s: 3}\n")
    ended = command("run", episode, "--json")
    pacing = ended.json["pacing"]
    assert pacing["over_ms"] == pacing["film_ms"] - 3000 > 0
    assert any("over its target of 3.0 s" in warning for warning in ended.json["warnings"])


def test_a_pin_that_makes_a_jump_cut_is_told_by_the_run_and_by_lint(command, episode):
    episode.write_text(
        "INT. HALL - DAY\n\nMARA\n" + "I walked home by the sea that night and said nothing. " * 6
    )
    assert command("run", episode).code == 0
    first, second = next(
        (one, other)
        for one, other in pairwise(shots(episode))
        if one["template"] == other["template"] == "monologue"
    )
    assert command("lint", episode).code == 0
    names = {"MS": "medium", "MCU": "medium close", "CU": "close"}
    pin(episode, f"{second['shot_id']}: {{framing: {names[first['framing']]}}}\n")
    ended = command("run", episode, "--json")
    broken = f"{second['shot_id']}: 30_degree: {first['framing']} of mara twice"
    assert ended.code == 0
    assert any(broken in said for said in ended.json["warnings"])
    linted = command("lint", episode)
    assert linted.code == 5
    assert f"shot {broken}" in linted.out
    assert "2 broken rules" in linted.out
    # It repeats the shot before it, and the one after repeats it.
    told = command("lint", episode, "--json").json["shot_breaks"]
    assert [each["rule"] for each in told] == ["30_degree", "30_degree"]


def test_a_thing_in_capitals_is_left_to_the_script_when_the_show_says_so(command, tmp_path):
    script = "INT. KITCHEN - DAY\n\nMara waits by the door. A KEY RING lies on the floor.\n"
    episode = make_show(tmp_path / "keys", script, project=PROJECT)
    assert command("run", episode).code == 0
    assert [shot["insert"] for shot in shots(episode) if shot["insert"]] == ["KEY RING"]
    assert "prop_insert: KEY RING is in capitals" in command("explain", episode, "--shots").out
    (episode.parents[1] / "project.yaml").write_text(f"{PROJECT}inserts: asked\n")
    assert command("run", episode).code == 0
    assert not [shot for shot in shots(episode) if shot["insert"]]


def test_an_insert_is_pinned_alone(command, episode):
    name = next(shot["shot_id"] for shot in shots(episode) if shot["action_beat"])
    pin(episode, f"{name}: {{insert: door, framing: close}}\n")
    ended = command("run", episode)
    assert ended.code == 1
    assert "names of their own" in ended.err
    pin(episode, f"{name}: {{insert: door}}\n")
    assert command("run", episode).code == 0
    assert [shot["insert"] for shot in shots(episode) if shot["insert"]] == ["DOOR"]
