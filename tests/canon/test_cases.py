"""The corpus: what the gate must stop and what it must let pass, as a writer writes it."""

from __future__ import annotations

import pytest

from canon.rules import RULES
from tests.canon.case_file import CASES, Case, all_cases

ALL = all_cases()
STOPPED = [case for case in ALL if case.finds]
PASSING = [case for case in ALL if not case.finds]


def named(case: Case) -> str:
    return case.name


def test_there_are_enough_of_either_kind_and_nothing_else_lies_about() -> None:
    assert len(STOPPED) >= 80
    assert len(PASSING) >= 80
    assert len(ALL) == sum(path.is_file() for path in CASES.rglob("*"))
    assert [case.name for case in ALL if bool(case.finds) != (case.gate != "passed")] == []


@pytest.mark.parametrize("case", ALL, ids=named)
def test_the_gate_finds_exactly_what_the_case_says(case: Case) -> None:
    diff = case.check()
    found = [(finding.rule, finding.line) for finding in diff.findings]
    assert found == [(wanted.rule, wanted.line) for wanted in case.finds], diff.findings
    for finding, wanted in zip(diff.findings, case.finds, strict=True):
        assert finding.evidence.startswith(wanted.evidence)
        assert finding.file == case.script.scenes[0].source.file
        assert "[[canon: " in finding.hint or len(finding.hint.split()) > 4
    assert diff.gate == case.gate


@pytest.mark.parametrize("case", STOPPED, ids=named)
def test_flag_mode_finds_the_same_and_off_mode_asks_no_rule(case: Case) -> None:
    flagged = case.check("flag")
    assert flagged.gate == "flagged"
    assert flagged.findings == case.check().findings
    off = case.check("off")
    assert (off.gate, off.findings) == ("unchecked", ())


@pytest.mark.parametrize("position", range(len(RULES)), ids=lambda n: RULES[n].check.__name__)
def test_without_a_rule_some_case_is_missed(position: int) -> None:
    fewer = RULES[:position] + RULES[position + 1 :]
    rule = RULES[position].name
    concerned = [case for case in STOPPED if any(found.rule == rule for found in case.finds)]
    assert any(
        [f.rule for f in case.check(rules=fewer).findings] != [f.rule for f in case.finds]
        for case in concerned
    )


@pytest.mark.parametrize("rule", sorted({rule.name for rule in RULES}))
def test_every_rule_has_cases_on_both_sides(rule: str) -> None:
    assert any(found.rule == rule for case in STOPPED for found in case.finds)
    assert any(case.about == rule for case in PASSING)


def test_every_passing_case_says_which_rule_it_comes_near() -> None:
    assert {case.about for case in PASSING} == {rule.name for rule in RULES}
