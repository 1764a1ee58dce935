"""Starts another program with less memory, processor time and file size than this one has.

Run as `python -I -S limited_start.py MEMORY_BYTES CPU_S FILE_BYTES PROGRAM ARGUMENT…`; it becomes
that program, so that its process id, group and exit code are the program's own. (Setting limits
between fork and exec would make Python fork with threads running; orchestrator/seams/executor.py.)
"""

import os
import sys
from pathlib import Path

CANNOT_START = 127
"""Exit code when the program is not there, as a shell would give it."""


def under_limits(
    argv: tuple[str, ...], memory_bytes: int, cpu_s: int, file_bytes: int
) -> tuple[str, ...]:
    """The command that runs `argv` with at most that much address space, processor time, and size
    of any one file it writes, and without core dumps."""
    limits = (str(memory_bytes), str(cpu_s), str(file_bytes))
    return (sys.executable, "-I", "-S", str(Path(__file__)), *limits, *argv)


def limit_self(memory_bytes: int, cpu_s: int, file_bytes: int) -> None:
    """Lower this process's limits, where the system can; a lower one that holds already stays."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        cap = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (cap, cap))


def main(arguments: list[str]) -> int:
    """Entry point; see the module. Returns only when the program could not be started."""
    memory_bytes, cpu_s, file_bytes = map(int, arguments[:3])
    limit_self(memory_bytes, cpu_s, file_bytes)
    program = arguments[3:]
    try:
        os.execv(program[0], program)  # noqa: S606  the whole purpose, and never through a shell
    except OSError as error:
        print(f"{program[0]} could not be started: {error.strerror}", file=sys.stderr)
    return CANNOT_START


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
