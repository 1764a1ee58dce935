"""Kernel locks, which a killed process cannot leave behind."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestrator.seams.durable_files import storage_error


def build_lock(registry_root: Path, episode: str) -> Path:
    """The lock that a run of the episode holds from its beginning to its end."""
    return registry_root / "locks" / f"build-{episode}.lock"


def transform_lock(registry_root: Path, wish: str) -> Path:
    """The lock that is held while a transformation, named by its wish's digest, is made."""
    return registry_root / "locks" / f"transform-{wish}.lock"


@contextmanager
def locked(
    path: Path, exclusive: bool, on_wait: Callable[[], None] | None = None
) -> Iterator[None]:
    """Hold a lock on `path`; shared locks live side by side, an exclusive one alone.

    Calls `on_wait` once when somebody else holds it, then waits. Raises PipelineError when the
    lock file cannot be made.
    """
    with _opened(path) as descriptor:
        kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if on_wait is not None:
                on_wait()
            fcntl.flock(descriptor, kind)
        yield


@contextmanager
def locked_if_free(path: Path) -> Iterator[bool]:
    """Hold `path` alone if nobody holds it now, without waiting; yields whether that is so.

    Raises PipelineError when the lock file cannot be made.
    """
    with _opened(path) as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """The lock file, made if it is not there; closing it lets go of what was locked."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise storage_error(error, path) from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)
