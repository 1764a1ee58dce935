"""Everything that lies in a registry, read without changing anything."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestrator.shows.show import BUILDS
from orchestrator.store.file_stamps import STAMPS
from orchestrator.store.memo import key_of
from orchestrator.store.registry import Registry, needed_by
from orchestrator.store.sealed import peek_sealed
from schemas.digest import Digest

_BLOB = re.compile(r"blobs/([0-9a-f]{2})/([0-9a-f]{62})")
_SPREAD = re.compile(r"(records|memo)/([0-9a-f]{2})/([0-9a-f]{62})\.json")
_NAMED = re.compile(r"(runs|heads|views|approvals)/([^/]+)\.json")
_LEFTOVER = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the registry: its size, and when it was written or last used (epoch seconds)."""

    path: Path
    size_bytes: int
    used_s: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file that is whole, and says of itself what its name says."""

    file: Stored
    payload: dict[str, Any]


@dataclass(slots=True)
class Inventory:
    """The registry by part. Blobs are listed, not hashed.

    `damaged` are sealed files that cannot be believed, `leftovers` unfinished work of processes
    that are gone, `quarantined` what was put aside before, `strangers` what was never ours.
    """

    blobs: dict[Digest, Stored] = field(default_factory=dict)
    records: dict[Digest, Sealed] = field(default_factory=dict)
    memo: dict[Digest, Sealed] = field(default_factory=dict)
    runs: dict[str, Sealed] = field(default_factory=dict)
    heads: dict[str, Sealed] = field(default_factory=dict)
    views: dict[str, Sealed] = field(default_factory=dict)
    approvals: dict[str, Sealed] = field(default_factory=dict)
    damaged: list[Stored] = field(default_factory=list)
    leftovers: list[Stored] = field(default_factory=list)
    quarantined: list[Stored] = field(default_factory=list)
    strangers: list[Stored] = field(default_factory=list)

    def size_bytes(self) -> int:
        """Everything that is in its place, together."""
        sealed = (*self.records.values(), *self.memo.values(), *self.runs.values())
        return sum(stored.size_bytes for stored in self.blobs.values()) + sum(
            each.file.size_bytes
            for each in (
                *sealed,
                *self.heads.values(),
                *self.views.values(),
                *self.approvals.values(),
            )
        )

    def outside(self, record: Sealed) -> set[Digest]:
        """The parents of a record that need not be blobs."""
        return set(record.payload["outside"].values())


def take_stock(registry: Registry) -> Inventory:
    """List and read the registry. For who is alone in it: work in progress counts as left over.

    Raises OSError when something may not be read.
    """
    found = Inventory()
    for path in _files_below(registry.root):
        _sort_in(found, path, path.relative_to(registry.root).as_posix())
    for path in sorted((registry.root.parent / BUILDS).glob("*/.*.tmp")):
        if _LEFTOVER.fullmatch(path.name):
            found.leftovers.append(_stored(path))
    return found


def _files_below(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            yield Path(folder) / name


def _sort_in(found: Inventory, path: Path, name: str) -> None:
    stored = _stored(path)
    if name.startswith("locks/"):
        return
    if name.startswith("tmp/") or _LEFTOVER.fullmatch(path.name):
        found.leftovers.append(stored)
    elif path.name.endswith(".bad"):
        found.quarantined.append(stored)
    elif path.is_symlink():
        found.strangers.append(stored)
    elif name == STAMPS:
        if peek_sealed(path) is None:
            found.damaged.append(stored)
    elif blob := _BLOB.fullmatch(name):
        found.blobs[blob[1] + blob[2]] = stored
    elif spread := _SPREAD.fullmatch(name):
        _sort_in_sealed(found, stored, spread[1], spread[2] + spread[3])
    elif named := _NAMED.fullmatch(name):
        _sort_in_sealed(found, stored, named[1], named[2])
    else:
        found.strangers.append(stored)


def _sort_in_sealed(found: Inventory, stored: Stored, part: str, name: str) -> None:
    payload = peek_sealed(stored.path)
    if payload is None or not _believable(part, name, payload):
        found.damaged.append(stored)
    else:
        getattr(found, part)[name] = Sealed(stored, payload)


def _believable(part: str, name: str, payload: dict[str, Any]) -> bool:
    """Whether the content belongs to the name and has what its readers rely on."""
    try:
        if part == "records":
            outside = payload["outside"].values()
            return payload["digest"] == name and set(outside) <= set(payload["parents"])
        if part == "memo":
            produced = set(payload["products"]) == set(payload["outputs"])
            return key_of(payload["work"]) == payload["key"] == name and produced
        if part == "runs":
            return bool(payload["summary"]["run_id"] == name and payload["accounts"] is not None)
        if part in ("heads", "approvals"):
            named = "run_id" if part == "heads" else "request"
            return bool(payload[named]) and (part == "heads" or name.startswith(payload[named]))
    except (KeyError, TypeError, AttributeError):
        return False
    return True


def _stored(path: Path) -> Stored:
    state = path.lstat()
    return Stored(path, state.st_size, int(state.st_mtime))


def needs_of(entry: Sealed) -> set[Digest]:
    """Digests a memo entry names: what it made and refers to, and what it was made from."""
    return {*needed_by(entry.payload), *entry.payload["work"]["inputs"].values()}
