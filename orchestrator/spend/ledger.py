"""The ledger: every reservation and payment of a show, one line each, only ever appended to.

It lies in `spend/`, beside the episodes and not in the registry, which may be deleted at any time.
All access is under one kernel lock, in this process and every other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from orchestrator.seams.clock import utc_now
from orchestrator.seams.durable_files import make_folder
from orchestrator.seams.lock import locked
from orchestrator.spend.book import OPEN, Book, BookedJob
from orchestrator.spend.caps import Caps
from orchestrator.spend.ledger_file import FOLDER, LOCK, LedgerWriter, read_ledger
from schemas.errors import PipelineError


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money put aside for one job, in millionths of a US dollar; `about` is what it buys."""

    job: str
    provider: str
    shot_id: str
    work: str
    amount_microusd: int
    about: Mapping[str, Any] = field(default_factory=dict)


class Ledger:
    """The ledger of one show. Safe for threads and processes."""

    def __init__(self, show: Path) -> None:
        self.folder = show / FOLDER

    def book(self) -> Book:
        """What has been booked until now. Raises PipelineError `ledger-damaged`."""
        if not self.folder.is_dir():
            return Book()
        with locked(self.folder / LOCK, exclusive=False):
            return read_ledger(self.folder).book

    def lines(self) -> int:
        """How many lines it has, each checked. Raises PipelineError `ledger-damaged`."""
        with locked(self.folder / LOCK, exclusive=False):
            return read_ledger(self.folder).count

    def reserve(self, run: str, wanted: Sequence[Reservation], caps: Caps) -> None:
        """Put money aside for all of `wanted`, or for none.

        Raises PipelineError `over-budget` when it would pass a cap, `work-open` when one of them
        is being bought already.
        """
        with self._writing() as writer:
            for one in wanted:
                if writer.book.open_for(one.work) is not None:
                    raise _in_other_hands(one.shot_id)
            asked = sum(one.amount_microusd for one in wanted)
            today = utc_now()[:10]
            caps.refuse(writer.book, run, today, asked)
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

        Of two who are about to send the same job, the second is stopped: PipelineError `work-open`.
        Raises PipelineError `over-budget` when a provider's own prices have passed a cap since the
        money was put aside: then nothing more goes out.
        """
        with self._writing() as writer:
            booked = writer.book.jobs[job]
            if booked.standing in OPEN and booked.standing != "reserved":
                raise _in_other_hands(booked.shot_id)
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

    def release_unsent(
        self, theirs: Callable[[BookedJob], bool], note: str
    ) -> tuple[BookedJob, ...]:
        """Free every job of `theirs` that is still waiting to be sent. Returns those that were."""

        def waiting(book: Book) -> tuple[BookedJob, ...]:
            jobs = book.jobs.values()
            return tuple(job for job in jobs if job.standing == "reserved" and theirs(job))

        if not waiting(self.book()):
            return ()
        with self._writing() as writer:
            unsent = waiting(writer.book)
            for job in unsent:
                writer.append({"kind": "release", "job": job.job, "note": note})
            return unsent

    def _enter(self, entry: dict[str, Any]) -> None:
        with self._writing() as writer:
            writer.append(entry)

    @contextmanager
    def _writing(self) -> Iterator[LedgerWriter]:
        make_folder(self.folder)
        with locked(self.folder / LOCK, exclusive=True):
            yield read_ledger(self.folder)


def _in_other_hands(shot_id: str) -> PipelineError:
    return PipelineError(
        "work-open",
        shot_id,
        "another run is buying the same thing",
        "run again when that has ended; `pipeline spend show` lists what is open",
    )
