"""Files that somebody else may have put into a show: nothing outside the show is reached by them.

A show can come from a stranger, links included. What is decoded is a private copy that was hashed
while it was made, so that no later change of the file can put other bytes behind its digest.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from blake3 import blake3

from schemas.digest import Digest
from schemas.errors import PipelineError

_CHUNK_BYTES = 1 << 20


def leads_out(path: Path, show: Path) -> bool:
    """Whether `path`, with every link on the way followed, lies outside the show."""
    try:
        return not path.resolve().is_relative_to(show.resolve())
    except (OSError, RuntimeError):
        return False  # links that go round in a circle lead nowhere


def refuse_outside(path: Path, show: Path, where: str) -> None:
    """Raise PipelineError `outside-show` when `path` leads out of the show."""
    if leads_out(path, show):
        raise PipelineError(
            "outside-show",
            where,
            f"this is a link to {path.resolve()}, which lies outside the show",
            "put the file or folder itself there",
        )


def take_copy(path: Path, show: Path, digest: Digest, into: Path) -> Path:
    """A copy of the file, holding exactly the bytes with that digest, under a name of ours.

    Raises PipelineError `asset-changed` when the file is not, or no longer, that file.
    """
    copy = into / "foreign"
    hasher = blake3()
    try:
        with _opened(path, show) as source, copy.open("xb") as target:
            left = os.fstat(source.fileno()).st_size
            # No more than it had when it was opened: a file that grows would never end.
            while left > 0 and (chunk := source.read(min(left, _CHUNK_BYTES))):
                left -= len(chunk)
                hasher.update(chunk)
                target.write(chunk)
    except FileNotFoundError:
        raise _changed(path, show) from None
    if hasher.hexdigest() != digest:
        raise _changed(path, show)
    return copy


def _opened(path: Path, show: Path) -> BinaryIO:
    """The file, opened without following a last link and without waiting for a writer."""
    real = path.resolve()
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if leads_out(path, show):
        raise _changed(path, show)
    stream = os.fdopen(os.open(real, flags), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise _changed(path, show)
    return stream


def _changed(path: Path, show: Path) -> PipelineError:
    return PipelineError(
        "asset-changed",
        path.relative_to(show).as_posix(),
        "the file was changed while the run was reading it",
        "run again when nothing writes to it any more",
    )
