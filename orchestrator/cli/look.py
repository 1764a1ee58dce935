"""`pipeline status`, `show` and `explain`: looking without changing anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli.options import AsJson, ShowFolder
from orchestrator.seams.console import answer


def status(
    show_folder: Annotated[Path, typer.Argument(metavar="[SHOW]", help="A show.")] = Path(),
    as_json: AsJson = False,
) -> int:
    """Say what each episode's latest run came to, and what the registry holds.

    Example:  pipeline status my-show
    """
    from orchestrator.inspection.inspect import show_status, status_text

    return answer(show_status(show_folder), status_text, as_json=as_json)


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

    Examples:

      pipeline show s01e01/shot_list --show my-show

      pipeline show my-show/builds/s01e01/s01e01.mp4

      pipeline show 4be2a1
    """
    from orchestrator.inspection.inspect import describe, description_text

    return answer(describe(show_folder, name), description_text, as_json=as_json)


def explain(
    build: Annotated[
        Path, typer.Argument(help="A checkpoint folder: my-show/builds/s01e01; or an episode.")
    ],
    shots: Annotated[
        bool, typer.Option("--shots", help="Why each shot looks and lasts as it does.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Say for each stage, line and shot why the latest run did or did not do it again.

    With --shots: by which rules each shot was planned.

    Examples:

      pipeline explain my-show/builds/s01e01

      pipeline explain my-show/episodes/s01e01.fountain --shots
    """
    from orchestrator.inspection.explain import build_of, explain_build, explanation_text

    if shots:
        from orchestrator.inspection.explain_shots import explain_shots, shots_text

        planned = explain_shots(build)
        return answer(planned, shots_text, as_json=as_json)
    return answer(explain_build(build_of(build), build), explanation_text, as_json=as_json)
