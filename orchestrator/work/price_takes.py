"""What takes would cost: priced, put to a person where the policy says so, put aside in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.reporting.quantities import dollars
from orchestrator.spend.ledger import Reservation
from orchestrator.spend.purchase import amount_to_reserve, job_name
from orchestrator.work.upgrade_setting import Upgrade
from orchestrator.work.wanted_shots import Wanted, about_clip, clip_work, job_for, shops_for
from renderers.providers.contract import MICROUSD_PER_CENT, Estimate, ProviderError
from schemas.approval import ApprovalDecision, ApprovalRequest
from schemas.errors import PipelineError


@dataclass(frozen=True, slots=True)
class Priced:
    """What a shot would cost at the first provider that can make it."""

    shot_id: str
    provider: str
    estimate: Estimate | None
    reason: str = ""
    there_already: bool = False


def price_take(upgrade: Upgrade, one: Wanted) -> Priced:
    """By the first provider that can make the shot."""
    reasons = []
    for shop in shops_for(upgrade, one):
        if shop.provider is None:
            reasons.append(f"{shop.name}: {shop.problem}")
            continue
        try:
            estimate = shop.provider.estimate(job_for(one.job, shop))
        except ProviderError as error:
            reasons.append(error.problem)
            continue
        return Priced(one.shot.shot_id, shop.name, estimate)
    return Priced(one.shot.shot_id, "", None, "; ".join(reasons))


def spend_request(upgrade: Upgrade, asked: Sequence[Priced]) -> ApprovalRequest | None:
    """The request for what the show's policy wants approved, None when it may be spent."""
    costs = {
        p.shot_id: amount_to_reserve(p.estimate)
        for p in asked
        if p.estimate and p.estimate.cost_microusd
    }
    total = sum(costs.values())
    project = upgrade.context.project
    policy = project.cost_policy
    ask = project.human_checkpoints.approve_external_spend or policy.approval == "manual"
    if policy.approval == "threshold":
        ask = total > policy.threshold_cents * MICROUSD_PER_CENT
    if not total or not ask:
        return None
    by_shot = {p.shot_id: p for p in asked}
    return ApprovalRequest.create(
        checkpoint="approve_external_spend",
        show=project.id,
        episode=upgrade.context.place.episode_id,
        subject=upgrade.film.shot_list_digest,
        title=f"spend up to {dollars(total)} on {len(costs)} shots for {upgrade.context.profile}",
        changes=tuple(
            f"{shot_id}: {by_shot[shot_id].provider}, up to {dollars(cost)}"
            for shot_id, cost in costs.items()
        ),
    )


def is_approved(decision: ApprovalDecision | None) -> bool:
    """Whether the spend may go on. Raises PipelineError `spend-rejected`."""
    if decision is not None and decision.decision == "rejected":
        raise PipelineError(
            "spend-rejected",
            decision.episode,
            f"{decision.approver_id} turned down this spend: {decision.note or 'no note'}",
            "upgrade fewer shots, or ask for another profile",
        )
    return decision is not None


def reserve_batch(upgrade: Upgrade, missing: Sequence[Wanted], asked: Sequence[Priced]) -> None:
    """Put money aside for the whole batch, or for nothing of it.

    Raises PipelineError `over-budget`.
    """
    ledger, run = upgrade.shops.ledger, upgrade.context.run_id
    book = ledger.book()
    batch = []
    for one, priced in zip(missing, asked, strict=True):
        if priced.estimate is None:
            continue
        shop = upgrade.shops.open(priced.provider)
        work = clip_work(upgrade, one, shop)
        if book.open_for(work) is None:
            attempts = sum(job.work == work for job in book.jobs.values())
            batch.append(
                Reservation(
                    job_name(run, work, attempts),
                    priced.provider,
                    one.shot.shot_id,
                    work,
                    amount_to_reserve(priced.estimate),
                    about_clip(upgrade, one, shop),
                )
            )
    if batch:
        ledger.reserve(run, batch, upgrade.caps())
