"""One take of one shot, by the first provider that gives one."""

from __future__ import annotations

from orchestrator.spend.buying import Buyer
from orchestrator.spend.open_jobs import keep_clip
from orchestrator.spend.purchase import NotBought, Purchase
from orchestrator.spend.shops import Shop
from orchestrator.upgrades.takes import PREVIEW, Choice
from orchestrator.work.upgrade_setting import Upgrade
from orchestrator.work.wanted_shots import Wanted, about_clip, clip_work, job_for, shops_for
from renderers.providers.contract import ClipJob
from schemas.take import Take


def make_take(upgrade: Upgrade, one: Wanted) -> None:
    """Make a take and choose it; else choose the preview, with why there is no take."""
    reasons = []
    for shop in shops_for(upgrade, one):
        if shop.buyer is None:
            reasons.append(f"{shop.name}: {shop.problem}")
            continue
        try:
            take = _bought(upgrade, one, shop, shop.buyer)
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


def _bought(upgrade: Upgrade, one: Wanted, shop: Shop, buyer: Buyer[ClipJob]) -> Take:
    context, about = upgrade.context, about_clip(upgrade, one, shop)
    purchase = Purchase(
        context.run_id,
        clip_work(upgrade, one, shop),
        job_for(one.job, shop),
        upgrade.caps(),
        about,
    )
    kept: list[Take] = []
    with context.registry.scratch() as folder:
        bought = buyer.buy(
            purchase,
            folder / "clip",
            lambda bought: kept.append(keep_clip(context, about, bought, folder)),
        )
    if bought.overrun:
        context.warnings.append(bought.overrun)
    return kept[0]
