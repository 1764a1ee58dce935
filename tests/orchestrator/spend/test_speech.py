"""Speech from outside is paid for like everything else from outside."""

from types import SimpleNamespace

import pytest

from orchestrator.spend.ledger import Ledger
from orchestrator.spend.speech import SpeechPurse
from renderers.speech.voice import SpeechUnavailableError
from schemas.project import CostPolicy, Project, SpeechService

KEY = "ab" * 32


@pytest.fixture
def purse(tmp_path):
    """Opens a purse under a policy; the price is a cent for ten characters."""

    def opened(base_url="https://speech.example/v1", chars=100, **policy):
        service = SpeechService(base_url=base_url, microusd_per_1000_chars=1_000_000)
        project = Project.create(id="a", speech=service, cost_policy=CostPolicy(**policy))
        place = SimpleNamespace(show=tmp_path)
        return SpeechPurse(SimpleNamespace(project=project, place=place, run_id="r1"), chars)

    opened.book = lambda: Ledger(tmp_path).book()
    return opened


def standings(purse) -> list[tuple[str, int]]:
    return [(job.standing, job.amount_microusd) for job in purse.book().jobs.values()]


def test_what_was_spoken_is_booked(purse) -> None:
    with purse(max_run_budget_cents=10, approval="auto").paying("mara-1", KEY, 55):
        assert standings(purse) == [("sending", 55_000)]
    assert standings(purse) == [("settled", 55_000)]


@pytest.mark.parametrize(("charged", "standing"), [(True, "unknown"), (False, "released")])
def test_what_failed_is_free_unless_it_may_have_been_charged(purse, charged, standing) -> None:
    money = purse(max_run_budget_cents=10, approval="auto")
    with pytest.raises(SpeechUnavailableError, match="busy"), money.paying("mara-1", KEY, 10):
        raise SpeechUnavailableError("busy", maybe_charged=charged)
    assert [each for each, _ in standings(purse)] == [standing]
    with money.paying("mara-1", KEY, 10):
        pass
    assert [each for each, _ in standings(purse)] == [standing, "settled"]


def test_more_than_the_budget_is_not_asked_for(purse) -> None:
    money = purse(max_run_budget_cents=10, approval="auto")
    with money.paying("mara-1", KEY, 60):
        pass
    with (
        pytest.raises(SpeechUnavailableError, match=r"the run may cost \$0.10"),
        money.paying("mara-2", "cd" * 32, 60),
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
        with money.paying("mara-1", KEY, 10):
            asked.append(1)
    except SpeechUnavailableError as error:
        assert "cost_policy.approval" in str(error)
    assert bool(asked) is allowed


def test_a_service_on_this_machine_is_free(purse) -> None:
    with purse(base_url="http://127.0.0.1:8880/v1").paying("mara-1", KEY, 10**6):
        pass
    assert standings(purse) == []
