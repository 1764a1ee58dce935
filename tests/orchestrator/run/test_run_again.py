"""Edits redo what they touch, losses come back, kills lose nothing."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestrator.seams.lock import locked
from tests.orchestrator.show_on_disk import ROOT, TWO_SCENES, digests, edit, make_show, pipeline
from tests.orchestrator.show_on_disk import episode_of as episode


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished show; tests copy it."""
    show = tmp_path_factory.mktemp("finished") / "show"
    ended = pipeline("run", make_show(show, TWO_SCENES))
    assert ended.code == 0, ended.err
    return show


@pytest.fixture
def show(finished, tmp_path):
    copy = tmp_path / "show"
    shutil.copytree(finished, copy)
    return copy


def made(ended, kind):
    return [item["name"] for item in ended.json["work"] if item["kind"] == kind and not item["hit"]]


def explained(show, kind):
    return pipeline("explain", show / "builds" / "s01e01", "--json").json["work"][kind]


def shots_with(show, text):
    shots = json.loads((show / "builds" / "s01e01" / "shot_list.json").read_bytes())["shots"]
    script = json.loads((show / "builds" / "s01e01" / "script.json").read_bytes())
    lines = {
        element["line_id"]
        for scene in script["scenes"]
        for element in scene["elements"]
        if element["kind"] == "dialogue" and text in element["spans"][0]["text"]
    }
    return {s["shot_id"] for s in shots if lines & {vo["line_id"] for vo in s["audio"]["vo"]}}


def test_one_changed_line_speaks_one_line_and_draws_its_shots(show):
    edit(show, "It was never shut.", "It was never shut, not once.")
    ended = pipeline("run", episode(show), "--json")
    assert ended.code == 0, ended.err
    (line,) = made(ended, "line")
    assert line.startswith("tom-")
    assert set(made(ended, "shot")) == shots_with(show, "not once")
    reasons = {item["name"]: item["reason"] for item in ended.json["work"]}
    assert reasons["read_script"] == "changed: input screenplay"
    assert reasons["plan_shots"] == "changed: input scratch_track, input script"


def test_an_inserted_scene_draws_only_itself(show):
    edit(show, "EXT. GARDEN", "INT. HALL - DAY\n\nA clock strikes.\n\nEXT. GARDEN")
    ended = pipeline("run", episode(show), "--json")
    assert made(ended, "line") == []
    drawn = made(ended, "shot")
    assert drawn
    assert all("hall" in name for name in drawn), drawn


def test_a_moved_scene_draws_none_of_its_shots(show):
    kitchen, garden = TWO_SCENES.split("EXT. GARDEN")
    episode(show).write_text("EXT. GARDEN" + garden + "\n" + kitchen)
    ended = pipeline("run", episode(show), "--json")
    assert made(ended, "line") == []
    # The look back that ends the film belongs to whichever scene is the last; nothing else is new.
    tails = {item["name"] for item in explained(show, "shot") if "end_tail" in item["planned"]}
    assert set(made(ended, "shot")) == tails
    assert len(tails) == 1
    assert "film" in made(ended, "film")


def test_a_note_changes_nothing_that_is_seen_or_heard(show):
    before = digests(show / "builds" / "s01e01")
    edit(show, "Tom runs.", "Tom runs.\n\n[[Why does he run?]]")
    ended = pipeline("run", episode(show), "--json")
    assert [made(ended, kind) for kind in ("line", "shot", "film")] == [[], [], []]
    after = digests(show / "builds" / "s01e01")
    assert after["s01e01.mp4"] == before["s01e01.mp4"]
    assert after["script.json"] != before["script.json"]


def test_another_loudness_touches_no_shot(show):
    (show / "project.yaml").write_text(
        "id: test\nformat: {width: 320, height: 180}\nloudness: -23\n"
    )
    ended = pipeline("run", episode(show), "--json")
    assert (made(ended, "line"), made(ended, "shot")) == ([], [])
    assert sorted(made(ended, "film")) == ["film", "sound"]
    output = json.loads((show / "builds" / "s01e01" / "render_output.json").read_bytes())
    assert abs(output["loudness"]["integrated_centilufs"] + 2300) <= 50


def test_another_voice_speaks_only_its_own_lines(show):
    (show / "project.yaml").write_text(
        "id: test\nformat: {width: 320, height: 180}\ncasting: {mara: en-us+f2}\n"
    )
    ended = pipeline("run", episode(show), "--json")
    (line,) = made(ended, "line")
    assert line.startswith("mara-")


def test_every_deleted_file_comes_back(show):
    build = show / "builds" / "s01e01"
    before = digests(build)
    for name in before:
        (build / name).unlink()
        ended = pipeline("resume", build, "--json")
        assert ended.code == 0, (name, ended.err)
        assert ended.json["memo_misses"] == 0, name
        assert digests(build) == before, name
    (build / "run_summary.json").unlink()
    assert pipeline("resume", build).code == 0
    shutil.rmtree(build)
    assert pipeline("resume", build).code == 0
    assert digests(build) == before


