"""`pipeline canon`: the story's truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The story's truth so far.", no_args_is_help=True, rich_markup_mode=None)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ShowFolder = Annotated[Path, typer.Option("--show", help="The show's folder.")]


@app.command("show")
def show(
    subject: Annotated[str, typer.Argument(help="A character or place; all when left out.")] = "",
    show_folder: ShowFolder = Path(),
    as_json: AsJson = False,
) -> int:
    """Print what is true so far.

    Examples:  pipeline canon show     pipeline canon show mara --show my-show
    """
    from canon.describe import describe
    from orchestrator.canon_store import CanonStore
    from schemas.ids import slug

    head = CanonStore(_show(show_folder)).head()
    wanted = slug(subject) if subject else ""
    if as_json:
        payload = head.payload()
        payload["facts"] = [f for f in payload["facts"] if wanted in ("", f["subject"])]
        print(json.dumps(payload, indent=2, ensure_ascii=False))
    else:
        print(describe(head, wanted))
    return 0


@app.command("log")
def log(show_folder: ShowFolder = Path(), as_json: AsJson = False) -> int:
    """List how the truth came to be, newest first.

    Example:  pipeline canon log --show my-show
    """
    from orchestrator.canon_store import CanonStore

    entries = [
        {
            "snapshot": snapshot.digest(),
            "parent": snapshot.parent,
            "applied_diff": snapshot.applied_diff,
            "facts": len(snapshot.facts),
        }
        for snapshot in CanonStore(_show(show_folder)).log()
    ]
    if as_json:
        print(json.dumps(entries, indent=2))
    for entry in [] if as_json else entries:
        diff = entry["applied_diff"]
        print(
            f"{str(entry['snapshot'])[:12]}  {entry['facts']} facts"
            + (f"  from diff {str(diff)[:12]}" if diff else "  seed")
        )
    return 0


@app.command("apply")
def apply(
    diff_file: Annotated[Path, typer.Argument(help="A canon_diff.json of a checkpoint folder.")],
    show_folder: ShowFolder = Path(),
    as_json: AsJson = False,
) -> int:
    """Make an episode's changes part of the truth.

    Example:  pipeline canon apply my-show/builds/s01e01/canon_diff.json --show my-show
    """
    from orchestrator.canon_store import CanonStore
    from schemas.canon import CanonDiff
    from schemas.documents import read_document
    from schemas.errors import GateBlocked, PipelineError

    try:
        data = diff_file.read_bytes()
    except OSError as error:
        raise PipelineError(
            "not-found", str(diff_file), f"could not be read: {error.strerror}", "check the path"
        ) from None
    diff = read_document(data, CanonDiff, str(diff_file))
    if diff.gate == "blocked":
        raise GateBlocked(
            "canon-conflict",
            str(diff_file),
            "the gate blocked this diff",
            "mend the script and run the episode again",
        )
    snapshot = CanonStore(_show(show_folder)).apply(diff)
    if as_json:
        print(json.dumps({"head": snapshot.digest(), "facts": len(snapshot.facts)}))
    else:
        print(f"the truth is now {snapshot.digest()[:12]}, {len(snapshot.facts)} facts")
    return 0


def _show(folder: Path) -> Path:
    from orchestrator.inspect import show_at

    return show_at(folder)
