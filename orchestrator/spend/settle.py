"""`pipeline spend settle`: every job of a show that is not over, in all its episodes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orchestrator.inspection.inspect import show_at
from orchestrator.reporting.report import SilentReporter
from orchestrator.run.engine import prepared_run
from orchestrator.run.request import RunRequest
from orchestrator.run.resume import find_build
from orchestrator.spend.ledger import Ledger
from orchestrator.spend.open_jobs import settle_left_behind
from orchestrator.spend.unsent import release_unsent
from orchestrator.store.registry import Registry
from schemas.errors import PipelineError


def settle_show(folder: Path) -> dict[str, Any]:
    """Free what was never sent, and look once at each job that a provider has.

    Finished clips become takes; nothing is bought. Returns what became of each, and how many are
    still open.
    """
    show = show_at(folder)
    told = release_unsent(show, Registry(show).root)
    waiting = _open(show)
    told += [
        f"{job.shot_id} at {job.provider}: the same `pipeline transform` goes on with it"
        for job in waiting
        if "transform" in job.about
    ]
    shots = [job for job in waiting if "transform" not in job.about]
    for episode in sorted({job.about.get("episode", "") for job in shots}):
        try:
            place, profile = find_build(show / "builds" / episode)
        except PipelineError as error:
            told.append(f"{episode or 'jobs of an older version'}: {error.problem}")
            continue
        with prepared_run(RunRequest(place, profile), SilentReporter()) as context:
            told += settle_left_behind(context)
    return {"settled": told, "open": len(_open(show))}


def settle_text(found: dict[str, Any]) -> str:
    """`settle_show` for people."""
    left = f"{found['open']} jobs are open" if found["open"] else "no job is open"
    return "\n".join([*found["settled"], left])


def _open(show: Path) -> list[Any]:
    return [job for job in Ledger(show).book().jobs.values() if job.standing == "submitted"]
