"""Checking a registry: every byte hashed, every reference followed, and what can be mended, mended.

Repair throws no good byte away. What is damaged is put aside, what points to nothing is taken out
so that the next run makes it again from its key, and records are written again from the memo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.seams.durable_files import discard, holds, quarantine, storage_error
from orchestrator.store.inventory import Inventory, Sealed, Stored, take_stock
from orchestrator.store.memo import origin_of
from orchestrator.store.registry import RecordOrigin, Registry, needed_by
from orchestrator.store.sealed import write_sealed
from schemas.digest import Digest
from schemas.errors import PipelineError

# Where the record of a parent that was lost for good is marked, so that it is told only once.
LOST = "lost"
# A file, what kind of fault it has, which, and what mends it.
_Said = tuple[Stored, str, str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: what kind, which file (path inside the show), and what mends it."""

    kind: str
    path: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a check found. `put_aside` and `strangers` are told but are no fault."""

    findings: tuple[Finding, ...]
    blobs: int
    bytes_hashed: int
    sealed: int
    put_aside: int
    strangers: tuple[str, ...]


def check(registry: Registry) -> Checkup:
    """Look at everything, change nothing. For who is alone in the registry."""
    return _look(registry)[0]


def repair(registry: Registry) -> tuple[Checkup, Checkup]:
    """Check, mend what was found, check again; returns both. For who is alone in the registry.

    Raises PipelineError when the disk refuses.
    """
    before, stock, good = _look(registry)
    if not before.findings:
        return before, before
    try:
        _Repair(registry, stock, good).all()
    except OSError as error:
        raise storage_error(error, Path(error.filename or registry.root)) from None
    return before, check(registry)


def _look(registry: Registry) -> tuple[Checkup, Inventory, set[Digest]]:
    try:
        stock = take_stock(registry)
    except OSError as error:
        raise PipelineError(
            "not-readable",
            str(error.filename or registry.root),
            f"could not be read: {error.strerror}",
            "check its permissions and the disk",
        ) from None
    good = {digest for digest, stored in stock.blobs.items() if holds(stored.path, digest)}
    sealed = (stock.records, stock.memo, stock.runs, stock.heads, stock.views, stock.approvals)
    show = registry.root.parent
    checkup = Checkup(
        findings=tuple(_findings(stock, good, show)),
        blobs=len(stock.blobs),
        bytes_hashed=sum(stored.size_bytes for stored in stock.blobs.values()),
        sealed=sum(map(len, sealed)) + len(stock.damaged),
        put_aside=len(stock.quarantined),
        strangers=tuple(_name(stored, show) for stored in stock.strangers),
    )
    return checkup, stock, good


def _findings(stock: Inventory, good: set[Digest], show: Path) -> Iterator[Finding]:
    for file, kind, problem, remedy in (
        *_of_files(stock, good),
        *_of_records(stock, good),
        *_of_results(stock, good),
    ):
        yield Finding(kind, _name(file, show), problem, remedy)


def _of_files(stock: Inventory, good: set[Digest]) -> Iterator[_Said]:
    for stored in stock.damaged:
        yield stored, "damaged", "its checksum or content is wrong", "put aside"
    for stored in stock.leftovers:
        yield stored, "leftover", "work of a process that is gone", "removed"
    for digest, stored in stock.blobs.items():
        if digest not in good:
            yield stored, "damaged", "its bytes are not those of its name", "put aside"
        elif digest not in stock.records:
            yield stored, "unrecorded", "no record says what it is", "record written"


def _of_records(stock: Inventory, good: set[Digest]) -> Iterator[_Said]:
    for digest, record in stock.records.items():
        if digest not in good:
            yield record.file, "blob-missing", "its blob is gone", "taken out"
        elif lost := _lost_parents(stock, record, good):
            yield record.file, "lineage", f"made from {_short(lost)}, now gone", "noted as lost"


def _of_results(stock: Inventory, good: set[Digest]) -> Iterator[_Said]:
    for entry in stock.memo.values():
        if lost := [digest for digest in needed_by(entry.payload) if digest not in good]:
            yield entry.file, "result-lost", f"points to {_short(lost)}, now gone", "taken out"
    for episode, head in stock.heads.items():
        if not _stands(stock, episode, head):
            yield head.file, "run-lost", "its run is gone", "put on the latest run known"


def _short(digests: Iterable[Digest]) -> str:
    return ", ".join(digest[:12] for digest in digests)


def _lost_parents(stock: Inventory, record: Sealed, good: set[Digest]) -> list[Digest]:
    parents = set(record.payload["parents"]) - stock.outside(record)
    return sorted(parents - good)


def _stands(stock: Inventory, episode: str, head: Sealed) -> bool:
    run = stock.runs.get(head.payload["run_id"])
    return run is not None and run.payload["summary"]["episode"] == episode


def _name(stored: Stored, show: Path) -> str:
    return stored.path.relative_to(show).as_posix()


class _Repair:
    """Mends one registry, in an order in which a killed repair can be begun again."""

    def __init__(self, registry: Registry, stock: Inventory, good: set[Digest]) -> None:
        self.registry = registry
        self.stock = stock
        self.good = good

    def all(self) -> None:
        steps: tuple[Callable[[], None], ...] = (
            self._put_damaged_aside,
            self._take_out_what_points_to_nothing,
            self._write_missing_records,
            self._note_lost_parents,
            self._mend_heads,
            self._clear_leftovers,
        )
        for step in steps:
            step()

    def _put_damaged_aside(self) -> None:
        for stored in self.stock.damaged:
            quarantine(stored.path)
        for digest, stored in self.stock.blobs.items():
            if digest not in self.good:
                quarantine(stored.path)

    def _take_out_what_points_to_nothing(self) -> None:
        for key, entry in list(self.stock.memo.items()):
            if not set(needed_by(entry.payload)) <= self.good:
                entry.file.path.unlink(missing_ok=True)
                del self.stock.memo[key]
        for digest, record in list(self.stock.records.items()):
            if digest not in self.good:
                record.file.path.unlink(missing_ok=True)
                del self.stock.records[digest]

    def _write_missing_records(self) -> None:
        """From the memo entry that made the blob; else from one that used it; else as unknown."""
        made: dict[Digest, tuple[Sealed, str]] = {}
        used: dict[Digest, str] = {}
        for entry in self.stock.memo.values():
            made |= {digest: (entry, name) for name, digest in entry.payload["outputs"].items()}
            used |= {digest: name for name, digest in entry.payload["work"]["inputs"].items()}
        for digest in sorted(self.good - self.stock.records.keys()):
            if digest in made:
                entry, name = made[digest]
                origin = origin_of(entry.payload, name, self.registry.blobs)
            else:
                kind = used.get(digest, "unknown")
                origin = RecordOrigin(kind, "", (), {"name": "not recorded"})
            self.registry.record(digest, origin)

    def _note_lost_parents(self) -> None:
        for record in self.stock.records.values():
            lost = _lost_parents(self.stock, record, self.good)
            if lost:
                noted = {f"{LOST} {parent[:12]}": parent for parent in lost}
                outside = record.payload["outside"] | noted
                write_sealed(record.file.path, record.payload | {"outside": outside})

    def _mend_heads(self) -> None:
        known = self._latest_runs()
        broken = {e for e, head in self.stock.heads.items() if not _stands(self.stock, e, head)}
        for episode in broken - known.keys():
            self.stock.heads[episode].file.path.unlink(missing_ok=True)
        for episode, run_id in known.items():
            if episode in broken or episode not in self.stock.heads:
                path = self.registry.root / "heads" / f"{episode}.json"
                write_sealed(path, {"run_id": run_id})

    def _latest_runs(self) -> dict[str, str]:
        """By episode, the run that began last."""
        latest: dict[str, dict[str, Any]] = {}
        for run in self.stock.runs.values():
            summary = run.payload["summary"]
            known = latest.get(summary["episode"])
            if known is None or known["started_at"] < summary["started_at"]:
                latest[summary["episode"]] = summary
        return {episode: summary["run_id"] for episode, summary in latest.items()}

    def _clear_leftovers(self) -> None:
        self.registry.clear_temporary()
        for stored in self.stock.leftovers:
            discard(stored.path)
