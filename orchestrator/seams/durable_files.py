"""Writing files so that a crash leaves the old state or the new one, never half of either."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from pathlib import Path

from schemas.digest import Digest, digest_file
from schemas.errors import PipelineError

READ_ONLY = 0o444
READ_WRITE = 0o644

_REFUSALS = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENAMETOOLONG),
        *(errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE, errno.ENOTDIR),
    }
)


def replace_file(path: Path, data: bytes, mode: int = READ_WRITE) -> None:
    """Atomically give `path` the content `data`, durable when this returns."""
    temporary = _temporary_beside(path)
    try:
        write_new(temporary, data, mode)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise storage_error(error, path) from None
    finally:
        discard(temporary)


def replace_with_copy(path: Path, source: Path) -> None:
    """Atomically give `path` the content of `source`, durable when this returns."""
    temporary = _temporary_beside(path)
    try:
        shutil.copyfile(source, temporary)
        temporary.chmod(READ_WRITE)
        _sync(temporary)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise storage_error(error, path) from None
    finally:
        discard(temporary)


def write_new(path: Path, data: bytes, mode: int) -> None:
    """Write a file that must not exist yet, and sync it. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fchmod(descriptor, mode)
        if os.fstat(descriptor).st_size != len(data):
            raise OSError(errno.EIO, "the file came out shorter than what was written")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def publish(temporary: Path, final: Path, digest: Digest | None = None) -> None:
    """Give a synced temporary file its final name, durable, and remove the temporary.

    A file that is already there wins when its content matches `digest`; otherwise it is moved
    aside as `.bad` and replaced. Without a digest the file that is there is replaced.
    """
    if digest is None:
        temporary.replace(final)
    else:
        while not _link(temporary, final):
            if holds(final, digest):
                break
            quarantine(final)
    sync_folder(final.parent)
    temporary.unlink(missing_ok=True)


def holds(path: Path, digest: Digest) -> bool:
    """Whether `path` can be read and its content has this digest."""
    try:
        return digest_file(path) == digest
    except OSError:
        return False


def seal_file(path: Path) -> None:
    """Make a finished file read-only and durable. Raises OSError."""
    path.chmod(READ_ONLY)
    _sync(path)


def quarantine(path: Path) -> Path:
    """Move a damaged file aside; returns where it went, or would have had it still been there."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.bad")
    # Two readers may notice the same damage at the same time.
    with contextlib.suppress(FileNotFoundError):
        path.rename(aside)
    return aside


def make_folder(folder: Path) -> None:
    """Make the folder, and those around it, where they are not there. Raises PipelineError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, Path(error.filename or folder)) from None


def sync_folder(folder: Path) -> None:
    """Make renames and links inside `folder` durable. Raises OSError."""
    _sync(folder)


def is_refusal(error: OSError) -> bool:
    """Whether the system had no room or no leave for us, which is no mistake of this program."""
    return error.errno in _REFUSALS


def storage_error(error: OSError, path: Path) -> PipelineError:
    """The error a person can act on for an operating-system refusal at `path`."""
    reason = error.strerror or str(error)
    if error.errno == errno.ENAMETOOLONG:
        return PipelineError(
            "name-too-long",
            str(path),
            "this name is longer than the file system can hold",
            "shorten the name of the file or of a folder above it",
        )
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return PipelineError(
            "storage",
            str(next((each for each in (path, *path.parents) if each.is_file()), path)),
            "there is a file where a folder has to be",
            "rename it, move it or delete it",
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return PipelineError(
            "no-space",
            str(path),
            f"could not be written: {reason}",
            "free some space (`pipeline status` shows what the registry holds) and run again; "
            "what is finished is kept",
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return PipelineError(
            "not-writable",
            str(path),
            f"could not be written: {reason}",
            "give yourself write permission to this folder, or move the show to one you own",
        )
    return PipelineError(
        "storage",
        str(path),
        f"could not be written: {reason}",
        "look at what is at this path, check the disk, and run again",
    )


def discard(temporary: Path) -> None:
    """Remove a temporary file if it is still there.

    One that cannot be removed is left to `pipeline gc`: it must not hide the error before it.
    """
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)


def _link(temporary: Path, final: Path) -> bool:
    """Give the file a second name; False when the name is taken."""
    try:
        final.hardlink_to(temporary)
    except FileExistsError:
        return False
    except OSError as error:
        # Some network and removable file systems know no second names.
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK) or final.exists():
            raise
        temporary.replace(final)
    return True


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _temporary_beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
