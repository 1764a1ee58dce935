"""After the film: what the episode makes true becomes true, or waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orchestrator.approvals import Approvals
from orchestrator.canon.proposals import Proposals
from orchestrator.canon.store import canon_of, keeps_canon
from orchestrator.run.context import RunContext
from orchestrator.store.checkpoint import CheckpointFolder
from orchestrator.work.ask_approval import ask, ask_nothing
from schemas.canon import CanonDiff
from schemas.errors import PipelineError

if TYPE_CHECKING:
    from orchestrator.run.stage_runner import StageRunner

CHECKPOINT: Final = "approve_canon_diff"


def settle_canon(
    context: RunContext, stage: StageRunner, folder: CheckpointFolder, diff: CanonDiff
) -> bool:
    """Apply the episode's diff; True when it waits for approval instead.

    An episode outside any show has no truth to keep. Raises PipelineError `canon-rejected` when a
    person turned the diff down (the film stands), and what `CanonStore.apply` raises.
    """
    from canon.diff import apply_diff

    if not keeps_canon(context.place.show):
        return False
    store = canon_of(context.place)
    proposals = Proposals(store)
    head = store.head()
    if apply_diff(head, diff) is head:
        proposals.withdraw(diff.episode)
        ask_nothing(context, folder, CHECKPOINT, "nothing to approve")
        return False
    if context.project.human_checkpoints.approve_canon_diff or _rejection(context, diff):
        return _as_decided(context, stage, folder, diff)
    if diff.gate == "passed":
        store.apply(diff)
        ask_nothing(context, folder, CHECKPOINT, "the show asks nobody; applied")
    else:
        ask_nothing(
            context, folder, CHECKPOINT, f"the show asks nobody; {diff.gate}, so not applied"
        )
    proposals.withdraw(diff.episode)
    return False


def _rejection(context: RunContext, diff: CanonDiff) -> bool:
    """Whether a person turned the diff down: that counts also where the show asks nobody."""
    from canon.approval import approval_request

    decision = Approvals(context.registry).decision(approval_request(diff))
    return decision is not None and decision.decision == "rejected"


def _as_decided(
    context: RunContext, stage: StageRunner, folder: CheckpointFolder, diff: CanonDiff
) -> bool:
    from canon.approval import approval_request

    store = canon_of(context.place)
    proposals = Proposals(store)
    decision = ask(context, stage, folder, approval_request(diff))
    if decision is None:
        file = proposals.put(diff)
        build = context.place.build.relative_to(context.place.show).as_posix()
        context.warnings.append(
            f"what {diff.episode} makes true waits for approval: `pipeline canon diff {file}` "
            f"shows it, `pipeline approve {build} --by NAME` or `pipeline reject` decides"
        )
        return True
    if decision.decision == "approved":
        store.apply(diff)
        proposals.withdraw(diff.episode)
        return False
    proposals.withdraw(diff.episode)
    context.film_stands = True
    said = f": {decision.note}" if decision.note else ""
    raise PipelineError(
        "canon-rejected",
        context.place.name,
        f"{decision.approver_id} turned down what it makes true{said}",
        "the film is there and canon is as it was; mend the script and run it again, or let "
        f"somebody approve it after all: `pipeline approve {diff.episode} --by NAME`",
    )
