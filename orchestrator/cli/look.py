"""`pipeline status`, `pipeline show` and `pipeline explain`: looking without changing anything."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ShowFolder = Annotated[Path, typer.Option("--show", help="The show's folder.")]


def status(
    show_folder: Annotated[Path, typer.Argument(metavar="[SHOW]", help="A show.")] = Path(),
    as_json: AsJson = False,
) -> int:
    """Say what each episode's latest run came to, and what the registry holds.

    Example:  pipeline status my-show
    """
    from orchestrator.inspect import show_status, status_text

    found = show_status(show_folder)
    print(json.dumps(found, indent=2, ensure_ascii=False) if as_json else status_text(found))
    return 0


def show(
    name: Annotated[
        str,
        typer.Argument(
            help="A digest (or its beginning), or EPISODE, EPISODE/ARTIFACT, or a file."
        ),
    ],
    show_folder: ShowFolder = Path(),
    as_json: AsJson = False,
) -> int:
    """Print an artifact or blob: what it is, where it comes from, and what is in it.

    Examples:  pipeline show s01e01/shot_list     pipeline show 4be2a1     pipeline show s01e01
    """
    from orchestrator.inspect import describe, description_text

    found = describe(show_folder, name)
    print(json.dumps(found, indent=2, ensure_ascii=False) if as_json else description_text(found))
    return 0


def explain(
    build: Annotated[Path, typer.Argument(help="A checkpoint folder: my-show/builds/s01e01.")],
    as_json: AsJson = False,
) -> int:
    """Say for each stage, line and shot why the latest run did or did not do it again.

    Example:  pipeline explain my-show/builds/s01e01
    """
    from orchestrator.explain import explain_build, explanation_text

    found = explain_build(build)
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        sys.stdout.write(explanation_text(found))
    return 0
