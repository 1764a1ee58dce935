"""Collecting what no film needs any more from a registry.

Kept is what the latest run of each episode made or used, and the latest that ended in a film, with
everything they come from; what the lock file of the show names; and anything younger than a grace
period. The rest goes least recently used first: all of it, or as far as an age or a size asks, but
always what came in under a licence that has ended and what was made of it. What a film still
stands on of that kind is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from orchestrator.seams.clock import utc_day
from orchestrator.seams.durable_files import discard, storage_error, sync_folder
from orchestrator.shows.ended_licenses import (
    EndedAsset,
    ended_entries,
    not_to_stay,
    outputs_of,
    still_needed,
)
from orchestrator.store.inventory import Inventory, Stored, needs_of, take_stock
from orchestrator.store.registry import Registry
from orchestrator.verification.lockfile import LOCKFILE
from schemas.digest import Digest
from schemas.errors import PipelineError

GRACE_S: Final = 3600
# Paused runs have made their film and wait for an approval.
_WITH_FILM: Final = ("completed", "degraded", "paused")
_DIGEST = re.compile(r'"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of what is not needed may stay; with neither limit, none of it."""

    max_size_bytes: int | None = None
    older_than_s: int | None = None
    grace_s: int = GRACE_S


@dataclass(frozen=True, slots=True)
class Collection:
    """What goes, in the order in which it is removed, and how much there was."""

    memo: tuple[Stored, ...]
    runs: tuple[Stored, ...]
    records: tuple[Stored, ...]
    blobs: tuple[Stored, ...]
    debris: tuple[Stored, ...]
    total_bytes: int
    needed_bytes: int  # by the latest runs and the lock file
    ended: tuple[EndedAsset, ...] = ()  # kept, because a film stands on it

    def parts(self) -> dict[str, tuple[Stored, ...]]:
        """By what a person calls it."""
        return {
            "blobs": self.blobs,
            "records": self.records,
            "memo": self.memo,
            "runs": self.runs,
            "debris": self.debris,
        }

    def freed_bytes(self) -> int:
        """Size of everything that goes."""
        return sum(stored.size_bytes for part in self.parts().values() for stored in part)


@dataclass(slots=True)
class _Kept:
    """A set of blobs and memo entries that is closed: nothing in it needs what is not in it."""

    stock: Inventory
    names: set[Digest] = field(default_factory=set)
    size_bytes: int = 0

    def missing(self, wanted: Iterable[Digest]) -> dict[Digest, int]:
        """Blobs and memo entries that `wanted` needs besides what is here, and their bytes."""
        added: dict[Digest, int] = {}
        waiting = list(wanted)
        while waiting:
            name = waiting.pop()
            if name in self.names or name in added:
                continue
            entry, blob = self.stock.memo.get(name), self.stock.blobs.get(name)
            size = 0
            if entry is not None:
                size += entry.file.size_bytes
                waiting += needs_of(entry)
            if blob is not None:
                size += blob.size_bytes
                record = self.stock.records.get(name)
                if record is not None:
                    size += record.file.size_bytes
                    waiting += record.payload["parents"]
            if entry is not None or blob is not None:
                added[name] = size
        return added

    def add(self, found: dict[Digest, int]) -> None:
        """Take in what `missing` found."""
        self.names |= found.keys()
        self.size_bytes += sum(found.values())


def plan_collection(registry: Registry, limits: Limits, now_s: int) -> Collection:
    """What would go now. For who is alone in the registry.

    Raises PipelineError `registry-damaged` when something in it cannot be believed: what such a
    file would have kept is not known.
    """
    try:
        stock = take_stock(registry)
    except OSError as error:
        raise storage_error(error, Path(error.filename or registry.root)) from None
    _refuse_damage(stock)
    kept = _Kept(stock)
    ended, roots = ended_entries(stock, utc_day(now_s)), _roots(registry, stock)
    kept.add(kept.missing(roots - ended.keys()))
    # A run remembers assets that later ones had no need to look at; only their blobs tell.
    standing = {key for key in ended if outputs_of(stock.memo[key]) & kept.names}
    kept.add(kept.missing(standing))
    needed_bytes = kept.size_bytes
    kept.add(kept.missing(_young(stock, now_s - limits.grace_s)))
    _keep_recent(kept, limits, now_s, not_to_stay(stock, ended))
    named = still_needed(stock, _standing_runs(stock), {key: ended[key] for key in standing})
    return replace(_rest(kept, limits, now_s, needed_bytes), ended=named)


