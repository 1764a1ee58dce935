"""Decisions of people: kept as they were said, and never lost unseen."""

import os
import subprocess
import sys

import pytest

from orchestrator.approvals import Approvals, Verdict, decision_text
from orchestrator.store.fsck import check, repair
from orchestrator.store.registry import Registry
from schemas.approval import ApprovalRequest
from schemas.errors import PipelineError
from tests.orchestrator.show_on_disk import ROOT

REQUEST = ApprovalRequest.create(
    checkpoint="approve_external_spend",
    show="harbour",
    episode="s01e01",
    subject="ab" * 32,
    title="three shots at 0.40 USD",
    changes=("sc-1-3: 0.40 USD",),
)


def keep(tmp_path):
    registry = Registry(tmp_path)
    registry.prepare()
    return Approvals(registry), registry.root / "approvals"


def test_a_decision_is_kept_with_who_when_and_why(tmp_path):
    approvals, folder = keep(tmp_path)
    assert approvals.decision(REQUEST) is None
    said = approvals.decide(REQUEST, Verdict("approved", "Ada  Lovelace\n", "fine ", "run-1"))
    (path,) = folder.iterdir()
    assert path.name == f"{REQUEST.digest()}-0001.json"
    assert path.stat().st_mode & 0o777 == 0o444
    found = Approvals(Registry(tmp_path)).decision(REQUEST)
    assert found == said
    assert (found.decision, found.approver_id, found.note) == ("approved", "Ada Lovelace", "fine")
    assert (found.request, found.subject, found.run_id) == (REQUEST.digest(), "ab" * 32, "run-1")
    assert found.decided_at.endswith("Z")
    assert decision_text(found) == f"approved by Ada Lovelace at {found.decided_at}: fine"


def test_what_has_changed_is_not_approved(tmp_path):
    approvals, _ = keep(tmp_path)
    approvals.decide(REQUEST, Verdict("approved", "Ada"))
    for change in ({"subject": "cd" * 32}, {"changes": ("more",)}, {"tenant": "rival"}):
        assert approvals.decision(REQUEST.model_copy(update=change)) is None


def test_a_later_decision_counts_and_the_earlier_stays(tmp_path):
    approvals, folder = keep(tmp_path)
    first = approvals.decide(REQUEST, Verdict("rejected", "Ada", "too dear"))
    again = approvals.decide(REQUEST, Verdict("rejected", "Bob"))
    assert again == first
    before = (folder / f"{REQUEST.digest()}-0001.json").read_bytes()
    second = approvals.decide(REQUEST, Verdict("approved", "Bob"))
    assert second.previous == first.digest()
    assert approvals.history(REQUEST.digest()) == (first, second)
    assert (folder / f"{REQUEST.digest()}-0001.json").read_bytes() == before


@pytest.mark.parametrize("damage", ["lost", "changed", "emptied", "put aside", "of another"])
def test_a_damaged_decision_never_lets_an_older_one_count(tmp_path, damage):
    approvals, folder = keep(tmp_path)
    approvals.decide(REQUEST, Verdict("approved", "Ada"))
    approvals.decide(REQUEST, Verdict("rejected", "Bob"))
    first, last = (folder / f"{REQUEST.digest()}-000{n}.json" for n in (1, 2))
    last.chmod(0o644)
    if damage == "lost":
        first.unlink()
    elif damage == "changed":
        last.write_bytes(last.read_bytes().replace(b"rejected", b"approved"))
    elif damage == "emptied":
        last.write_bytes(b"")
    elif damage == "put aside":
        last.rename(last.with_name(last.name + ".0a0a0a0a.bad"))
    else:
        other = REQUEST.model_copy(update={"episode": "s01e02"})
        approvals.decide(other, Verdict("approved", "Ada"))
        approvals.decide(other, Verdict("rejected", "Ada"))
        last.write_bytes((folder / f"{other.digest()}-0002.json").read_bytes())
    with pytest.raises(PipelineError) as raised:
        approvals.decision(REQUEST)
    assert raised.value.code == "approvals-damaged"
    assert raised.value.hint
    with pytest.raises(PipelineError):
        approvals.decide(REQUEST, Verdict("approved", "Ada"))


@pytest.mark.parametrize("verdict", [("", ""), (" \n", ""), ("A" * 201, ""), ("Ada", "n" * 4001)])
def test_a_decision_without_a_name_or_with_a_novel_is_refused(tmp_path, verdict):
    approvals, folder = keep(tmp_path)
    with pytest.raises(PipelineError) as raised:
        approvals.decide(REQUEST, Verdict("approved", *verdict))
    assert raised.value.code == "approver"
    assert not folder.exists()


def test_fsck_knows_decisions_and_finds_a_damaged_one(tmp_path):
    approvals, folder = keep(tmp_path)
    registry = Registry(tmp_path)
    approvals.decide(REQUEST, Verdict("approved", "Ada"))
    assert check(registry).findings == ()
    (path,) = folder.iterdir()
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    assert [finding.kind for finding in check(registry).findings] == ["damaged"]
    repair(registry)
    with pytest.raises(PipelineError):
        approvals.decision(REQUEST)


DECIDE = """
import sys
from pathlib import Path
from orchestrator.approvals import Approvals, Verdict
from orchestrator.store.registry import Registry
from schemas.approval import ApprovalRequest
from schemas.documents import read_document
request = read_document(Path(sys.argv[2]).read_bytes(), ApprovalRequest, "")
sys.stdin.read(1)
for number in range(4):
    for decision in ("approved", "rejected"):
        Approvals(Registry(Path(sys.argv[1]))).decide(request, Verdict(decision, sys.argv[3]))
"""


def test_people_who_decide_at_once_leave_one_chain(tmp_path):
    approvals, _ = keep(tmp_path)
    (tmp_path / "request.json").write_bytes(REQUEST.readable())
    arguments = [str(tmp_path), str(tmp_path / "request.json")]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", DECIDE, *arguments, name],
            stdin=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for name in ("Ada", "Bob")
    ]
    for process in running:
        process.stdin.write(b"g")
        process.stdin.flush()
    for process in running:
        process.communicate(timeout=60)
    assert [process.returncode for process in running] == [0, 0]
    said = [decision.decision for decision in approvals.history(REQUEST.digest())]
    assert 8 <= len(said) <= 16
    assert said == ["approved", "rejected"] * (len(said) // 2) + ["approved"] * (len(said) % 2)
