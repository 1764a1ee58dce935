"""One clip from one provider: reserved, handed in once, waited for, fetched and paid for.

Killed at any moment, a later run finds in the ledger how far it came and goes on from there. What
may have reached the provider is never handed in a second time, except to a provider that knows a
repeated client token.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from orchestrator.redaction import redacted
from orchestrator.spend.book import BookedJob
from orchestrator.spend.doorman import Doorman
from orchestrator.spend.ledger import Caps, Ledger, Reservation
from renderers.providers.contract import (
    ClipJob,
    ClipProvider,
    Estimate,
    JobState,
    ProviderError,
    Submission,
)
from schemas.digest import digest_bytes
from schemas.errors import PipelineError

Answer = TypeVar("Answer")

# Plan §22.4.
MAX_ATTEMPTS: Final = 3
MAX_BACKOFF_MS: Final = 60_000
_FIRST_BACKOFF_MS: Final = 2_000
# Two looks at a job are at least so far apart, unless the show says otherwise.
LOOK_EVERY_MS: Final = 5_000
GIVE_UP_AFTER_MS: Final = 20 * 60_000
# A price that was guessed is put aside with a quarter more.
GUESS_MARGIN_PERCENT: Final = 25


@dataclass(frozen=True, slots=True)
class Pace:
    """The clock as buying uses it. `look_every_ms` overrides what providers ask for, if given."""

    now_ms: Callable[[], int]
    wait_ms: Callable[[int], None]
    look_every_ms: int | None = None
    give_up_after_ms: int = GIVE_UP_AFTER_MS


@dataclass(frozen=True, slots=True)
class Purchase:
    """A clip to buy: for which piece of work, in which run, within which caps."""

    run: str
    work: str
    job: ClipJob
    caps: Caps


@dataclass(frozen=True, slots=True)
class Bought:
    """A clip that was fetched, and what it cost in millionths of a US dollar."""

    clip: Path
    job: str
    cost_microusd: int
    resumed: bool


class NotBought(Exception):
    """No clip came of it. `kind` is plan §22.4's class, or `parked`, `closed`, `budget`.

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


class Buyer:
    """Buys clips from one provider."""

    def __init__(
        self, provider: ClipProvider, ledger: Ledger, doorman: Doorman, pace: Pace
    ) -> None:
        self._provider = provider
        self._ledger = ledger
        self._doorman = doorman
        self._pace = pace

    def buy(self, purchase: Purchase, into: Path, keep: Callable[[Bought], None]) -> Bought:
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
            state = self._wait_for(booked)
            cost = state.cost_microusd
            paid = booked.amount_microusd if cost is None else cost
            if state.phase == "done":
                self._fetch(booked, state, into)
                bought = Bought(into, booked.job, paid, resumed)
                keep(bought)
                self._ledger.settle(booked.job, paid, "a clip")
                self._doorman.worked()
                return bought
            return self._over_without_clip(booked, state, paid)

    @property
    def _name(self) -> str:
        return self._provider.capabilities.provider_id

    def _turned_away(self, booked: BookedJob | None) -> NotBought:
        reason = f"{self._name} is down; it was not asked again in this run"
        if booked is not None and booked.standing == "reserved":
            self._ledger.release(booked.job, reason)
        return NotBought("closed", reason)

    def _reserve(self, purchase: Purchase) -> BookedJob:
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
        )
        try:
            self._ledger.reserve(purchase.run, [wanted], purchase.caps)
        except PipelineError as error:
            if error.code != "over-budget":
                raise
            raise NotBought("budget", error.problem) from None
        return self._ledger.book().jobs[name]

    def _hand_in(self, purchase: Purchase, booked: BookedJob) -> BookedJob:
        job = replace(purchase.job, client_token=booked.job)
        again = self._provider.capabilities.dedups_submits
        if booked.standing == "reserved":
            self._ledger.sending(booked.job)
        elif not again:
            raise self._park(booked, "an earlier run ended before the provider had answered")
        try:
            submission = self._submit(job, again)
        except ProviderError as error:
            raise self._not_taken(booked, error) from None
        self._ledger.submitted(booked.job, submission.handle, submission.cost_microusd)
        return self._ledger.book().jobs[booked.job]

    def _submit(self, job: ClipJob, again: bool) -> Submission:
        def once() -> Submission:
            self._doorman.before_submit()
            return self._provider.submit(job)

        return self._retried(once, job.client_token, even_if_accepted=again)

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
                state = self._retried(lambda: self._provider.poll(booked.handle), booked.job)
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
            if self._pace.now_ms() - began > self._pace.give_up_after_ms:
                minutes = self._pace.give_up_after_ms // 60_000
                raise NotBought(
                    "transient",
                    f"{self._name} did not finish within {minutes} minutes; the job is kept, and "
                    "the next run asks for it again",
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
            self._retried(once, booked.job)
        except ProviderError as error:
            reason = redacted(error.problem)
            raise NotBought(
                error.kind,
                f"the clip is finished but cannot be fetched ({reason}); the job is kept, and the "
                "next run fetches it",
            ) from None

    def _over_without_clip(self, booked: BookedJob, state: JobState, paid: int) -> Bought:
        error = state.error or ProviderError("fatal", f"{self._name} cancelled the job")
        reason = redacted(error.problem)
        self._ledger.settle(booked.job, paid, reason)
        if error.kind == "transient":
            self._doorman.broke()
        raise NotBought(error.kind, reason, paid)

    def _retried(
        self, ask: Callable[[], Answer], token: str, *, even_if_accepted: bool = True
    ) -> Answer:
        """`ask`, up to three times while the provider is busy or broken."""
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                return ask()
            except ProviderError as error:
                passing = error.kind in ("transient", "rate_limit")
                unsure = error.maybe_accepted and not even_if_accepted
                if not passing or unsure or attempt == MAX_ATTEMPTS:
                    raise
                delay = backoff_ms(attempt, token, error.retry_after_s)
                if delay is None:
                    raise
                self._pace.wait_ms(delay)
        raise AssertionError("unreachable")


def backoff_ms(attempt: int, token: str, retry_after_s: int | None) -> int | None:
    """How long to wait after a failed attempt, counted from 1.

    What the provider asks for, or doubling from two seconds with up to half of it on top, by the
    job's name, so that jobs that failed together do not come back together. None when the provider
    asks for more than plan §22.4's cap of a minute: then it is not asked again now.
    """
    if retry_after_s is not None:
        wanted = retry_after_s * 1000
        return wanted if wanted <= MAX_BACKOFF_MS else None
    base = min(_FIRST_BACKOFF_MS * int(2 ** (attempt - 1)), MAX_BACKOFF_MS)
    jitter = int(digest_bytes(f"{token} {attempt}".encode())[:8], 16) % (base // 2 + 1)
    return min(base + jitter, MAX_BACKOFF_MS)
