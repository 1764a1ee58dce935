"""`pipeline canon`: the story's truth. What only reads it is here, what changes it beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestrator.cli import canon_change
from orchestrator.cli.canon_answers import store_of
from orchestrator.cli.options import AsJson, ShowFolder
from orchestrator.seams.console import say, say_json

if TYPE_CHECKING:
    from orchestrator.canon.store import CanonStore
    from schemas.canon import Fact

OWN = "the writer's own canon"

app = typer.Typer(help="The story's truth so far.", no_args_is_help=True, rich_markup_mode=None)

At = Annotated[
    str,
    typer.Option(
        "--at",
        help="An episode (what holds when it begins), or a snapshot by number or digest.",
    ),
]


@app.command("show", short_help="What is true, now or at another point.")
def show(
    subject: Annotated[str, typer.Argument(help="A character or place; all when left out.")] = "",
    at: At = "",
    show_folder: ShowFolder = Path(),
    as_json: AsJson = False,
) -> int:
    """Print what is true, now or at another point of the story.

    Examples:

      pipeline canon show mara --show my-show

      pipeline canon show --at s01e03
    """
    from canon.describe import describe
    from orchestrator.canon.lookup import snapshot_named
    from schemas.ids import slug

    found = snapshot_named(store_of(show_folder), at)
    wanted = slug(subject) if subject else ""
    if as_json:
        payload = found.payload()
        payload["facts"] = [f for f in payload["facts"] if wanted in ("", f["subject"])]
        say_json(payload)
    else:
        say(describe(found, wanted).rstrip("\n"))
    return 0


@app.command("log", short_help="How the truth came to be, and what waits.")
def log(
    show_folder: ShowFolder = Path(),
    verify: Annotated[
        bool, typer.Option("--verify", help="Make every snapshot again from its diffs.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """List how the truth came to be, newest first, and what waits for a decision.

    Examples:

      pipeline canon log --show my-show

      pipeline canon log --verify
    """
    from orchestrator.canon.proposals import Proposals
    from orchestrator.cli.canon_answers import counted

    store = store_of(show_folder)
    waiting = Proposals(store).all()
    entries = _log_entries(store)
    if verify:
        store.verify()
    if as_json:
        proposals = [{"episode": d.episode, "diff": d.digest(), "gate": d.gate} for d in waiting]
        say_json({"snapshots": entries, "waiting": proposals, "verified": verify})
        return 0
    rows = [f"waiting       {diff.episode}: {counted(diff)}" for diff in waiting]
    rows += map(_log_row, entries)
    say("\n".join(rows) or "nothing was applied yet; `pipeline canon show` has the writer's own")
    if verify:
        say(f"{len(entries)} snapshots made again from their diffs: every one is the same")
    return 0


def _log_entries(store: CanonStore) -> list[dict[str, Any]]:
    """Every snapshot as plain values, newest first."""
    from orchestrator.cli.canon_answers import counted

    approved = _approvers(store.files.show)
    entries: list[dict[str, Any]] = []
    for link in store.links():
        snapshot = link.snapshot
        diff = store.diff_behind(snapshot)
        entries.append(
            {
                "number": link.number,
                "snapshot": link.digest,
                "parent": snapshot.parent,
                "diff": snapshot.applied_diff or snapshot.reverted_diff,
                "episode": diff.episode if diff else "",
                "taken_back": snapshot.reverted_diff is not None,
                "change": counted(diff) if diff else "the beginning",
                "approver_id": approved.get(snapshot.applied_diff or "", ""),
                "facts": len(snapshot.facts),
            }
        )
    return entries


def _log_row(entry: dict[str, Any]) -> str:
    taken_back = "taken back: " if entry["taken_back"] else ""
    approved = f", approved by {entry['approver_id']}" if entry["approver_id"] else ""
    return (
        f"{entry['number']:04d}-{entry['snapshot'][:12]}  {entry['facts']} facts  "
        f"{entry['episode'] or OWN}: {taken_back}{entry['change']}{approved}"
    )


@app.command("diff", short_help="What a diff changes, or what two points differ in.")
def diff(
    first: Annotated[
        str,
        typer.Argument(
            help="A waiting diff: a file or an episode. Or the earlier of two snapshots: a "
            "number, a digest, an episode, `head`. All that waits when left out."
        ),
    ] = "",
    second: Annotated[str, typer.Argument(help="The later snapshot.")] = "",
    show_folder: ShowFolder = Path(),
    as_json: AsJson = False,
) -> int:
    """Print what a diff would change, or what changed between two points.

    Examples:

      pipeline canon diff s01e02

      pipeline canon diff canon/proposals/s01e02-0a1b2c3d4e5f.json

      pipeline canon diff s01e02 head

      pipeline canon diff 0003 0005
    """
    from canon.compare import changes_between, describe_changes
    from canon.describe import describe_diff
    from orchestrator.canon.lookup import diff_named, snapshot_named
    from orchestrator.canon.proposals import Proposals

    store = store_of(show_folder)
    if second:
        before, after = (snapshot_named(store, name) for name in (first, second))
        changes = changes_between(before, after)
        if as_json:
            say_json([{"before": _plain(c.before), "after": _plain(c.after)} for c in changes])
        else:
            say(describe_changes(changes))
        return 0
    diffs = (diff_named(store, first)[0],) if first else Proposals(store).all()
    if as_json:
        say_json([each.payload() for each in diffs])
    else:
        say("\n".join(map(describe_diff, diffs)).rstrip("\n") or "nothing waits for a decision")
    return 0


@app.command("export", short_help="The truth as one file.")
def export(
    at: At = "",
    plain: Annotated[
        bool, typer.Option("--plain", help="Only what holds, by subject, as a writer types it.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="A file to write; standard output by default.")
    ] = None,
    show_folder: ShowFolder = Path(),
) -> int:
    """Print the truth as a CanonSnapshot, or write it to a file.

    Examples:

      pipeline canon export --out canon-of-season-one.json

      pipeline canon export --plain --at s02e01
    """
    from orchestrator.canon.exchange import exported
    from orchestrator.canon.lookup import snapshot_named
    from orchestrator.seams.durable_files import replace_file

    data = exported(snapshot_named(store_of(show_folder), at), plain)
    if out is None:
        say(data.decode().rstrip("\n"))
    else:
        replace_file(out, data)
        say(str(out))
    return 0


def _approvers(show: Path) -> dict[str, str]:
    """Who approved what last, by digest."""
    from orchestrator.approvals import Approvals
    from orchestrator.store.registry import Registry

    said = Approvals(Registry(show)).all()
    return {each.subject: each.approver_id for each in said if each.decision == "approved"}


def _plain(fact: Fact | None) -> dict[str, Any] | None:
    return fact.model_dump(mode="json") if fact else None


for _name, (_command, _help) in canon_change.COMMANDS.items():
    app.command(_name, short_help=_help)(_command)
