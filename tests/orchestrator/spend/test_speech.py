"""Speech from outside is paid for like everything else from outside."""

from types import SimpleNamespace

import pytest

from orchestrator.spend.ledger import Ledger
from orchestrator.spend.speech import SpeechPurse
from orchestrator.spend.unsent import release_unsent_of
from orchestrator.voices.services import Tariff, tariff_of
from renderers.speech.voice import SpeechUnavailableError
from schemas.project import CostPolicy, ElevenLabs, Project, SpeechService

KEY, OTHER = "ab" * 32, "cd" * 32
LINE = ("m", OTHER, 10)
# A cent for ten characters.
PRICE = 1_000_000
EXACT = Tariff("tts", PRICE)


@pytest.fixture
def purse(tmp_path):
    """Opens a purse under a policy, for a service called `tts`."""

    def opened(chars=100, tariff=EXACT, **policy):
        project = Project.create(id="a", cost_policy=CostPolicy(**policy))
        place = SimpleNamespace(show=tmp_path, episode_id="s01e01")
        context = SimpleNamespace(project=project, place=place, run_id="r1")
        return SpeechPurse(context, {"tts": tariff}, {"tts": chars})

    opened.show = tmp_path
    opened.ledger = Ledger(tmp_path)
    opened.book = opened.ledger.book
    return opened


def standings(purse) -> list[tuple[str, int]]:
    return [(job.standing, job.amount_microusd) for job in purse.book().jobs.values()]


def test_what_was_spoken_is_booked_once_it_is_kept(purse) -> None:
    money = purse(max_run_budget_cents=10, approval="auto")
    with money.paying("tts", "mara-1", KEY, 55):
        assert standings(purse) == [("sending", 55_000)]
    assert standings(purse) == [("sending", 55_000)]
    money.keep(KEY, None)
    money.keep(KEY, None)
    assert standings(purse) == [("settled", 55_000)]


def test_the_service_s_own_count_is_what_is_booked(purse) -> None:
    money = purse(max_run_budget_cents=10, approval="auto")
    with money.paying("tts", "mara-1", KEY, 55):
        pass
    money.keep(KEY, 40)
    assert standings(purse) == [("settled", 40_000)]


def test_a_guessed_price_is_put_aside_with_a_quarter_more(purse) -> None:
    guessed = Tariff("tts", PRICE, exact=False)
    money = purse(tariff=guessed, max_run_budget_cents=10, approval="auto")
    with money.paying("tts", "mara-1", KEY, 40):
        assert standings(purse) == [("sending", 50_000)]
    money.keep(KEY, None)
    assert standings(purse) == [("settled", 40_000)]


def test_what_failed_without_a_charge_is_free_and_may_be_bought_again(purse) -> None:
    money = purse(max_run_budget_cents=10, approval="auto")
    with pytest.raises(SpeechUnavailableError, match="busy"), money.paying("tts", "m", KEY, 10):
        raise SpeechUnavailableError("busy", maybe_charged=False)
    assert [each for each, _ in standings(purse)] == ["released"]
    with money.paying("tts", "m", KEY, 10):
        pass
    assert [each for each, _ in standings(purse)] == ["released", "sending"]


@pytest.mark.parametrize("charged", [True, False])
def test_a_key_that_a_service_repeats_does_not_come_into_the_ledger(
    purse, charged, monkeypatch
) -> None:
    monkeypatch.setenv("SPEECH_API_KEY", "sk-0123456789abcdef")
    money = purse(max_run_budget_cents=10, approval="auto")
    with pytest.raises(SpeechUnavailableError), money.paying("tts", "m", KEY, 10):
        raise SpeechUnavailableError("no key sk-0123456789abcdef here", maybe_charged=charged)
    (job,) = purse.book().jobs.values()
    assert "no key" in job.note
    assert "0123456789" not in job.note


