"""The artifact registry of a show (plan §14): blobs, records, memo entries and runs on disk.

.pipeline/blobs/ab/cdef…        bytes by digest
.pipeline/records/ab/cdef….json where they come from: parents, operation, origin, licence
.pipeline/memo/ab/cdef….json    key of a piece of work → digests of what it made
.pipeline/runs/RUN.json         what each run did
.pipeline/heads/EPISODE.json    the latest run of each episode
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from orchestrator.blobs import BlobLostError, BlobStore
from orchestrator.clock import utc_now
from orchestrator.lock import locked
from orchestrator.sealed import read_sealed, write_sealed
from schemas.digest import Digest
from schemas.documents import AnyArtifact, read_payload
from schemas.license import License

FOLDER = ".pipeline"
DEFAULT_SITE = "local"
DEFAULT_TENANT = "default"


@dataclass(frozen=True, slots=True)
class RecordOrigin:
    """What a record says about how its blob came to be."""

    kind: str
    schema: str
    parents: tuple[Digest, ...]
    operation: dict[str, Any]
    origin: str = "local"
    license: License | None = None


class Registry:
    """One show's registry. Safe to copy, safe to delete: everything is made again."""

    def __init__(self, show: Path) -> None:
        self.root = show / FOLDER
        self.blobs = BlobStore(self.root)

    def prepare(self) -> None:
        """Make the folders. Raises PipelineError when the place cannot be written to."""
        self.blobs.prepare()

    def in_use(self) -> AbstractContextManager[None]:
        """Hold the registry against collection, next to other users of it."""
        return locked(self.root / "locks" / "registry.lock", exclusive=False)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A new empty folder on the registry's file system, removed afterwards."""
        folder = Path(tempfile.mkdtemp(prefix="work-", dir=self.root / "tmp"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def record(self, digest: Digest, made: RecordOrigin) -> None:
        """Write the record of a blob, unless an equal one stands already."""
        path = self._record_path(digest)
        if path.is_file():
            return
        payload = {
            "digest": digest,
            "kind": made.kind,
            "schema": made.schema,
            "size": self.blobs.path(digest).stat().st_size,
            "parents": sorted(set(made.parents)),
            "operation": made.operation,
            "origin": made.origin,
            "license": made.license.model_dump(mode="json") if made.license else None,
            "site_id": DEFAULT_SITE,
            "tenant_id": DEFAULT_TENANT,
            "created_at": utc_now(),
        }
        write_sealed(path, payload)

    def read_record(self, digest: Digest) -> dict[str, Any] | None:
        """The record of a blob, or None."""
        return read_sealed(self._record_path(digest))

    def load(self, model: type[AnyArtifact], digest: Digest) -> AnyArtifact:
        """An artifact by digest, hashed and checked. Raises BlobLostError or PipelineError."""
        payload = artifact_payload(self.blobs.read(digest), digest)
        return read_payload(payload, model, f"{model.schema_name()} {digest[:12]}")

    def read_memo(self, key: Digest) -> dict[str, Any] | None:
        """What a piece of work made, or None when it was never done or is no longer complete."""
        entry = read_sealed(self._memo_path(key))
        if entry is None:
            return None
        needed = [*entry["outputs"].values(), *entry["references"]]
        return entry if all(self.blobs.holds(digest) for digest in needed) else None

    def write_memo(self, key: Digest, entry: dict[str, Any]) -> None:
        """Remember what a piece of work made."""
        write_sealed(self._memo_path(key), entry)

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

    def digests_starting(self, prefix: str) -> Iterator[Digest]:
        """Stored digests that begin with `prefix` (two characters or more)."""
        for path in sorted((self.root / "blobs" / prefix[:2]).glob(f"{prefix[2:]}*")):
            if not path.name.endswith(".bad"):
                yield prefix[:2] + path.name

    def _record_path(self, digest: Digest) -> Path:
        return self.root / "records" / digest[:2] / f"{digest[2:]}.json"

    def _memo_path(self, key: Digest) -> Path:
        return self.root / "memo" / key[:2] / f"{key[2:]}.json"


def artifact_payload(preimage: bytes, digest: Digest) -> Any:
    """The JSON values inside a stored artifact. Raises BlobLostError for bytes that hold none."""
    _, newline, body = preimage.partition(b"\n")
    if not newline:
        raise BlobLostError(digest, damaged=True)
    return orjson.loads(body)
