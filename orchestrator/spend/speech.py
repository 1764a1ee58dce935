"""What speech from a paid service costs: put aside before, booked once the line is kept.

Such services have no jobs to ask about. What may have been paid for without being heard, an answer
that was lost or a run that was killed, stays put aside and is not bought again by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from orchestrator.reporting.quantities import dollars
from orchestrator.reporting.redaction import redacted
from orchestrator.run.context import RunContext
from orchestrator.spend.book import BookedJob
from orchestrator.spend.caps import caps_of
from orchestrator.spend.ledger import Ledger, Reservation
from orchestrator.spend.purchase import amount_to_reserve
from orchestrator.voices.services import Tariff
from renderers.providers.contract import MICROUSD_PER_CENT, Confidence, Estimate
from renderers.speech.voice import SpeechUnavailableError
from schemas.digest import Digest, digest_bytes
from schemas.errors import PipelineError

KEPT = "spoken"


class SpeechPurse:
    """The show's money for the speech of one run. A service without a price costs nothing."""

    def __init__(
        self, context: RunContext, tariffs: Mapping[str, Tariff], chars: Mapping[str, int]
    ) -> None:
        """`chars` are all the characters that each service might be asked to speak, by engine."""
        self._policy = context.project.cost_policy
        self._caps = caps_of(context.project)
        self._tariffs = tariffs
        self._run = context.run_id
        self._about = {"episode": context.place.episode_id}
        self._ledger = Ledger(context.place.show)
        self._bought: dict[Digest, tuple[str, Tariff, int]] = {}
        self._whole = sum(_aside(tariffs[engine], count) for engine, count in chars.items())

    def settle_what_was_kept(self, is_kept: Callable[[Digest], bool]) -> None:
        """Book as paid the lines that an earlier run kept and died before it could say so."""
        providers = {tariff.provider for tariff in self._tariffs.values()}
        for job in self._ledger.book().jobs.values():
            lost = job.standing in ("sending", "unknown") and job.provider in providers
            if lost and is_kept(job.work):
                self._ledger.settle(job.job, job.amount_microusd, KEPT)

    @contextmanager
    def paying(self, engine: str, line_id: str, key: Digest, chars: int) -> Iterator[None]:
        """Put aside what is bought in the block; `keep` books it when the line is stored.

        Raises SpeechUnavailableError where it may not be bought.
        """
        tariff = self._tariffs[engine]
        if not tariff.microusd_per_1000_chars:
            yield
            return
        self._refuse_lost(key)
        if refusal := self.refusal():
            raise SpeechUnavailableError(refusal)
        job = self._reserve(tariff, line_id, key, chars)
        self._ledger.sending(job)
        try:
            yield
        except SpeechUnavailableError as error:
            # A service may repeat what it was sent, the key too, and the ledger is kept for ever.
            note = redacted(str(error))
            if error.maybe_charged:
                self._ledger.unknown(job, note)
            else:
                self._ledger.release(job, note)
            raise
        except BaseException:
            self._ledger.unknown(job, "the run was stopped")
            raise
        self._bought[key] = (job, tariff, chars)

    def keep(self, key: Digest, chars: int | None) -> None:
        """The line is stored: book what it cost, by the service's own count where it has one."""
        bought = self._bought.pop(key, None)
        if bought is None:
            return
        job, tariff, asked = bought
        self._ledger.settle(job, _cost(tariff, asked if chars is None else chars), KEPT)

    def _refuse_lost(self, key: Digest) -> None:
        lost = self._ledger.book().open_for(key)
        if lost is None:
            return
        raise SpeechUnavailableError(_parked(lost))

    def price(self, engine: str, chars: int) -> Estimate:
        """What so many characters are expected to cost at a service."""
        return _estimate(self._tariffs[engine], chars)

    def refusal(self) -> str:
        """Why the policy lets nothing be bought; empty when it does."""
        policy = self._policy
        auto = policy.approval == "auto"
        small = policy.approval == "threshold"
        small = small and self._whole <= policy.threshold_cents * MICROUSD_PER_CENT
        if auto or small:
            return ""
        return (
            f"cost_policy.approval is {policy.approval}: speech from outside is bought with "
            "`auto`, or with `threshold` while all of it costs less; all lines together are "
            f"put down for {dollars(self._whole)}"
        )

    def _reserve(self, tariff: Tariff, line_id: str, key: Digest, chars: int) -> str:
        tried = sum(job.work == key for job in self._ledger.book().jobs.values())
        job = digest_bytes(f"{tariff.provider}\n{key}\n{tried}".encode())[:32]
        wanted = Reservation(job, tariff.provider, line_id, key, _aside(tariff, chars), self._about)
        try:
            self._ledger.reserve(self._run, [wanted], self._caps)
        except PipelineError as error:
            if error.code not in {"over-budget", "work-open"}:
                raise
            raise SpeechUnavailableError(f"{tariff.provider}: {error.problem}") from None
        return job


def _parked(lost: BookedJob) -> str:
    if lost.standing == "reserved":
        if not lost.about:  # an older version did not write down whose it was
            return f"put aside and never sent; `pipeline spend release {lost.job[:12]}` frees it"
        return (
            "another run is about to buy the same line; run again when that has ended, or, should "
            "there be none, after `pipeline spend settle`"
        )
    note = lost.note or "an earlier run ended before the line was kept"
    return (
        f"the line may have been paid for already ({note}); it is not bought again until "
        f"`pipeline spend release {lost.job[:12]}` says it may be"
    )


def _cost(tariff: Tariff, chars: int) -> int:
    """Rounded up to a millionth of a US dollar."""
    return -(-chars * tariff.microusd_per_1000_chars // 1000)


def _aside(tariff: Tariff, chars: int) -> int:
    """What is put aside, with a margin where the price is a guess."""
    return amount_to_reserve(_estimate(tariff, chars))


def _estimate(tariff: Tariff, chars: int) -> Estimate:
    confidence: Confidence = "high" if tariff.exact else "low"
    return Estimate(_cost(tariff, chars), 0, tariff.exact, confidence)
