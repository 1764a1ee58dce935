"""The artifact registry of a show (plan §14): blobs, records, memo entries and runs on disk.

.pipeline/blobs/ab/cdef…        bytes by digest
.pipeline/records/ab/cdef….json where they come from: parents, operation, origin, licence
.pipeline/memo/ab/cdef….json    key of a piece of work → digests of what it made
.pipeline/runs/RUN.json         what each run did
.pipeline/heads/EPISODE.json    the latest run of each episode
.pipeline/views/EPISODE.json    what was written to the checkpoint folder
.pipeline/approvals/            what people decided at the checkpoints, see `orchestrator.approvals`
.pipeline/stamps.json           digests of unchanged files outside, so that they are not read again
.pipeline/tmp/                  work in progress; what a killed run leaves is cleared by the next
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from orchestrator.seams.clock import utc_now
from orchestrator.seams.durable_files import discard, storage_error
from orchestrator.seams.lock import locked, locked_if_free
from orchestrator.store.blobs import BlobLostError, BlobStore
from orchestrator.store.file_stamps import STAMPS, FileStamps
from orchestrator.store.sealed import read_sealed, write_sealed
from schemas.digest import Digest
from schemas.documents import AnyArtifact, read_payload
from schemas.license import License

FOLDER = ".pipeline"
DEFAULT_SITE = "local"
DEFAULT_TENANT = "default"


@dataclass(frozen=True, slots=True)
class RecordOrigin:
    """What a record says about how its blob came to be.

    `outside` names the parents that were never blobs, such as a font, a file of the library or
    the words of a line; every other parent has to be in the registry.
    """

    kind: str
    schema: str
    parents: tuple[Digest, ...]
    operation: dict[str, Any]
    origin: str = "local"
    license: License | None = None
    outside: Mapping[str, Digest] = field(default_factory=dict)


class Registry:
    """One show's registry. Safe to copy; safe to delete: all but approvals is made again."""

    def __init__(self, show: Path) -> None:
        self.root = show / FOLDER
        self.blobs = BlobStore(self.root)
        self.stamps = FileStamps(self.root / STAMPS)

    def prepare(self) -> None:
        """Make the folders. Raises PipelineError when the place cannot be written to."""
        self.blobs.prepare()

    @property
    def temporary(self) -> Path:
        """Where work in progress lies."""
        return self.root / "tmp"

    @contextmanager
    def in_use(self, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
        """Hold the registry against collection, next to other users of it.

        The first to come clears what killed runs left behind. `on_wait` is called once when a
        collection is at work and has to be waited for.
        """
        with locked_if_free(self._lock) as alone:
            if alone:
                self.clear_temporary()
        with locked(self._lock, exclusive=False, on_wait=on_wait):
            yield

    def alone(self, on_wait: Callable[[], None] | None = None) -> AbstractContextManager[None]:
        """Hold the registry with nobody else in it; waits for the runs that are at work."""
        return locked(self._lock, exclusive=True, on_wait=on_wait)

    def clear_temporary(self) -> None:
        """Remove work that was never finished. Only for who is alone in the registry."""
        for path in self.temporary.glob("*"):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                discard(path)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A new empty folder on the registry's file system, removed afterwards."""
        try:
            folder = Path(tempfile.mkdtemp(prefix="work-", dir=self.temporary))
        except OSError as error:
            raise storage_error(error, self.temporary) from None
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def record(self, digest: Digest, made: RecordOrigin) -> None:
        """Write the record of a blob, unless one that says the same stands already.

        Content that was made again in another way is recorded as it was made last.
        """
        path = self.record_path(digest)
        said = {
            "digest": digest,
            "kind": made.kind,
            "schema": made.schema,
            "size": self._size(digest),
            "parents": sorted(set(made.parents)),
            "outside": dict(made.outside),
            "operation": made.operation,
            "origin": made.origin,
            "license": made.license.model_dump(mode="json") if made.license else None,
            "site_id": DEFAULT_SITE,
            "tenant_id": DEFAULT_TENANT,
        }
        known = read_sealed(path)
        if known is None or any(known.get(name) != value for name, value in said.items()):
            write_sealed(path, said | {"created_at": utc_now()})

    def read_record(self, digest: Digest) -> dict[str, Any] | None:
        """The record of a blob, or None."""
        return read_sealed(self.record_path(digest))

    def load(self, model: type[AnyArtifact], digest: Digest) -> AnyArtifact:
        """An artifact by digest, hashed and checked. Raises BlobLostError or PipelineError."""
        payload = artifact_payload(self.blobs.read(digest), digest)
        return read_payload(payload, model, f"{model.schema_name()} {digest[:12]}")

    def read_memo(self, key: Digest) -> dict[str, Any] | None:
        """What a piece of work made, or None when it was never done or is no longer complete.

        An entry that is found is marked as used now, for `pipeline gc`.
        """
        path = self.memo_path(key)
        entry = read_sealed(path)
        # An entry of another key, or of an older program, is none.
        if entry is None or entry.get("key") != key:
            return None
        if not all(self.blobs.holds(digest) for digest in needed_by(entry)):
            return None
        with suppress(OSError):
            os.utime(path)
        return entry

    def write_memo(self, key: Digest, entry: dict[str, Any]) -> None:
        """Remember what a piece of work made."""
        write_sealed(self.memo_path(key), entry)

    def write_run(self, run_id: str, episode: str, payload: dict[str, Any]) -> None:
        """Keep a run's account, and point the episode's head at it."""
        write_sealed(self.root / "runs" / f"{run_id}.json", payload)
        write_sealed(self.root / "heads" / f"{episode}.json", {"run_id": run_id})

    def latest_run(self, episode: str) -> dict[str, Any] | None:
        """The account of the latest run of an episode, or None."""
        head = read_sealed(self.root / "heads" / f"{episode}.json")
        return read_sealed(self.root / "runs" / f"{head['run_id']}.json") if head else None

    def episodes(self) -> list[str]:
        """Every episode that was ever run here, sorted."""
        return sorted(path.stem for path in (self.root / "heads").glob("*.json"))

    @property
    def _lock(self) -> Path:
        return self.root / "locks" / "registry.lock"

    def _size(self, digest: Digest) -> int:
        path = self.blobs.path(digest)
        try:
            return path.stat().st_size
        except FileNotFoundError:
            raise BlobLostError(digest, damaged=False) from None
        except OSError as error:
            raise storage_error(error, path) from None

    def digests_starting(self, prefix: str) -> Iterator[Digest]:
        """Stored digests that begin with `prefix` (two characters or more)."""
        for path in sorted((self.root / "blobs" / prefix[:2]).glob(f"{prefix[2:]}*")):
            if not path.name.endswith(".bad"):
                yield prefix[:2] + path.name

    def record_path(self, digest: Digest) -> Path:
        """Where the record of a blob is or would be."""
        return self.root / "records" / digest[:2] / f"{digest[2:]}.json"

    def memo_path(self, key: Digest) -> Path:
        """Where the memo entry of a key is or would be."""
        return self.root / "memo" / key[:2] / f"{key[2:]}.json"


def needed_by(entry: Mapping[str, Any]) -> list[Digest]:
    """The blobs without which a memo entry is worth nothing."""
    return [*entry["outputs"].values(), *entry["references"]]


def artifact_payload(preimage: bytes, digest: Digest) -> Any:
    """The JSON values inside a stored artifact. Raises BlobLostError for bytes that hold none."""
    _, newline, body = preimage.partition(b"\n")
    if not newline:
        raise BlobLostError(digest, damaged=True)
    return orjson.loads(body)
