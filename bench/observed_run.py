"""The pipeline's own command, watched from inside: `python -m bench.observed_run REPORT run …`.

Writes to REPORT how many programs it started and how much memory it took at most itself.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestrator.seams.executor import SubprocessExecutor

_started: list[SubprocessExecutor] = []


def main() -> None:
    """Run the command line after the first argument, then report, however it ended."""
    from orchestrator.cli.main import run_program
    from orchestrator.seams import executor

    report, sys.argv = Path(sys.argv[1]), ["pipeline", *sys.argv[2:]]
    plain = executor.SubprocessExecutor.__init__

    def kept(self: SubprocessExecutor) -> None:
        plain(self)
        _started.append(self)

    executor.SubprocessExecutor.__init__ = kept  # type: ignore[method-assign]
    try:
        run_program()
    finally:
        report.write_text(json.dumps(_seen()), encoding="utf-8")


def _seen() -> dict[str, int]:
    return {"programs": sum(each.started for each in _started), "peak_bytes": _peak_bytes()}


def _peak_bytes() -> int:
    """The largest resident set since the program began (Linux, proc(5)). What getrusage tells is
    inherited from whoever started the program."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    row = next(row for row in status.splitlines() if row.startswith("VmHWM:"))
    return int(row.split()[1]) * 1024


if __name__ == "__main__":
    main()
