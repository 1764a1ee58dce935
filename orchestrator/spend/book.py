"""What the ledger's entries add up to: each job's state, and how much is spoken for.

Pure: entries in, sums out. Amounts are millionths of a US dollar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

JobStanding = Literal["reserved", "sending", "submitted", "unknown", "settled", "released"]
# An amount in one of these may still be charged, or was.
_COUNTED = frozenset({"reserved", "sending", "submitted", "unknown", "settled"})
OPEN: tuple[JobStanding, ...] = ("reserved", "sending", "submitted", "unknown")
# What becomes of a job whose price passes a cap: it is to be called off, or it was booked all the
# same because it could not be.
Overrun = Literal["", "call_off", "booked"]


@dataclass(frozen=True, slots=True)
class BookedJob:
    """One job. `amount_microusd` is what it may cost while it is open, and did cost once settled.

    `reserved_microusd` is what was put aside before the provider named its own price. `work` is the
    key of the piece of work it was bought for, `about` what that work is, so that its clip can be
    kept when nobody asks for it any more; `handle` is what the provider calls the job.
    """

    job: str
    run: str
    provider: str
    shot_id: str
    work: str
    day: str
    amount_microusd: int
    standing: JobStanding = "reserved"
    handle: str = ""
    note: str = ""
    reserved_microusd: int = 0
    overrun: Overrun = ""
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """All jobs, in the order they were reserved in."""

    jobs: dict[str, BookedJob] = field(default_factory=dict)

    def enter(self, entry: Mapping[str, Any]) -> None:
        """Take one entry of the ledger into account. Raises ValueError for one without sense."""
        if entry["kind"] == "reserve":
            self._reserve(entry)
            return
        job = self.jobs.get(entry["job"])
        if job is None or job.standing not in OPEN:
            raise ValueError(f"{entry['kind']} of job {entry['job']}, which is not open")
        self.jobs[job.job] = _after(job, entry)

    def _reserve(self, entry: Mapping[str, Any]) -> None:
        for given in entry["jobs"]:
            if given["job"] in self.jobs:
                raise ValueError(f"job {given['job']} is reserved twice")
            self.jobs[given["job"]] = BookedJob(
                run=entry["run"],
                day=entry["at"][:10],
                reserved_microusd=given["amount_microusd"],
                **given,
            )

    def spoken_for(self, run: str = "", day: str = "") -> int:
        """What is paid or may still be, in all or for one run or day."""
        return sum(job.amount_microusd for job in self._counted(run, day))

    def paid(self, run: str = "", day: str = "") -> int:
        """What is settled, in all or for one run or day."""
        return sum(
            job.amount_microusd for job in self._counted(run, day) if job.standing == "settled"
        )

    def open_for(self, work: str) -> BookedJob | None:
        """The job that is still open for a piece of work, if there is one."""
        found = [job for job in self.jobs.values() if job.work == work and job.standing in OPEN]
        return found[-1] if found else None

    def _counted(self, run: str, day: str) -> Iterable[BookedJob]:
        return (
            job
            for job in self.jobs.values()
            if job.standing in _COUNTED
            and (not run or job.run == run)
            and (not day or job.day == day)
        )


def _after(job: BookedJob, entry: Mapping[str, Any]) -> BookedJob:
    """An open job after one more entry. Raises ValueError for a kind that nobody knows."""
    match entry["kind"]:
        case "sending":
            return replace(job, standing="sending")
        case "submitted":
            cost = entry["cost_microusd"]
            return replace(
                job,
                standing="submitted",
                handle=entry["handle"],
                amount_microusd=job.amount_microusd if cost is None else cost,
                overrun="call_off" if entry.get("over_cap") else "",
            )
        case "overrun":
            return replace(job, overrun="booked", note=entry["note"])
        case "unknown":
            return replace(job, standing="unknown", note=entry["note"])
        case "settle":
            note = "; ".join(filter(None, (job.note, entry["note"])))
            amount = entry["amount_microusd"]
            return replace(job, standing="settled", amount_microusd=amount, note=note)
        case "release":
            return replace(job, standing="released", note=entry["note"])
        case kind:
            raise ValueError(f"an entry of the unknown kind {kind}")
