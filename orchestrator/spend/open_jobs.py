"""Jobs that a provider has and nobody asks for any more: their clips are paid for, and are kept.

A run that died, or an upgrade that was asked for differently the next time, leaves such jobs in the
ledger. Each is looked at once: a finished clip becomes a take, a job that goes on stays open for
the next run, and none is ever handed in again. Whether a film shows such a take is for a person to
say (`pipeline takes pick`) or for the next upgrade that wishes the same.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from orchestrator.run.context import RunContext
from orchestrator.spend.book import BookedJob
from orchestrator.spend.buying import Buyer
from orchestrator.spend.caps import caps_of
from orchestrator.spend.ledger import Ledger
from orchestrator.spend.purchase import Bought, NotBought
from orchestrator.spend.shops import Shops
from orchestrator.upgrades.takes import TakeStore
from renderers.providers.conform import ForeignClip, Unfit, require_fit
from renderers.providers.contract import ClipJob
from schemas.errors import PipelineError
from schemas.take import Take
from schemas.timing import FrameRate


def settle_left_behind(context: RunContext) -> list[str]:
    """Settle every job of the run's episode that a provider has. Returns what became of each."""
    if not open_jobs_of(context):
        return []
    shops = Shops(context)
    try:
        return settle_open_jobs(context, shops)
    finally:
        shops.close()


def settle_open_jobs(context: RunContext, shops: Shops, leave: Collection[str] = ()) -> list[str]:
    """Look once at each job of the run's episode but those for the works in `leave`.

    Returns what became of each, and warns of what a person has to see to.
    """
    told = []
    for job in open_jobs_of(context):
        if job.work in leave:
            continue
        try:
            told.append(_settled(context, shops, job))
        except (NotBought, PipelineError) as error:
            reason = error.reason if isinstance(error, NotBought) else error.problem
            told.append(f"{job.shot_id}, job {job.job[:12]} at {job.provider}: {reason}")
            context.warnings.append(told[-1])
    return told


def open_jobs_of(context: RunContext) -> list[BookedJob]:
    """The jobs of the run's episode that a provider has and that are not over."""
    episode = context.place.episode_id
    jobs = Ledger(context.place.show).book().jobs.values()
    # A job from before the ledger said what it is for can belong to any episode.
    return [
        job
        for job in jobs
        if job.standing == "submitted"
        and "transform" not in job.about
        and job.about.get("episode", episode) == episode
    ]


def keep_clip(context: RunContext, about: dict[str, Any], bought: Bought, folder: Path) -> Take:
    """A clip as a take of what it was bought for, with what speaks against it."""
    fields = dict(about)
    fps = FrameRate.model_validate(fields.pop("fps"))
    store = TakeStore(context.place.show, fields.pop("episode"))
    foreign = ForeignClip(bought.clip, context.ffmpeg, context.tools(folder))
    unfit = ""
    try:
        require_fit(foreign, fields["duration_frames"], fps)
    except Unfit as error:
        unfit = error.problem
    return store.add(
        bought.clip, **fields, job=bought.job, cost_microusd=bought.cost_microusd, unfit=unfit
    )


def _settled(context: RunContext, shops: Shops, job: BookedJob) -> str:
    """What became of one job. Raises NotBought or PipelineError when nothing did."""
    known = TakeStore(context.place.show, context.place.episode_id).of_job(job.job)
    if known is not None:
        shops.ledger.settle(job.job, job.amount_microusd, "a clip")
        return f"{job.shot_id}: take {known.number} is booked as paid"
    if not job.about:
        raise NotBought("fatal", "the ledger does not say what it was for; see to it yourself")
    shop = shops.open(job.provider)
    if shop.buyer is None:
        raise NotBought("fatal", f"it cannot be asked about: {shop.problem}")
    take = _collected(context, shop.buyer, job)
    said = f"{job.shot_id}: take {take.number} by {job.provider} was paid for by an earlier run"
    context.reporter.note(said)
    return said


def _collected(context: RunContext, buyer: Buyer[ClipJob], job: BookedJob) -> Take:
    kept: list[Take] = []
    with context.registry.scratch() as folder:

        def keep(bought: Bought) -> None:
            kept.append(keep_clip(context, dict(job.about), bought, folder))

        bought = buyer.hasty().collect(job, caps_of(context.project), folder / "clip", keep)
    if bought.overrun:
        context.warnings.append(bought.overrun)
    return kept[0]