def test_what_may_have_been_paid_for_is_not_bought_again_until_somebody_says_so(purse) -> None:
    money = purse(max_run_budget_cents=10, approval="auto")
    with pytest.raises(SpeechUnavailableError, match="lost"), money.paying("tts", "m", KEY, 10):
        raise SpeechUnavailableError("lost", maybe_charged=True)
    assert standings(purse) == [("unknown", 10_000)]
    again = purse(max_run_budget_cents=10, approval="auto")
    (job,) = purse.book().jobs
    with (
        pytest.raises(SpeechUnavailableError, match=f"spend release {job[:12]}") as caught,
        again.paying("tts", "m", KEY, 10),
    ):
        pytest.fail("asked all the same")
    assert "(lost)" in str(caught.value)
    purse.ledger.release(job, "released by hand")
    with again.paying("tts", "m", KEY, 10):
        pass
    again.keep(KEY, None)
    assert [each for each, _ in standings(purse)] == ["released", "settled"]


def test_a_run_that_died_is_told_from_one_that_never_asked(purse) -> None:
    money = purse(max_run_budget_cents=10, approval="auto")
    with pytest.raises(KeyboardInterrupt), money.paying("tts", "m", KEY, 10):
        raise KeyboardInterrupt
    # As a kill leaves it: reserved and not yet sent, or sent and never heard of again.
    dead = purse(max_run_budget_cents=10, approval="auto")
    dead._reserve(EXACT, "m", OTHER, 10)
    again = purse(max_run_budget_cents=10, approval="auto")
    with pytest.raises(SpeechUnavailableError, match="stopped"), again.paying("tts", "m", KEY, 10):
        pytest.fail("asked all the same")
    with pytest.raises(SpeechUnavailableError, match="another run"), again.paying("tts", *LINE):
        pytest.fail("asked although another run is about to")
    release_unsent_of(purse.show, "s01e01", "r2")
    with again.paying("tts", *LINE):
        pass
    assert [each for each, _ in standings(purse)] == ["unknown", "released", "sending"]


def test_a_line_that_was_kept_before_the_run_died_is_booked_by_the_next(purse) -> None:
    money = purse(max_run_budget_cents=10, approval="auto")
    for key in (KEY, OTHER):
        with money.paying("tts", "m", key, 10):
            pass
    purse().settle_what_was_kept(lambda key: key == KEY)
    assert standings(purse) == [("settled", 10_000), ("sending", 10_000)]


def test_more_than_the_budget_is_not_asked_for(purse) -> None:
    money = purse(max_run_budget_cents=10, approval="auto")
    with money.paying("tts", "mara-1", KEY, 60):
        pass
    money.keep(KEY, None)
    with (
        pytest.raises(SpeechUnavailableError, match=r"the run may cost \$0.10"),
        money.paying("tts", "mara-2", OTHER, 60),
    ):
        pytest.fail("asked all the same")


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        ({"approval": "manual"}, False),
        ({"approval": "threshold", "threshold_cents": 9}, False),
        ({"approval": "threshold", "threshold_cents": 10}, True),
        ({"approval": "auto"}, True),
    ],
)
def test_the_policy_says_whether_it_may_be_bought(purse, policy, allowed) -> None:
    money = purse(max_run_budget_cents=10, **policy)
    asked = []
    try:
        with money.paying("tts", "mara-1", KEY, 10):
            asked.append(1)
    except SpeechUnavailableError as error:
        assert "cost_policy.approval" in str(error)
        assert "$0.10" in str(error)
    assert bool(asked) is allowed


def test_a_service_without_a_price_is_free(purse) -> None:
    with purse(tariff=Tariff("tts", 0)).paying("tts", "mara-1", KEY, 10**6):
        pass
    assert standings(purse) == []


def test_openai_s_interface_on_this_machine_is_free_and_elevenlabs_never_is() -> None:
    local = SpeechService(base_url="http://127.0.0.1:8880/v1")
    project = Project.create(id="a", speech=local, elevenlabs=ElevenLabs(base_url="http://[::1]:1"))
    assert tariff_of(project, "openai") == Tariff("openai-speech", 0)
    assert tariff_of(project, "elevenlabs") == Tariff("elevenlabs", 300_000, exact=False)
    assert tariff_of(Project.create(id="a"), "openai") == Tariff("openai-speech", 15_000)
    told = Project.create(id="a", elevenlabs=ElevenLabs(microusd_per_1000_chars=165_000))
    assert tariff_of(told, "elevenlabs") == Tariff("elevenlabs", 165_000)
