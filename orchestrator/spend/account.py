"""`pipeline spend show` and `release`: the ledger for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orchestrator.inspection.inspect import show_at
from orchestrator.reporting.quantities import dollars
from orchestrator.spend.ledger import Ledger
from schemas.errors import PipelineError


def spend_of(folder: Path) -> dict[str, Any]:
    """The ledger of a show: sums, and the jobs that are not over."""
    book = Ledger(show_at(folder)).book()
    jobs = [
        {
            "job": job.job,
            "provider": job.provider,
            "shot": job.shot_id,
            "day": job.day,
            "standing": job.standing,
            "amount_microusd": job.amount_microusd,
            "note": job.note,
        }
        for job in book.jobs.values()
    ]
    return {"paid_microusd": book.paid(), "spoken_for_microusd": book.spoken_for(), "jobs": jobs}


def spend_text(found: dict[str, Any]) -> str:
    """`spend_of` for people."""
    aside = found["spoken_for_microusd"] - found["paid_microusd"]
    rows = [f"paid {dollars(found['paid_microusd'])}, put aside {dollars(aside)}"]
    for job in found["jobs"]:
        note = f": {job['note']}" if job["note"] else ""
        if job["standing"] == "submitted":
            note += "; `pipeline spend settle` asks what became of it"
        elif job["standing"] == "reserved":
            note += "; never sent: its run, the next one or `pipeline spend settle` sees to it"
        rows.append(
            f"  {job['day']} {job['job'][:12]} {job['shot']}, {job['provider']}, "
            f"{job['standing']} {dollars(job['amount_microusd'])}{note}"
        )
    return "\n".join(rows)


def release_job(folder: Path, name: str) -> str:
    """Free the money of an unknown job. Raises PipelineError `no-job`."""
    ledger = Ledger(show_at(folder))
    unknown = [
        job
        for job in ledger.book().jobs.values()
        # Of what an older version reserved nobody can say whose it was.
        if job.standing in ("unknown", "sending") or (job.standing == "reserved" and not job.about)
    ]
    found = [job for job in unknown if name and job.job.startswith(name)]
    if len(found) != 1:
        listed = ", ".join(job.job[:12] for job in unknown) or "none"
        raise PipelineError(
            "no-job",
            name or "the job",
            "is not the beginning of one job whose fate is unknown",
            f"jobs whose fate is unknown: {listed}",
        )
    ledger.release(found[0].job, "released by hand")
    return f"{found[0].job}: {dollars(found[0].amount_microusd)} are free again"
