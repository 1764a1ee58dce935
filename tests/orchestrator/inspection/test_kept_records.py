"""`pipeline fsck` looks at the canon and the ledger too, and never mends them by guessing."""

import json

import pytest

from orchestrator.spend.caps import Caps
from orchestrator.spend.ledger import Ledger, Reservation
from tests.orchestrator.show_on_disk import make_show

FACT = "INT. KITCHEN - DAY\n\nMara waits.\n\n[[canon: Mara.hair = grey]]\n"
PROJECT = "voice: none\nformat: {width: 160, height: 90}\n"


@pytest.fixture
def show(tmp_path, command):
    """A show of one episode whose fact is in canon, and that has spent on one job."""
    show = tmp_path / "show"
    assert command("run", make_show(show, FACT, PROJECT), "--quiet").code == 0
    Ledger(show).reserve("r1", [Reservation("j1", "tts", "s1", "w1", 5)], Caps(None, None))
    Ledger(show).release("j1", "not asked for")
    return show


def test_a_whole_show_is_healthy_and_says_what_was_looked_at(command, show):
    found = command("fsck", show, "--json").json
    assert found["healthy"], found
    assert found["canon_snapshots"] >= 1
    assert found["ledger_lines"] == 2
    told = command("fsck", show).out
    assert "2 lines of the ledger checked" in told
    assert told.endswith("healthy\n")


def test_a_snapshot_that_was_edited_is_found_and_not_mended(command, show):
    (newest,) = [max((show / "canon" / "snapshots").glob("*.json"))]
    edited = newest.read_text().replace("grey", "blond")
    newest.chmod(0o644)
    newest.write_text(edited)
    for option in ((), ("--repair",)):
        ended = command("fsck", show, *option, "--json")
        assert ended.code == 1
        assert [each["kind"] for each in ended.json["findings"]] == ["canon"]
        assert newest.name in ended.json["findings"][0]["path"]
    assert newest.read_text() == edited
    told = command("fsck", show).out
    assert "canon: " in told and "the registry is healthy" in told


def test_a_line_that_was_taken_out_of_the_ledger_is_found(command, show):
    ledger = show / "spend" / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().splitlines(keepends=True)[0])
    ended = command("fsck", show, "--json")
    assert ended.code == 1
    (finding,) = ended.json["findings"]
    assert (finding["kind"], finding["path"]) == ("ledger", "spend/ledger.jsonl")
    assert "last lines are missing" in finding["problem"]
    assert "backup" in finding["remedy"]
    assert json.loads(ledger.read_bytes())["seq"] == 1


def test_a_run_over_a_damaged_ledger_buys_nothing_and_leaves_its_summary(command, show):
    ledger = show / "spend" / "ledger.jsonl"
    ledger.write_bytes(b"")
    ended = command("run", show / "episodes" / "s01e01.fountain", "--json")
    assert ended.code == 1
    assert "the account of what was spent is not whole" in ended.err
    summary = json.loads((show / "builds" / "s01e01" / "run_summary.json").read_bytes())
    assert summary["error"]["code"] == "ledger-damaged"
    assert summary["spend_settled_microusd"] == 0
