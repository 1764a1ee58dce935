"""The human checkpoint on canon: the film is made, its facts wait, a person decides."""

import json

import pytest

from orchestrator.approvals import Approvals
from orchestrator.canon.store import canon_at
from orchestrator.store.registry import Registry
from schemas.approval import ApprovalRequest
from schemas.documents import read_document
from tests.orchestrator.conftest import TINY
from tests.orchestrator.show_on_disk import SHORT, digests, make_show

ASKS = TINY + "voice: none\nhuman_checkpoints: {approve_canon_diff: true}\n"
CALM = SHORT + "\n[[canon: mara.mood -> calm]]\n"


def summary_of(show, episode="s01e01"):
    return json.loads((show / "builds" / episode / "run_summary.json").read_bytes())


@pytest.fixture(scope="module")
def waiting_show(tmp_path_factory):
    from orchestrator.cli.main import main

    show = tmp_path_factory.mktemp("waiting") / "show"
    assert main(["run", str(make_show(show, script=CALM, project=ASKS)), "-q"]) == 4
    return show


@pytest.fixture
def waiting(waiting_show, tmp_path):
    import shutil

    shutil.copytree(waiting_show, tmp_path / "show")
    return tmp_path / "show"


def episode_of(show, name="s01e01"):
    return show / "episodes" / f"{name}.fountain"


def mood(show):
    return [f.value for f in canon_at(show).head().facts if f.attribute == "mood"]


def test_the_film_is_made_and_its_facts_wait(command, waiting):
    ended = command("run", episode_of(waiting))
    build = waiting / "builds" / "s01e01"
    assert ended.code == 4
    assert ended.out == f"{build}/s01e01.mp4\n"
    assert "`pipeline approve builds/s01e01 --by NAME`" in ended.err
    summary = summary_of(waiting)
    assert (summary["state"], summary["exit_code"]) == ("paused", 4)
    assert summary["approval_policy"] == "approve_canon_diff: waits for approval"
    request = read_document((build / "approve_canon_diff.json").read_bytes(), ApprovalRequest, "")
    assert "+ mara.mood = calm, since s01e01" in "\n".join(request.changes)
    assert request.title == "what s01e01 makes true"
    assert request.show == "test"
    assert mood(waiting) == []
    (proposal,) = (waiting / "canon" / "proposals").iterdir()
    assert proposal.name == f"s01e01-{request.subject[:12]}.json"


def test_an_approval_is_recorded_and_the_run_goes_on(command, waiting):
    before = digests(waiting / "builds" / "s01e01")
    ended = command("approve", waiting / "builds" / "s01e01", "--by", "Ada", "--note", "fine")
    assert ended.code == 0, ended.err
    assert ended.out.startswith("what s01e01 makes true: approved by Ada at ")
    assert ended.out.endswith(": fine\ns01e01: completed\n")
    assert mood(waiting) == ["calm"]
    assert list((waiting / "canon" / "proposals").iterdir()) == []
    policy = summary_of(waiting)["approval_policy"]
    assert policy.startswith("approve_canon_diff: approved by Ada at ")
    after = digests(waiting / "builds" / "s01e01")
    assert before.pop("approve_canon_diff.json")
    assert after == before
    again = command("run", episode_of(waiting), "--json")
    assert (again.code, again.json["memo_misses"]) == (0, 0)
    assert again.json["approval_policy"] == "approve_canon_diff: nothing to approve"
    (row,) = command("approvals", waiting).out.splitlines()
    assert row.startswith("s01e01  approve_canon_diff  approved by Ada at ")
    assert row.endswith(": fine")
    log = command("canon", "log", "--show", waiting).out.splitlines()[0]
    assert log.endswith(" added, approved by Ada")
    late = command("approve", "s01e01", "--show", waiting, "--by", "Bob")
    assert (late.code, "asks for nothing" in late.err) == (1, True)


@pytest.mark.parametrize("named", ["episode", "run"])
def test_a_run_is_named_by_episode_or_by_its_id_and_may_be_left_paused(command, waiting, named):
    run_id = summary_of(waiting)["run_id"]
    ended = command(
        *("approve", run_id if named == "run" else "s01e01", "--show", waiting),
        *("--by", "Ada", "--no-resume", "--json"),
    )
    assert (ended.code, ended.json["run"]) == (0, None)
    assert ended.json["decision"]["run_id"] == run_id
    assert ended.json["decision"]["decision"] == "approved"
    assert mood(waiting) == []
    assert command("resume", waiting / "builds" / "s01e01", "-q").code == 0
    assert mood(waiting) == ["calm"]


def test_a_rejection_is_recorded_and_the_film_stands(command, waiting):
    ended = command("reject", "s01e01", "--show", waiting, "--by", "Ada", "--note", "never calm")
    assert ended.code == 0, ended.err
    assert ": never calm" in ended.out
    assert list((waiting / "canon" / "proposals").iterdir()) == []
    again = command("run", episode_of(waiting))
    assert again.code == 1
    assert "Ada turned down what it makes true: never calm" in again.err
    assert (waiting / "builds" / "s01e01" / "s01e01.mp4").is_file()
    assert mood(waiting) == []
    assert summary_of(waiting)["error"]["code"] == "canon-rejected"
    # A changed script is another question.
    episode_of(waiting).write_text(CALM.replace("calm", "glad"))
    assert command("run", episode_of(waiting), "-q").code == 4
    assert command("approve", "s01e01", "--show", waiting, "--by", "Ada").code == 0
    assert mood(waiting) == ["glad"]


