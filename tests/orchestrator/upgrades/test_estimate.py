"""`pipeline estimate` of a film whose lines a service speaks: it says the price and asks nobody."""

import pytest

from orchestrator.spend.ledger import Ledger
from tests.orchestrator.show_on_disk import make_show

SCRIPT = """INT. HALL - DAY

MARA
Siobhan is at home.

TOM
Nobody is at home.

MARA
Who is that?

TOM
...
"""
PAID = "cost_policy: {approval: auto, max_run_budget_cents: 100}\n"


def settings(service, price, policy=PAID):
    voices = f"voices: [{', '.join(service.voices)}]"
    setup = f"elevenlabs: {{base_url: '{service.url}', {voices}{price}}}\n"
    return f"format: {{width: 114, height: 64}}\nvoice: elevenlabs\n{setup}{policy}"


@pytest.fixture
def episode(tmp_path, eleven):
    priced = settings(eleven, ", microusd_per_1000_chars: 300000")
    return make_show(tmp_path / "show", SCRIPT, priced)


def test_every_line_is_priced_before_the_first_run_and_none_is_bought(command, eleven, episode):
    found = command("estimate", episode, "--json").json
    assert [line["cost_microusd"] for line in found["speech"]] == [5_700, 5_400, 3_600]
    first = found["speech"][0]
    assert first | {"line": "-"} == {
        "line": "-",
        "character": "mara",
        "service": "elevenlabs",
        "characters": 19,
        "cost_microusd": 5_700,
        "exact": True,
        "confidence": "high",
        "there_already": False,
    }
    assert (found["exact_microusd"], found["guessed_microusd"]) == (14_700, 0)
    assert found["speech_refused"] == ""
    assert eleven.calls == []
    assert not Ledger(episode.parents[1]).book().jobs


def test_what_was_bought_costs_nothing_more(command, eleven, episode):
    assert command("run", episode, "--quiet").code == 0
    build = episode.parents[1] / "builds" / "s01e01"
    asked = len(eleven.calls)
    found = command("estimate", build, "--json").json
    assert [line["there_already"] for line in found["speech"]] == [True] * 3
    assert found["exact_microusd"] == 0
    episode.write_text(SCRIPT.replace("Who is that?", "Who was that then?"))
    told = command("estimate", build).out
    assert "speech by elevenlabs: 1 of 3 lines to be spoken, 18 characters, $0.01\n" in told
    assert len(eleven.calls) == asked == 3


def test_a_price_that_nobody_said_is_guessed_and_what_is_in_the_way_is_told(
    command, eleven, episode, monkeypatch
):
    (episode.parents[1] / "project.yaml").write_text("id: test\n" + settings(eleven, "", ""))
    found = command("estimate", episode, "--json").json
    assert (found["exact_microusd"], found["guessed_microusd"]) == (0, 14_700)
    assert "cost_policy.approval" in found["speech_refused"]
    told = command("estimate", episode).out
    assert "49 characters, $0.02, guessed (low confidence)\n" in told
    assert "speech would not be bought: cost_policy.approval" in told
    monkeypatch.delenv("ELEVENLABS_API_KEY")
    found = command("estimate", episode, "--json").json
    assert "ELEVENLABS_API_KEY is not set" in found["speech_refused"]
    assert "cost_policy.approval" in found["speech_refused"]
