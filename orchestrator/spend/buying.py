"""One clip from one provider: reserved, handed in once, waited for, fetched and paid for.

Killed at any moment, a later run finds in the ledger how far it came and goes on from there. What
may have reached the provider is never handed in a second time, except to a provider that knows a
repeated client token.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Generic

from orchestrator.reporting.redaction import redacted
from orchestrator.spend.book import BookedJob
from orchestrator.spend.caps import Caps
from orchestrator.spend.collecting import Collector
from orchestrator.spend.doorman import Doorman
from orchestrator.spend.ledger import Ledger, Reservation
from orchestrator.spend.patience import Pace
from orchestrator.spend.purchase import Bought, NotBought, Purchase, amount_to_reserve, job_name
from renderers.providers.contract import Job, Provider, ProviderError, Submission
from schemas.errors import PipelineError


class Buyer(Generic[Job]):
    """Buys clips from one provider."""

    def __init__(
        self, provider: Provider[Job], ledger: Ledger, doorman: Doorman, pace: Pace
    ) -> None:
        self._provider = provider
        self._ledger = ledger
        self._doorman = doorman
        self._pace = pace
        self._collector = Collector(provider, ledger, doorman, pace)

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
            return self._collector.collect(booked, purchase.caps, into, keep, resumed)

    def collect(
        self, booked: BookedJob, caps: Caps, into: Path, keep: Callable[[Bought], None]
    ) -> Bought:
        """The clip of a job that the provider has, whoever asked for it; as `buy` does it."""
        with self._doorman.inside():
            if self._doorman.closed:
                raise self._turned_away(booked)
            return self._collector.collect(booked, caps, into, keep, True)

    def hasty(self) -> Buyer[Job]:
        """The same buyer, who looks at a job once and waits for nothing."""
        once = replace(self._pace, give_up_after_ms=0, attempts=1)
        return Buyer(self._provider, self._ledger, self._doorman, once)

    @property
    def _name(self) -> str:
        return self._provider.capabilities.provider_id

    def _turned_away(self, booked: BookedJob | None) -> NotBought:
        until = self._doorman.closed_until
        how_long = f"it is left alone until {until}" if until else "it was not asked again"
        reason = f"{self._name} is down; {how_long}"
        if booked is not None:
            self._ledger.release_unsent(lambda job: job.job == booked.job, reason)
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
            raise _not_bought(error) from None
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
            reason = _not_bought(error)
            if reason.kind == "budget":
                self._ledger.release_unsent(lambda job: job.job == booked.job, error.problem)
            raise reason from None

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


def _not_bought(error: PipelineError) -> NotBought:
    """Why the ledger lets nothing go out. Raises `error` itself when it is of another kind."""
    kinds = {"over-budget": "budget", "work-open": "parked"}
    if error.code not in kinds:
        raise error
    return NotBought(kinds[error.code], error.problem)
