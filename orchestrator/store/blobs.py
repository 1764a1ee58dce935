"""Blobs: bytes named by their digest, hashed when written and before they are used."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from orchestrator.seams.durable_files import (
    READ_ONLY,
    discard,
    holds,
    publish,
    quarantine,
    seal_file,
    storage_error,
    sync_folder,
    write_new,
)
from schemas.digest import Digest, digest_bytes, digest_file
from schemas.errors import PipelineError


class BlobLostError(PipelineError):
    """A blob is missing or was found damaged and put aside; it must be made again."""

    def __init__(self, digest: Digest, damaged: bool) -> None:
        super().__init__(
            "result-lost",
            f"blob {digest[:12]}",
            f"this stored result is {'damaged' if damaged else 'missing'}",
            "run the episode again: it is made anew, with the same bytes",
        )
        self.digest = digest
        self.damaged = damaged


class BlobStore:
    """Files below `root/blobs`, spread over folders by the first two characters of the digest."""

    def __init__(self, root: Path) -> None:
        self._blobs = root / "blobs"
        self._temporary = root / "tmp"
        self._verified: set[Digest] = set()

    def prepare(self) -> None:
        """Make the folders and prove that they can be written to."""
        try:
            self._blobs.mkdir(parents=True, exist_ok=True)
            self._temporary.mkdir(parents=True, exist_ok=True)
            if not os.access(self._temporary, os.W_OK):
                raise PermissionError(13, "Permission denied")
        except OSError as error:
            raise storage_error(error, self._blobs) from None

    def path(self, digest: Digest) -> Path:
        """Where the blob is or would be."""
        return self._blobs / digest[:2] / digest[2:]

    def holds(self, digest: Digest) -> bool:
        """Whether a file of that name is there; its content is checked when it is used."""
        return self.path(digest).is_file()

    def put_bytes(self, data: bytes) -> Digest:
        """Store `data`; returns its digest."""
        digest = digest_bytes(data)
        if holds(self.path(digest), digest):
            return digest
        temporary = self._new_temporary()
        try:
            write_new(temporary, data, READ_ONLY)
            self._publish(temporary, digest)
        except OSError as error:
            raise storage_error(error, self.path(digest)) from None
        finally:
            discard(temporary)
        return digest

    def adopt(self, produced: Path) -> Digest:
        """Move a finished file of the same file system into the store; returns its digest.

        Raises FileNotFoundError when it was never made: who asked for it knows what it was.
        """
        try:
            seal_file(produced)
            digest = digest_file(produced)
            self._publish(produced, digest)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise storage_error(error, produced) from None
        return digest

    def resolve(self, digest: Digest) -> Path:
        """The blob's file, its content checked once per process.

        Raises BlobLostError when it is missing, or damaged (then it is put aside as `.bad`).
        """
        path = self.path(digest)
        if digest in self._verified and path.is_file():
            return path
        if not holds(path, digest):
            raise self._put_aside(digest)
        self._verified.add(digest)
        return path

    def read(self, digest: Digest) -> bytes:
        """The blob's bytes, checked. Raises BlobLostError."""
        try:
            data = self.path(digest).read_bytes()
        except OSError:
            raise self._put_aside(digest) from None
        if digest_bytes(data) != digest:
            raise self._put_aside(digest)
        return data

    def lost_by(self, error: FileNotFoundError) -> BlobLostError | None:
        """The loss behind an error: a blob that somebody deleted after it was resolved.

        None when the missing file is no blob.
        """
        missing = Path(str(error.filename or ""))
        if not missing.is_relative_to(self._blobs):
            return None
        return BlobLostError("".join(missing.relative_to(self._blobs).parts), damaged=False)

    def _put_aside(self, digest: Digest) -> BlobLostError:
        """The error for a blob that is not what it should be; what is there is quarantined."""
        path = self.path(digest)
        if not path.exists():
            return BlobLostError(digest, damaged=False)
        try:
            quarantine(path)
        except OSError as error:
            raise storage_error(error, path) from None
        return BlobLostError(digest, damaged=True)

    def _publish(self, temporary: Path, digest: Digest) -> None:
        final = self.path(digest)
        if not final.parent.is_dir():
            final.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(self._blobs)
        publish(temporary, final, digest)
        self._verified.add(digest)

    def _new_temporary(self) -> Path:
        return self._temporary / secrets.token_hex(8)
