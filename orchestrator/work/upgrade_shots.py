"""Better shots for a film that is there: takes are made, kept, and chosen (plan §10.3, §22).

Nothing before the RenderPlan changes: the story, the canon and every frame of timing stay as they
are. A shot for which no take came stays a preview, with the reason on record.
"""

from __future__ import annotations

from collections.abc import Callable

from orchestrator.run.context import RunContext
from orchestrator.spend.open_jobs import settle_open_jobs
from orchestrator.spend.shops import Shops
from orchestrator.upgrades.takes import PREVIEW, Choice
from orchestrator.work.make_take import make_take
from orchestrator.work.price_takes import (
    Priced,
    is_approved,
    price_take,
    reserve_batch,
    spend_request,
)
from orchestrator.work.upgrade_setting import Film, Upgrade, upgrade_of
from orchestrator.work.upgrade_wish import UpgradeWish
from orchestrator.work.wanted_shots import Wanted, clip_work, fitting_take, wanted_shots
from schemas.approval import ApprovalDecision, ApprovalRequest
from schemas.errors import PipelineError

# So many jobs are looked after at a time; each provider's own doorman lets in fewer.
AT_ONCE = 16

Ask = Callable[[ApprovalRequest], ApprovalDecision | None]


def upgrade_shots(
    context: RunContext, wish: UpgradeWish, film: Film, ask: Ask
) -> ApprovalRequest | None:
    """Make and choose takes. Returns the request when a person has to approve the spend first:
    when `ask` has no answer to it.

    Then nothing was bought, as when the batch is over budget. Raises PipelineError for a wish or a
    provider that cannot be understood.
    """
    shops = Shops(context)
    try:
        return _whole(upgrade_of(context, wish, film, shops), ask)
    finally:
        shops.close()


def price_shots(context: RunContext, wish: UpgradeWish, film: Film) -> list[Priced]:
    """What the upgrade would cost, shot by shot. Nothing is bought and nobody is asked."""
    shops = Shops(context)
    try:
        upgrade = upgrade_of(context, wish, film, shops)
        return [
            Priced(one.shot.shot_id, "", None, "a take that fits is there", True)
            if fitting_take(upgrade, one)
            else price_take(upgrade, one)
            for one in wanted_shots(upgrade)
        ]
    finally:
        shops.close()


def _whole(upgrade: Upgrade, ask: Ask) -> ApprovalRequest | None:
    wanted = wanted_shots(upgrade)
    resumed = {
        clip_work(upgrade, one, shop)
        for one in wanted
        if fitting_take(upgrade, one) is None
        for shop in upgrade.order
    }
    settle_open_jobs(upgrade.context, upgrade.shops, leave=resumed)
    missing = [one for one in wanted if not _choose_what_is_there(upgrade, one)]
    asked = [price_take(upgrade, one) for one in missing]
    try:
        request = spend_request(upgrade, asked)
        if request is not None and not is_approved(ask(request)):
            return request
        reserve_batch(upgrade, missing, asked)
    except PipelineError as refused:
        if refused.code not in ("over-budget", "spend-rejected"):
            raise
        for one in missing:
            stays = Choice(PREVIEW, upgrade.order[0].name, refused.problem)
            upgrade.choose(one.shot.shot_id, stays)
        return None
    upgrade.context.reporter.expect("upgrade", len(missing))
    upgrade.context.side_by_side(lambda one: make_take(upgrade, one), missing, AT_ONCE)
    return None


def _choose_what_is_there(upgrade: Upgrade, one: Wanted) -> bool:
    take = fitting_take(upgrade, one)
    if take is not None:
        upgrade.choose(one.shot.shot_id, Choice(take.number, take.provider))
    return take is not None
