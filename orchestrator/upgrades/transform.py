"""Transformations for people: what a file of their own becomes, what it costs, where it goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.approvals import Approvals, Verdict
from orchestrator.inspection.inspect import show_at
from orchestrator.reporting.quantities import dollars
from orchestrator.reporting.report import Reporter
from orchestrator.run.context import RunContext
from orchestrator.run.engine import prepared_run
from orchestrator.run.request import RunRequest
from orchestrator.seams.clock import Stopwatch
from orchestrator.seams.foreign_file import refuse_outside
from orchestrator.shows.settings import default_settings, read_settings
from orchestrator.shows.show import EpisodePlace, project_file
from orchestrator.spend.shops import Shops
from orchestrator.store.blobs import BlobLostError
from orchestrator.store.registry import Registry
from orchestrator.upgrades.takes import PREVIEW_PROFILE
from orchestrator.upgrades.transforms import TRANSFORMS
from orchestrator.work.place_transform import (
    Film,
    check_length,
    check_place,
    film_of_shot,
    place_picture,
    place_takes,
)
from orchestrator.work.read_media import OwnMedia, read_media
from orchestrator.work.transform_media import Outcome, ScenePrice, prices, transform_media
from orchestrator.work.transform_setting import Transformation, transformation_of
from orchestrator.work.transform_wish import TransformWish
from schemas.approval import ApprovalDecision, ApprovalRequest
from schemas.errors import PipelineError


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a wish. `placed` are files and takes of the show, `elapsed_ms` all of it,
    `unfit` takes that cannot enter the film."""

    asked: Transformation
    outcome: Outcome
    placed: tuple[str, ...]
    warnings: tuple[str, ...]
    elapsed_ms: int
    unfit: int = 0

    @property
    def degraded(self) -> bool:
        """Whether less came of it than was asked for."""
        return bool(self.outcome.failures) or self.unfit > 0


def transform(
    wish: TransformWish, show_folder: Path, reporter: Reporter, approver: str = ""
) -> Report:
    """Make what was wished for and put it where it belongs.

    Raises PipelineError with the code of the first failure when there is not one variation.
    """
    watch = Stopwatch()
    with _asked(wish, show_folder, reporter) as asked:
        film = _checked_place(asked)
        outcome = transform_media(asked, lambda request: _decision(asked, request, approver))
        if not outcome.made:
            raise _nothing(asked, outcome)
        placed, warnings, unfit = _placed(asked, outcome, film)
        return Report(asked, outcome, placed, warnings, watch.elapsed_ms(), unfit)


def estimate(wish: TransformWish, show_folder: Path, reporter: Reporter) -> dict[str, Any]:
    """What the wish would cost at each provider that would be asked. Nothing is bought."""
    with _asked(wish, show_folder, reporter) as asked:
        _checked_place(asked)
        kept = [number for number in asked.store.kept() if number <= wish.output_count]
        found = prices(asked)
        return {
            "media": asked.media.source.name,
            "medium": asked.media.medium,
            "variations": wish.output_count,
            "there_already": len(kept),
            "providers": [_priced(price, wish.output_count - len(kept)) for price in found],
            "prompt": wish.prompt(asked.media.medium),
        }


def report_payload(report: Report) -> dict[str, Any]:
    """The report as plain values, for `--json`."""
    store, made = report.asked.store, report.outcome.made
    return {
        "success": True,
        "transformed_media": [store.name_of(one) for one in made],
        "digests": [one.media for one in made],
        "variation_count": len(made),
        "output_count": report.asked.wish.output_count,
        "reused": report.outcome.reused,
        "provider": made[0].provider,
        "model_used": made[0].model,
        "processing_time_ms": report.elapsed_ms,
        "cost_microusd": sum(one.cost_microusd for one in made),
        "placed": list(report.placed),
        "warnings": list(report.warnings),
        "failures": [
            {"variation": f.number, "code": f.code, "provider": f.provider, "reason": f.reason}
            for f in report.outcome.failures
        ],
    }


def report_text(report: Report) -> str:
    """The files, a line each, for people and pipes."""
    show = report.asked.context.place.show
    return "\n".join(str(report.asked.store.path(one)) for one in report.outcome.made) + "".join(
        f"\n{show / name}" for name in report.placed
    )