def test_without_registry_the_same_film_is_made_again(show):
    build = show / "builds" / "s01e01"
    before = digests(build)
    shutil.rmtree(show / ".pipeline")
    ended = pipeline("resume", build, "--json")
    assert ended.json["memo_hits"] == 0
    assert digests(build) == before


def test_a_lost_screenplay_is_resumed_from_its_script(show):
    build = show / "builds" / "s01e01"
    film = digests(build)["s01e01.mp4"]
    episode(show).unlink()
    ended = pipeline("resume", build, "--json")
    assert ended.code == 0, ended.err
    assert digests(build)["s01e01.mp4"] == film
    assert [made(ended, kind) for kind in ("line", "shot", "film")] == [[], [], []]


def test_a_hand_edited_view_is_kept_aside_and_said(show):
    build = show / "builds" / "s01e01"
    (build / "shot_list.json").write_text('{"mine": 1}')
    ended = pipeline("resume", build)
    assert ended.code == 0
    assert "shot_list.edited-1.json" in ended.err
    assert (build / "shot_list.edited-1.json").read_text() == '{"mine": 1}'
    assert json.loads((build / "shot_list.json").read_bytes())["schema"] == "ShotList/1.4.0"


def blobs(show):
    return sorted(path for path in (show / ".pipeline" / "blobs").rglob("*") if path.is_file())


@pytest.mark.parametrize("how", ["delete", "flip", "truncate", "empty"])
def test_damaged_blobs_heal(show, how):
    build = show / "builds" / "s01e01"
    before = digests(build)
    for path in blobs(show):
        path.chmod(0o644)
        data = bytearray(path.read_bytes())
        if how == "delete":
            path.unlink()
        elif how == "flip":
            data[len(data) // 2] ^= 1
            path.write_bytes(bytes(data))
        else:
            path.write_bytes(bytes(data[: len(data) // 2 if how == "truncate" else 0]))
    for name in before:
        (build / name).unlink()
    ended = pipeline("resume", build)
    assert ended.code == 0, ended.err
    assert digests(build) == before


def test_explain_says_why(show):
    edit(show, "Wait for me.", "Wait!")
    assert pipeline("run", episode(show)).code == 0
    build = show / "builds" / "s01e01"
    text = pipeline("explain", build).out
    assert "made    record_scratch: changed: input script" in text
    assert "reused  gate_canon" not in text
    found = pipeline("explain", build, "--json").json
    shots = found["work"]["shot"]
    assert {item["hit"] for item in shots} == {True, False}
    assert all(item["planned"] for item in shots)


# A job started in the background of a shell is born deaf to interruptions; ours must hear them.
LISTENING = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from orchestrator.cli.main import run_program; run_program()"
)


def start(show, env=None):
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            LISTENING,
            *("run", str(episode(show)), "--workers", "2"),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def children_of(pid):
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_run_goes_on_and_ends_in_the_same_film(finished, tmp_path, seed):
    show = tmp_path / "show"
    make_show(show, TWO_SCENES)
    process = start(show)
    time.sleep(random.Random(seed).uniform(0.2, 4.0))  # noqa: S311  a moment, not a secret
    process.send_signal(signal.SIGKILL)
    process.communicate()
    ended = pipeline("run", episode(show), "--json")
    assert ended.code == 0, ended.err
    assert digests(show / "builds" / "s01e01") == digests(finished / "builds" / "s01e01")
    leftovers = list((show / ".pipeline" / "tmp").glob("*"))
    assert len(leftovers) <= 4


def test_an_interrupted_run_says_how_to_go_on_and_leaves_no_process(tmp_path):
    show = tmp_path / "show"
    long = "".join(TWO_SCENES.replace("door", f"door number {n}") for n in range(12))
    make_show(show, long, project="format: {width: 1920, height: 1080}\n")
    process = start(show)
    deadline = time.monotonic() + 60
    while not any((show / "builds" / "s01e01").glob("render_plan.json")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    while not (children := children_of(process.pid)):
        assert process.poll() is None, "it was over before it could be interrupted"
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"pipeline resume" in err
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
    summary = json.loads((show / "builds" / "s01e01" / "run_summary.json").read_bytes())
    assert summary["state"] == "interrupted"


def test_two_runs_at_once_do_the_work_once(tmp_path, finished):
    show = tmp_path / "show"
    make_show(show, TWO_SCENES)
    first, second = start(show), start(show)
    errors = [process.communicate(timeout=120)[1].decode() for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), errors
    assert digests(show / "builds" / "s01e01") == digests(finished / "builds" / "s01e01")
    assert "0 made" in errors[0] + errors[1]


def test_a_run_waits_for_another_of_the_same_episode(show):
    with locked(show / ".pipeline" / "locks" / "build-s01e01.lock", exclusive=True):
        process = start(show)
        assert "waiting for it" in process.stderr.readline().decode()
        assert process.poll() is None
    process.communicate(timeout=60)
    assert process.returncode == 0
