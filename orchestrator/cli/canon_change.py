"""`pipeline canon check, propose, apply, reject, revert, import`: towards another truth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from orchestrator.cli.canon_answers import counted, store_of
from orchestrator.cli.canon_memory import context, recall
from orchestrator.cli.canon_repair import repair
from orchestrator.cli.options import AsJson, Episode, ShowFolder
from orchestrator.seams.console import remark, say, say_json

Diff = Annotated[
    str,
    typer.Argument(help="A diff's file, the episode it comes from, or an applied diff's digest."),
]
DiffShow = Annotated[
    Path | None,
    typer.Option("--show", help="The show's folder; the one around the diff's file by default."),
]


def check(episode: Episode, as_json: AsJson = False) -> int:
    """Hold an episode against canon without making its film; every contradiction at once.

    Ends with 5 when the gate blocks. Nothing is written.

    Examples:

      pipeline canon check my-show/episodes/s01e02.fountain

      pipeline canon check s01e02.fountain --json
    """
    from canon.describe import describe_findings
    from orchestrator.canon.check import check_now
    from orchestrator.shows.show import find_episode
    from schemas.errors import ExitCode

    diff = check_now(find_episode(episode))
    if as_json:
        say_json(diff.payload())
    else:
        say(describe_findings(diff))
        say(f"{diff.episode}: {diff.gate}; {counted(diff)}")
    return int(ExitCode.BLOCKED if diff.gate == "blocked" else ExitCode.DONE)


def propose(
    episode: Episode,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the diff here; it then waits nowhere.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Derive what an episode makes true, and let it wait for a decision in canon/proposals.

    Later episodes are held against it from then on, marked as pending.

    Example:  pipeline canon propose my-show/episodes/s01e02.fountain
    """
    from canon.describe import describe_diff
    from orchestrator.canon.propose import propose as derive
    from orchestrator.seams.durable_files import replace_file
    from orchestrator.shows.show import find_episode

    diff, file = derive(find_episode(episode), waits=out is None)
    if out is not None:
        replace_file(out, diff.readable())
        file = str(out)
    if as_json:
        say_json({"file": file, "diff": diff.payload()})
        return 0
    say(describe_diff(diff).rstrip("\n"))
    if file:
        remark(f"  what to do: `pipeline canon apply {file}`, or reject")
    return 0


def apply(
    diff: Diff,
    show_folder: DiffShow = None,
    by: Annotated[str, typer.Option("--by", help="Who approves, where the show asks.")] = "",
    note: Annotated[str, typer.Option("--note", help="Why; kept with the decision.")] = "",
    as_json: AsJson = False,
) -> int:
    """Make a diff part of the truth.

    Where project.yaml asks for approval, --by says who gives it, and that is kept for good.

    Examples:

      pipeline canon apply s01e02 --show my-show --by Ada

      pipeline canon apply my-show/canon/proposals/s01e02-0a1b2c3d4e5f.json
    """
    from orchestrator.canon.decide import apply_named

    done = apply_named(_show(diff, show_folder), diff, by, note)
    if as_json:
        head = done.head
        say_json({"head": head.digest(), "facts": len(head.facts), "changed": done.changed})
    elif done.changed:
        facts = len(done.head.facts)
        say(f"{done.diff.episode}: {counted(done.diff)}; the truth now holds {facts} facts")
    else:
        say(f"nothing to do: what {done.diff.episode} changes is part of the truth already")
    return 0


def reject(
    diff: Diff,
    by: Annotated[str, typer.Option("--by", help="Who decides; kept with the decision.")],
    note: Annotated[str, typer.Option("--note", help="Why; kept with the decision.")] = "",
    show_folder: DiffShow = None,
    as_json: AsJson = False,
) -> int:
    """Turn a diff down. Canon stays as it is, and the decision is kept for good.

    Example:  pipeline canon reject s01e02 --by Ada --note "Nora must live" --show my-show
    """
    from orchestrator.approvals import decision_text
    from orchestrator.canon.decide import reject_named

    decision = reject_named(_show(diff, show_folder), diff, by, note)
    if as_json:
        say_json(decision.payload())
    else:
        say(f"what {decision.episode} makes true: {decision_text(decision)}")
    return 0


def revert(diff: Diff, show_folder: DiffShow = None, as_json: AsJson = False) -> int:
    """Take back what an episode made true; what others said since stays.

    Examples:

      pipeline canon revert s01e02 --show my-show

      pipeline canon revert 0a1b2c3d4e5f
    """
    from orchestrator.canon.lookup import applied_diff_of

    store = store_of(_show(diff, show_folder))
    found = applied_diff_of(store, diff)
    head = store.revert(found)
    if as_json:
        say_json({"head": head.digest(), "facts": len(head.facts)})
    else:
        say(f"{found.episode}: taken back: {counted(found)}; {len(head.facts)} facts are left")
    return 0


def merge(
    keep: Annotated[
        str, typer.Option("--keep", help="The head to keep, by name; this branch's by default.")
    ] = "",
    show_folder: ShowFolder = Path(),
    as_json: AsJson = False,
) -> int:
    """Make one head again after git merged two branches of the story.

    One side stays the truth. What the other side's episodes made true is derived again from their
    scripts, held against it, and waits in canon/proposals. Ends with 5 when one contradicts it.

    Examples:

      pipeline canon merge --show my-show

      pipeline canon merge --keep 0003-0a1b2c3d4e5f
    """
    from orchestrator.canon.rederive import merge_heads
    from schemas.errors import ExitCode

    merged = merge_heads(_folder(show_folder), keep)
    blocked = any(each.findings for each in merged.episodes)
    if as_json:
        say_json(merged.plain())
    else:
        say(merged.text())
    return int(ExitCode.BLOCKED if blocked else ExitCode.DONE)


def import_(
    file: Annotated[Path, typer.Argument(help="An exported snapshot, or any form of a seed.")],
    show_folder: ShowFolder = Path(),
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Also take the facts of another show.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Take facts into the writer's own canon, canon/canon.json; what clashes is named.

    Example:  pipeline canon import season-one.json --show season-two --adopt
    """
    from orchestrator.canon.exchange import import_facts

    new = import_facts(store_of(show_folder), file, adopt)
    if as_json:
        say_json({"new_facts": new})
    else:
        say(f"{new} new facts in canon/canon.json" if new else "nothing new")
    return 0


COMMANDS: Final[dict[str, tuple[Callable[..., int], str]]] = {
    "check": (check, "Hold an episode against canon, without a film."),
    "propose": (propose, "Let what an episode makes true wait for a decision."),
    "apply": (apply, "Make a diff part of the truth."),
    "reject": (reject, "Turn a diff down."),
    "repair": (repair, "Patches to a script that contradicts canon."),
    "revert": (revert, "Take back what an episode made true."),
    "context": (context, "What a step that writes an episode may know."),
    "recall": (recall, "Scenes and lines that are like a question."),
    "merge": (merge, "One head again after git merged two branches."),
    "import": (import_, "Take facts into the writer's own canon."),
}


def _folder(folder: Path) -> Path:
    from orchestrator.inspection.inspect import show_at

    return show_at(folder)


def _show(diff: str, folder: Path | None) -> Path:
    """The show a diff belongs to: the one named, or the one around the diff's file."""
    if folder is not None:
        return folder
    return Path(diff).resolve().parent if Path(diff).is_file() else Path()
