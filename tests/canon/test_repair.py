"""Repairs of the script, over the whole corpus of the gate."""

from __future__ import annotations

import pytest

from canon.facts import as_of
from canon.fountain_lines import FountainLines
from canon.gate import check_episode
from canon.repair_search import Bench, Checked, confirmed, mend
from stages.reading.read_fountain import read_fountain
from tests.canon.case_file import CASES, Case, all_cases

STOPPED = [case for case in all_cases() if case.finds]
# What no change of a line that the gate points at can mend: the writer has to say who that is.
BY_HAND = {"flagged/unknown_in_a_closed_cast"}


def bench_of(case: Case) -> tuple[Bench, Checked]:
    def check(text: str) -> Checked:
        script = read_fountain(text, case.script.scenes[0].source.file)
        return Checked(text, script, check_episode(script, case.episode, case.known))

    text = (CASES / f"{case.name}.fountain").read_text(encoding="utf-8")
    return Bench(check, as_of(case.known, case.episode).facts), check(text)


@pytest.mark.parametrize("case", STOPPED, ids=lambda case: case.name)
def test_what_the_gate_stops_can_be_mended_and_nothing_else_comes(case: Case) -> None:
    bench, before = bench_of(case)
    after, done = mend(bench, before)
    if case.name in BY_HAND:
        assert (done, after.diff.findings) == ((), before.diff.findings)
        return
    assert (after.diff.gate, after.diff.findings) == ("passed", ())
    assert 1 <= len(done) <= len(case.finds)
    assert all(next(confirmed(bench, before, finding), None) for finding in before.diff.findings)


def test_lines_are_kept_to_the_byte() -> None:
    text = "\ufeffA\r\nB\rC\n\nD\x85E\u2028F"
    lines = FountainLines.of(text)
    assert lines.text == text
    assert [lines.line(number) for number in range(9)] == [
        *("", "\ufeffA", "B", "C", "", "D", "E", "F"),
        "",
    ]
    assert lines.with_line(2, "X").text == "\ufeffA\r\nX\rC\n\nD\x85E\u2028F"
    assert lines.with_after(1, "", "N").text == "\ufeffA\r\n\r\nN\r\nB\rC\n\nD\x85E\u2028F"
    assert FountainLines.of("A\n\nB\n\nC").without_line(3).text == "A\n\nC"
    assert FountainLines.of("A").with_after(1, "B").text == "A\nB\n"
