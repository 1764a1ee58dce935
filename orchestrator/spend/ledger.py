"""The ledger: every reservation and payment of a show, one line each, only ever appended to.

`spend/ledger.jsonl` lies beside the episodes and not in the registry, which may be deleted at any
time. Each line holds the digest of the line before it, and `ledger.head` the digest of the last, so
that a changed or shortened ledger is noticed instead of being a licence to spend again. All access
is under one kernel lock, in this process and every other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from orchestrator.clock import utc_now
from orchestrator.durable_files import replace_file, storage_error, sync_folder
from orchestrator.lock import locked
from orchestrator.quantities import dollars
from orchestrator.spend.book import Book, BookedJob
from schemas.canonical import canonical_bytes
from schemas.digest import Digest, digest_bytes
from schemas.errors import PipelineError

FOLDER = "spend"
LEDGER, HEAD, LOCK = "ledger.jsonl", "ledger.head", ".lock"
_NOTHING = digest_bytes(b"")


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money put aside for one job, in millionths of a US dollar; `about` is what it buys."""

    job: str
    provider: str
    shot_id: str
    work: str
    amount_microusd: int
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a run and a day may cost, in millionths of a US dollar; None is no limit."""

    run_microusd: int | None
    day_microusd: int | None

    def passed(self, book: Book, job: BookedJob) -> bool:
        """Whether what is spoken for in the job's run or on its day is more than that."""
        run, day = self.run_microusd, self.day_microusd
        over_run = run is not None and book.spoken_for(run=job.run) > run
        return over_run or (day is not None and book.spoken_for(day=job.day) > day)


def has_ledger(show: Path) -> bool:
    """Whether anything was ever booked in a show."""
    return (show / FOLDER / LEDGER).is_file()


class Ledger:
    """The ledger of one show. Safe for threads and processes."""

    def __init__(self, show: Path) -> None:
        self.folder = show / FOLDER
        self._path = self.folder / LEDGER
        self._head = self.folder / HEAD

    def book(self) -> Book:
        """What has been booked until now. Raises PipelineError `ledger-damaged`."""
        if not self.folder.is_dir():
            return Book()
        with locked(self.folder / LOCK, exclusive=False):
            return self._read().book

    def reserve(self, run: str, wanted: Sequence[Reservation], caps: Caps) -> None:
        """Put money aside for all of `wanted`, or for none.

        Raises PipelineError `over-budget` when it would pass a cap.
        """
        with self._writing() as writer:
            asked = sum(one.amount_microusd for one in wanted)
            today = utc_now()[:10]
            _refuse_over("run", asked, writer.book.spoken_for(run=run), caps.run_microusd)
            _refuse_over("day", asked, writer.book.spoken_for(day=today), caps.day_microusd)
            jobs = [
                {
                    "job": one.job,
                    "provider": one.provider,
                    "shot_id": one.shot_id,
                    "work": one.work,
                    "amount_microusd": one.amount_microusd,
                    **({"about": dict(one.about)} if one.about else {}),
                }
                for one in wanted
            ]
            writer.append({"kind": "reserve", "run": run, "jobs": jobs})

    def sending(self, job: str, caps: Caps | None = None) -> None:
        """The request is about to go out; from now on the provider may have it.

        Raises PipelineError `over-budget` when a provider's own prices have passed a cap since the
        money was put aside: then nothing more goes out.
        """
        with self._writing() as writer:
            booked = writer.book.jobs[job]
            if caps is not None and caps.passed(writer.book, booked):
                raise PipelineError(
                    "over-budget",
                    "cost_policy",
                    "a provider charged more than it had estimated, and the budget is passed",
                    "see `pipeline spend show`; raise the budget, or upgrade fewer shots",
                )
            writer.append({"kind": "sending", "job": job})

    def submitted(
        self, job: str, handle: str, cost_microusd: int | None, caps: Caps | None = None
    ) -> BookedJob:
        """The provider has the job under `handle`; its own estimate replaces ours.

        When that passes a cap, the job is marked to be called off.
        """
        with self._writing() as writer:
            book, booked = writer.book, writer.book.jobs[job]
            entry: dict[str, Any] = {"kind": "submitted", "job": job, "handle": handle}
            entry["cost_microusd"] = cost_microusd
            if caps is not None and (cost_microusd or 0) > booked.amount_microusd:
                book.jobs[job] = replace(booked, amount_microusd=cost_microusd or 0)
                entry["over_cap"] = caps.passed(book, booked)
                book.jobs[job] = booked
            writer.append(entry)
            return book.jobs[job]

    def overrun(self, job: str, note: str) -> BookedJob:
        """The job was to be called off and could not be: it is booked with its price."""
        with self._writing() as writer:
            writer.append({"kind": "overrun", "job": job, "note": note})
            return writer.book.jobs[job]

    def unknown(self, job: str, note: str) -> None:
        """The provider may or may not have the job: its money stays put aside."""
        self._enter({"kind": "unknown", "job": job, "note": note})

    def settle(self, job: str, amount_microusd: int, note: str) -> None:
        """The job is over and cost this much, whether or not it gave a clip. Said a second time, by
        whoever fetched the same clip, it changes nothing."""
        entry = {"kind": "settle", "job": job, "amount_microusd": amount_microusd, "note": note}
        with self._writing() as writer:
            if writer.book.jobs[job].standing != "settled":
                writer.append(entry)

    def release(self, job: str, note: str) -> None:
        """The provider never took the job: its money is free again."""
        self._enter({"kind": "release", "job": job, "note": note})

    def _enter(self, entry: dict[str, Any]) -> None:
        with self._writing() as writer:
            writer.append(entry)

    @contextmanager
    def _writing(self) -> Iterator[_Writer]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, self.folder) from None
        with locked(self.folder / LOCK, exclusive=True):
            yield self._read()

    def _read(self) -> _Writer:
        """Every whole line, checked against the one before it and the head."""
        try:
            data = self._path.read_bytes() if self._path.exists() else b""
            head = self._head.read_text("ascii").split() if self._head.exists() else ["0", _NOTHING]
        except (OSError, UnicodeDecodeError):
            raise self._damaged("it cannot be read") from None
        # A line without its end was never answered for: whoever wrote it died while writing.
        whole = data[: data.rfind(b"\n") + 1]
        book, last, count = Book(), _NOTHING, 0
        seen = {(0, _NOTHING)}
        for number, line in enumerate(whole.splitlines(), start=1):
            try:
                _enter_next(book, orjson.loads(line), number, last)
            except (ValueError, KeyError, TypeError) as error:
                raise self._damaged(f"line {number}: {error}") from None
            last, count = digest_bytes(line), number
            seen.add((number, last))
        if len(head) != 2 or not head[0].isdigit() or (int(head[0]), head[1]) not in seen:
            raise self._damaged("its last lines are missing")
        return _Writer(self._path, self._head, book, count, last, len(whole))

    def _damaged(self, problem: str) -> PipelineError:
        return PipelineError(
            "ledger-damaged",
            f"{FOLDER}/{LEDGER}",
            f"the account of what was spent is not whole: {problem}",
            "put it back from git or a backup; until then nothing is bought",
        )


