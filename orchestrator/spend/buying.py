"""One clip from one provider: reserved, handed in once, waited for, fetched and paid for.

Killed at any moment, a later run finds in the ledger how far it came and goes on from there. What
may have reached the provider is never handed in a second time, except to a provider that knows a
repeated client token.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Generic

from orchestrator.quantities import dollars
from orchestrator.redaction import redacted
from orchestrator.spend.book import BookedJob
from orchestrator.spend.doorman import Doorman
from orchestrator.spend.ledger import Caps, Ledger, Reservation
from orchestrator.spend.patience import Pace
from renderers.providers.contract import (
    Estimate,
    Job,
    JobState,
    Provider,
    ProviderError,
    Submission,
)
from schemas.digest import digest_bytes
from schemas.errors import PipelineError

# Two looks at a job are at least so far apart, unless the show says otherwise.
LOOK_EVERY_MS: Final = 5_000
# A price that was guessed is put aside with a quarter more.
GUESS_MARGIN_PERCENT: Final = 25


@dataclass(frozen=True, slots=True)
class Purchase(Generic[Job]):
    """A clip to buy: for which piece of work, in which run, within which caps.

    `about` is what the ledger keeps of it, for a run that has only the ledger to go by.
    """

    run: str
    work: str
    job: Job
    caps: Caps
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bought:
    """A clip that was fetched, and what it cost in millionths of a US dollar.

    `overrun` says so when that passed the budget and nothing could be done about it.
    """

    clip: Path
    job: str
    cost_microusd: int
    resumed: bool
    overrun: str = ""


class NotBought(Exception):
    """No clip came of it. `kind` is plan §22.4's class, or `parked`, `closed`, `budget`,
    `timeout`.

    `cost_microusd` is what the attempt cost all the same.
    """

    def __init__(self, kind: str, reason: str, cost_microusd: int = 0) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.cost_microusd = cost_microusd


def amount_to_reserve(estimate: Estimate) -> int:
    """The estimate, with a margin when it was a guess, in millionths of a US dollar."""
    if estimate.exact:
        return estimate.cost_microusd
    return -(-estimate.cost_microusd * (100 + GUESS_MARGIN_PERCENT) // 100)


def job_name(run: str, work: str, attempt: int) -> str:
    """The client token of an attempt: the same after a restart, another for a new attempt."""
    return digest_bytes(f"{run}\n{work}\n{attempt}".encode())[:32]


class Buyer(Generic[Job]):
    """Buys clips from one provider."""

    def __init__(
        self, provider: Provider[Job], ledger: Ledger, doorman: Doorman, pace: Pace
    ) -> None:
        self._provider = provider
        self._ledger = ledger
        self._doorman = doorman
        self._pace = pace

    def buy(self, purchase: Purchase[Job], into: Path, keep: Callable[[Bought], None]) -> Bought:
        """The clip in `into`, handed to `keep` before it is booked as paid.

        A run that dies in between fetches the same job's clip again, so `keep` may be called twice
        for one job and has to know it by its name. Raises NotBought; PipelineError only when our
        own disk fails or the ledger is damaged.
        """
        with self._doorman.inside():
            booked = self._ledger.book().open_for(purchase.work)
            if self._doorman.closed:
                raise self._turned_away(booked)
            if booked is None:
                booked = self._reserve(purchase)
                resumed = False
            else:
                resumed = True
            if booked.standing != "submitted":
                booked = self._hand_in(purchase, booked)
            return self._over(booked, purchase.caps, into, keep, resumed)

    def collect(
        self, booked: BookedJob, caps: Caps, into: Path, keep: Callable[[Bought], None]
    ) -> Bought:
        """The clip of a job that the provider has, whoever asked for it; as `buy` does it."""
        with self._doorman.inside():
            if self._doorman.closed:
                raise self._turned_away(booked)
            return self._over(booked, caps, into, keep, True)

    def hasty(self) -> Buyer[Job]:
        """The same buyer, who looks at a job once and waits for nothing."""
        once = replace(self._pace, give_up_after_ms=0, attempts=1)
        return Buyer(self._provider, self._ledger, self._doorman, once)

    def _over(
        self,
        booked: BookedJob,
        caps: Caps,
        into: Path,
        keep: Callable[[Bought], None],
        resumed: bool,
    ) -> Bought:
        """Wait until a job that was handed in is over, fetch its clip and book it."""
        if booked.overrun == "call_off":
            booked = self._call_off(booked)
        state = self._wait_for(booked)
        cost = state.cost_microusd
        paid = booked.amount_microusd if cost is None else cost
        if state.phase != "done":
            raise self._over_without_clip(booked, state, paid)
        self._fetch(booked, state, into)
        overrun = booked.note if booked.overrun else ""
        bought = Bought(into, booked.job, paid, resumed, overrun)
        keep(bought)
        self._ledger.settle(booked.job, paid, "a clip")
        self._doorman.worked()
        if paid > booked.amount_microusd and caps.passed(self._ledger.book(), booked):
            more = (
                f"{self._name} charged {dollars(paid)} for {booked.shot_id}, more than it had said"
            )
            bought = replace(bought, overrun=f"{more}, and the budget is passed")
        return bought

    def _call_off(self, booked: BookedJob) -> BookedJob:
        """Stop a job whose price passes a cap; the job again when it cannot be stopped."""
        asked = (
            f"{self._name} asked {dollars(booked.amount_microusd)} for {booked.shot_id} after an "
            f"estimate of {dollars(booked.reserved_microusd)}, and the budget would be passed"
        )
        if not self._provider.capabilities.cancels:
            return self._ledger.overrun(booked.job, f"{asked}; its jobs cannot be cancelled")
        try:
            self._pace.retried(lambda: self._provider.cancel(booked.handle), booked.job)
        except ProviderError as error:
            problem = f"cancelling it failed: {redacted(error.problem)}"
            return self._ledger.overrun(booked.job, f"{asked}; {problem}")
        state = self._wait_for(booked)
        if state.phase == "done":
            return self._ledger.overrun(booked.job, f"{asked}; it was finished before it stopped")
        # What nobody says was given back counts as charged, up to what had been put aside.
        cost = state.cost_microusd
        paid = booked.reserved_microusd if cost is None else cost
        self._ledger.settle(booked.job, paid, f"{asked}; it was cancelled")
        raise NotBought("budget", f"{asked}; it was cancelled", paid)

    @property
    def _name(self) -> str:
        return self._provider.capabilities.provider_id

    def _turned_away(self, booked: BookedJob | None) -> NotBought:
        until = self._doorman.closed_until
        how_long = f"it is left alone until {until}" if until else "it was not asked again"
        reason = f"{self._name} is down; {how_long}"
        if booked is not None and booked.standing == "reserved":
            self._ledger.release(booked.job, reason)
        return NotBought("closed", reason)

    def _reserve(self, purchase: Purchase[Job]) -> BookedJob:
        try:
            estimate = self._provider.estimate(purchase.job)
        except ProviderError as error:
            raise NotBought(error.kind, redacted(error.problem)) from None
        attempts = len([j for j in self._ledger.book().jobs.values() if j.work == purchase.work])
        name = job_name(purchase.run, purchase.work, attempts)
        wanted = Reservation(
            name,
            self._name,
            purchase.job.shot_id,
            purchase.work,
            amount_to_reserve(estimate),
            purchase.about,
        )
        try:
            self._ledger.reserve(purchase.run, [wanted], purchase.caps)
        except PipelineError as error:
            if error.code != "over-budget":
                raise
            raise NotBought("budget", error.problem) from None
        return self._ledger.book().jobs[name]

    def _hand_in(self, purchase: Purchase[Job], booked: BookedJob) -> BookedJob:
        job = replace(purchase.job, client_token=booked.job)
        again = self._provider.capabilities.dedups_submits
        if booked.standing == "reserved":
            self._send(purchase, booked)
        elif not again:
            raise self._park(booked, "an earlier run ended before the provider had answered")
        try:
            submission = self._submit(job, again)
        except ProviderError as error:
            raise self._not_taken(booked, error) from None
        return self._ledger.submitted(
            booked.job, submission.handle, submission.cost_microusd, purchase.caps
        )

    def _send(self, purchase: Purchase[Job], booked: BookedJob) -> None:
        try:
            self._ledger.sending(booked.job, purchase.caps)
        except PipelineError as error:
            if error.code != "over-budget":
                raise
            self._ledger.release(booked.job, error.problem)
            raise NotBought("budget", error.problem) from None

    def _submit(self, job: Job, again: bool) -> Submission:
        def once() -> Submission:
            self._doorman.before_submit()
            return self._provider.submit(job)

        return self._pace.retried(once, job.client_token, even_if_accepted=again)

    def _not_taken(self, booked: BookedJob, error: ProviderError) -> NotBought:
        if error.kind in ("transient", "rate_limit"):
            self._doorman.broke()
        if error.maybe_accepted:
            return self._park(booked, error.problem)
        reason = redacted(error.problem)
        self._ledger.release(booked.job, reason)
        return NotBought(error.kind, reason)

    def _park(self, booked: BookedJob, problem: str) -> NotBought:
        reason = redacted(problem)
        if booked.standing != "unknown":
            self._ledger.unknown(booked.job, reason)
        return NotBought(
            "parked",
            f"{self._name} may have taken the job or not ({reason}); it is not bought again "
            f"until `pipeline spend release {booked.job}` says it may be",
        )

    def _wait_for(self, booked: BookedJob) -> JobState:
        """The job when it is over."""
        began = self._pace.now_ms()
        while True:
            try:
                state = self._pace.retried(lambda: self._provider.poll(booked.handle), booked.job)
            except ProviderError as error:
                if error.kind == "fatal":
                    return JobState("failed", error=error)
                self._doorman.broke()
                reason = redacted(error.problem)
                raise NotBought(
                    error.kind, f"{reason}; the job is kept, and the next run asks for it again"
                ) from None
            if state.phase in ("done", "failed", "cancelled"):
                return state
            if self._pace.now_ms() - began >= self._pace.give_up_after_ms:
                minutes = self._pace.give_up_after_ms // 60_000
                within = f"did not finish within {minutes} minutes" if minutes else "is still at it"
                raise NotBought(
                    "timeout",
                    f"{self._name} {within}; the job is kept, and the next run asks for it again",
                )
            wanted = max(LOOK_EVERY_MS, state.retry_soonest_s * 1000)
            chosen = self._pace.look_every_ms
            self._pace.wait_ms(wanted if chosen is None else chosen)

    def _fetch(self, booked: BookedJob, state: JobState, into: Path) -> None:
        """The clip; a link that expired is asked for again, which costs nothing."""
        current = state

        def once() -> None:
            nonlocal current
            if not current.links:
                current = self._provider.poll(booked.handle)
            try:
                self._provider.fetch(current, into)
            except ProviderError:
                current = JobState("done")
                raise

        try:
            self._pace.retried(once, booked.job)
        except ProviderError as error:
            reason = redacted(error.problem)
            raise NotBought(
                error.kind,
                f"the clip is finished but cannot be fetched ({reason}); the job is kept, and the "
                "next run fetches it",
            ) from None

    def _over_without_clip(self, booked: BookedJob, state: JobState, paid: int) -> NotBought:
        error = state.error or ProviderError("fatal", f"{self._name} cancelled the job")
        reason = redacted(error.problem)
        self._ledger.settle(booked.job, paid, reason)
        if error.kind == "transient":
            self._doorman.broke()
        else:
            self._doorman.worked()
        return NotBought(error.kind, reason, paid)
