"""Buying clips over real HTTP: retries, budgets, parking, and death at every step."""

import os
import threading
from dataclasses import replace
from multiprocessing import get_context

import pytest

from orchestrator.seams.clock import epoch_s
from orchestrator.seams.http_client import HttpClient
from orchestrator.spend.buying import Buyer
from orchestrator.spend.caps import Caps
from orchestrator.spend.doorman import Doorman, Standing
from orchestrator.spend.ledger import Ledger
from orchestrator.spend.ledger_file import LedgerWriter
from orchestrator.spend.outage import Outage, Outages
from orchestrator.spend.patience import Pace, backoff_ms
from orchestrator.spend.purchase import NotBought, Purchase, amount_to_reserve
from renderers.providers.contract import ClipJob, Estimate, ShotPrompt
from renderers.providers.row import Configured, Surroundings
from renderers.providers.table import BY_ID
from schemas.errors import PipelineError
from schemas.project import Format
from tests.fake_providers import services
from tests.fake_providers.server import Fault, answer, serving
from tests.fake_providers.table import FAKES, SECRETS

PNG = services.PNG + b"picture"
CLIP = b"the bytes of a clip"
FREE = Caps(None, None)
HOSTED = {name: fake for name, fake in FAKES.items() if name != "comfyui"}
JOB = ClipJob(
    shot_id="kitchen.1",
    duration_frames=100,
    format=Format(),
    timing_lock_hash="0" * 64,
    prompt=ShotPrompt("Mara at a table", "slow push in", "ink drawing", "tense"),
    model="gen4_turbo",
    quality="standard",
    seed=7,
    client_token="",
    first_frame=PNG,
)


class Clock:
    """A clock that is put forward by waiting."""

    def __init__(self):
        self.now, self.waits = 0, []

    def now_ms(self):
        return self.now

    def wait_ms(self, milliseconds):
        self.waits.append(milliseconds)
        self.now += milliseconds


class Shop:
    """One provider, one ledger, one clock."""

    def __init__(self, name, fake, show):
        self.fake, self.show, self.clock = fake, show, Clock()
        self.http = HttpClient()
        around = Surroundings(self.http, None, SECRETS, epoch_s, show / "jobs")
        self.provider = BY_ID[name].build(Configured(base_url=fake.url), around)
        self.ledger = Ledger(show)
        self.doorman = Doorman(2, 600, self.clock.now_ms, self.clock.wait_ms)
        pace = Pace(self.clock.now_ms, self.clock.wait_ms)
        self.buyer = Buyer(self.provider, self.ledger, self.doorman, pace)
        model = BY_ID[name].models["standard"]
        self.job = replace(JOB, model=model)
        self.kept = []

    def buy(self, work="work-1", run="run-1", caps=FREE):
        into = self.show / f"clip-{len(self.kept)}-{os.getpid()}"
        into.unlink(missing_ok=True)
        purchase = Purchase(run, work, self.job, caps)
        return self.buyer.buy(purchase, into, lambda bought: self.kept.append(bought.job))

    def standings(self):
        return [job.standing for job in self.ledger.book().jobs.values()]


@pytest.fixture
def shop(tmp_path):
    opened = []

    def open_one(name="runway", **set_up):
        fake = HOSTED[name](clip=CLIP, **set_up)
        context = serving(fake)
        context.__enter__()
        opened.append(context)
        return Shop(name, fake, tmp_path)

    yield open_one
    for context in opened:
        context.__exit__(None, None, None)


def test_a_clip_is_reserved_bought_and_paid(shop):
    one = shop()
    bought = one.buy()
    assert bought.clip.read_bytes() == CLIP
    assert (bought.cost_microusd, bought.resumed) == (250_000, False)
    assert one.standings() == ["settled"]
    assert one.ledger.book().paid() == 250_000
    assert one.kept == [bought.job]


def test_a_busy_provider_is_asked_three_times_with_longer_waits(shop):
    one = shop()
    one.fake.faults += [Fault("submit"), Fault("submit")]
    one.buy()
    first, second = one.clock.waits[0], one.clock.waits[1]
    assert 2000 <= first <= 3000 and 4000 <= second <= 6000
    one.fake.faults += [Fault("submit")] * 3
    with pytest.raises(NotBought, match="503") as failed:
        one.buy("work-2")
    assert failed.value.kind == "transient"
    assert one.standings() == ["settled", "released"]
    assert len(one.fake.jobs) == 1


def test_retry_after_is_obeyed(shop):
    one = shop()
    one.fake.faults.append(
        Fault("submit", "refuse", answer(429, {"error": "slow"}, **{"Retry-After": "17"}))
    )
    one.buy()
    assert one.clock.waits[0] == 17_000


