"""Disturbs a run from outside Python: strace kills or fails one of its system calls that write.

This sees what the wrapped functions of `faults` cannot: what libraries write in C, the pictures
that go to an encoder, and what the programs that a run starts write by themselves. strace counts
each kind of call in each thread by itself, so a low number strikes the programs first, or all of
them, and a high one the run itself.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from tests.torture import scene
from tests.torture.ordeals import Figures, Film, children_are_gone, outlived

How = Literal["kill", "EIO", "ENOSPC"]
Case = TypeVar("Case")

STRACE = "strace"
# Every call of Linux by which a file, a folder or a pipe changes; `?` lets a system lack one.
CALLS = (
    *("write", "pwrite64", "writev", "pwritev", "sendfile", "copy_file_range", "splice"),
    *("fsync", "fdatasync", "sync_file_range", "truncate", "ftruncate", "fallocate"),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *("unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"),
    *("chmod", "fchmod", "fchmodat", "utime", "utimensat"),
)
# What a full disk refuses; it lets go and renames as ever.
FILLING = frozenset({"write", "pwrite64", "writev", "fallocate", "link", "linkat", "mkdir"})
_LOGGED = re.compile(r"(?P<thread>[0-9]+) +(?P<call>[a-z0-9_]+)\(")
_TRACED_BY_NOBODY = "TracerPid:\t0\n"


@dataclass(frozen=True, slots=True)
class Call:
    """The `at`-th call of this name, counted from 1 in each thread."""

    name: str
    at: int


def missing() -> str:
    """Why no system call can be disturbed here; empty when it can."""
    if shutil.which(STRACE) is None:
        return f"{STRACE} is not installed: apt-get install {STRACE}"
    return ""


def undisturbed(folder: Path) -> tuple[tuple[Call, ...], Film]:
    """Every writing call of a run left in peace, by kind and number, and the film it makes."""
    log = folder / "strace.log"
    with scene.stage(folder, "traced") as show:
        ended = _traced(show, ["-o", str(log), "-e", f"trace={_named(CALLS)}"])
        assert ended.code == 0, ended.printed
        found = [_LOGGED.match(row) for row in log.read_text("utf-8", "replace").splitlines()]
        log.unlink()
        seen = Counter((row["thread"], row["call"]) for row in found if row)
        most = Counter[str]()
        for (_, name), times in seen.items():
            most[name] = max(most[name], times)
        calls = tuple(Call(name, at) for name in CALLS for at in range(1, most[name] + 1))
        assert len(calls) > 500, most
        return calls, scene.film(show)


def one_call(folder: Path, how: How, call: Call, expected: Film) -> Figures:
    """A run whose process dies at this call, or is refused it once, then recovery."""
    fault = "signal=SIGKILL" if how == "kill" else f"error={how}"
    with scene.stage(folder, f"{how}-{call.name}-{call.at}") as show:
        options = ["-o", os.devnull, "-e", f"trace={call.name}"]
        options += ["-e", f"inject={call.name}:{fault}:when={call.at}"]
        ended = _traced(show, options)
        children_are_gone(show)
        assert how == "kill" or ended.code != -signal.SIGKILL, (show, ended)
        return outlived(show, ended, expected)


def spread(cases: Sequence[Case], stride: int) -> list[Case]:
    """Every `stride`-th case, in an order that touches all parts of the run early on."""
    bits = len(cases).bit_length()
    chosen = range(0, len(cases), stride)
    return [cases[at] for at in sorted(chosen, key=lambda at: int(f"{at:0{bits}b}"[::-1], 2))]


def _traced(show: Path, options: list[str]) -> scene.Ended:
    """A run in a forked child that begins once strace has hold of it."""
    episode = show / "episodes" / f"{scene.EPISODE}.fountain"

    def work() -> int:
        from orchestrator.cli.main import main

        while _TRACED_BY_NOBODY in Path("/proc/self/status").read_text("ascii"):
            time.sleep(0.002)
        return main(["run", str(episode), "--workers", "1"])

    child = scene.forked(show, work)
    argv = [str(shutil.which(STRACE)), "-f", "-qqq", *options, "-p", str(child)]
    with subprocess.Popen(argv, stdin=subprocess.DEVNULL) as strace:
        ended = scene.finish(child, show)
        assert strace.wait(scene.PATIENCE_S) == 0, (show, ended)
    return ended


def _named(calls: tuple[str, ...]) -> str:
    return ",".join(f"?{name}" for name in calls)
