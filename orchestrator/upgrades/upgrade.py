"""An upgrade as it was typed: what is wished for, and whether it can be done at all."""

from __future__ import annotations

from typing import get_args

from orchestrator.seams.environment import secret_named
from orchestrator.shows.show import EpisodePlace
from orchestrator.spend.routing import order_of, row_of
from orchestrator.work.upgrade_wish import UpgradeWish, wished_shots
from schemas.documents import read_document
from schemas.errors import ExitCode, PipelineError
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


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
