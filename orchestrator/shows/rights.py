"""Licences that end. The day of today decides whether something may be used, never how it looks."""

from __future__ import annotations

import re
from datetime import date

from orchestrator.seams.clock import utc_day
from schemas.errors import PipelineError
from schemas.license import License
from schemas.render_plan import RenderPlan

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def has_ended(last_day: str, today: str) -> bool:
    """Whether the last day of a licence, empty for none, is past; ISO 8601 days, UTC."""
    return bool(last_day) and last_day < today


def refuse_ended(license_: License, where: str) -> None:
    """Raise PipelineError `license-ended` for what may not be used any more.

    A placeholder in its place would make the film's bytes depend on the day; a refusal does not.
    """
    if license_.expires and has_ended(license_.expires, utc_day()):
        raise PipelineError(
            "license-ended",
            where,
            f"its licence ended on {license_.expires}",
            "renew it and write the new day under `expires` beside the file, or take the file out"
            " of the show; `pipeline gc --delete` then removes what was made of it",
        )


def refuse_ended_assets(plan: RenderPlan) -> None:
    """Raise PipelineError `license-ended` when the film would show or sound what has ended."""
    for resolution in plan.resolutions:
        refuse_ended(resolution.license, resolution.source_name)


def check_day(text: str, where: str) -> None:
    """Raise PipelineError `license` when the last day of a licence is none, such as 2027-06-31."""
    try:
        if not text or (_DAY.fullmatch(text) and date.fromisoformat(text)):
            return
    except ValueError:
        pass
    raise PipelineError(
        "license",
        where,
        f"`expires` should be the last day of the licence, found {text!r}",
        "write it as 2027-06-30, or leave it out when the licence does not end",
    )
