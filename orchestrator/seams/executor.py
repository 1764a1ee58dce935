"""Running other programs: the only file that starts a process.

Each program leads its own process group and is killed with its parent, whatever ends the parent:
a reaper beside the run sees to that. (A death signal set between fork and exec would do it too,
but that makes Python fork with threads running, which locks up inside numpy's own fork handlers.)
A program begins only once the reaper knows of it, so that there is no moment to be killed in
between.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from orchestrator.seams.environment import FIXED_ENVIRONMENT
from renderers.seams import Command, Completed
from schemas.errors import PipelineError

_TAIL_LINES = 12
# Nothing that a program reads makes it end like this: somebody, or the system, ended it.
_STOPPED_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_REAPER = Path(__file__).with_name("reaper.py")
# Becomes the program at a word from us, and nothing when we are gone before it. No text is ever
# expanded: the pipe's number and the program's own words are positional parameters.
_GATE = ("/bin/sh", "-c", 'read -r go < "/dev/fd/$1" || exit 125; shift; exec "$@"', "gate")


class SubprocessExecutor:
    """Executor on real processes. `stop_all` ends every program that is still running."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._guard = threading.Lock()
        self._reaper: subprocess.Popen[bytes] | None = None
        self._stopping = False
        self.started = 0

    def run(self, command: Command) -> Completed:
        """See `renderers.seams.Executor.run`."""
        with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
            process = self._start(command, stdout, stderr)
            try:
                timed_out = self._feed_and_wait(process, command)
            finally:
                self._end(process)
            printed = _text(stderr)
            if timed_out:
                raise PipelineError(
                    "program-timeout",
                    command.purpose,
                    f"{_name(command)} was stopped after {command.wall_limit_s} s without an end",
                    "run again; if it hangs again, look at the log of the stage",
                )
            if process.returncode != 0:
                raise _failure(command, process.returncode, printed)
            stdout.seek(0)
            return Completed(stdout=stdout.read(), stderr=printed)

    def kill_running(self) -> None:
        """Kill every running program and its children; later ones may start."""
        with self._guard:
            for process in self._running:
                _kill_group(process)

    def stop_all(self) -> None:
        """Kill every running program and its children, and start no other."""
        with self._guard:
            self._stopping = True
        self.kill_running()
        with self._guard:
            if self._reaper is not None and self._reaper.stdin is not None:
                self._reaper.stdin.close()
                self._reaper.wait()
                self._reaper = None

    def _start(
        self, command: Command, stdout: IO[bytes], stderr: IO[bytes]
    ) -> subprocess.Popen[bytes]:
        with self._guard:
            if self._stopping:
                raise PipelineError("interrupted", command.purpose, "the run is being stopped")
            self._keep_a_reaper()
            process = self._open(command, stdout, stderr)
            self._running.add(process)
            self.started += 1
            return process

    def _open(
        self, command: Command, stdout: IO[bytes], stderr: IO[bytes]
    ) -> subprocess.Popen[bytes]:
        """Start the gate, tell the reaper, then let the gate become the program."""
        _require_program(command)
        waits, goes = os.pipe()
        try:
            process = _popen(command, waits, stdout, stderr)
            try:
                self._tell_reaper(process.pid)
                os.write(goes, b"go\n")
            except BaseException:
                _kill_group(process)
                process.wait()
                self._tell_reaper(-process.pid)
                raise
        finally:
            os.close(waits)
            os.close(goes)
        return process

    def _feed_and_wait(self, process: subprocess.Popen[bytes], command: Command) -> bool:
        """Feed standard input, wait for the end; True when the wall limit ended it."""
        timer = threading.Timer(command.wall_limit_s, _kill_group, (process,))
        timer.daemon = True
        timer.start()
        try:
            if process.stdin is not None and command.stdin is not None:
                _feed(process.stdin, command.stdin)
            process.wait()
        finally:
            expired = not timer.is_alive()
            timer.cancel()
        return expired and process.returncode == -signal.SIGKILL

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            _kill_group(process)
            process.wait()
        if process.stdin is not None and not process.stdin.closed:
            _close_quietly(process.stdin)
        with self._guard:
            self._tell_reaper(-process.pid)
            self._running.discard(process)

    def _keep_a_reaper(self) -> None:
        if self._reaper is None or self._reaper.poll() is not None:
            self._reaper = subprocess.Popen(
                (sys.executable, "-I", "-S", str(_REAPER)),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=FIXED_ENVIRONMENT,
                start_new_session=True,
            )
            for process in self._running:
                self._tell_reaper(process.pid)

    def _tell_reaper(self, number: int) -> None:
        if self._reaper is not None and self._reaper.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._reaper.stdin.write(b"%d\n" % number)
                self._reaper.stdin.flush()


def _require_program(command: Command) -> None:
    """Refuse a program that is not there or may not be run, before anything waits for it."""
    name = command.argv[0]
    if shutil.which(name, path=FIXED_ENVIRONMENT["PATH"]) is None:
        reason = errno.EACCES if Path(name).exists() else errno.ENOENT
        raise _not_started(command, os.strerror(reason))


def _popen(
    command: Command, waits: int, stdout: IO[bytes], stderr: IO[bytes]
) -> subprocess.Popen[bytes]:
    """The gate before a program; it waits for a word on the pipe `waits`, and goes at its end."""
    try:
        return subprocess.Popen(
            (*_GATE, str(waits), *command.argv),
            stdin=subprocess.PIPE if command.stdin is not None else subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            cwd=command.cwd,
            env=FIXED_ENVIRONMENT | dict(command.env),
            process_group=0,
            pass_fds=(waits,),
        )
    except OSError as error:
        raise _not_started(command, str(error.strerror)) from None


def _not_started(command: Command, reason: str) -> PipelineError:
    return PipelineError(
        "program-missing",
        command.purpose,
        f"{command.argv[0]} could not be started: {reason}",
        "look at PIPELINE_FFMPEG if you set it, or install again with `make install`",
    )


def _feed(pipe: IO[bytes], chunks: Iterable[bytes]) -> None:
    try:
        for chunk in chunks:
            pipe.write(chunk)
        pipe.close()
    except BrokenPipeError:
        # The program ended early; its exit code and last words say why.
        _close_quietly(pipe)


def _close_quietly(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


def _name(command: Command) -> str:
    return Path(command.argv[0]).name


def _failure(command: Command, returncode: int, printed: str) -> PipelineError:
    how = (
        f"was killed by {signal.Signals(-returncode).name}"
        if returncode < 0
        else f"ended with exit code {returncode}"
    )
    tail = "\n".join(printed.strip().splitlines()[-_TAIL_LINES:])
    if os.strerror(errno.ENOSPC) in printed:
        return PipelineError(
            "no-space",
            command.purpose,
            f"{_name(command)} found no space left on the disk:\n{tail}",
            "free some space and run again; what is finished is kept",
        )
    if -returncode in _STOPPED_FROM_OUTSIDE:
        return PipelineError(
            "program-killed",
            command.purpose,
            f"{_name(command)} {how}" + (f":\n{tail}" if tail else ""),
            "run again to repeat just this piece; if the memory ran out, use --workers 1",
        )
    return PipelineError(
        "program-failed",
        command.purpose,
        f"{_name(command)} {how}" + (f":\n{tail}" if tail else " and printed nothing"),
        "nothing of it was kept; run again to repeat just this piece",
    )
