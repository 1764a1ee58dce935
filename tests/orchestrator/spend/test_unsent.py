"""Money of runs that died before they asked is free again, and of nobody who lives."""

import signal

import pytest

from orchestrator.seams.clock import utc_now
from orchestrator.seams.lock import build_lock, locked, transform_lock
from orchestrator.spend.caps import Caps
from orchestrator.spend.ledger import Ledger, Reservation
from orchestrator.spend.unsent import release_unsent, release_unsent_of
from tests.orchestrator.show_on_disk import make_show
from tests.torture import provider_kills

FREE = Caps(None, None)


@pytest.fixture
def killed(fakes, show):
    """An upgrade of every shot, killed at its first request: what it had not sent is reserved."""
    reaper = provider_kills.Reaper(at=1)
    reaper.watch(fakes[0])
    ended = provider_kills.upgrade(show, "runway", reaper, every_shot=True)
    assert ended == -signal.SIGKILL
    found = standings(show)
    assert set(found) == {"sending", "reserved"}, found
    return found


def standings(show):
    return [job.standing for job in Ledger(show).book().jobs.values()]


def with_nothing_reserved(killed):
    return ["released" if standing == "reserved" else standing for standing in killed]


def test_the_next_run_frees_what_a_killed_one_had_not_sent(command, show, killed):
    ended = command("run", show / "episodes" / "s01e01.fountain")
    assert ended.code == 0, ended.err
    assert ended.err.count("was never sent to runway") == killed.count("reserved")
    assert standings(show) == with_nothing_reserved(killed)
    book = Ledger(show).book()
    sent = [job.amount_microusd for job in book.jobs.values() if job.standing == "sending"]
    assert book.spoken_for(day=utc_now()[:10]) == sum(sent)


def test_the_same_upgrade_again_buys_what_was_not_sent(command, fakes, show, build, killed):
    ended = command("upgrade", build, "--profile", "hq_runway")
    assert ended.code == 0, ended.err
    unsent = killed.count("reserved")
    assert len(fakes[0].jobs) == unsent
    after = with_nothing_reserved(killed) + ["settled"] * unsent
    assert [s.replace("unknown", "sending") for s in standings(show)] == after


def test_spend_settle_frees_it_once_no_run_is_at_work(command, show, killed):
    with locked(build_lock(show / ".pipeline", "s01e01"), exclusive=True):
        assert "never sent" not in command("spend", "settle", "--show", show).out
    assert standings(show) == killed
    assert "never sent: its run" in command("spend", "show", "--show", show).out
    told = command("spend", "settle", "--show", show, "--json").json["settled"]
    assert len([line for line in told if "was never sent" in line]) == killed.count("reserved")
    assert standings(show) == with_nothing_reserved(killed)


@pytest.fixture
def ledger(tmp_path):
    """A job of an episode, one of a transformation, and one of which nothing is known."""
    ledger = Ledger(tmp_path)
    for job, about in (("e", {"episode": "s01e01"}), ("t", {"wish": "ab"}), ("o", {})):
        ledger.reserve("dead", [Reservation(job, "tts", job, job, 5, about)], FREE)
    return ledger


def reserved(ledger):
    return [job.job for job in ledger.book().jobs.values() if job.standing == "reserved"]


def test_a_run_frees_only_what_other_runs_of_its_episode_left(tmp_path, ledger):
    assert release_unsent_of(tmp_path, "s01e02", "now") == []
    assert release_unsent_of(tmp_path, "s01e01", "dead") == []
    assert len(release_unsent_of(tmp_path, "s01e01", "now")) == 1
    assert reserved(ledger) == ["t", "o"]


def test_what_was_sent_is_never_freed(tmp_path, ledger):
    ledger.sending("e")
    ledger.sending("t")
    assert release_unsent(tmp_path, tmp_path / ".pipeline") == []
    assert release_unsent_of(tmp_path, "s01e01", "now") == []


def test_a_transformation_at_work_keeps_its_money(tmp_path, ledger):
    root = tmp_path / ".pipeline"
    with locked(transform_lock(root, "ab"), exclusive=True):
        release_unsent(tmp_path, root)
        assert reserved(ledger) == ["t", "o"]
    release_unsent(tmp_path, root)
    assert reserved(ledger) == ["o"]


def test_what_an_older_version_reserved_is_freed_by_hand_alone(command, tmp_path):
    make_show(tmp_path / "show")
    ledger = Ledger(tmp_path / "show")
    for job, about in (("old1", {}), ("new1", {"episode": "s01e01"})):
        ledger.reserve("dead", [Reservation(job, "tts", job, job, 5, about)], FREE)
    refused = command("spend", "release", "new1", "--show", tmp_path / "show")
    assert (refused.code, "jobs whose fate is unknown: old1" in refused.err) == (1, True)
    assert command("spend", "settle", "--show", tmp_path / "show").code == 0
    assert reserved(ledger) == ["old1"]
    assert command("spend", "release", "old1", "--show", tmp_path / "show").code == 0
    assert reserved(ledger) == []
