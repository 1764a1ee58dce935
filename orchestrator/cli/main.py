"""The `pipeline` command: every group is registered here, and loaded when it is called."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from orchestrator.cli import canon, look, run
from orchestrator.error_boundary import guarded

app = typer.Typer(
    name="pipeline",
    help="Turn a screenplay into a film: the same bytes every time.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def top(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Turn a screenplay into a film: the same bytes every time.

    First film:  pipeline run my-script.fountain
    """
    if version:
        from importlib.metadata import version as installed

        print(installed("showrunner"))
        raise typer.Exit


app.command("run")(run.run)
app.command("resume")(run.resume)
app.command("status")(look.status)
app.command("show")(look.show)
app.command("explain")(look.explain)
app.add_typer(canon.app, name="canon")


def main(arguments: list[str]) -> int:
    """Run the command line; returns the exit code."""
    return guarded(lambda: app(arguments, standalone_mode=False), "--json" in arguments)


def run_program() -> None:
    """The installed command."""
    sys.exit(main(sys.argv[1:]))
