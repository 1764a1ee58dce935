"""A human checkpoint inside a run (plan §27): the question is shown, the answer looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from orchestrator.approvals import Approvals, decision_text
from orchestrator.run.context import RunContext
from orchestrator.store.checkpoint import CheckpointFolder
from orchestrator.store.memo import Work
from schemas.approval import ApprovalDecision, ApprovalRequest, Checkpoint

if TYPE_CHECKING:
    from orchestrator.run.stage_runner import StageRunner

ASK_VERSION = 1
CHECKPOINTS: tuple[Checkpoint, ...] = get_args(Checkpoint)


def request_file(checkpoint: str) -> str:
    """The file of the checkpoint folder that holds an open request."""
    return f"{checkpoint}.json"


def ask(
    context: RunContext, stage: StageRunner, folder: CheckpointFolder, request: ApprovalRequest
) -> ApprovalDecision | None:
    """The latest decision on `request`, or None after showing it as an open one.

    `subject` has to be an artifact of this registry. What came of it is noted in the summary.
    """
    decision = Approvals(context.registry).decision(request)
    if decision is not None:
        context.policies.append(f"{request.checkpoint}: {decision_text(decision)}")
        folder.take_out(request_file(request.checkpoint))
        return decision
    work = Work(
        kind="stage",
        label=request.checkpoint,
        operation="ask_approval",
        version=ASK_VERSION,
        inputs={"subject": request.subject},
        settings={"request": request.payload()},
    )
    stage(
        request.checkpoint,
        request_file(request.checkpoint),
        ApprovalRequest,
        lambda: context.remember_artifact(work, lambda: request),
    )
    context.policies.append(f"{request.checkpoint}: waits for approval")
    return None


def ask_nothing(
    context: RunContext, folder: CheckpointFolder, checkpoint: Checkpoint, why: str
) -> None:
    """Note why a checkpoint asked nothing, and take an older request of it out of sight."""
    context.policies.append(f"{checkpoint}: {why}")
    folder.take_out(request_file(checkpoint))
