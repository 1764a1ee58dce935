"""`pipeline takes`: what was made for each shot, and which of it the film shows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli.options import AsJson, Build
from orchestrator.seams.console import answer, say

app = typer.Typer(help="The takes of each shot, and the choice between them.", no_args_is_help=True)

Shot = Annotated[str, typer.Argument(help="A shot by its id.")]


@app.command("list", short_help="Every take, and which are shown.")
def list_takes(build: Build, as_json: AsJson = False) -> int:
    """List every take of an episode: provider, cost, whether it fits, whether it is shown.

    Example:  pipeline takes list my-show/builds/s01e01
    """
    from orchestrator.upgrades.take_views import takes_of, takes_text

    return answer(takes_of(build), takes_text, as_json=as_json)


@app.command("show", short_help="All that is known of one take.")
def show_take(
    build: Build,
    shot: Shot,
    number: Annotated[int, typer.Argument(min=1, help="The number of the take.")],
    as_json: AsJson = False,
) -> int:
    """Say where a take comes from: prompt, model, cost, lock, and its file.

    Example:  pipeline takes show my-show/builds/s01e01 kitchen.7f3a 2
    """
    from orchestrator.upgrades.take_views import take_text, take_view

    return answer(take_view(build, shot, number), take_text, as_json=as_json)


@app.command("pick", short_help="Choose what a shot shows.")
def pick(
    build: Build,
    shot: Shot,
    number: Annotated[int, typer.Argument(min=0, help="The number of the take; 0 is the preview.")],
) -> int:
    """Choose the take that a shot shows; the next run makes the film with it.

    Example:  pipeline takes pick my-show/builds/s01e01 kitchen.7f3a 2
    """
    from orchestrator.upgrades.take_views import pick_take

    say(pick_take(build, shot, number))
    return 0


@app.command("compare", short_help="Two takes side by side, as a picture.")
def compare(
    build: Build,
    shot: Shot,
    one: Annotated[int, typer.Argument(min=0, help="A take; 0 is the preview.")] = 0,
    other: Annotated[int, typer.Argument(min=1, help="Another take.")] = 1,
    out: Annotated[Path, typer.Option("--out", help="The picture to write.")] = Path("takes.png"),
) -> int:
    """Draw the beginning, middle and end of two takes next to each other.

    Example:  pipeline takes compare my-show/builds/s01e01 kitchen.7f3a 0 1 --out both.png
    """
    from orchestrator.upgrades.take_views import compare_takes

    say(str(compare_takes(build, shot, (one, other), out)))
    return 0
