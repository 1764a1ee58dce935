"""A job that a provider has: waited for, called off when it is too dear, fetched and booked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, Generic

from orchestrator.reporting.quantities import dollars
from orchestrator.reporting.redaction import redacted
from orchestrator.spend.book import BookedJob
from orchestrator.spend.caps import Caps
from orchestrator.spend.doorman import Doorman
from orchestrator.spend.ledger import Ledger
from orchestrator.spend.patience import Pace
from orchestrator.spend.purchase import Bought, NotBought
from renderers.providers.contract import Job, JobState, Provider, ProviderError

# Two looks at a job are at least so far apart, unless the show says otherwise.
LOOK_EVERY_MS: Final = 5_000


class Collector(Generic[Job]):
    """Fetches the clips of jobs that were handed in to one provider."""

    def __init__(
        self, provider: Provider[Job], ledger: Ledger, doorman: Doorman, pace: Pace
    ) -> None:
        self._provider = provider
        self._ledger = ledger
        self._doorman = doorman
        self._pace = pace

    def collect(
        self,
        booked: BookedJob,
        caps: Caps,
        into: Path,
        keep: Callable[[Bought], None],
        resumed: bool,
    ) -> Bought:
        """Wait until the job is over, put its clip into `into`, hand it to `keep`, and book it.

        Raises NotBought; PipelineError only when our own disk fails or the ledger is damaged.
        """
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
