"""`pipeline approve` and `pipeline reject`: a person's answer to what a run asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.cli.options import ShowFolder
from orchestrator.seams.console import remark, say, say_json

if TYPE_CHECKING:
    from orchestrator.decide import Asked
    from schemas.approval import ApprovalDecision, Decided

Run = Annotated[str, typer.Argument(help="A checkpoint folder, an episode or a run id that waits.")]
By = Annotated[str, typer.Option("--by", help="Who decides; kept with the decision.")]
Note = Annotated[str, typer.Option("--note", help="Why, in your own words; kept too.")]
Point = Annotated[
    str, typer.Option("--checkpoint", help="Which request, when the run waits for several.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the decision as JSON.")]


def approve(
    run: Run,
    by: By,
    note: Note = "",
    checkpoint: Point = "",
    show_folder: ShowFolder = Path(),
    resume: Annotated[bool, typer.Option(help="Go on with the run afterwards.")] = True,
    as_json: AsJson = False,
) -> int:
    """Approve what a run waits for, and go on with it. Kept for good, with who and when.

    Refused when what was asked about has changed since.

    Examples:

      pipeline approve my-show/builds/s01e01 --by "Ada Lovelace"

      pipeline approve s01e01 --show my-show --by Ada --note "as agreed on Monday"
    """
    from orchestrator.cli.run import go_on
    from orchestrator.error_boundary import tell

    asked, decision = _decide("approved", run, by, note, checkpoint, show_folder)
    if not as_json:
        say(f"{asked.request.title}: {_told(decision)}")
    result = go_on(asked.place, asked.profile) if resume else None
    if as_json:
        summary = result.summary.payload() if result else None
        say_json({"decision": decision.payload(), "run": summary})
    if result is None:
        return 0
    if result.error is not None:
        tell(result.error, as_json=False)
    elif not as_json:
        say(f"{result.summary.episode}: {result.summary.state}")
    return int(result.exit_code)


def reject(
    run: Run,
    by: By,
    note: Note = "",
    checkpoint: Point = "",
    show_folder: ShowFolder = Path(),
    as_json: AsJson = False,
) -> int:
    """Turn down what a run waits for. Kept for good, with who and when.

    Example:  pipeline reject my-show/builds/s01e01 --by Ada --note "Nora must live"
    """
    asked, decision = _decide("rejected", run, by, note, checkpoint, show_folder)
    if as_json:
        say_json({"decision": decision.payload()})
    else:
        say(f"{asked.request.title}: {_told(decision)}")
        remark(f"  what to do: change {asked.place.name} and run it again")
    return 0


def approvals(
    show_folder: Annotated[Path, typer.Argument(metavar="[SHOW]", help="A show.")] = Path(),
    as_json: AsJson = False,
) -> int:
    """List every decision that was made at a checkpoint, oldest first: who, when, what and why.

    Example:  pipeline approvals my-show
    """
    from orchestrator.approvals import Approvals, decision_text
    from orchestrator.inspection.inspect import show_at
    from orchestrator.store.registry import Registry

    said = Approvals(Registry(show_at(show_folder))).all()
    if as_json:
        say_json([decision.payload() for decision in said])
        return 0
    rows = [f"{each.episode}  {each.checkpoint}  {decision_text(each)}" for each in said]
    say("\n".join(rows) or "nothing was decided yet")
    return 0


def _decide(
    decided: Decided, run: str, by: str, note: str, checkpoint: str, folder: Path
) -> tuple[Asked, ApprovalDecision]:
    from orchestrator.approvals import Verdict
    from orchestrator.decide import asked_by, decide

    asked = asked_by(run, folder, checkpoint)
    return asked, decide(asked, Verdict(decided, by, note, asked.run_id))


def _told(decision: ApprovalDecision) -> str:
    from orchestrator.approvals import decision_text

    return decision_text(decision)