@dataclass(slots=True)
class _Writer:
    """Appends under the lock that its maker holds."""

    path: Path
    head: Path
    book: Book
    count: int
    last: Digest
    size: int

    def append(self, entry: dict[str, Any]) -> None:
        """Write one line, durable, and take it into the book."""
        entry = {"seq": self.count + 1, "prev": self.last, "at": utc_now(), **entry}
        try:
            self.book.enter(entry)
        except ValueError as error:
            raise PipelineError("ledger-order", LEDGER, str(error), "this is a bug") from None
        line = canonical_bytes(entry, LEDGER)
        try:
            self._write(line + b"\n")
        except OSError as error:
            raise storage_error(error, self.path) from None
        self.count, self.last = self.count + 1, digest_bytes(line)
        self.size += len(line) + 1
        replace_file(self.head, f"{self.count} {self.last}\n".encode("ascii"))

    def _write(self, line: bytes) -> None:
        new = not self.path.exists()
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o644)
        try:
            os.ftruncate(descriptor, self.size)
            os.lseek(descriptor, self.size, os.SEEK_SET)
            view = memoryview(line)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if new:
            sync_folder(self.path.parent)


def _enter_next(book: Book, entry: dict[str, Any], number: int, last: Digest) -> None:
    if entry["seq"] != number or entry["prev"] != last:
        raise ValueError("it does not follow the line before it")
    book.enter(entry)


def _refuse_over(what: str, asked: int, spoken_for: int, cap: int | None) -> None:
    if cap is None or spoken_for + asked <= cap:
        return
    raise PipelineError(
        "over-budget",
        "cost_policy",
        f"{dollars(asked)} are asked for and {dollars(spoken_for)} are spoken for already; "
        f"the {what} may cost {dollars(cap)}",
        f"raise max_{what}_budget_cents in project.yaml, or upgrade fewer shots",
    )
