from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canon.context import Question, Told, assemble_context, question_text, subjects_of
from canon.diff import apply_diff
from canon.embedding import HashedNgrams
from canon.facts import as_of
from canon.gate import check_episode
from canon.recall import build_index, recall
from canon.threads import open_threads, threads_of
from schemas.canon import CanonSnapshot
from schemas.context_pack import ContextPack
from schemas.documents import read_document
from schemas.errors import PipelineError
from schemas.script import Script
from stages.reading.read_fountain import read_fountain
from tests.canon.build import canon

ONE = """Title: First

= Nora hands the lantern on.

INT. STATION - NIGHT

[[canon: table.question = Who wrote the tide table?]]
[[canon: key.question = Where is the key?; key.status = open]]

NORA
Take it.

[[canon: nora.status -> dead; lantern.keeper -> tess]]
"""
TWO = """Title: Second

= The cars turn back.

EXT. CAUSEWAY - NIGHT

[[canon: key.status -> closed]]
[[canon: speech.question = Will Cole speak?]]

COLE
There you are.

[[canon: cole.mood -> glad]]
"""
THREE = "INT. STATION - DAY\n\nTESS\nMorning.\n"


def told(text: str, episode: str) -> Told:
    script = read_fountain(text, f"episodes/{episode}.fountain")
    return Told(episode, script, script.digest())


STORY = [told(ONE, "s01e01"), told(TWO, "s01e02"), told(THREE, "s01e03")]
SCRIPT = STORY[2].script


def head_after_all() -> CanonSnapshot:
    head = canon(
        *("nora.name = Nora", "nora.status = alive", "tess.name = Tess", "tess.age = 19"),
        *("lantern.keeper = nora", "cole.name = Cole", "cole.mood = sad", "mill.name = Mill"),
    )
    for each in STORY:
        head = apply_diff(head, check_episode(each.script, each.episode, head))
    return head


HEAD = head_after_all()


def pack(
    episode: str = "s01e03", script: Script | None = SCRIPT, budget: int = 16_000
) -> ContextPack:
    return assemble_context(Question(episode, script, budget), HEAD, STORY)


def claims_of(found: ContextPack) -> list[str]:
    return [f"{fact.subject}.{fact.attribute} = {fact.value}" for fact in found.facts]


def test_the_pack_holds_what_is_true_before_the_episode_with_its_provenance() -> None:
    found = pack()
    assert found.canon == as_of(HEAD, "s01e03").digest()
    assert "nora.status = dead" in claims_of(found)
    assert "tess.name = Tess" in claims_of(found)
    (keeper,) = [f for f in found.facts if f.subject == "lantern"]
    assert (keeper.provenance.episode, keeper.provenance.line) == ("s01e01", 13)
    assert found.last_episode is not None
    assert found.last_episode.model_dump() == {
        "episode": "s01e02",
        "title": "Second",
        "summary": "The cars turn back.",
        "script": STORY[1].digest,
    }
    assert [(e.episode, e.text) for e in found.past_events] == [
        ("s01e01", "lantern.keeper = tess (was nora)"),
        ("s01e02", "cole.mood = glad (was sad)"),
        ("s01e02", "key.status = closed (was open)"),
        ("s01e01", "nora.status = dead (was alive)"),
    ]
    assert sum(found.left_out.model_dump().values()) == 0


def test_threads_stay_open_until_their_words_are_closed() -> None:
    assert [(t.text, t.episode, t.line) for t in pack().open_threads] == [
        ("Who wrote the tide table?", "s01e01", 7),
        ("Will Cole speak?", "s01e02", 8),
    ]
    assert [t.text for t in pack("s01e02").open_threads] == [
        "Who wrote the tide table?",
        "Where is the key?",
    ]
    assert open_threads(as_of(HEAD, "s01e01")) == ()
    assert [t.text for t in threads_of(STORY[1].script)] == ["Will Cole speak?"]
    assert [t.text for t in threads_of(STORY[0].script)] == [
        "Who wrote the tide table?",
        "Where is the key?",
    ]
    once = "INT. X - DAY\n\n[[canon: a.question = Why?; a.status -> closed]]\n\nRain.\n"
    assert threads_of(told(once, "s01e09").script) == ()


def test_nothing_of_the_episode_itself_or_of_later_ones_is_known() -> None:
    found = pack("s01e02", None)
    assert "cole.mood = sad" in claims_of(found)
    assert found.last_episode is not None
    assert found.last_episode.episode == "s01e01"
    first = pack("s01e01", None)
    assert (first.last_episode, first.open_threads, first.past_events) == (None, (), ())
    assert "nora.status = alive" in claims_of(first)


def test_what_the_episode_is_about_is_packed_first() -> None:
    assert subjects_of(SCRIPT) == {"station", "tess"}
    small = pack(budget=1_700)
    assert "tess.age = 19" in claims_of(small)
    assert "mill.name = Mill" not in claims_of(small)
    assert small.left_out.facts > 0
    assert "mill.name = Mill" in claims_of(pack())


@given(st.integers(0, 6_000), st.booleans())
def test_a_pack_never_exceeds_its_budget_and_is_always_the_same(budget: int, plan: bool) -> None:
    script = None if plan else SCRIPT
    index = build_index([(t.episode, t.script) for t in STORY], HashedNgrams())
    hits = recall(index, "lantern tide", HashedNgrams(), before="s01e03")
    question = Question("s01e03", script, max(budget, 1))
    try:
        found = assemble_context(question, HEAD, STORY, hits)
    except PipelineError as error:
        assert error.code == "context-budget"
        assert budget < 800
        return
    assert len(found.preimage()) <= budget
    assert assemble_context(question, HEAD, STORY[::-1], hits) == found
    assert read_document(found.readable(), ContextPack, "a pack") == found
    packed = (*found.facts, *found.past_events, *found.open_threads, *found.recalled)
    whole = assemble_context(Question("s01e03", script, 100_000), HEAD, STORY, hits)
    all_of_it = (*whole.facts, *whole.past_events, *whole.open_threads, *whole.recalled)
    left = sum(found.left_out.model_dump().values())
    last = (whole.last_episode is not None) - (found.last_episode is not None)
    assert len(packed) + left - last == len(all_of_it)


def test_recalled_colour_is_packed_last_and_says_what_it_is() -> None:
    index = build_index([(t.episode, t.script) for t in STORY], HashedNgrams())
    hits = recall(index, "take it", HashedNgrams(), before="s01e03")
    found = assemble_context(Question("s01e03", SCRIPT), HEAD, STORY, hits)
    assert found.recalled[0].text == "NORA: Take it."
    assert found.recalled[0].score_e4 > 5000
    assert found.facts == pack().facts


def test_a_budget_that_holds_nothing_is_refused() -> None:
    with pytest.raises(PipelineError) as raised:
        pack(budget=100)
    assert raised.value.code == "context-budget"


def test_the_memory_is_asked_for_the_names_of_the_script_or_for_what_is_open() -> None:
    before = as_of(HEAD, "s01e03")
    assert question_text(SCRIPT, before, STORY[:2]) == "station tess"
    assert question_text(None, before, STORY[:2]) == "Who wrote the tide table? Will Cole speak?"
    first = as_of(HEAD, "s01e01")
    assert question_text(None, first, STORY[:1]) == "Nora hands the lantern on."
    assert question_text(None, first, []) == ""
