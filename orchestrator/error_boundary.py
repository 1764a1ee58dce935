"""The one place where an error becomes words and an exit code."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable

from schemas.errors import ExitCode, PipelineError


def guarded(  # noqa: PLR0911  one return per kind of end
    program: Callable[[], int | None], as_json: bool
) -> int:
    """Run `program`; returns the exit code it earns. Nothing escapes but SystemExit."""
    import typer

    try:
        return int(program() or ExitCode.DONE)
    except PipelineError as error:
        tell(error, as_json)
        return int(error.exit_code)
    except typer.Exit as stop:
        return int(stop.exit_code)
    except typer.TyperException as error:
        _show_usage(error)
        return int(ExitCode.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        print("interrupted; what is finished is kept", file=sys.stderr)
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away, for example `| head`.
        sys.stderr.close()
        return int(ExitCode.DONE)
    except Exception:
        traceback.print_exc()
        print(
            "this is a bug of ours, not of your script: please report it with the lines above",
            file=sys.stderr,
        )
        return int(ExitCode.BUG)


def _show_usage(error: Exception) -> None:
    show = getattr(error, "show", None)
    if callable(show):
        show()
    else:
        print(f"error: {error}", file=sys.stderr)


def tell(error: PipelineError, as_json: bool) -> None:
    """Say what is wrong, where, and what to do; with `--json` also as JSON on standard output."""
    if as_json:
        print(json.dumps({"error": error.as_dict()}, ensure_ascii=False, indent=2))
    where = f"{error.where}: " if error.where else ""
    print(f"error: {where}{error.problem}", file=sys.stderr)
    if error.hint:
        print(f"  what to do: {error.hint}", file=sys.stderr)
