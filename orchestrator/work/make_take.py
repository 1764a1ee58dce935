"""One take of one shot, by the first provider that gives one."""

from __future__ import annotations

from pathlib import Path

from orchestrator.spend.buying import Bought, NotBought, Purchase
from orchestrator.spend.shops import Shop
from orchestrator.takes import PREVIEW, Choice
from orchestrator.work.upgrade_setting import Upgrade
from orchestrator.work.wanted_shots import Wanted, clip_work, job_for, take_prompt
from schemas.digest import digest_bytes
from schemas.shot_list import Shot
from schemas.take import Take


def make_take(upgrade: Upgrade, one: Wanted) -> None:
    """Make a take and choose it; else choose the preview, with why there is no take."""
    reasons = []
    for shop in upgrade.order:
        if shop.buyer is None:
            reasons.append(f"{shop.name}: {shop.problem}")
            continue
        try:
            take = _bought(upgrade, one, shop)
        except NotBought as error:
            reasons.append(error.reason)
            if error.kind == "content_rejected":
                # Another provider is not asked for what one has refused to show.
                reasons.append("a person has to look at this shot")
                break
            continue
        if not take.unfit:
            upgrade.choose(one.shot.shot_id, Choice(take.number, take.provider))
            upgrade.context.reporter.note(
                f"{one.shot.shot_id}: take {take.number} by {take.provider}"
            )
            return
        reasons.append(f"{take.provider}, take {take.number}: {take.unfit}")
    upgrade.choose(one.shot.shot_id, Choice(PREVIEW, upgrade.order[0].name, "; ".join(reasons)))


def _bought(upgrade: Upgrade, one: Wanted, shop: Shop) -> Take:
    assert shop.buyer is not None  # noqa: S101  seen to by the caller
    purchase = Purchase(
        upgrade.context.run_id,
        clip_work(upgrade, one, shop),
        job_for(one.job, shop),
        upgrade.caps(),
    )
    kept: list[Take] = []
    with upgrade.context.registry.scratch() as folder:
        bought = shop.buyer.buy(
            purchase,
            folder / "clip",
            lambda bought: kept.append(_keep(upgrade, one, shop, bought, folder)),
        )
    if bought.overrun:
        upgrade.context.warnings.append(bought.overrun)
    return kept[0]


def _keep(upgrade: Upgrade, one: Wanted, shop: Shop, bought: Bought, folder: Path) -> Take:
    """The clip as a take, with what speaks against it."""
    unfit = _unfit(upgrade, one.shot, bought.clip, folder)
    return upgrade.takes.add(
        bought.clip,
        shot_id=one.shot.shot_id,
        tier="hq" if shop.external else "standard",
        provider=shop.name,
        model=shop.model(one.job.quality),
        quality=one.job.quality,
        duration_frames=one.shot.duration_frames,
        shot_lock_hash=upgrade.lock_of(one.shot),
        timing_lock_hash=upgrade.film.shot_list.timing_lock_hash,
        prompt=take_prompt(one.job),
        first_frame=digest_bytes(one.job.first_frame),
        job=bought.job,
        cost_microusd=bought.cost_microusd,
        unfit=unfit,
    )


def _unfit(upgrade: Upgrade, shot: Shot, clip: Path, folder: Path) -> str:
    from renderers.providers.conform import ForeignClip, Unfit, require_fit

    context = upgrade.context
    foreign = ForeignClip(clip, context.ffmpeg, context.tools(folder))
    try:
        require_fit(foreign, shot.duration_frames, upgrade.film.shot_list.fps)
    except Unfit as unfit:
        return unfit.problem
    return ""
