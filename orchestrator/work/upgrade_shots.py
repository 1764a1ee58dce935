"""Better shots for a film that is there: takes are made, kept, and chosen (plan §10.3, §22).

Nothing before the RenderPlan changes: the story, the canon and every frame of timing stay as they
are. A shot for which no take came stays a preview, with the reason on record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.context import RunContext
from orchestrator.quantities import dollars
from orchestrator.spend.buying import (
    Bought,
    NotBought,
    Purchase,
    amount_to_reserve,
    job_name,
)
from orchestrator.spend.ledger import Caps, Reservation
from orchestrator.spend.shops import Shop, Shops, order_of
from orchestrator.takes import Choice, TakeStore
from orchestrator.work.render_shot import drawing_of
from orchestrator.work.upgrade_wish import UpgradeWish, wished_shots
from renderers.providers.contract import MICROUSD_PER_CENT, ClipJob, Estimate, ProviderError
from renderers.providers.reference import REFERENCE_VERSION, first_frame, layers, prompt_of
from schemas.approval import ApprovalDecision, ApprovalRequest
from schemas.asset_manifest import AssetManifest
from schemas.digest import Digest, digest_bytes, tagged_digest
from schemas.errors import PipelineError
from schemas.render_plan import RenderPlan, Resolution
from schemas.shot_list import Shot, ShotList, shot_lock_hash
from schemas.take import Take, TakePrompt

if TYPE_CHECKING:
    from schemas.render_output import RenderOutput

# So many jobs are looked after at a time; each provider's own doorman lets in fewer.
AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """A shot to be upgraded, as it is handed to whichever provider is asked."""

    shot: Shot
    job: ClipJob


@dataclass(frozen=True, slots=True)
class Priced:
    """What a shot would cost at the first provider that can make it."""

    shot_id: str
    provider: str
    estimate: Estimate | None
    reason: str = ""
    there_already: bool = False


@dataclass(frozen=True, slots=True)
class Film:
    """What the upgrade of a film starts from."""

    shot_list: ShotList
    manifest: AssetManifest
    plan: RenderPlan
    output: RenderOutput | None
    shot_list_digest: Digest


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
        return _Upgrade(context, wish, film, shops).whole(ask)
    finally:
        shops.close()


def price_shots(context: RunContext, wish: UpgradeWish, film: Film) -> list[Priced]:
    """What the upgrade would cost, shot by shot. Nothing is bought and nobody is asked."""
    shops = Shops(context)
    try:
        return _Upgrade(context, wish, film, shops).prices()
    finally:
        shops.close()


class _Upgrade:
    """One upgrade of one episode."""

    def __init__(self, context: RunContext, wish: UpgradeWish, film: Film, shops: Shops) -> None:
        self._context = context
        self._wish = wish
        self._film = film
        self._shops = shops
        self._takes = TakeStore(context.place.show, context.place.episode_id)
        self._order = [shops.open(name) for name in order_of(context.profile, context.project)]
        resolved = {r.asset_key: r for r in film.plan.resolutions}
        self._shown: dict[str, list[Resolution]] = {}
        for need in film.manifest.needs:
            for shot_id in need.used_by:
                if need.asset_key in resolved:
                    self._shown.setdefault(shot_id, []).append(resolved[need.asset_key])

    def whole(self, ask: Ask) -> ApprovalRequest | None:
        """The upgrade from choosing shots to choosing takes."""
        self._settle_what_is_there()
        wanted = [self._wanted(shot) for shot in self._shots()]
        missing = [one for one in wanted if not self._choose_what_is_there(one)]
        asked = [self._price(one) for one in missing]
        try:
            request = self._request(asked)
            if request is not None and not _approved(ask(request)):
                return request
            self._reserve(missing, asked)
        except PipelineError as refused:
            if refused.code not in ("over-budget", "spend-rejected"):
                raise
            for one in missing:
                self._choose(one.shot.shot_id, Choice(0, self._order[0].name, refused.problem))
            return None
        self._context.reporter.expect("upgrade", len(missing))
        self._context.side_by_side(self._make, missing, AT_ONCE)
        return None

    def prices(self) -> list[Priced]:
        """The price of each wished shot."""
        return [
            Priced(one.shot.shot_id, "", None, "a take that fits is there", True)
            if self._fitting(one)
            else self._price(one)
            for one in map(self._wanted, self._shots())
        ]

    def _shots(self) -> tuple[Shot, ...]:
        return wished_shots(self._wish, self._film.shot_list, self._film.output)

    def _wanted(self, shot: Shot) -> Wanted:
        from renderers.shot_picture import picture_of

        fmt = self._film.plan.format
        seen = self._shown.get(shot.shot_id, [])
        spec = picture_of(shot, seen, self._film.plan, (fmt.width, fmt.height))
        drawing = drawing_of(self._context)
        local = any(shop.row.local for shop in self._order)
        job = ClipJob(
            shot_id=shot.shot_id,
            duration_frames=shot.duration_frames,
            format=fmt,
            timing_lock_hash=self._film.shot_list.timing_lock_hash,
            prompt=prompt_of(shot, self._context.project),
            model="",
            quality=self._wish.quality,
            seed=int(shot_lock_hash(self._film.shot_list.fps, shot)[:8], 16) % (2**31),
            client_token="",
            first_frame=first_frame(spec, fmt, drawing),
            layers=layers(spec, fmt, drawing) if local else (),
        )
        return Wanted(shot, job)

    def _work(self, one: Wanted, shop: Shop) -> Digest:
        """The key of the work of making this shot by that provider: the same work is bought once,
        unless a new take is asked for."""
        job = one.job
        taken = [t for t in self._takes.takes(one.shot.shot_id) if t.provider == shop.name]
        return tagged_digest(
            "ClipWork",
            {
                "version": REFERENCE_VERSION,
                "provider": shop.name,
                "model": shop.model(job.quality),
                "quality": job.quality,
                "lock": shot_lock_hash(self._film.shot_list.fps, one.shot),
                "format": job.format.model_dump(mode="json"),
                "prompt": list(_prompt(job).model_dump().values()),
                "first_frame": digest_bytes(job.first_frame),
                "take": len(taken),
            },
        )

    def _fitting(self, one: Wanted) -> Take | None:
        """The newest take of the shot that answers this wish."""
        if self._wish.again:
            return None
        lock = shot_lock_hash(self._film.shot_list.fps, one.shot)
        names = {shop.name for shop in self._order}
        found = [
            take
            for take in self._takes.takes(one.shot.shot_id)
            if take.shot_lock_hash == lock
            and not take.unfit
            and take.provider in names
            and take.quality == one.job.quality
            and take.first_frame == digest_bytes(one.job.first_frame)
        ]
        return found[-1] if found else None

    def _choose_what_is_there(self, one: Wanted) -> bool:
        take = self._fitting(one)
        if take is not None:
            self._choose(one.shot.shot_id, Choice(take.number, take.provider))
        return take is not None

    def _settle_what_is_there(self) -> None:
        """Book as paid what an earlier run had kept but not booked when it ended."""
        for job in self._shops.ledger.book().jobs.values():
            if job.standing == "submitted" and self._takes.of_job(job.job) is not None:
                self._shops.ledger.settle(job.job, job.amount_microusd, "a clip")

    def _price(self, one: Wanted) -> Priced:
        """By the first provider of the order that can make the shot."""
        reasons = []
        for shop in self._order:
            if shop.provider is None:
                reasons.append(f"{shop.name}: {shop.problem}")
                continue
            try:
                estimate = shop.provider.estimate(_for(one.job, shop))
            except ProviderError as error:
                reasons.append(error.problem)
                continue
            return Priced(one.shot.shot_id, shop.name, estimate)
        return Priced(one.shot.shot_id, "", None, "; ".join(reasons))

    def _request(self, asked: Sequence[Priced]) -> ApprovalRequest | None:
        """The request for what the show's policy wants approved, None when it may be spent."""
        costs = {
            p.shot_id: amount_to_reserve(p.estimate)
            for p in asked
            if p.estimate and p.estimate.cost_microusd
        }
        total = sum(costs.values())
        policy, project = self._context.project.cost_policy, self._context.project
        ask = project.human_checkpoints.approve_external_spend or policy.approval == "manual"
        if policy.approval == "threshold":
            ask = total > policy.threshold_cents * MICROUSD_PER_CENT
        if not total or not ask:
            return None
        by_shot = {p.shot_id: p for p in asked}
        return ApprovalRequest.create(
            checkpoint="approve_external_spend",
            show=project.id,
            episode=self._context.place.episode_id,
            subject=self._film.shot_list_digest,
            title=f"spend up to {dollars(total)} on {len(costs)} shots for {self._context.profile}",
            changes=tuple(
                f"{shot_id}: {by_shot[shot_id].provider}, up to {dollars(cost)}"
                for shot_id, cost in costs.items()
            ),
        )

    def _caps(self) -> Caps:
        policy = self._context.project.cost_policy
        day = policy.max_day_budget_cents
        return Caps(
            policy.max_run_budget_cents * MICROUSD_PER_CENT,
            day * MICROUSD_PER_CENT if day else None,
        )

    def _reserve(self, missing: Sequence[Wanted], asked: Sequence[Priced]) -> None:
        """Put money aside for the whole batch, or for nothing of it."""
        book = self._shops.ledger.book()
        batch = []
        for one, priced in zip(missing, asked, strict=True):
            if priced.estimate is None:
                continue
            work = self._work(one, self._shops.open(priced.provider))
            if book.open_for(work) is None:
                attempts = sum(job.work == work for job in book.jobs.values())
                batch.append(
                    Reservation(
                        job_name(self._context.run_id, work, attempts),
                        priced.provider,
                        one.shot.shot_id,
                        work,
                        amount_to_reserve(priced.estimate),
                    )
                )
        if batch:
            self._shops.ledger.reserve(self._context.run_id, batch, self._caps())

    def _make(self, one: Wanted) -> None:
        """A take of one shot by the first provider that gives one; else why there is none."""
        reasons = []
        for shop in self._order:
            if shop.buyer is None:
                reasons.append(f"{shop.name}: {shop.problem}")
                continue
            try:
                take = self._bought(one, shop)
            except NotBought as error:
                reasons.append(error.reason)
                if error.kind == "content_rejected":
                    # Another provider is not asked for what one has refused to show.
                    reasons.append("a person has to look at this shot")
                    break
                continue
            if not take.unfit:
                self._choose(one.shot.shot_id, Choice(take.number, take.provider))
                self._context.reporter.note(
                    f"{one.shot.shot_id}: take {take.number} by {take.provider}"
                )
                return
            reasons.append(f"{take.provider}, take {take.number}: {take.unfit}")
        reason = "; ".join(reasons)
        self._choose(one.shot.shot_id, Choice(0, self._order[0].name, reason))

    def _bought(self, one: Wanted, shop: Shop) -> Take:
        assert shop.buyer is not None  # noqa: S101  seen to by the caller
        job = _for(one.job, shop)
        work = self._work(one, shop)
        kept: list[Take] = []
        with self._context.registry.scratch() as folder:
            purchase = Purchase(self._context.run_id, work, job, self._caps())
            shop.buyer.buy(
                purchase, folder / "clip", lambda b: kept.append(self._keep(one, shop, b, folder))
            )
        return kept[0]

    def _keep(self, one: Wanted, shop: Shop, bought: Bought, folder: Path) -> Take:
        """The clip as a take, with what speaks against it."""
        unfit = self._unfit(one.shot, bought.clip, folder)
        return self._takes.add(
            bought.clip,
            shot_id=one.shot.shot_id,
            tier="hq" if shop.external else "standard",
            provider=shop.name,
            model=shop.model(one.job.quality),
            quality=one.job.quality,
            duration_frames=one.shot.duration_frames,
            shot_lock_hash=shot_lock_hash(self._film.shot_list.fps, one.shot),
            timing_lock_hash=self._film.shot_list.timing_lock_hash,
            prompt=_prompt(one.job),
            first_frame=digest_bytes(one.job.first_frame),
            job=bought.job,
            cost_microusd=bought.cost_microusd,
            unfit=unfit,
        )

    def _unfit(self, shot: Shot, clip: Path, folder: Path) -> str:
        from renderers.providers.conform import ForeignClip, Unfit, require_fit

        foreign = ForeignClip(clip, self._context.ffmpeg, self._context.tools(folder))
        try:
            require_fit(foreign, shot.duration_frames, self._film.shot_list.fps)
        except Unfit as unfit:
            return unfit.problem
        return ""

    def _choose(self, shot_id: str, choice: Choice) -> None:
        self._takes.choose({shot_id: choice}, self._context.profile)


def _approved(decision: ApprovalDecision | None) -> bool:
    """Whether the spend may go on. Raises PipelineError `spend-rejected`."""
    if decision is not None and decision.decision == "rejected":
        raise PipelineError(
            "spend-rejected",
            decision.episode,
            f"{decision.approver_id} turned down this spend: {decision.note or 'no note'}",
            "upgrade fewer shots, or ask for another profile",
        )
    return decision is not None


def _for(job: ClipJob, shop: Shop) -> ClipJob:
    from dataclasses import replace

    return replace(job, model=shop.model(job.quality))


def _prompt(job: ClipJob) -> TakePrompt:
    asked = job.prompt
    return TakePrompt(
        subject=asked.subject, motion=asked.motion, style=asked.style, mood=asked.mood
    )
