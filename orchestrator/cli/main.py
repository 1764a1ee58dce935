"""The `pipeline` command: every group is registered here, and loaded when it is called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli import (
    canon,
    compare,
    decide,
    lint,
    look,
    new,
    registry,
    run,
    takes,
    transform,
    upgrade,
    verify,
    voices,
)
from orchestrator.error_boundary import guarded
from orchestrator.seams.console import prepare_streams, remark, say
from orchestrator.seams.environment import keep_numpy_on_one_core, keep_pydantic_without_plugins
from schemas.errors import ExitCode

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

        say(installed("showrunner"))
        raise typer.Exit


app.command("new", short_help="Begin a show.")(new.new)
app.command("run", short_help="Make the film of an episode.")(run.run)
app.command("resume", short_help="Go on from a checkpoint folder.")(run.resume)
app.command("approve", short_help="Approve what a run waits for.")(decide.approve)
app.command("reject", short_help="Turn down what a run waits for.")(decide.reject)
app.command("approvals", short_help="Who decided what, and why.")(decide.approvals)
app.command("status", short_help="What each episode's latest run came to.")(look.status)
app.command("show", short_help="What an artifact is and comes from.")(look.show)
app.command("upgrade", short_help="Replace shots with better ones.")(upgrade.upgrade)
app.command("estimate", short_help="What an upgrade would cost.")(upgrade.estimate)
app.command("transform", short_help="A photo or clip of yours in another scene.")(
    transform.transform
)
app.command("providers", short_help="Who can make better shots.")(upgrade.providers)
app.add_typer(takes.app, name="takes", short_help="What was made for each shot.")
app.add_typer(upgrade.spend_app, name="spend", short_help="What was reserved and paid.")
app.command("explain", short_help="Why each piece was made or reused.")(look.explain)
app.command("diff", short_help="What differs between two builds.")(compare.diff)
app.command("verify", short_help="Whether the film is still as it was locked.")(verify.verify)
app.command("lint", short_help="What is wrong with captions or a screenplay.")(lint.lint)
app.command("voices", short_help="Voices, casts, and sheets to record from.")(voices.voices)
app.command("fsck", short_help="Check and mend what is stored.")(registry.fsck)
app.command("gc", short_help="Remove what no film needs any more.")(registry.gc)
app.add_typer(canon.app, name="canon", short_help="The story's truth so far.")


def main(arguments: list[str]) -> int:
    """Run the command line; returns the exit code."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    code = guarded(
        lambda: app(arguments, prog_name="pipeline", standalone_mode=False), "--json" in options
    )
    if code == ExitCode.USAGE:
        _explain_dashes(options)
    return code


def _explain_dashes(options: list[str]) -> None:
    """A file called `-x.fountain` looks like an option; say how to name it."""
    for option in options:
        if option.startswith("-") and Path(option).is_file():
            remark(f"  what to do: to name the file {option}, write ./{option}")


def run_program() -> None:
    """The installed command."""
    keep_numpy_on_one_core()
    keep_pydantic_without_plugins()
    prepare_streams()
    sys.exit(main(sys.argv[1:]))