def test_who_turned_it_down_may_approve_it_after_all(command, waiting):
    assert command("reject", "s01e01", "--show", waiting, "--by", "Ada").code == 0
    build = waiting / "builds" / "s01e01"
    request = read_document((build / "approve_canon_diff.json").read_bytes(), ApprovalRequest, "")
    assert command("approve", "s01e01", "--show", waiting, "--by", "Ada").code == 0
    said = Approvals(Registry(waiting)).history(request.digest())
    assert [decision.decision for decision in said] == ["rejected", "approved"]
    listed = command("approvals", waiting, "--json").json
    assert [decision["decision"] for decision in listed] == ["rejected", "approved"]
    assert mood(waiting) == ["calm"]


@pytest.mark.parametrize("change", ["script", "canon", "run"])
def test_an_approval_of_what_has_changed_since_is_refused(command, waiting, change):
    old = summary_of(waiting)["run_id"]
    if change == "canon":
        (waiting / "canon" / "canon.json").write_text('{"mara": {"mood": "angry"}}')
    else:
        episode_of(waiting).write_text(CALM.replace("calm", "glad"))
    if change == "run":
        assert command("run", episode_of(waiting), "-q").code == 4
    ended = command("approve", old, "--show", waiting, "--by", "Ada")
    assert ended.code == 1
    assert "is not what would be approved now" in ended.err
    assert not (waiting / ".pipeline" / "approvals").exists()
    assert command("approvals", waiting).out == "nothing was decided yet\n"
    assert "calm" not in mood(waiting)


def test_what_nobody_asked_cannot_be_approved(command, waiting, tmp_path):
    for name, code in (("s09e09", 1), ("run-0123456789ab", 1), ("run-../../x", 1)):
        ended = command("approve", name, "--show", waiting, "--by", "Ada")
        assert (ended.code, "what to do" in ended.err) == (code, True)
    ended = command(
        *("approve", "s01e01", "--show", waiting, "--by", "A"),
        *("--checkpoint", "approve_external_spend"),
    )
    assert (ended.code, "asks for nothing" in ended.err) == (1, True)
    assert command("approve", "s01e01", "--show", waiting).code == 2
    assert command("approve", "s01e01", "--show", waiting, "--by", " ").code == 1


def test_a_request_that_was_lost_is_told(command, waiting):
    build = waiting / "builds" / "s01e01"
    request = read_document((build / "approve_canon_diff.json").read_bytes(), ApprovalRequest, "")
    Registry(waiting).blobs.path(request.digest()).unlink()
    ended = command("approve", build, "--by", "Ada")
    assert (ended.code, "what it asked" in ended.err) == (1, True)
    assert command("run", episode_of(waiting), "-q").code == 4
    assert command("approve", build, "--by", "Ada").code == 0


def test_a_blocked_run_withdraws_what_the_episode_proposed(command, waiting):
    dead = "INT. HALL - DAY\n\n[[canon: mara.status = dead]]\n\nMARA\nOh.\n"
    episode_of(waiting).write_text(dead)
    assert command("run", episode_of(waiting), "-q").code == 5
    assert list((waiting / "canon" / "proposals").iterdir()) == []


def test_a_show_that_asks_nobody_says_so(command, tmp_path):
    project = TINY + "voice: none\n"
    ended = command("run", make_show(tmp_path, script=CALM, project=project), "--json")
    assert ended.json["approval_policy"] == "approve_canon_diff: the show asks nobody; applied"


DEATH = "INT. HALL - DAY\n\nMara falls.\n\n[[canon: mara.status -> dead]]\n"


def test_a_later_episode_is_held_against_what_is_only_proposed(command, tmp_path):
    first = make_show(tmp_path, script=DEATH, project=ASKS)
    second = make_show(tmp_path, project=ASKS, name="s01e02")
    assert command("run", first, "-q").code == 4
    ended = command("run", second)
    assert ended.code == 4
    assert "canon: MARA speaks here, but mara is dead (s01e01 proposes it, pending" in ended.err
    diff = json.loads((tmp_path / "builds" / "s01e02" / "canon_diff.json").read_bytes())
    assert diff["gate"] == "flagged"
    assert [(f["pending"], f["severity"]) for f in diff["findings"]] == [(True, "soft")]
    request = json.loads((tmp_path / "builds/s01e02/approve_canon_diff.json").read_bytes())
    assert any(line.startswith("! episodes/s01e02.fountain:") for line in request["changes"])

    # Turned down, it is no longer in the way; approved, it is the truth.
    assert command("reject", "s01e01", "--show", tmp_path, "--by", "Ada").code == 0
    stale = command("approve", "s01e02", "--show", tmp_path, "--by", "Ada")
    assert (stale.code, "what an earlier episode proposes" in stale.err) == (1, True)
    assert command("run", second, "-q").code == 4
    diff = json.loads((tmp_path / "builds" / "s01e02" / "canon_diff.json").read_bytes())
    assert (diff["gate"], diff["findings"]) == ("passed", [])
    assert command("approve", "s01e01", "--show", tmp_path, "--by", "Ada").code == 0
    assert command("run", second, "-q").code == 5


def test_an_earlier_episode_is_not_held_against_what_a_later_one_proposes(command, tmp_path):
    first = make_show(tmp_path, project=ASKS)
    second = make_show(tmp_path, script=DEATH, project=ASKS, name="s01e02")
    assert command("run", second, "-q").code == 4
    assert command("run", first, "-q").code == 4
    diff = json.loads((tmp_path / "builds" / "s01e01" / "canon_diff.json").read_bytes())
    assert (diff["gate"], diff["findings"]) == ("passed", [])
