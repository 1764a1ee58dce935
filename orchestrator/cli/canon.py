"""`pipeline canon`: the story's truth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestrator.console import say, say_json

if TYPE_CHECKING:
    from schemas.canon import CanonDiff

app = typer.Typer(help="The story's truth so far.", no_args_is_help=True, rich_markup_mode=None)

OWN = "the writer's own canon"

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ShowFolder = Annotated[Path, typer.Option("--show", help="The show's folder.")]


@app.command("show")
def show(
    subject: Annotated[str, typer.Argument(help="A character or place; all when left out.")] = "",
    show_folder: ShowFolder = Path(),
    as_json: AsJson = False,
) -> int:
    """Print what is true so far.

    Example:  pipeline canon show mara --show my-show
    """
    from canon.describe import describe
    from orchestrator.canon_store import canon_at
    from schemas.ids import slug

    head = canon_at(_show(show_folder)).head()
    wanted = slug(subject) if subject else ""
    if as_json:
        payload = head.payload()
        payload["facts"] = [f for f in payload["facts"] if wanted in ("", f["subject"])]
        say_json(payload)
    else:
        say(describe(head, wanted).rstrip("\n"))
    return 0


@app.command("log")
def log(show_folder: ShowFolder = Path(), as_json: AsJson = False) -> int:
    """List how the truth came to be, newest first.

    Example:  pipeline canon log --show my-show
    """
    from orchestrator.canon_store import canon_at

    store = canon_at(_show(show_folder))
    entries: list[dict[str, Any]] = []
    for snapshot in store.log():
        diff = store.diff_behind(snapshot)
        entries.append(
            {
                "snapshot": snapshot.digest(),
                "parent": snapshot.parent,
                "diff": snapshot.applied_diff or snapshot.reverted_diff,
                "episode": diff.episode if diff else "",
                "taken_back": snapshot.reverted_diff is not None,
                "change": _change(diff) if diff else "the beginning",
                "facts": len(snapshot.facts),
            }
        )
    if as_json:
        say_json(entries)
        return 0
    rows = [
        f"{entry['snapshot'][:12]}  {entry['facts']} facts  "
        + f"{entry['episode'] or OWN}: "
        + ("taken back: " if entry["taken_back"] else "")
        + entry["change"]
        for entry in entries
    ]
    say("\n".join(rows) or "nothing was applied yet; `pipeline canon show` has the writer's own")
    return 0


@app.command("apply")
def apply(
    diff_file: Annotated[Path, typer.Argument(help="A canon_diff.json of a checkpoint folder.")],
    show_folder: Annotated[
        Path | None,
        typer.Option("--show", help="The show's folder; the one around the file by default."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Make an episode's changes part of the truth.

    Example:  pipeline canon apply my-show/builds/s01e01/canon_diff.json
    """
    from orchestrator.canon_store import canon_at
    from schemas.canon import CanonDiff
    from schemas.documents import read_document
    from schemas.errors import GateBlocked, PipelineError

    try:
        data = diff_file.read_bytes()
    except OSError as error:
        raise PipelineError(
            "not-found",
            str(diff_file),
            f"could not be read: {error.strerror}",
            "name a canon_diff.json, such as my-show/builds/s01e01/canon_diff.json",
        ) from None
    diff = read_document(data, CanonDiff, str(diff_file))
    if diff.gate == "blocked":
        raise GateBlocked(
            "canon-conflict",
            str(diff_file),
            "the gate blocked this diff",
            "mend the script and run the episode again",
        )
    store = canon_at(_show(show_folder or diff_file.resolve().parent))
    before = store.head().digest()
    after = store.apply(diff)
    changed = after.digest() != before
    if as_json:
        say_json({"head": after.digest(), "facts": len(after.facts), "changed": changed})
    elif changed:
        say(f"{diff.episode}: {_change(diff)}; the truth now holds {len(after.facts)} facts")
    else:
        say(f"nothing to do: what {diff.episode} changes is part of the truth already")
    return 0


def _change(diff: CanonDiff) -> str:
    counted = (
        (len(diff.added_facts), "added"),
        (len(diff.modified_facts), "changed"),
        (len(diff.removed_facts), "ended"),
    )
    return ", ".join(f"{count} {what}" for count, what in counted if count) or "no change"


def _show(folder: Path) -> Path:
    from orchestrator.inspect import show_at

    return show_at(folder)