def estimate_text(found: dict[str, Any]) -> str:
    """`estimate` for people."""
    left = found["variations"] - found["there_already"]
    rows = [f"{found['media']}: {found['variations']} variations, {left} of them to be made"]
    for price in found["providers"]:
        if not price["possible"]:
            rows.append(f"  {price['provider']}: cannot make it: {price['reason']}")
            continue
        sure = "" if price["exact"] else f", guessed ({price['confidence']} confidence)"
        need = f"; {price['reason']}" if price["reason"] else ""
        rows.append(f"  {price['provider']}: {dollars(price['cost_microusd'])}{sure}{need}")
    return "\n".join(rows)


@contextmanager
def _asked(wish: TransformWish, folder: Path, reporter: Reporter) -> Iterator[Transformation]:
    show = show_at(folder)
    file = project_file(show)
    settings = read_settings(file) if file else default_settings(show.name)
    refuse_outside(Registry(show).root, show, ".pipeline")
    place = EpisodePlace(file or show / TRANSFORMS, show, TRANSFORMS, settings)
    with prepared_run(RunRequest(place, PREVIEW_PROFILE), reporter) as context:
        shops = Shops(context)
        try:
            yield transformation_of(context, wish, _read(context, wish), shops)
        finally:
            shops.close()


def _read(context: RunContext, wish: TransformWish) -> OwnMedia:
    try:
        return read_media(context, wish)
    except BlobLostError:
        # What was damaged has been put aside, and is made again from the person's own file.
        return read_media(context, wish)


def _checked_place(asked: Transformation) -> Film | None:
    wish, context = asked.wish, asked.context
    if wish.target is not None:
        check_place(context, wish.target, asked.media.medium, asked.store.kept().get(1))
    if wish.shot is None:
        return None
    film = film_of_shot(context, wish.shot)
    check_length(asked, film)
    return film


def _placed(
    asked: Transformation, outcome: Outcome, film: Film | None
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Where it went, every warning there is, and how many takes do not fit."""
    placed: list[str] = []
    unfit = 0
    said = [text for made in outcome.made for text in made.warnings]
    said += [f"variation {f.number} failed: {f.reason}" for f in outcome.failures]
    if asked.wish.target is not None:
        name, warning = place_picture(asked, outcome.made[0], asked.wish.target)
        placed.append(name)
        said += [warning] if warning else []
    if film is not None:
        for take in place_takes(asked, outcome.made, film):
            placed.append(f"takes/{film.episode}/{take.shot_id}/{take.file}")
            unfit += bool(take.unfit)
            if take.unfit:
                said.append(f"take {take.number} of {take.shot_id} does not fit: {take.unfit}")
    return tuple(placed), tuple(dict.fromkeys(said)), unfit


def _decision(
    asked: Transformation, request: ApprovalRequest, approver: str
) -> ApprovalDecision | None:
    approvals = Approvals(asked.context.registry)
    if approver:
        verdict = Verdict("approved", approver, run_id=asked.context.run_id)
        return approvals.decide(request, verdict)
    return approvals.decision(request)


def _nothing(asked: Transformation, outcome: Outcome) -> PipelineError:
    first = outcome.failures[0]
    hint = "try another description or file, or ask another provider with --provider"
    if first.open:
        hint = "the same command again asks for the same job, and pays nothing twice"
    elif first.refused:
        hint = (
            "the provider refused the words or the picture; they are never reworded for it: "
            "a person has to decide what to ask instead"
        )
    elif first.code == "over-budget":
        hint = "raise the budgets under cost_policy in project.yaml, or ask for fewer variations"
    where = f"transform {asked.media.source.name}"
    return PipelineError(first.code, where, first.reason, hint)


def _priced(price: ScenePrice, count: int) -> dict[str, Any]:
    found = price.estimate
    return {
        "provider": price.shop.name,
        "possible": found is not None,
        "cost_microusd": found.cost_microusd * count if found else 0,
        "exact": bool(found and found.exact),
        "confidence": found.confidence if found else "high",
        "seconds_each": found.duration_s if found else 0,
        "reason": price.reason or price.shop.problem,
    }
