"""Jobs that a run left behind at a provider: fetched as takes, never bought again, never lost."""

import json

import pytest

from orchestrator.spend.ledger import Ledger
from tests.orchestrator.show_on_disk import TWO_SCENES
from tests.orchestrator.upgraded_show import first_shot, output, shots


@pytest.fixture
def left_behind(command, fakes, show, build):
    """Runway has a job for the first shot, and the run that asked for it has given up."""
    project = show / "project.yaml"
    project.write_text(project.read_text().replace("ms: 0}", "ms: 0, give_up_after_s: 1}", 1))
    fakes[0].polls = 10**9
    shot = first_shot(build)
    ended = command("upgrade", build, "--profile", "hq_runway", "--shots", shot)
    assert ended.code == 0 and "is still at it" in ended.err, ended.err
    assert standings(show) == ["submitted"]
    return shot


def finish(fake):
    for job in fake.jobs.values():
        job.polls_left = 0


def standings(show):
    return [job.standing for job in Ledger(show).book().jobs.values()]


def test_a_run_fetches_what_was_paid_for_and_leaves_the_choice(
    command, fakes, show, build, left_behind
):
    film = (build / "s01e01.mp4").read_bytes()
    finish(fakes[0])
    assert command("run", show / "episodes" / "s01e01.fountain").code == 0
    assert (standings(show), len(fakes[0].jobs)) == (["settled"], 1)
    assert (build / "s01e01.mp4").read_bytes() == film
    (take,) = command("takes", "list", build, "--json").json["takes"]
    assert (take["shot_id"], take["cost_microusd"]) == (left_behind, 250_000)
    assert not take["shown"] and not take["stale"] and not take["unfit"]
    command("upgrade", build, "--profile", "hq_runway", "--shots", left_behind)
    assert shots(build)[left_behind]["take"] == 1
    assert len(fakes[0].jobs) == 1


def test_an_upgrade_of_another_shot_settles_it_too(command, fakes, show, build, left_behind):
    finish(fakes[0])
    fakes[0].polls = 2
    other = list(shots(build))[-1]
    assert command("upgrade", build, "--profile", "hq_runway", "--shots", other).code == 0
    assert (standings(show), len(fakes[0].jobs)) == (["settled"] * 2, 2)
    listed = command("takes", "list", build, "--json").json["takes"]
    assert {take["shot_id"]: take["shown"] for take in listed} == {left_behind: False, other: True}


def test_the_clip_of_a_shot_that_is_gone_is_kept_as_stale(command, fakes, show, build, left_behind):
    finish(fakes[0])
    episode = show / "episodes" / "s01e01.fountain"
    episode.write_text(TWO_SCENES.replace("Mara waits by the door.", "Rain. Nobody is here yet."))
    assert command("run", episode).code == 0
    (take,) = command("takes", "list", build, "--json").json["takes"]
    assert take["stale"] and take["cost_microusd"] == 250_000
    assert (standings(show), len(fakes[0].jobs)) == (["settled"], 1)


def test_a_job_that_is_not_finished_is_told_and_stays(command, fakes, show, build, left_behind):
    ended = command("run", show / "episodes" / "s01e01.fountain")
    assert ended.code == 0
    assert "runway is still at it; the job is kept" in ended.err
    assert (standings(show), len(fakes[0].jobs)) == (["submitted"], 1)
    assert "spend settle" in command("spend", "show", "--show", show).out


@pytest.mark.usefixtures("left_behind", "build")
def test_a_provider_without_its_key_cannot_be_asked(command, fakes, show, monkeypatch):
    finish(fakes[0])
    monkeypatch.delenv("RUNWAYML_API_SECRET")
    calls = len(fakes[0].calls)
    ended = command("run", show / "episodes" / "s01e01.fountain")
    assert ended.code == 0 and "it cannot be asked about: RUNWAYML_API_SECRET" in ended.err
    assert (standings(show), len(fakes[0].calls)) == (["submitted"], calls)


def test_a_job_that_failed_meanwhile_is_paid_and_told(command, fakes, show, build, left_behind):
    finish(fakes[0])
    for job in fakes[0].jobs.values():
        job.outcome = "failed"
    ended = command("run", show / "episodes" / "s01e01.fountain")
    assert ended.code == 0 and "ASSET.INVALID" in ended.err
    assert standings(show) == ["settled"]
    assert output(build)["status"] == "degraded"


def test_spend_settle_does_it_by_hand(command, fakes, show, build, left_behind):
    ended = command("spend", "settle", "--show", show)
    assert "is still at it" in ended.out and ended.out.endswith("1 jobs are open\n")
    finish(fakes[0])
    found = command("spend", "settle", "--show", show, "--json").json
    assert found["open"] == 0
    assert f"{left_behind}: take 1 by runway was paid for by an earlier run" in found["settled"]
    assert len(fakes[0].jobs) == 1
    told = command("spend", "settle", "--show", show).out
    assert told == "no job is open\n"


def test_a_new_take_that_was_left_behind_is_not_lost_when_nobody_asks_again(
    command, fakes, show, build, left_behind
):
    finish(fakes[0])
    arguments = ("upgrade", build, "--profile", "hq_runway", "--shots", left_behind)
    command(*arguments)
    command(*arguments, "--again")
    assert standings(show) == ["settled", "submitted"]
    finish(fakes[0])
    command(*arguments)
    assert (standings(show), len(fakes[0].jobs)) == (["settled"] * 2, 2)
    assert shots(build)[left_behind]["take"] == 2


def test_the_ledger_says_what_a_job_is_for(show, build, left_behind):
    (job,) = Ledger(show).book().jobs.values()
    assert job.about["shot_id"] == left_behind and job.about["episode"] == "s01e01"
    assert "Is it open" not in json.dumps(job.about["prompt"])
