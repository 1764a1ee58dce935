"""`pipeline new`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from orchestrator.seams.console import remark, say


def new(
    folder: Annotated[Path, typer.Argument(help="A folder that is new or empty.")],
    title: Annotated[str, typer.Option("--title", help="The show's title.")] = "",
) -> int:
    """Begin a show: its settings, one short episode, and folders for your pictures and sounds.

    Example:  pipeline new my-show --title "My Show"
    """
    from orchestrator.shows.new_show import EPISODE, new_show

    for name in new_show(folder, title):
        say(str(folder / name))
    episode, build = (shlex.quote(str(folder / p)) for p in (EPISODE, "builds/s01e01"))
    remark(f"  what to do: `pipeline run {episode}` makes the film; what it says waits for your")
    remark(f"  word: `pipeline approve {build} --by NAME`")
    return 0
