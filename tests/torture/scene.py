"""A tiny show to torture, and the real program run on it in forked children."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestrator.seams.environment import keep_numpy_on_one_core
from tests.orchestrator.show_on_disk import digests, make_show
from tests.torture.faults import Fault, install

SCRIPT = "INT. KITCHEN - DAY\n\nMara waits.\n\nMARA\nIs it open?\n"
PROJECT = "format: {width: 160, height: 90}\n"
EPISODE = "s01e01"
PATIENCE_S = 120


@dataclass(frozen=True)
class Ended:
    """A child that ended: its exit code, negative for a signal, and what it printed."""

    code: int
    printed: str


def make(folder: Path, script: str = SCRIPT) -> Path:
    """A fresh show; returns its folder."""
    make_show(folder, script, PROJECT, EPISODE)
    return folder


def build(show: Path) -> Path:
    return show / "builds" / EPISODE


def film(show: Path) -> dict[str, str]:
    return digests(build(show))


def load_everything() -> None:
    """Import what a run imports, so that forked children begin at once."""
    keep_numpy_on_one_core()
    with tempfile.TemporaryDirectory() as folder:
        show, told = make(Path(folder) / "show"), Path(folder) / "imported"

        def work() -> int:
            code = _command(("run", str(show / "episodes" / f"{EPISODE}.fountain")))
            told.write_text("\n".join(sys.modules), encoding="utf-8")
            return code

        ended = finish(forked(show, work), show)
        assert ended.code == 0, ended.printed
        for name in told.read_text("utf-8").splitlines():
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


def pipeline(show: Path, *arguments: str, fault: Fault | None = None) -> Ended:
    """The command in a forked child, to its end."""
    return finish(start(show, *arguments, fault=fault), show)


def run(show: Path, *more: str, fault: Fault | None = None) -> Ended:
    episode = show / "episodes" / f"{EPISODE}.fountain"
    return pipeline(show, "run", str(episode), "--workers", "1", *more, fault=fault)


def start(show: Path, *arguments: str, fault: Fault | None = None) -> int:
    """The command in a forked child; returns its process id."""
    return forked(show, lambda: _command(arguments), fault)


def forked(show: Path, work: Callable[[], int], fault: Fault | None = None) -> int:
    """`work` in a child whose output goes to a file beside the show."""
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        os.setsid()
        output = os.open(_output(show, os.getpid()), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        if fault is not None:
            install(fault)
        code = work()
        if fault is not None and fault.how == "count":
            print("\nCOUNTED", *fault.names, file=sys.stderr)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def finish(child: int, show: Path) -> Ended:
    """Wait for a child; one that does not end is an error."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() > deadline:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise AssertionError(f"{show}: no end after {PATIENCE_S} s")
        time.sleep(0.003)
    path = _output(show, child)
    printed = path.read_text("utf-8", "replace") if path.is_file() else ""
    path.unlink(missing_ok=True)
    return Ended(os.waitstatus_to_exitcode(status), printed)


def survivors(show: Path) -> list[str]:
    """Command lines of processes that still work inside the show."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            inside = (process / "cwd").readlink().is_relative_to(show)
            words = (process / "cmdline").read_bytes().decode("utf-8", "replace")
            alive = (process / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
            if alive and (inside or (str(show) in words and int(process.name) != os.getpid())):
                found.append(words.replace("\0", " "))
    return found


@contextlib.contextmanager
def stage(folder: Path, name: str, template: Path | None = None) -> Iterator[Path]:
    """A show of its own, a copy of `template` or fresh, removed when all went well."""
    show = folder / name
    if template is None:
        make(show)
    else:
        shutil.copytree(template, show, symlinks=True)
    yield show
    shutil.rmtree(show)


def _command(arguments: tuple[str, ...]) -> int:
    from orchestrator.cli.main import main

    return main(list(arguments))


def _output(show: Path, process: int) -> Path:
    return show.parent / f"{show.name}.{process}.out"
