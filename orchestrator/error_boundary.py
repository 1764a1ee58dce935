"""The one place where an error becomes words and an exit code."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from orchestrator.seams.console import remark, say_json
from orchestrator.seams.durable_files import is_refusal, storage_error
from schemas.errors import ExitCode, PipelineError


def guarded(  # noqa: PLR0911  one return per kind of end
    program: Callable[[], int | None], as_json: bool
) -> int:
    """Run `program`; returns the exit code it earns. Nothing escapes but SystemExit.

    With `as_json` every end but a good one also leaves an `error` object on standard output.
    """
    import typer

    try:
        return int(program() or ExitCode.DONE)
    except PipelineError as error:
        tell(error, as_json)
        return int(error.exit_code)
    except typer.Exit as stop:
        return int(stop.exit_code)
    except typer.TyperException as error:
        return _misused(error, as_json)
    except (KeyboardInterrupt, typer.Abort):
        tell(PipelineError("interrupted", "", "interrupted; what is finished is kept"), as_json)
        return int(ExitCode.INTERRUPTED)
    except OSError as error:
        if not is_refusal(error):
            return _bug(error, as_json)
        tell(storage_error(error, Path(str(error.filename or "the disk"))), as_json)
        return int(ExitCode.REFUSED)
    except Exception as error:
        return _bug(error, as_json)


def tell(error: PipelineError, as_json: bool) -> None:
    """Say what is wrong, where, and what to do; with `--json` also as JSON on standard output."""
    if as_json:
        try:
            say_json({"error": error.as_dict()})
        except PipelineError as lost:
            remark(f"error: {lost}")
    where = f"{error.where}: " if error.where else ""
    remark(f"error: {where}{error.problem}")
    if error.hint:
        remark(f"  what to do: {error.hint}")


def _misused(error: Exception, as_json: bool) -> int:
    """A command line that cannot be understood; `error` knows how to show its usage."""
    show = getattr(error, "show", None)
    explain = getattr(error, "format_message", None)
    message = str(explain() if callable(explain) else error)
    if message and as_json:
        say_json({"error": PipelineError("usage", "", message).as_dict()})
    if callable(show):
        show()
    else:
        remark(f"error: {message}")
    return int(ExitCode.USAGE)


def _bug(error: Exception, as_json: bool) -> int:
    if as_json:
        bug = PipelineError("bug", "", f"{type(error).__name__}: {error}")
        say_json({"error": bug.as_dict()})
    remark("".join(traceback.format_exception(error)).rstrip())
    remark("this is a bug of ours, not of your script: please report it with the lines above")
    return int(ExitCode.BUG)
