"""The corpus: what the gate must block and what it must let pass, as a writer writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from canon.gate import check_episode
from schemas.canon import CanonDiff
from stages.read_fountain import read_fountain
from tests.canon.build import canon

CASES = Path(__file__).with_name("cases")
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (CASES / "expectations.yaml").read_text(encoding="utf-8")
)


def checked(name: str, mode: str = "strict") -> tuple[CanonDiff, list[str]]:
    text = (CASES / f"{name}.fountain").read_text(encoding="utf-8")
    known = canon(*(f"{key} = {value}" for key, value in EXPECTED[name]["canon"].items()))
    script = read_fountain(text, f"episodes/{name}.fountain")
    return check_episode(script, "s01e02", known, mode), text.splitlines()


def test_every_script_has_an_expectation_and_there_are_enough() -> None:
    assert {path.stem for path in CASES.glob("*.fountain")} == set(EXPECTED)
    assert sum(name.startswith("block_") for name in EXPECTED) >= 15
    assert sum(name.startswith("pass_") for name in EXPECTED) >= 15


@pytest.mark.parametrize("name", EXPECTED)
def test_the_gate_finds_exactly_what_is_expected(name: str) -> None:
    diff, lines = checked(name)
    found = [(finding.rule, lines[finding.line - 1]) for finding in diff.findings]
    wanted = EXPECTED[name]["findings"]
    assert found == [(item["rule"], item["line"]) for item in wanted]
    for finding, item in zip(diff.findings, wanted, strict=True):
        assert finding.evidence.startswith(item["evidence"])
        assert finding.file == f"episodes/{name}.fountain"
        assert finding.hint
    assert diff.gate == ("blocked" if name.startswith("block_") else "passed")


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("block_")])
def test_flag_mode_finds_the_same_and_off_mode_nothing(name: str) -> None:
    strict, _ = checked(name)
    flagged, _ = checked(name, "flag")
    assert flagged.gate == "flagged"
    assert flagged.findings == strict.findings
    off, _ = checked(name, "off")
    assert (off.gate, off.findings) == ("passed", ())