def test_a_wait_of_more_than_a_minute_is_not_waited_for(shop):
    one = shop()
    one.fake.faults.append(
        Fault("submit", "refuse", answer(429, {"error": "slow"}, **{"Retry-After": "3600"}))
    )
    with pytest.raises(NotBought) as failed:
        one.buy()
    assert failed.value.kind == "rate_limit"
    assert one.clock.waits == []


def test_a_rejected_picture_is_asked_for_once_and_paid(shop):
    one = shop(outcome="rejected")
    with pytest.raises(NotBought) as failed:
        one.buy()
    assert (failed.value.kind, failed.value.cost_microusd) == ("content_rejected", 250_000)
    assert len(one.fake.steps("submit")) == 1
    assert one.ledger.book().paid() == 250_000


def test_nothing_is_asked_for_without_money(shop):
    one = shop()
    with pytest.raises(NotBought, match="the run may cost") as failed:
        one.buy(caps=Caps(249_999, None))
    assert failed.value.kind == "budget"
    assert one.fake.calls == []
    assert one.standings() == []


@pytest.mark.parametrize("kind", ["drop", "cut", "rubbish"])
def test_a_lost_answer_is_parked_and_never_bought_again(shop, kind):
    one = shop()
    one.fake.faults.append(Fault("submit", kind))
    for _ in range(2):
        with pytest.raises(NotBought, match="pipeline spend release") as failed:
            one.buy()
        assert failed.value.kind == "parked"
    assert len(one.fake.jobs) == 1
    assert one.standings() == ["unknown"]
    assert one.ledger.book().spoken_for() > 0


@pytest.mark.parametrize("kind", ["drop", "cut", "rubbish"])
def test_a_provider_that_knows_the_token_is_asked_again(shop, kind):
    one = shop("kling")
    one.fake.faults.append(Fault("submit", kind))
    assert one.buy().clip.read_bytes() == CLIP
    assert len(one.fake.jobs) == 1


def test_an_expired_link_is_fetched_anew(shop):
    one = shop(links_expire_after=0)
    assert one.buy().clip.read_bytes() == CLIP
    assert len(one.fake.jobs) == 1


def test_a_job_without_an_end_is_kept_for_the_next_run(shop):
    one = shop(polls=10_000)
    with pytest.raises(NotBought, match="within 20 minutes"):
        one.buy()
    assert one.standings() == ["submitted"]
    for job in one.fake.jobs.values():
        job.polls_left = 0
    assert one.buy(run="run-2").resumed
    assert len(one.fake.jobs) == 1


def test_a_provider_that_is_down_is_left_alone(shop):
    one = shop()
    one.fake.faults += [Fault("submit")] * 9
    for number in range(3):
        with pytest.raises(NotBought):
            one.buy(f"work-{number}")
    calls = len(one.fake.calls)
    with pytest.raises(NotBought, match="is down") as failed:
        one.buy("work-4")
    assert failed.value.kind == "closed"
    assert len(one.fake.calls) == calls


def down_at(shop, now_s, faults):
    """Another run of the same show, which begins at `now_s`."""
    clock = Clock()
    standing = Standing("runway", Outages(shop.ledger.folder, lambda: now_s))
    shop.doorman = Doorman(2, 600, clock.now_ms, clock.wait_ms, standing)
    pace = Pace(clock.now_ms, clock.wait_ms)
    shop.buyer = Buyer(shop.provider, shop.ledger, shop.doorman, pace)
    shop.fake.faults[:] = [Fault("submit")] * faults
    return len(shop.fake.calls)


def not_bought(shop, work):
    with pytest.raises(NotBought) as failed:
        shop.buy(work)
    return failed.value


def test_a_provider_found_down_is_not_hammered_by_the_next_run(shop):
    one = shop()
    calls = down_at(one, 1_000_000, 9)
    assert [not_bought(one, f"w{number}").kind for number in range(3)] == ["transient"] * 3
    assert "1970-01-12T13:51:40Z" in not_bought(one, "w3").reason
    # Five minutes less a second later another run begins.
    calls = down_at(one, 1_000_299, 0)
    closed = not_bought(one, "w4")
    assert (closed.kind, len(one.fake.calls)) == ("closed", calls)
    assert "runway is down; it is left alone until 1970-01-12T13:51:40Z" in closed.reason
    assert set(one.standings()) == {"released"}


def test_one_job_tries_a_provider_that_was_down(shop):
    one = shop()
    down_at(one, 1_000_000, 9)
    for number in range(3):
        not_bought(one, f"w{number}")
    # It is asked again, by one job, and is still down: twice as long.
    calls = down_at(one, 1_000_300, 9)
    assert not_bought(one, "w4").kind == "transient"
    assert len(one.fake.calls) == calls + 3
    assert not_bought(one, "w5").kind == "closed"
    assert len(one.fake.calls) == calls + 3
    outages = Outages(one.ledger.folder, lambda: 0)
    assert outages.all()["runway"] == Outage(1_000_000, 1_000_900, 2)
    # It works again: nothing is left of it.
    down_at(one, 1_000_900, 0)
    assert one.buy("w6").clip.read_bytes() == CLIP
    assert outages.all() == {}


