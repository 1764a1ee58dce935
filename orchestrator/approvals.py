"""What people decided at the checkpoints of plan §27, kept in the registry.

    .pipeline/approvals/<request>-0001.json     the first decision on a request; never changes
    .pipeline/approvals/<request>-0002.json     a later one, naming the one before it

The latest decision on a request counts. A request is a digest of what is asked about, so that an
approval can never reach anything that has changed since. To take part as a checkpoint, make an
`ApprovalRequest`, show it (`ask`), and act on what comes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orchestrator.seams.clock import utc_now
from orchestrator.seams.durable_files import storage_error
from orchestrator.seams.lock import locked
from orchestrator.store.registry import Registry
from orchestrator.store.sealed import peek_sealed, write_sealed
from schemas.approval import ApprovalDecision, ApprovalRequest, Decided
from schemas.digest import Digest
from schemas.documents import read_payload
from schemas.errors import PipelineError

APPROVALS: Final = "approvals"
# What fits on a form; a name or note beyond it is a mistake or an attack.
MAX_NAME_CHARS: Final = 200
MAX_NOTE_CHARS: Final = 4000


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's answer: who, what, and in their own words why."""

    decision: Decided
    approver_id: str
    note: str = ""
    run_id: str = ""


class Approvals:
    """The decisions kept in one registry."""

    def __init__(self, registry: Registry) -> None:
        self._folder = registry.root / APPROVALS
        self._lock = registry.root / "locks" / "approvals.lock"

    def decision(self, request: ApprovalRequest) -> ApprovalDecision | None:
        """The latest decision on the request, or None. Raises as `history` does."""
        said = self.history(request.digest())
        return said[-1] if said else None

    def history(self, request: Digest) -> tuple[ApprovalDecision, ...]:
        """Every decision on a request, oldest first.

        Raises PipelineError `approvals-damaged` when one is damaged, missing or out of order: a
        lost rejection must not let an older approval count.
        """
        # Also what was put aside as `.bad`: with it gone, another decision would be the latest.
        found = sorted(path for path in self._folder.glob(f"{request}-*") if path.suffix != ".tmp")
        said: list[ApprovalDecision] = []
        for number, path in enumerate(found, start=1):
            if path != self._path(request, number):
                raise _damaged(path, "stands where no decision should, or one before it is gone")
            decision = _read(path)
            before = said[-1].digest() if said else None
            if (decision.request, decision.previous) != (request, before):
                raise _damaged(path, "does not follow the decision before it")
            said.append(decision)
        return tuple(said)

    def all(self) -> tuple[ApprovalDecision, ...]:
        """Every decision, in the order in which they were made. Raises as `history` does."""
        requests = {path.name.split("-", 1)[0] for path in self._folder.glob("*-*")}
        said = [decision for request in sorted(requests) for decision in self.history(request)]
        return tuple(sorted(said, key=lambda each: (each.decided_at, each.request)))

    def decide(self, request: ApprovalRequest, verdict: Verdict) -> ApprovalDecision:
        """Record a decision, durable when this returns. The same one again changes nothing.

        Raises PipelineError `approver` without a name, or for a name or note out of bounds.
        """
        name, note = " ".join(verdict.approver_id.split()), verdict.note.strip()
        if not name or len(name) > MAX_NAME_CHARS or len(note) > MAX_NOTE_CHARS:
            raise PipelineError(
                "approver",
                "--by" if len(note) <= MAX_NOTE_CHARS else "--note",
                f"a decision needs a name of at most {MAX_NAME_CHARS} characters, and a note of "
                f"at most {MAX_NOTE_CHARS}",
                'say who decides, for example --by "Ada Lovelace"',
            )
        digest = request.digest()
        with locked(self._lock, exclusive=True):
            said = self.history(digest)
            if said and said[-1].decision == verdict.decision:
                return said[-1]
            decision = ApprovalDecision.create(
                request=digest,
                checkpoint=request.checkpoint,
                tenant=request.tenant,
                show=request.show,
                episode=request.episode,
                subject=request.subject,
                decision=verdict.decision,
                approver_id=name,
                note=note,
                run_id=verdict.run_id,
                decided_at=utc_now(),
                previous=said[-1].digest() if said else None,
            )
            write_sealed(self._path(digest, len(said) + 1), decision.payload())
            return decision

    def _path(self, request: Digest, number: int) -> Path:
        return self._folder / f"{request}-{number:04d}.json"


def decision_text(decision: ApprovalDecision) -> str:
    """`approved by Ada Lovelace at 2026-05-01T10:00:00.000Z: fine`."""
    said = f"{decision.decision} by {decision.approver_id} at {decision.decided_at}"
    return f"{said}: {decision.note}" if decision.note else said


def _read(path: Path) -> ApprovalDecision:
    try:
        payload = peek_sealed(path)
    except OSError as error:
        raise storage_error(error, path) from None
    if payload is None:
        raise _damaged(path, "is damaged")
    return read_payload(payload, ApprovalDecision, path.name)


def _damaged(path: Path, problem: str) -> PipelineError:
    return PipelineError(
        "approvals-damaged",
        f"{APPROVALS}/{path.name}",
        problem,
        "put it back from a backup; or delete every decision on this request, and decide again",
    )
