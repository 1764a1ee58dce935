"""Money that a run had put aside when it died, for jobs that it never sent: it is free again.

Nothing of them can have reached a provider: `sending` is in the ledger before a request goes out,
and the ledger refuses it for a job that is released. That the run is dead is known by its lock: a
run holds its episode's, and a transformation its own, for as long as it lives.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from orchestrator.reporting.quantities import dollars
from orchestrator.seams.lock import build_lock, locked_if_free, transform_lock
from orchestrator.spend.book import BookedJob
from orchestrator.spend.ledger import Ledger

NEVER_SENT: Final = "an earlier run ended before it had asked"


def release_unsent_of(show: Path, episode: str, run: str) -> list[str]:
    """Free what other runs of the episode left; `run` holds the episode's lock.

    Returns what was freed, in words. Raises PipelineError `ledger-damaged`.
    """

    def left(job: BookedJob) -> bool:
        return job.about.get("episode") == episode and job.run != run

    return _released(Ledger(show), left)


def release_unsent(show: Path, registry_root: Path) -> list[str]:
    """Free what runs of any episode and transformations left, where none of them is at work.

    Returns what was freed, in words. Raises PipelineError `ledger-damaged`.
    """
    ledger = Ledger(show)
    unsent = [job for job in ledger.book().jobs.values() if job.standing == "reserved"]
    freed = []
    for lock in sorted({path for job in unsent if (path := _lock_over(job, registry_root))}):
        with locked_if_free(lock) as dead:
            if dead:
                freed += _released(ledger, partial(_is_under, lock, registry_root))
    return freed


def _lock_over(job: BookedJob, registry_root: Path) -> Path | None:
    """The lock that the job's run holds while it lives; None for a job of an older version."""
    if "wish" in job.about:
        return transform_lock(registry_root, str(job.about["wish"]))
    if "episode" in job.about:
        return build_lock(registry_root, str(job.about["episode"]))
    return None


def _is_under(lock: Path, registry_root: Path, job: BookedJob) -> bool:
    return _lock_over(job, registry_root) == lock


def _released(ledger: Ledger, theirs: Callable[[BookedJob], bool]) -> list[str]:
    return [
        f"{job.shot_id} was never sent to {job.provider}: {dollars(job.amount_microusd)} are free "
        "again"
        for job in ledger.release_unsent(theirs, NEVER_SENT)
    ]
