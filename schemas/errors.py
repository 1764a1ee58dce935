"""One error family for the whole house, and the exit code each branch leaves with."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Process exit codes of every `pipeline` command."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    BUG = 3
    PAUSED = 4
    BLOCKED = 5
    DEGRADED = 6
    INTERRUPTED = 130


class PipelineError(Exception):
    """A refusal or failure a person can act on.

    `code` is a stable kebab-case name; `where` says which file, line, artifact or shot;
    `problem` says what was expected and found; `hint` says what to do next.
    """

    exit_code: ExitCode = ExitCode.REFUSED

    def __init__(self, code: str, where: str, problem: str, hint: str = "") -> None:
        super().__init__(f"{where}: {problem}" if where else problem)
        self.code = code
        self.where = where
        self.problem = problem
        self.hint = hint

    def as_dict(self) -> dict[str, str]:
        """The error as plain JSON values, for `--json` and the run summary."""
        return {
            "code": self.code,
            "where": self.where,
            "problem": self.problem,
            "hint": self.hint,
        }


class GateBlocked(PipelineError):
    """A gate (canon, rights, safety, quality) refused to let the work go on."""

    exit_code = ExitCode.BLOCKED
