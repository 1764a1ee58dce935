"""A provider that asks for more than it had estimated, and the budget that it would pass."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.spend.buying import Buyer
from orchestrator.spend.caps import Caps
from orchestrator.spend.doorman import Doorman
from orchestrator.spend.ledger import Ledger, Reservation
from orchestrator.spend.patience import Pace
from orchestrator.spend.purchase import NotBought, Purchase
from renderers.providers.contract import (
    Capabilities,
    Estimate,
    JobState,
    ProviderError,
    Submission,
)
from schemas.errors import PipelineError
from tests.orchestrator.spend.test_buying import JOB


@dataclass
class Trader:
    """A provider that names its price when it has the job."""

    estimated: int = 100
    asked: int | None = 100
    charged: int | None = None
    cancels: bool = True
    cancel_fails: bool = False
    too_late: bool = False
    submits: list[str] = field(default_factory=list)
    cancelled: set[str] = field(default_factory=set)
    guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def capabilities(self):
        return Capabilities("trader", 10, ("16:9",), (24,), "1280x720", cancels=self.cancels)

    def estimate(self, _job):
        return Estimate(self.estimated, 5, exact=True, confidence="high")

    def submit(self, job):
        with self.guard:
            self.submits.append(job.client_token)
        return Submission(job.client_token, self.asked)

    def poll(self, handle):
        if handle in self.cancelled and not self.too_late:
            return JobState("cancelled", cost_microusd=self.charged)
        return JobState("done", links=("x",), cost_microusd=self.charged)

    def fetch(self, _state, into):
        into.write_bytes(b"clip")

    def cancel(self, handle):
        if self.cancel_fails:
            raise ProviderError("fatal", "no such job")
        self.cancelled.add(handle)


def buyer(trader, show):
    pace = Pace(lambda: 0, lambda _ms: None)
    door = Doorman(8, 6000, lambda: 0, lambda _ms: None)
    return Buyer(trader, Ledger(show), door, pace)


def buy(trader, show, work="w", cap=150):
    into = show / f"clip of {work}"
    purchase = Purchase("run", work, JOB, Caps(cap, None))
    return buyer(trader, show).buy(purchase, into, lambda _bought: None)


def only_job(show):
    (job,) = Ledger(show).book().jobs.values()
    return job


def test_a_higher_price_within_the_budget_is_paid(tmp_path):
    assert buy(Trader(asked=150), tmp_path).cost_microusd == 150
    assert only_job(tmp_path).reserved_microusd == 100


def test_a_price_over_the_budget_is_cancelled_and_recorded(tmp_path):
    trader = Trader(asked=151)
    with pytest.raises(NotBought, match="after an estimate of") as refused:
        buy(trader, tmp_path)
    assert (refused.value.kind, len(trader.cancelled)) == ("budget", 1)
    job = only_job(tmp_path)
    assert (job.standing, job.amount_microusd) == ("settled", 100)
    assert "it was cancelled" in job.note


def test_what_a_cancelled_job_cost_is_what_the_provider_says(tmp_path):
    with pytest.raises(NotBought) as refused:
        buy(Trader(asked=151, charged=12), tmp_path)
    assert refused.value.cost_microusd == 12
    assert Ledger(tmp_path).book().paid() == 12


@pytest.mark.parametrize(
    ("trader", "said"),
    [
        (Trader(asked=151, cancels=False), "cannot be cancelled"),
        (Trader(asked=151, cancel_fails=True), "no such job"),
        (Trader(asked=151, too_late=True), "finished before it stopped"),
    ],
)
def test_what_cannot_be_stopped_is_paid_for_told_and_the_last_thing_bought(tmp_path, trader, said):
    ledger = Ledger(tmp_path)
    waiting = Reservation("other", "trader", "kitchen.2", "other work", 40)
    ledger.reserve("run", [waiting], Caps(190, None))
    bought = buy(trader, tmp_path, cap=190)
    assert said in bought.overrun and bought.cost_microusd == 151
    assert said in ledger.book().jobs[bought.job].note
    submits = len(trader.submits)
    with pytest.raises(NotBought, match="the budget is passed"):
        buy(trader, tmp_path, "other work", cap=190)
    assert len(trader.submits) == submits
    assert ledger.book().jobs["other"].standing == "released"


def test_a_bill_that_is_higher_than_every_price_named_is_told(tmp_path):
    assert "the budget is passed" in buy(Trader(charged=200), tmp_path).overrun
    with pytest.raises(NotBought):
        buy(Trader(), tmp_path, "w2")


def test_killed_before_the_cancelling_the_next_run_cancels(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.reserve("run", [Reservation("j", "trader", "s", "w", 100)], Caps(150, None))
    ledger.sending("j")
    ledger.submitted("j", "j", 151, Caps(150, None))
    trader = Trader()
    with pytest.raises(NotBought, match="it was cancelled"):
        buy(trader, tmp_path)
    assert (trader.submits, trader.cancelled) == ([], {"j"})


TRADERS = st.builds(
    Trader,
    estimated=st.integers(1, 60),
    asked=st.none() | st.integers(1, 120),
    cancels=st.booleans(),
    cancel_fails=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TRADERS, min_size=2, max_size=8), st.integers(50, 200), st.integers(1, 4))
def test_never_silently_over(traders, cap, hands):
    """Whatever prices are named, in whatever order: over the cap only by jobs that say so."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(hands) as pool:
        show = Path(folder)

        def attempt(numbered):
            number, trader = numbered
            try:
                return buy(trader, show, f"w{number}", cap)
            except NotBought as failed:
                assert failed.kind == "budget"
                return None

        list(pool.map(attempt, enumerate(traders)))
        book = Ledger(show).book()
        told = [job for job in book.jobs.values() if job.overrun == "booked"]
        more = sum(job.amount_microusd - job.reserved_microusd for job in told)
        assert book.spoken_for(run="run") <= cap + more
        assert all("the budget would be passed" in job.note for job in told)
        assert not any(job.overrun == "call_off" and job.standing == "submitted"
                       for job in book.jobs.values())  # fmt: skip
        if all(trader.cancels and not trader.cancel_fails for trader in traders):
            assert not told
        if book.spoken_for(run="run") > cap:
            late = Trader()
            with pytest.raises(NotBought):
                buy(late, show, "late", cap)
            assert late.submits == []


def test_money_that_was_put_aside_is_not_sent_after_the_budget_is_passed(tmp_path):
    ledger, caps = Ledger(tmp_path), Caps(100, None)
    ledger.reserve("run", [Reservation(n, "t", "s", n, 50) for n in "ab"], caps)
    ledger.sending("a", caps)
    ledger.submitted("a", "h", 51, caps)
    with pytest.raises(PipelineError, match="charged more than it had estimated"):
        ledger.sending("b", caps)
    assert ledger.book().jobs["b"].standing == "reserved"
