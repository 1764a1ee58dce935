"""The generated season is what the table says, and holds no contradiction that would shorten it."""

from __future__ import annotations

from bench import canon as bench
from canon.gate import check_episode


def test_a_season_has_its_facts_and_agrees_with_the_episode_after_it() -> None:
    known = bench.season(10, 20, 400)
    assert len({(fact.subject, fact.attribute) for fact in known.facts}) == 400
    assert len({fact.subject for fact in known.facts}) == 20
    assert len({fact.valid_from.episode for fact in known.facts}) == 10
    diff = check_episode(bench.episode_of(20), "s01e011", known)
    assert (diff.gate, diff.findings) == ("passed", ())
    assert len(diff.modified_facts) == 40


def test_what_is_measured_goes_between_the_marks() -> None:
    page = bench.PAGE.read_text(encoding="utf-8")
    assert page.index(bench.BEGIN) < page.index(bench.END)
    rows = page[page.index(bench.BEGIN) : page.index(bench.END)].splitlines()[3:]
    assert [row.split(" | ")[2] for row in rows] == [f"{size[2]:,}" for size in bench.SIZES]
