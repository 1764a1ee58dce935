"""Makes a chosen write of this process kill it, or fail as a broken or full disk would.

Every function through which Python changes files is wrapped, and files are opened with the
Python version of `open`, so that what they write passes through `os.write` as well. A write is
counted when it is about to happen; the count is the same in every run of the same work.
"""

from __future__ import annotations

import _pyio
import builtins
import errno
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

How = Literal["count", "kill", "tear", "EIO", "ENOSPC"]

CHANGES = (
    *("write", "sendfile", "fsync", "fdatasync", "truncate", "ftruncate"),
    *("replace", "rename", "link", "symlink", "unlink", "remove", "mkdir", "rmdir"),
    *("chmod", "fchmod", "utime"),
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass
class Fault:
    """What happens at the `at`-th change, counted from 1.

    `tear` writes half and kills. A full disk stays full; any other error happens once.
    """

    how: How
    at: int = 0
    seen: int = 0
    names: list[str] = field(default_factory=list)

    def meets(self, name: str) -> bool:
        self.seen += 1
        if self.how == "count":
            self.names.append(name)
        return self.seen == self.at or (self.how == "ENOSPC" and 0 < self.at <= self.seen)


def install(fault: Fault) -> None:
    """Wrap everything, for good: only for a forked child."""
    for name in CHANGES:
        setattr(os, name, _guarded(name, getattr(os, name), fault))
    plain = os.open

    def opened(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if flags & WRITING:
            _strike(fault, "open", path)
        return plain(path, flags, *rest, **more)

    os.open = opened
    builtins.open = io.open = _pyio.open


def _guarded(name: str, real: Callable[..., Any], fault: Fault) -> Callable[..., Any]:
    def call(*arguments: Any, **more: Any) -> Any:
        if name == "write" and fault.how == "tear" and fault.seen + 1 == fault.at:
            real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
        _strike(fault, name, arguments[0] if arguments else "")
        return real(*arguments, **more)

    return call


def _strike(fault: Fault, name: str, target: Any) -> None:
    if not fault.meets(name):
        return
    if fault.how in ("kill", "tear"):
        os.kill(os.getpid(), signal.SIGKILL)
    frees = name in ("unlink", "remove", "rmdir", "utime", "chmod", "fchmod")
    if fault.how == "EIO" or (fault.how == "ENOSPC" and not frees):
        number = getattr(errno, fault.how)
        shown = target if isinstance(target, (str, Path)) else None
        raise OSError(number, os.strerror(number), shown)