def remove(collection: Collection) -> None:
    """Remove what goes. Killed at any moment, it leaves nothing that points to nothing.

    Raises PipelineError when the disk refuses.
    """
    order = (collection.memo, collection.runs, collection.records, collection.blobs)
    for part in order:
        try:
            for stored in part:
                stored.path.unlink(missing_ok=True)
            for folder in {stored.path.parent for stored in part}:
                sync_folder(folder)
        except OSError as error:
            raise storage_error(error, Path(error.filename or "")) from None
    for stored in collection.debris:
        discard(stored.path)


def _refuse_damage(stock: Inventory) -> None:
    lost = [h.file for h in stock.heads.values() if h.payload["run_id"] not in stock.runs]
    for stored in (*stock.damaged, *lost):
        raise PipelineError(
            "registry-damaged",
            str(stored.path),
            "is damaged or points to nothing, so what it needs is not known",
            "run `pipeline fsck --repair` first",
        )


def _roots(registry: Registry, stock: Inventory) -> set[Digest]:
    """Everything the latest runs and the lock file name; other text in them does no harm."""
    names: set[Digest] = set()
    for run_id in _standing_runs(stock) & stock.runs.keys():
        run = stock.runs[run_id]
        summary = run.payload["summary"]
        names |= set(run.payload.get("keys", {}).values())
        names |= {item["key"] for item in summary["work"]}
        names |= {stage["artifact"] for stage in summary["stages"] if stage["artifact"]}
    lock = registry.root.parent / LOCKFILE
    if lock.is_file():
        names |= set(_DIGEST.findall(lock.read_text(encoding="utf-8", errors="replace")))
    return names


def _standing_runs(stock: Inventory) -> set[str]:
    """Of each episode the latest run, and the latest with a film.

    After a run that failed, the film before it is still the episode's film.
    """
    with_film: dict[str, tuple[str, str]] = {}
    for run_id, run in stock.runs.items():
        summary = run.payload["summary"]
        if summary.get("state") in _WITH_FILM:
            begun = (summary["started_at"], run_id)
            episode = summary["episode"]
            with_film[episode] = max(begun, with_film.get(episode, begun))
    heads = {head.payload["run_id"] for head in stock.heads.values()}
    return heads | {run_id for _, run_id in with_film.values()}


def _young(stock: Inventory, since_s: int) -> list[Digest]:
    blobs = [digest for digest, stored in stock.blobs.items() if stored.used_s > since_s]
    return blobs + [key for key, entry in stock.memo.items() if entry.file.used_s > since_s]


def _keep_recent(kept: _Kept, limits: Limits, now_s: int, ended: set[Digest]) -> None:
    """Keep further work, most recently used first and without what has ended, up to a limit."""
    if limits.max_size_bytes is None and limits.older_than_s is None:
        return
    stock = kept.stock
    used = {key: entry.file.used_s for key, entry in stock.memo.items()}
    # A blob is as recent as the work that stands for it; only what has none counts by itself.
    stood_for = {digest for entry in stock.memo.values() for digest in needs_of(entry)}
    used |= {d: stored.used_s for d, stored in stock.blobs.items() if d not in stood_for}
    for name in sorted(used, key=lambda each: (-used[each], each)):
        if limits.older_than_s is not None and now_s - used[name] > limits.older_than_s:
            return
        found = kept.missing([name])
        if found.keys() & ended:
            continue
        size = kept.size_bytes + sum(found.values())
        if limits.max_size_bytes is not None and size > limits.max_size_bytes:
            return
        kept.add(found)


def _rest(kept: _Kept, limits: Limits, now_s: int, needed_bytes: int) -> Collection:
    stock = kept.stock
    since_s = now_s - limits.grace_s
    runs_since_s = min(since_s, now_s - (limits.older_than_s or 0))
    standing = _standing_runs(stock)
    old = [run.file for name, run in stock.runs.items() if name not in standing]
    aside = [stored for stored in stock.quarantined if stored.used_s <= since_s]
    return Collection(
        memo=tuple(entry.file for key, entry in stock.memo.items() if key not in kept.names),
        runs=tuple(stored for stored in old if stored.used_s <= runs_since_s),
        records=tuple(r.file for d, r in stock.records.items() if d not in kept.names),
        blobs=tuple(stored for d, stored in stock.blobs.items() if d not in kept.names),
        debris=(*stock.leftovers, *aside),
        total_bytes=stock.size_bytes()
        + sum(each.size_bytes for each in (*stock.leftovers, *aside)),
        needed_bytes=needed_bytes,
    )
