"""Upgrades for people: what is wished for, what it would cost, who could do it, what was spent."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from orchestrator.clock import epoch_s
from orchestrator.context import RunContext
from orchestrator.engine import RunRequest, prepared_run
from orchestrator.environment import secret_named
from orchestrator.inspect import show_at
from orchestrator.quantities import dollars
from orchestrator.report import SilentReporter
from orchestrator.settings import default_settings, read_settings
from orchestrator.show import EpisodePlace, project_file
from orchestrator.spend.ledger import Ledger
from orchestrator.spend.outage import Outages, outage_view
from orchestrator.spend.shops import able, known_providers, order_of, row_of
from orchestrator.work.upgrade_wish import UpgradeWish, wished_shots
from schemas.documents import read_document
from schemas.errors import ExitCode, PipelineError
from schemas.project import Project
from schemas.shot_list import ShotList
from schemas.take import Quality

QUALITIES = get_args(Quality)


class UnknownQualityError(PipelineError):
    """A quality level that is none; a usage error."""

    exit_code = ExitCode.USAGE


def wish_of(quality: str, shots: str, scenes: str, worst: int, again: bool) -> UpgradeWish:
    """The wish that was typed. Raises UnknownQualityError."""
    if quality not in QUALITIES:
        raise UnknownQualityError(
            "quality", "--quality", f"`{quality}` is no quality", f"use {', '.join(QUALITIES)}"
        )
    return UpgradeWish.model_validate(
        {
            "quality": quality,
            "shots": _names(shots),
            "scenes": _names(scenes),
            "worst": worst,
            "again": again,
        }
    )


def check_upgrade(place: EpisodePlace, profile: str, wish: UpgradeWish) -> None:
    """Refuse what cannot be done before anything is touched.

    Raises PipelineError for a provider that is not known or has no key, and for a shot or scene
    that the film at hand does not have.
    """
    project = place.settings.project
    first = order_of(profile, project)[0]
    missing = [k for k in row_of(first, project).secret_names if not secret_named(k, place.show)]
    if missing:
        raise PipelineError(
            "provider-key",
            f"provider {first}",
            f"{' and '.join(missing)} is not set",
            "set it in the environment or in a .env file of the show; `pipeline providers` says "
            "what each one needs",
        )
    shot_list = place.build / "shot_list.json"
    if shot_list.is_file():
        wished_shots(wish, read_document(shot_list.read_bytes(), ShotList, shot_list.name), None)


def estimate_upgrade(place: EpisodePlace, profile: str, wish: UpgradeWish) -> dict[str, Any]:
    """What each shot would cost. The film's plans are made if they are not there yet."""
    from orchestrator.chain import film_of
    from orchestrator.work.plan import list_assets, plan_shots
    from orchestrator.work.read_script import read_script
    from orchestrator.work.record_scratch import record_scratch
    from orchestrator.work.upgrade_shots import price_shots

    def price(context: RunContext) -> list[dict[str, Any]]:
        script = read_script(context).outputs["artifact"]
        scratch = record_scratch(context, script).outputs["artifact"]
        shots = plan_shots(context, script, scratch).outputs["artifact"]
        manifest = list_assets(context, script, shots).outputs["artifact"]
        film = film_of(context, shots, manifest, scratch)()
        return [
            {
                "shot": priced.shot_id,
                "provider": priced.provider,
                "cost_microusd": priced.estimate.cost_microusd if priced.estimate else 0,
                "exact": priced.estimate.exact if priced.estimate else priced.there_already,
                "confidence": priced.estimate.confidence if priced.estimate else "high",
                "reason": priced.reason,
                "possible": priced.estimate is not None or priced.there_already,
            }
            for priced in price_shots(context, wish, film)
        ]

    with prepared_run(RunRequest(place, profile), SilentReporter()) as context:
        shots = price(context)
    return {
        "episode": place.episode_id,
        "profile": profile,
        "quality": wish.quality,
        "shots": shots,
        "exact_microusd": sum(s["cost_microusd"] for s in shots if s["exact"]),
        "guessed_microusd": sum(s["cost_microusd"] for s in shots if not s["exact"]),
    }


def estimate_text(found: dict[str, Any]) -> str:
    """`estimate_upgrade` for people."""
    rows = [f"{found['episode']}, {found['profile']}, quality {found['quality']}"]
    for shot in found["shots"]:
        if not shot["possible"]:
            rows.append(f"  {shot['shot']}: cannot be made: {shot['reason']}")
            continue
        sure = "" if shot["exact"] else f", guessed ({shot['confidence']} confidence)"
        what = shot["provider"] or shot["reason"]
        rows.append(f"  {shot['shot']}: {what}, {dollars(shot['cost_microusd'])}{sure}")
    exact, guessed = dollars(found["exact_microusd"]), dollars(found["guessed_microusd"])
    return "\n".join([*rows, f"exact {exact}, guessed {guessed}"])


def list_providers(folder: Path) -> dict[str, Any]:
    """Every provider of a show: capabilities, models, and the keys that are not set."""
    try:
        show = show_at(folder)
    except PipelineError:
        show = folder.resolve()
    project = _project_at(show)
    outages = Outages(Ledger(show).folder, epoch_s).all()
    found = []
    for name in known_providers(project):
        row = row_of(name, project)
        setup = project.providers.get(name)
        missing = [key for key in row.secret_names if not secret_named(key, show)]
        found.append(
            {
                "provider": name,
                "profile": f"hq_{name}",
                "local": row.local,
                "models": {q: (setup.model if setup else "") or m for q, m in row.models.items()},
                "capabilities": able(row.capabilities) if row.capabilities else None,
                "missing": missing,
                "ready": not missing,
                "down": outage_view(outages[name]) if name in outages else None,
            }
        )
    return {"providers": found}


def providers_text(found: dict[str, Any]) -> str:
    """`list_providers` for people."""
    rows = []
    for one in found["providers"]:
        where = "on this machine" if one["local"] else "outside"
        state = "ready" if one["ready"] else f"needs {', '.join(one['missing'])}"
        if one["down"]:
            state += f"; down since {one['down']['since']}, asked again from "
            state += one["down"]["ask_again"]
        can = one["capabilities"]
        size = (
            f", up to {can['max_clip_duration_sec']} s and {can['max_resolution']}" if can else ""
        )
        rows.append(f"{one['provider']}: {where}{size}; {state}")
    return "\n".join(rows)


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


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _project_at(show: Path) -> Project:
    file = project_file(show)
    return (read_settings(file) if file else default_settings(show.name)).project
