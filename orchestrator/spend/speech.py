"""What speech from a service outside this machine costs: put aside before, booked after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from orchestrator.context import RunContext
from orchestrator.http_client import is_this_machine
from orchestrator.spend.ledger import Caps, Ledger, Reservation
from renderers.providers.contract import MICROUSD_PER_CENT
from renderers.speech.voice import SpeechUnavailableError
from schemas.errors import PipelineError

PROVIDER = "openai-speech"


class SpeechPurse:
    """The show's money for speech. A service on this machine costs nothing."""

    def __init__(self, context: RunContext, chars: int) -> None:
        """`chars` are all the characters that the service might be asked to speak."""
        project = context.project
        self._policy = project.cost_policy
        self._price = project.speech.microusd_per_1000_chars
        self._free = is_this_machine(urlsplit(project.speech.base_url).hostname or "")
        self._run = context.run_id
        self._ledger = Ledger(context.place.show)
        self._whole = self._cost(chars)

    @contextmanager
    def paying(self, line_id: str, key: str, chars: int) -> Iterator[None]:
        """Book what is bought in the block. Raises SpeechUnavailableError where it may not be."""
        if self._free or not self._price:
            yield
            return
        self._refuse_unapproved()
        job = self._reserve(line_id, key, self._cost(chars))
        self._ledger.sending(job)
        try:
            yield
        except SpeechUnavailableError as error:
            if error.maybe_charged:
                self._ledger.unknown(job, str(error))
            else:
                self._ledger.release(job, str(error))
            raise
        except BaseException:
            self._ledger.unknown(job, "the run was stopped")
            raise
        self._ledger.settle(job, self._cost(chars), "spoken")

    def _refuse_unapproved(self) -> None:
        policy = self._policy
        auto = policy.approval == "auto"
        small = policy.approval == "threshold"
        small = small and self._whole <= policy.threshold_cents * MICROUSD_PER_CENT
        if not (auto or small):
            raise SpeechUnavailableError(
                f"cost_policy.approval is {policy.approval}: speech from outside is bought with "
                "`auto`, or with `threshold` while all of it costs less"
            )

    def _reserve(self, line_id: str, key: str, amount_microusd: int) -> str:
        tried = sum(job.work == key for job in self._ledger.book().jobs.values())
        job = f"{PROVIDER}-{key[:16]}-{tried + 1}"
        day = self._policy.max_day_budget_cents
        caps = Caps(
            self._policy.max_run_budget_cents * MICROUSD_PER_CENT,
            day * MICROUSD_PER_CENT if day else None,
        )
        wanted = Reservation(job, PROVIDER, line_id, key, amount_microusd)
        try:
            self._ledger.reserve(self._run, [wanted], caps)
        except PipelineError as error:
            if error.code != "over-budget":
                raise
            raise SpeechUnavailableError(f"the speech service: {error.problem}") from None
        return job

    def _cost(self, chars: int) -> int:
        return -(-chars * self._price // 1000)
