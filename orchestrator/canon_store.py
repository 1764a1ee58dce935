"""Canon on disk: the writer's seed, a chain of snapshots, the diffs between them, one head.

    canon/canon.json                     the writer's own; edited by hand (or canon.yaml)
    canon/HEAD                           one line naming the snapshot that counts
    canon/snapshots/0003-<digest>.json   never change; each names its parent
    canon/diffs/s01e02-<digest>.json     why a snapshot follows its parent

Only HEAD ever moves, and it moves atomically: a killed process leaves the old truth or the new.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from canon.diff import apply_diff, with_seed
from orchestrator.canon_seed import read_seed
from orchestrator.durable_files import READ_ONLY, publish, replace_file, storage_error, write_new
from orchestrator.lock import locked
from schemas.artifact import Artifact
from schemas.canon import CanonDiff, CanonSnapshot
from schemas.digest import Digest, digest_bytes, tagged_digest
from schemas.documents import AnyArtifact, read_payload
from schemas.errors import PipelineError
from schemas.ids import slug

CANON: Final = "canon"
_NAME: Final = re.compile(r"(?P<number>\d{4,})-(?P<digest>[0-9a-f]{12})\.json")
_NAMED_HEX: Final = 12
_EPISODE_CHARS: Final = 80


@dataclass(frozen=True, slots=True)
class _Link:
    """A stored snapshot and its place in the chain."""

    number: int
    snapshot: CanonSnapshot


class CanonStore:
    """The canon of one show, or of a folder with a bare episode in it."""

    def __init__(self, show: Path) -> None:
        self._folder = show / CANON
        self._snapshots = self._folder / "snapshots"
        self._diffs = self._folder / "diffs"
        self._head = self._folder / "HEAD"

    def head(self) -> CanonSnapshot:
        """What is true now: the snapshot HEAD names, with the writer's seed as it is today.

        A show without canon has an empty one. Raises PipelineError `canon-seed` or
        `malformed-json` for a seed that cannot be read, `canon-corrupt` for a snapshot or HEAD
        that is damaged.
        """
        return self._with_seed(self._stored())

    def apply(self, diff: CanonDiff) -> CanonSnapshot:
        """Move the head by a diff, durable when this returns; a diff without effect moves nothing.

        Raises GateBlocked for a blocked diff, PipelineError `canon-stale` for one made against
        another canon, and what `head` raises.
        """
        with locked(self._folder / ".lock", exclusive=True):
            stored = self._stored()
            before = self._with_seed(stored)
            after = apply_diff(before, diff)
            if after is before:
                return before
            try:
                self._prepare()
                number = stored.number if stored else 0
                if stored is None or before is not stored.snapshot:
                    number += 1
                    self._move_head(self._write_snapshot(before, number))
                self._write(self._diffs / _diff_name(diff), diff)
                self._move_head(self._write_snapshot(after, number + 1))
            except OSError as error:
                raise storage_error(error, self._folder) from None
            return after

    def log(self) -> tuple[CanonSnapshot, ...]:
        """The snapshots that led to the stored head, newest first, every one verified.

        The writer's seed as it is today is in `head`, and here once a diff was applied over it.
        """
        snapshots: list[CanonSnapshot] = []
        link = self._stored()
        while link is not None:
            snapshots.append(link.snapshot)
            parent = link.snapshot.parent
            link = None if parent is None else self._link(_name(link.number - 1, parent))
        return tuple(snapshots)

    def diff_behind(self, snapshot: CanonSnapshot) -> CanonDiff | None:
        """The diff that made a snapshot, or None where the writer's seed was taken in."""
        if snapshot.applied_diff is None:
            return None
        shown = snapshot.applied_diff[:_NAMED_HEX]
        found = sorted(self._diffs.glob(f"*-{shown}.json"))
        if not found:
            raise _corrupt(f"{CANON}/diffs", f"the diff *-{shown}.json is gone")
        return self._verified(found[0], CanonDiff)

    def _stored(self) -> _Link | None:
        if not self._head.exists():
            self._refuse_lost_head()
            return None
        line = self._read(self._head).decode("utf-8", "replace").strip()
        name = line.removeprefix("snapshots/")
        if not _NAME.fullmatch(name) or name == line:
            raise _corrupt(f"{CANON}/HEAD", f"does not name a snapshot, it says {line[:80]!r}")
        return self._link(name)

    def _with_seed(self, stored: _Link | None) -> CanonSnapshot:
        seed = read_seed(self._folder, CANON)
        if stored is not None:
            return with_seed(stored.snapshot, seed)
        # The first of the chain: nothing came before it.
        first = with_seed(CanonSnapshot.create(facts=()), seed)
        return CanonSnapshot.create(facts=first.facts)

    def _link(self, name: str) -> _Link:
        snapshot = self._verified(self._snapshots / name, CanonSnapshot)
        return _Link(int(name.split("-", maxsplit=1)[0]), snapshot)

    def _verified(self, path: Path, model: type[AnyArtifact]) -> AnyArtifact:
        where = f"{CANON}/{path.parent.name}/{path.name}"
        if not path.is_file():
            raise _corrupt(where, "is gone")
        try:
            payload = orjson.loads(self._read(path))
        except orjson.JSONDecodeError as error:
            raise _corrupt(where, f"is not JSON any more ({error})") from None
        try:
            digest = tagged_digest(model.schema_name(), payload)
        except PipelineError as error:
            raise _corrupt(where, f"was changed: {error.problem}") from None
        named = path.stem.rsplit("-", 1)[-1]
        if not digest.startswith(named):
            raise _corrupt(where, f"was changed: its content has the digest {digest[:12]}")
        return read_payload(payload, model, where)

    def _refuse_lost_head(self) -> None:
        # The very first snapshot is the seed itself, so a process killed right after it lost
        # nothing; a longer chain without a head has lost its place.
        later = [path.name for path in self._snapshots.glob("*-*.json") if path.name[:4] != "0001"]
        if later:
            raise _corrupt(
                f"{CANON}/HEAD", f"is gone, though there are snapshots up to {max(later)}"
            )

    def _prepare(self) -> None:
        for folder in (self._snapshots, self._diffs):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (self._folder, self._snapshots, self._diffs):
            for leftover in folder.glob(".*.tmp"):  # of a killed process: we hold the lock
                leftover.unlink(missing_ok=True)

    def _write_snapshot(self, snapshot: CanonSnapshot, number: int) -> str:
        name = _name(number, snapshot.digest())
        self._write(self._snapshots / name, snapshot)
        return name

    def _write(self, path: Path, artifact: Artifact) -> None:
        data = artifact.readable()
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        write_new(temporary, data, READ_ONLY)
        publish(temporary, path, digest_bytes(data))

    def _move_head(self, name: str) -> None:
        replace_file(self._head, f"snapshots/{name}\n".encode())

    def _read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise PipelineError(
                "canon-unreadable",
                f"{CANON}/{path.relative_to(self._folder).as_posix()}",
                f"cannot be read: {error.strerror or error}",
                "check that it is a file you may read",
            ) from None


def _name(number: int, digest: Digest) -> str:
    return f"{number:04d}-{digest[:_NAMED_HEX]}.json"


def _diff_name(diff: CanonDiff) -> str:
    return f"{slug(diff.episode)[:_EPISODE_CHARS]}-{diff.digest()[:_NAMED_HEX]}.json"


def _corrupt(where: str, problem: str) -> PipelineError:
    return PipelineError(
        "canon-corrupt",
        where,
        problem,
        "put it back from version control or a backup; or let canon/HEAD name an older snapshot "
        "(snapshots/NNNN-….json) and run the episodes after it again",
    )