def test_on_trial_one_job_at_a_time_goes_in(tmp_path):
    outages = Outages(tmp_path, lambda: 10_000)
    outages.found_down("runway")
    later = Outages(tmp_path, lambda: 99_999)
    door = Doorman(8, 600, lambda: 0, lambda _ms: None, Standing("runway", later))
    inside, together = [], []

    def job():
        with door.inside():
            inside.append(1)
            together.append(len(inside))
            inside.pop()

    workers = [threading.Thread(target=job) for _ in range(6)]
    with door.inside():
        for worker in workers:
            worker.start()
        assert together == []
    for worker in workers:
        worker.join()
    assert together == [1] * 6


def test_pauses_double_up_to_an_hour(tmp_path):
    now = 0
    outages = Outages(tmp_path, lambda: now)
    pauses = []
    for _ in range(6):
        outage = outages.found_down("luma")
        pauses.append(outage.ask_again_s - now)
        assert outages.found_down("luma") == outage
        now = outage.ask_again_s
    assert pauses == [300, 600, 1200, 2400, 3600, 3600]
    assert outages.resting("luma") is None and outages.on_trial("luma")


def test_a_list_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "down.json").write_text('{"runway": 3}')
    with pytest.raises(PipelineError, match="cannot be read"):
        Outages(tmp_path, lambda: 0).all()


def test_looks_are_five_seconds_apart(shop):
    one = shop(polls=4)
    one.buy()
    assert one.clock.waits == [5000] * 3


def test_submits_keep_their_distance():
    clock = Clock()
    door = Doorman(8, 20, clock.now_ms, clock.wait_ms)
    for _ in range(4):
        door.before_submit()
    assert clock.waits == [3000] * 3


def test_a_guessed_price_is_put_aside_with_a_margin():
    assert amount_to_reserve(Estimate(1000, 5, exact=False, confidence="low")) == 1250
    assert amount_to_reserve(Estimate(1000, 5, exact=True, confidence="high")) == 1000


def test_backoff_is_the_same_every_time_and_differs_between_jobs():
    assert backoff_ms(1, "a", None) == backoff_ms(1, "a", None)
    assert len({backoff_ms(2, name, None) for name in "abcdefgh"}) > 4
    assert all(backoff_ms(9, name, None) == 60_000 for name in "abc")


# --- death at every step ------------------------------------------------------------------------


def _dies_at(shop, number):
    """Buy, and end this process at the `number`th thing that the world can see."""
    counted = 0

    def counting(real, *, both_sides):
        def act(*arguments, **named):
            nonlocal counted
            counted += 1
            if counted == number:
                os._exit(9)
            done = real(*arguments, **named)
            if both_sides:
                counted += 1
                if counted == number:
                    os._exit(9)
            return done

        return act

    LedgerWriter.append = counting(LedgerWriter.append, both_sides=True)
    HttpClient.send = counting(HttpClient.send, both_sides=True)
    HttpClient.download = counting(HttpClient.download, both_sides=True)
    keep = shop.kept.append
    shop.kept = Kept(shop.show / "kept", counting(keep, both_sides=True))
    try:
        shop.buy()
    except NotBought:
        os._exit(7)
    os._exit(0)


class Kept(list):
    """Job names kept in a file, as a take is."""

    def __init__(self, path, step):
        super().__init__()
        self.path, self.step = path, step

    def append(self, job):
        self.step(job)
        with self.path.open("a") as file:
            file.write(job + "\n")


@pytest.mark.parametrize("name", list(HOSTED))
def test_killed_at_every_step_nothing_is_bought_twice_and_nothing_lost(tmp_path, name):
    fork = get_context("fork")
    deaths = 0
    for number in range(1, 200):
        show = tmp_path / str(number)
        show.mkdir()
        fake = HOSTED[name](clip=CLIP)
        with serving(fake):
            child = fork.Process(
                target=lambda f=fake, s=show, n=number: _dies_at(Shop(name, f, s), n)
            )
            child.start()
            child.join()
            if child.exitcode == 0:
                break
            assert child.exitcode == 9
            deaths += 1
            one = Shop(name, fake, show)
            if not (show / "kept").exists():
                try:
                    assert one.buy().clip.read_bytes() == CLIP
                except NotBought as not_bought:
                    # The one moment that nobody can see into: sent, and no answer on record.
                    assert not_bought.kind == "parked"
                    assert not one.provider.capabilities.dedups_submits
                    assert one.standings() == ["unknown"]
            assert len(fake.jobs) == 1 or one.standings() == ["unknown"]
            assert len(fake.jobs) <= 1
    assert deaths >= 15
