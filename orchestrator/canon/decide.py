"""A person's word on a diff, without a run: `pipeline canon apply` and `reject`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from canon.approval import approval_request
from orchestrator.approvals import Approvals, Verdict
from orchestrator.canon.lookup import diff_named
from orchestrator.canon.proposals import Proposals
from orchestrator.canon.store import canon_at
from orchestrator.inspection.inspect import show_at
from orchestrator.shows.settings import read_settings
from orchestrator.shows.show import project_file
from orchestrator.store.registry import Registry
from schemas.approval import ApprovalDecision
from schemas.canon import CanonDiff, CanonSnapshot
from schemas.errors import GateBlocked, PipelineError


@dataclass(frozen=True, slots=True)
class Applied:
    """The diff, the truth after it, and whether that is another than before."""

    diff: CanonDiff
    head: CanonSnapshot
    changed: bool


def apply_named(folder: Path, name: str, by: str = "", note: str = "") -> Applied:
    """Apply a diff by file, episode or digest.

    Raises PipelineError `canon-unapproved` where the show asks for approval and nobody gave it,
    and what `CanonStore.apply` raises; no approval is recorded for what cannot be applied.
    """
    from canon.diff import apply_diff

    show = show_at(folder)
    store = canon_at(show)
    diff, where = diff_named(store, name)
    if diff.gate == "blocked":
        raise GateBlocked(
            "canon-conflict",
            where,
            "the gate blocked this diff",
            "mend the script and run the episode again",
        )
    before = store.head()
    if apply_diff(before, diff) is before:
        Proposals(store).withdraw(diff.episode)
        return Applied(diff, before, changed=False)
    request, approvals = approval_request(diff), Approvals(Registry(show))
    if by:
        approvals.decide(request, Verdict("approved", by, note))
    elif _asks(show):
        decision = approvals.decision(request)
        if decision is None or decision.decision != "approved":
            raise PipelineError(
                "canon-unapproved",
                where,
                "this show asks for approval of what becomes true, and nobody gave it"
                if decision is None
                else f"{decision.approver_id} turned this diff down",
                f"say who approves: `pipeline canon apply {name} --by NAME`",
            )
    after = store.apply(diff)
    Proposals(store).withdraw(diff.episode)
    return Applied(diff, after, changed=True)


def reject_named(folder: Path, name: str, by: str, note: str = "") -> ApprovalDecision:
    """Turn a diff down by file or episode.

    Raises PipelineError `canon-applied` for one that is part of the truth already.
    """
    from canon.diff import apply_diff

    show = show_at(folder)
    store = canon_at(show)
    diff, where = diff_named(store, name)
    head = store.head()
    if diff.gate != "blocked" and apply_diff(head, diff) is head:
        raise PipelineError(
            "canon-applied",
            where,
            "is part of the truth already",
            f"take it back: `pipeline canon revert {diff.episode}`",
        )
    decision = Approvals(Registry(show)).decide(
        approval_request(diff), Verdict("rejected", by, note)
    )
    Proposals(store).withdraw(diff.episode)
    return decision


def _asks(show: Path) -> bool:
    file = project_file(show)
    return file is not None and read_settings(file).project.human_checkpoints.approve_canon_diff
