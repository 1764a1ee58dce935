"""The story's truth as a run meets it: contradictions, approval, episodes made side by side."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from orchestrator.canon.store import canon_at
from orchestrator.cli.main import main
from orchestrator.run import chain
from tests.orchestrator.conftest import TINY
from tests.orchestrator.show_on_disk import ROOT, SHORT, digests, make_show

PROGRAM = [sys.executable, "-c", "from orchestrator.cli.main import run_program; run_program()"]


def summary_of(build):
    return json.loads((build / "run_summary.json").read_bytes())


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example show, small and mute, with its first episode made."""
    show = tmp_path_factory.mktemp("example") / "nine-twenty"
    ignored = shutil.ignore_patterns("builds", ".pipeline", "HEAD", "snapshots", "diffs", ".lock")
    shutil.copytree(ROOT / "examples" / "nine-twenty", show, ignore=ignored)
    shutil.rmtree(show / "assets")
    project = show / "project.yaml"
    text = project.read_text() + "format: {width: 114, height: 64}\nvoice: none\n"
    project.write_text(text)
    assert main(["run", str(show / "episodes" / "s01e01.fountain"), "-q"]) == 0
    return show


DRAFT = "drafts/s01e02-contradiction.fountain"


def test_a_contradiction_ends_the_run_before_anything_is_spoken_or_drawn(command, example):
    line = 1 + (example / DRAFT).read_text().splitlines().index("NORA")
    ended = command("run", example / DRAFT)
    build = example / "builds" / "s01e02-contradiction"
    assert (ended.code, ended.out) == (5, "")
    assert "checking the canon: blocked" in ended.err
    assert "speaking" not in ended.err
    assert f"error: {DRAFT}: contradicts the story in 1 place; no film was made" in ended.err
    assert f"{DRAFT}:{line}: life_and_death: NORA speaks here, but nora is dead" in ended.err
    assert "evidence: canon says nora.status = dead since s01e01" in ended.err
    assert "episodes/s01e01.fountain:" in ended.err
    assert "repair: mark the cue (V.O.)" in ended.err
    assert "what to do: mend the script there" in ended.err
    files = {path.name for path in build.iterdir()}
    assert files == {"script.json", "canon_diff.json", "run_summary.json", "logs"}
    summary = summary_of(build)
    assert (summary["state"], summary["exit_code"]) == ("blocked", 5)
    assert summary["error"]["stage"] == "gate_canon"
    assert [stage["outcome"] for stage in summary["stages"]] == ["done", "blocked"]
    assert {item["kind"] for item in summary["work"]} == {"stage"}
    assert "NORA speaks here" in (build / "logs" / "gate_canon.log").read_text()


def test_a_blocked_diff_can_be_read_and_not_applied(command, example):
    command("run", example / DRAFT, "-q")
    build = example / "builds" / "s01e02-contradiction"
    shown = command("show", build / "canon_diff.json", "--json").json["content"]
    assert (shown["gate"], len(shown["findings"])) == ("blocked", 1)
    before = command("canon", "show", "--show", example).out
    ended = command("canon", "apply", build / "canon_diff.json")
    assert ended.code == 5
    assert "the gate blocked this diff" in ended.err
    assert command("canon", "show", "--show", example).out == before
    assert "blocked" in command("status", example).out


def test_what_was_made_of_an_older_script_goes_and_comes_back(command, example):
    episode = example / "episodes" / "s01e02.fountain"
    build = example / "builds" / "s01e02"
    good = episode.read_bytes()
    assert command("run", episode, "-q").code == 0
    before = digests(build)
    truth = command("canon", "show", "--show", example).out
    shutil.copy(example / DRAFT, episode)
    assert command("run", episode, "-q").code == 5
    assert {p.name for p in build.iterdir()} == {
        "script.json",
        "canon_diff.json",
        "run_summary.json",
        "logs",
    }
    assert command("canon", "show", "--show", example).out == truth
    episode.write_bytes(good)
    ended = command("run", episode, "--json")
    assert (ended.code, ended.json["memo_misses"]) == (0, 0)
    assert digests(build) == before
    again = command("run", example / "episodes" / "s01e01.fountain", "--json")
    assert (again.code, again.json["memo_misses"]) == (0, 0)


def test_the_truth_so_far_can_be_read(command, example):
    assert command("run", example / "episodes" / "s01e02.fountain", "-q").code == 0
    text = command("canon", "show", "nora", "--show", example).out
    assert text.startswith("nora\n  age = 68  (from the start, canon/canon.json)\n")
    assert "  status = dead  (since s01e01, scene sc-4, episodes/s01e01.fountain:90)" in text
    rows = command("canon", "log", "--show", example).out.splitlines()
    assert [row.split("  ", 2)[2].split(":")[0] for row in rows] == [
        "s01e02",
        "s01e01",
        "the writer's own canon",
    ]
    assert "added" in rows[0]


@pytest.mark.parametrize("status", ["dead", "tired"])
def test_an_episode_that_became_true_meanwhile_counts(command, tmp_path, monkeypatch, status):
    """The first episode is made while the second is: what the second was checked against moves."""
    first = make_show(
        tmp_path,
        script=f"INT. HALL - DAY\n\nMara falls.\n\n[[canon: mara.status -> {status}]]\n",
        project=TINY,
    )
    second = first.with_name("s01e02.fountain")
    second.write_text(SHORT)
    build = tmp_path / "builds" / "s01e02"
    deliver = chain.deliver

    def meanwhile(context, output, folder):
        deliver(context, output, folder)
        if folder.path == build:
            assert main(["run", str(first), "-q"]) == 0

    monkeypatch.setattr(chain, "deliver", meanwhile)
    ended = command("run", second)
    if status == "tired":
        assert ended.code == 0, ended.err
        text = command("canon", "show", "--show", tmp_path).out
        assert "status = tired" in text
        assert "since s01e02" in text
    else:
        assert ended.code == 5
        assert "MARA speaks here, but mara is dead" in ended.err
        assert not (build / "s01e02.mp4").exists()
        assert summary_of(build)["state"] == "blocked"


def test_two_episodes_of_a_show_are_made_at_once(finished_show, tmp_path):
    make_show(tmp_path, project=TINY)
    other = SHORT.replace("KITCHEN", "GARDEN").replace("Is it open?", "Is it dry?")
    (tmp_path / "episodes" / "s01e02.fountain").write_text(other)
    running = [
        subprocess.Popen(
            [*PROGRAM, "run", str(tmp_path / "episodes" / f"{name}.fountain")],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for name in ("s01e01", "s01e02")
    ]
    errors = [process.communicate(timeout=120)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], errors
    assert "waiting" not in "".join(errors)
    made = digests(tmp_path / "builds" / "s01e01")
    assert made["s01e01.mp4"] == digests(finished_show / "builds" / "s01e01")["s01e01.mp4"]
    subjects = {fact.subject for fact in canon_at(tmp_path).head().facts}
    assert {"kitchen", "garden"} <= subjects
