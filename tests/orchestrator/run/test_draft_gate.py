"""What a run says of the canon gate, so that nothing unchecked is published."""

import json

from orchestrator.cli.main import main
from tests.orchestrator.conftest import TINY
from tests.orchestrator.show_on_disk import make_show

SCRIPT = "INT. HALL - DAY\n\n[[canon: nora.status = dead]]\n\nNORA\nHello.\n"


def run(tmp_path, mode):
    episode = make_show(tmp_path, script=SCRIPT, project=f"{TINY}continuity_mode: {mode}\n")
    code = main(["run", str(episode), "-q"])
    build = tmp_path / "builds" / episode.stem
    return code, json.loads((build / "run_summary.json").read_bytes()), build


def test_a_draft_is_made_and_says_that_nobody_checked_it(tmp_path):
    code, summary, build = run(tmp_path, "off")
    assert (code, summary["canon_gate"]) == (0, "unchecked")
    assert [note for note in summary["warnings"] if "not to be published" in note]
    assert json.loads((build / "canon_diff.json").read_bytes())["gate"] == "unchecked"
    assert not (tmp_path / "canon" / "HEAD").exists()


def test_flagged_and_blocked_are_told_in_the_account(tmp_path):
    assert run(tmp_path / "flag", "flag")[1]["canon_gate"] == "flagged"
    code, summary, _ = run(tmp_path / "strict", "strict")
    assert (code, summary["canon_gate"]) == (5, "blocked")
