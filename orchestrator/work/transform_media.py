"""A person's own picture or clip in another scene: priced, approved, made, and kept.

Nothing is bought before the whole batch is put aside and allowed, and nothing is bought twice,
wherever an earlier run was ended (`orchestrator.spend.buying`). A variation that failed leaves the
others standing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestrator.reporting.quantities import dollars
from orchestrator.seams.lock import locked, transform_lock
from orchestrator.spend.caps import caps_of
from orchestrator.spend.ledger import Reservation
from orchestrator.spend.purchase import amount_to_reserve, job_name
from orchestrator.spend.shops import SceneShop
from orchestrator.work.make_variation import (
    Failure,
    has_open_job,
    make_variation,
    store_variation,
)
from orchestrator.work.price_takes import is_approved
from orchestrator.work.transform_setting import Transformation, require_somebody
from renderers.providers.contract import MICROUSD_PER_CENT, Estimate, ProviderError
from schemas.approval import ApprovalDecision, ApprovalRequest
from schemas.errors import ExitCode, PipelineError
from schemas.transform import Transform

Ask = Callable[[ApprovalRequest], ApprovalDecision | None]


class SpendWaitsError(PipelineError):
    """A person has to approve the spend first."""

    exit_code = ExitCode.PAUSED


@dataclass(frozen=True, slots=True)
class Outcome:
    """The variations that are there, those that were there before, and those that failed."""

    made: tuple[Transform, ...]
    reused: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class ScenePrice:
    """What a variation would cost at one provider, or why it cannot make it."""

    shop: SceneShop
    estimate: Estimate | None
    reason: str = ""


def transform_media(asked: Transformation, ask: Ask) -> Outcome:
    """Make every variation of the wish that is not there yet.

    Raises PipelineError `provider-key` when nobody can be asked, `over-budget`, `spend-rejected`,
    and SpendWaitsError when `ask` has no answer.
    """
    context = asked.context
    lock = transform_lock(context.registry.root, asked.digest)
    waiting = "another run makes the same transformation; waiting for it"
    with locked(lock, True, lambda: context.reporter.note(waiting)):
        _settle_what_is_there(asked)
        kept = asked.store.kept()
        wanted = range(1, asked.wish.output_count + 1)
        for number in kept:
            store_variation(asked, kept[number])
        missing = [number for number in wanted if number not in kept]
        there = [kept[number] for number in wanted if number in kept]
        if not missing:
            return Outcome(tuple(there), len(there), ())
        require_somebody(asked)
        new = [number for number in missing if not has_open_job(asked, number)]
        _allow_and_reserve(asked, new, ask)
        made, failures = _make(asked, missing)
    every = sorted([*there, *made], key=lambda one: one.number)
    return Outcome(tuple(every), len(there), tuple(failures))


def prices(asked: Transformation) -> list[ScenePrice]:
    """What one variation would cost at each provider of the order. Nobody outside is asked."""
    found = []
    for shop in asked.order:
        if shop.provider is None:
            found.append(ScenePrice(shop, None, shop.problem))
            continue
        try:
            found.append(ScenePrice(shop, shop.provider.estimate(asked.job(1, shop))))
        except ProviderError as error:
            found.append(ScenePrice(shop, None, error.problem))
    return found


def _make(asked: Transformation, missing: Sequence[int]) -> tuple[list[Transform], list[Failure]]:
    """One after the other, so that what is refused once is not asked for again."""
    made: list[Transform] = []
    failures: list[Failure] = []
    asked.context.reporter.expect("transform", len(missing))
    for number in missing:
        if any(failure.refused for failure in failures):
            reason = "not asked for, since the same words were refused just now"
            failures.append(Failure(number, failures[-1].code, failures[-1].provider, reason))
            continue
        result = make_variation(asked, number)
        if isinstance(result, Failure):
            failures.append(result)
            continue
        made.append(result)
        asked.context.reporter.note(f"variation {number} by {result.provider}")
    _release_unused(asked, missing)
    return made, failures


def _allow_and_reserve(asked: Transformation, new: Sequence[int], ask: Ask) -> None:
    """Have the spend approved and put it aside for every new variation, or for none."""
    able = [price for price in prices(asked) if price.estimate is not None]
    ready = [price for price in able if price.shop.buyer is not None]
    if not new or not ready:
        return
    amounts = [amount_to_reserve(p.estimate) for p in ready if p.estimate is not None]
    request = _request(asked, len(new), max(amounts))
    if request is not None and not is_approved(ask(request)):
        raise SpendWaitsError(
            "approval-needed",
            f"transform {asked.media.source.name}",
            f"{request.title}: nobody has approved that yet, and nothing was bought",
            "the same command with --approve-by NAME approves it and goes on",
        )
    first = ready[0].shop
    book, batch = asked.shops.ledger.book(), []
    for number in new:
        work = asked.work(number, first)
        attempts = sum(job.work == work for job in book.jobs.values())
        name = job_name(asked.context.run_id, work, attempts)
        label, about = asked.label(number), asked.about(number)
        batch.append(Reservation(name, first.name, label, work, amounts[0], about))
    caps = caps_of(asked.context.project)
    asked.shops.ledger.reserve(asked.context.run_id, batch, caps)


def _request(asked: Transformation, count: int, each_microusd: int) -> ApprovalRequest | None:
    """The request for what the show's policy wants approved, by the dearest provider in line."""
    project = asked.context.project
    policy, total = project.cost_policy, count * each_microusd
    needed = policy.approval == "manual"
    if policy.approval == "threshold":
        needed = total > policy.threshold_cents * MICROUSD_PER_CENT
    if not total or not (needed or project.human_checkpoints.approve_external_spend):
        return None
    names = ", then ".join(shop.name for shop in asked.order if shop.buyer is not None)
    return ApprovalRequest.create(
        checkpoint="approve_external_spend",
        show=project.id,
        episode=asked.store.folder.name,
        subject=asked.digest,
        title=f"spend up to {dollars(total)} on {count} transformations of "
        f"{asked.media.source.name}",
        changes=(f"asked is {names}", f"up to {dollars(each_microusd)} each"),
    )


def _settle_what_is_there(asked: Transformation) -> None:
    """Book as paid what an earlier run had kept but not booked when it ended."""
    ledger = asked.shops.ledger
    jobs = {made.job for made in asked.store.kept().values() if made.job}
    for job in ledger.book().jobs.values():
        if job.standing == "submitted" and job.job in jobs:
            ledger.settle(job.job, job.amount_microusd, "a transformation")


def _release_unused(asked: Transformation, missing: Sequence[int]) -> None:
    """What was put aside and never sent out is free again."""
    ledger = asked.shops.ledger
    works = {asked.work(number, shop) for number in missing for shop in asked.order}
    ledger.release_unsent(lambda job: job.work in works, "not asked for")
