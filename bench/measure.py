"""Runs commands and counts what they cost: time on the clock, and CPU of all they started."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall, and of all cores together (user and system, children included)."""

    wall_s: float
    cpu_s: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall_s + other.wall_s, self.cpu_s + other.cpu_s)


NOTHING = Cost(0.0, 0.0)


class FailedError(Exception):
    """A measured program failed, so there is nothing to report."""


def cost_of(argv: Sequence[str], cwd: Path | None = None) -> Cost:
    """Run a program to its end. CPU counts the programs it waited for as well."""
    return side_by_side([argv], 1, cwd)


def side_by_side(commands: Sequence[Sequence[str]], lanes: int, cwd: Path | None = None) -> Cost:
    """Run programs, `lanes` of them at a time, each starting as soon as a lane is free."""
    waiting, running, cpu_s = list(commands), dict[int, subprocess.Popen[bytes]](), 0.0
    begin = time.perf_counter()
    while waiting or running:
        while waiting and len(running) < lanes:
            process = _start(waiting.pop(0), cwd)
            running[process.pid] = process
        pid, status, usage = os.wait4(-1, 0)
        process = running.pop(pid)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            for other in running.values():
                other.kill()
                other.wait()
            raise FailedError(f"{process.args!r} ended with {process.returncode}")
        cpu_s += usage.ru_utime + usage.ru_stime
    return Cost(time.perf_counter() - begin, cpu_s)


def _start(argv: Sequence[str], cwd: Path | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        list(argv),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
