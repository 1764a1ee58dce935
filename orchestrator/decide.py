"""A person's answer to what a run asked: found, held against what is true now, recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from orchestrator.approvals import Approvals, Verdict
from orchestrator.canon.check import check_now
from orchestrator.canon.proposals import Proposals
from orchestrator.canon.store import canon_of
from orchestrator.inspection.inspect import show_at
from orchestrator.run.resume import find_build
from orchestrator.shows.show import BUILDS, EpisodePlace, show_of_build
from orchestrator.store.blobs import BlobLostError
from orchestrator.store.registry import Registry
from orchestrator.store.sealed import read_sealed
from orchestrator.work.ask_approval import CHECKPOINTS
from schemas.approval import ApprovalDecision, ApprovalRequest, Checkpoint
from schemas.errors import PipelineError


@dataclass(frozen=True, slots=True)
class Asked:
    """An open request, the run that asked, and the episode to go on with."""

    place: EpisodePlace
    profile: str
    run_id: str
    request: ApprovalRequest


def asked_by(run: str, folder: Path, checkpoint: str = "") -> Asked:
    """What a run asked: by run id, episode, or checkpoint folder; `folder` is in the show.

    Raises PipelineError when there is no such run, when it asks nothing or, without
    `checkpoint`, more than one thing, and `approval-stale` when a later run of the episode asks
    something else or nothing.
    """
    show, account = _account(run, folder)
    registry = Registry(show)
    episode = account["summary"]["episode"]
    found = _requests(registry, account, checkpoint)
    if len(found) != 1:
        several = ", ".join(request.checkpoint for request in found)
        raise PipelineError(
            "nothing-to-approve",
            run,
            f"asks for several things: {several}" if found else "asks for nothing",
            "choose one with --checkpoint"
            if found
            else f"`pipeline status {show}` says what waits",
        )
    latest = registry.latest_run(episode) or account
    if found[0] not in _requests(registry, latest, checkpoint):
        raise _stale(run, found[0], f"a later run of {episode} does not ask it any more")
    place, profile = find_build(show / BUILDS / episode)
    return Asked(place, profile, account["summary"]["run_id"], found[0])


def decide(asked: Asked, verdict: Verdict) -> ApprovalDecision:
    """Record the answer. Raises PipelineError `approval-stale` for what has changed since."""
    problem = _CHANGES[asked.request.checkpoint](asked)
    if problem:
        raise _stale(asked.run_id, asked.request, problem)
    decision = Approvals(Registry(asked.place.show)).decide(asked.request, verdict)
    if decision.decision == "rejected" and asked.request.checkpoint == "approve_canon_diff":
        Proposals(canon_of(asked.place)).withdraw(asked.request.episode)
    return decision


def _canon_changed(asked: Asked) -> str:
    now = check_now(asked.place)
    if now.digest() == asked.request.subject:
        return ""
    return "the script, canon or what an earlier episode proposes has changed since"


def _nothing_else_changed(_asked: Asked) -> str:
    # That the latest run asks the same is all there is to know.
    return ""


_CHANGES: Final[dict[Checkpoint, Callable[[Asked], str]]] = {
    "approve_canon_diff": _canon_changed,
    "approve_character_packs": _nothing_else_changed,
    "approve_shotlist_timing_lock": _nothing_else_changed,
    "approve_external_spend": _nothing_else_changed,
}


def _account(run: str, folder: Path) -> tuple[Path, dict[str, Any]]:
    """The show and the account of a run."""
    if Path(run).is_dir():
        show = show_of_build(Path(run))
        account = Registry(show).latest_run(Path(run).resolve().name)
    else:
        show = show_at(folder)
        registry = Registry(show)
        account = None
        if run.startswith("run-") and run.replace("-", "").isalnum():
            account = read_sealed(registry.root / "runs" / f"{run}.json")
        elif run in registry.episodes():
            account = registry.latest_run(run)
    if account is None:
        known = ", ".join(Registry(show).episodes()) or "none yet"
        raise PipelineError(
            "not-found",
            run,
            f"is no run, episode or checkpoint folder of {show.name} (episodes: {known})",
            f"for example `pipeline approve {BUILDS}/s01e01 --by NAME`",
        )
    return show, account


def _requests(
    registry: Registry, account: dict[str, Any], checkpoint: str
) -> list[ApprovalRequest]:
    """The requests of a run, of one checkpoint or of all."""
    asked = [
        stage["artifact"]
        for stage in account["summary"]["stages"]
        if stage["stage"] in CHECKPOINTS
        and stage["artifact"]
        and checkpoint in ("", stage["stage"])
    ]
    try:
        return [registry.load(ApprovalRequest, digest) for digest in asked]
    except BlobLostError as lost:
        raise PipelineError(
            "lost",
            account["summary"]["run_id"],
            f"what it asked ({lost.digest[:12]}) is {'damaged' if lost.damaged else 'gone'}",
            f"run {account['summary']['episode']} again; it asks anew",
        ) from None


def _stale(run: str, request: ApprovalRequest, problem: str) -> PipelineError:
    return PipelineError(
        "approval-stale",
        run,
        f"{request.title} is not what would be approved now: {problem}",
        f"run {request.episode} again, and look at what it asks then",
    )
