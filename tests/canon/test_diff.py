from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canon.diff import apply_diff, replay, revert_diff
from canon.facts import as_of, chain, episode_order, history
from canon.gate import check_episode
from canon.own import apply_own, own_diff
from canon.rebuild import Step, rebuild
from schemas.canon import CanonDiff, CanonSnapshot, Fact, ModifiedFact, StoryTime
from schemas.documents import read_document
from schemas.errors import ExitCode, GateBlocked, PipelineError
from tests.canon.build import canon, claims, fact, script

EPISODES = ("s01e01", "s01e02", "s01e10")
EMPTY = CanonSnapshot.create(facts=())

LINES = st.lists(
    st.sampled_from(
        (
            "INT. KITCHEN - DAY",
            "EXT. HARBOUR - NIGHT",
            "MARA: Good morning.",
            "JONAS (V.O.): Is it?",
            "mara.mood -> calm",
            "mara.mood -> angry",
            "mara.hair = red",
            "jonas.status -> ill",
            "mara.status = dead",
        )
    ),
    max_size=8,
).map(lambda lines: "\n".join(["INT. HALL - DAY", *lines]))
RUNS = st.lists(st.tuples(st.sampled_from(EPISODES), LINES), max_size=6)


def run(head: CanonSnapshot, episode: str, text: str) -> CanonSnapshot:
    """One run of an episode; contradictions only flag, so that any text moves canon."""
    return apply_diff(head, check_episode(script(text, episode), episode, head, "flag"))


def with_seed(head: CanonSnapshot, seed: tuple[Fact, ...]) -> CanonSnapshot:
    change = own_diff(head, seed)
    return head if change is None else apply_own(head, change)


def test_an_episode_extends_the_chain() -> None:
    seed = canon("mara.status = alive")
    diff = check_episode(script("INT. HALL - DAY\nmara.status = dead"), "s01e01", seed)
    after = apply_diff(seed, diff)
    assert (after.parent, after.applied_diff) == (seed.digest(), diff.digest())
    assert claims(after) == ["hall.name = HALL", "mara.status = dead"]
    ended = next(item for item in after.facts if item.value == "alive")
    assert ended.valid_until == StoryTime(episode="s01e01", scene_id="scene1", line=2)


def test_a_snapshot_and_a_diff_survive_being_stored() -> None:
    seed = canon("mara.status = alive")
    diff = check_episode(script("INT. HALL - DAY\nmara.status = dead"), "s01e01", seed)
    after = apply_diff(seed, diff)
    assert read_document(after.readable(), CanonSnapshot, "a snapshot") == after
    assert read_document(diff.readable(), CanonDiff, "a diff") == diff


@given(RUNS, st.sampled_from(EPISODES), LINES)
def test_applying_twice_is_applying_once(
    runs: list[tuple[str, str]], episode: str, text: str
) -> None:
    head = EMPTY
    for earlier, written in runs:
        head = run(head, earlier, written)
    diff = check_episode(script(text, episode), episode, head, "flag")
    once = apply_diff(head, diff)
    assert apply_diff(once, diff) is once
    again = check_episode(script(text, episode), episode, once, "flag")
    assert again == diff


@given(RUNS, st.sampled_from(EPISODES), LINES)
def test_an_episode_never_touches_what_came_before_it_nor_what_later_ones_said(
    runs: list[tuple[str, str]], episode: str, text: str
) -> None:
    head = EMPTY
    for earlier, written in runs:
        head = run(head, earlier, written)
    after = run(head, episode, text)
    assert as_of(after, episode).facts == as_of(head, episode).facts

    def said_later(snapshot: CanonSnapshot) -> list[tuple[str, str, str, int]]:
        return [
            (item.subject, item.attribute, item.value, item.valid_from.line)
            for item in snapshot.facts
            if episode_order(item.provenance.episode) > episode_order(episode)
        ]

    assert said_later(after) == said_later(head)


def test_a_first_episode_run_again_keeps_the_second() -> None:
    head = run(EMPTY, "s01e01", "INT. HALL - DAY\nmara.mood -> calm\njonas.age = 40")
    head = run(head, "s01e02", "INT. HALL - DAY\nmara.mood -> angry")
    head = run(head, "s01e01", "INT. HALL - DAY\nmara.mood -> happy")
    assert claims(head) == ["hall.name = HALL", "mara.mood = angry"]
    assert claims(as_of(head, "s01e02")) == ["hall.name = HALL", "mara.mood = happy"]


def test_a_death_does_not_block_its_own_episode_again() -> None:
    text = "INT. HALL - DAY\nMARA: I am fine.\nmara.status = dead"
    head = run(EMPTY, "s01e01", text)
    assert check_episode(script(text), "s01e01", head).gate == "passed"
    second = script("INT. HALL - DAY\nMARA: Still here.", "s01e02")
    blocked = check_episode(second, "s01e02", head)
    assert [finding.evidence for finding in blocked.findings] == [
        "canon says mara.status = dead since s01e01, scene scene1, episodes/s01e01.fountain:3"
    ]


def test_a_blocked_diff_moves_nothing() -> None:
    known = canon("mara.status = dead")
    diff = check_episode(script("INT. HALL - DAY\nMARA: Hello."), "s01e01", known)
    with pytest.raises(GateBlocked) as refused:
        apply_diff(known, diff)
    assert refused.value.exit_code == ExitCode.BLOCKED
    assert "canon says mara.status = dead from the start" in refused.value.problem


def test_a_diff_made_against_another_canon_is_stale() -> None:
    diff = check_episode(script("INT. HALL - DAY\nMARA: Hello.", "s01e02"), "s01e02", EMPTY)
    moved = run(EMPTY, "s01e01", "INT. HALL - DAY\nmara.status = dead")
    with pytest.raises(PipelineError) as refused:
        apply_diff(moved, diff)
    assert refused.value.code == "canon-stale"


def test_a_hand_written_diff_belongs_to_its_episode() -> None:
    known = canon("mara.job = keeper", "mara.age = 34")
    keeper, age = known.facts
    diff = CanonDiff.create(
        episode="s01e03",
        added_facts=(fact("mara.hair = grey"),),
        modified_facts=(ModifiedFact(before=age, after=age.model_copy(update={"value": "35"})),),
        removed_facts=(keeper,),
        justification="by hand",
        gate="passed",
    )
    after = apply_diff(known, diff)
    assert claims(after) == ["mara.age = 35", "mara.hair = grey"]
    assert claims(as_of(after, "s01e03")) == ["mara.age = 34", "mara.job = keeper"]
    undone = apply_diff(
        after,
        CanonDiff.create(episode="s01e03", justification="by hand", gate="passed"),
    )
    assert claims(undone) == ["mara.age = 34", "mara.job = keeper"]


def test_a_retirement_outlives_a_new_run_of_an_earlier_episode() -> None:
    head = run(EMPTY, "s01e01", "INT. HALL - DAY\nmara.job = keeper")
    keeper = next(item for item in head.facts if item.attribute == "job")
    head = apply_diff(
        head,
        CanonDiff.create(
            episode="s01e02", removed_facts=(keeper,), justification="by hand", gate="passed"
        ),
    )
    head = run(head, "s01e01", "INT. HALL - DAY\n\nmara.job = smith")
    assert claims(head) == ["hall.name = HALL"]
    assert "mara.job = smith" in claims(as_of(head, "s01e02"))


def test_a_diff_of_no_episode_is_refused() -> None:
    diff = CanonDiff.create(episode="", justification="by hand", gate="passed")
    with pytest.raises(PipelineError) as refused:
        apply_diff(EMPTY, diff)
    assert refused.value.code == "canon-diff"


def test_an_edited_seed_replaces_only_the_seed() -> None:
    head = with_seed(EMPTY, canon("mara.age = 34", "mara.mood = calm").facts)
    head = run(head, "s01e01", "INT. HALL - DAY\nmara.mood -> angry")
    edited = with_seed(head, canon("mara.age = 29").facts)
    assert claims(edited) == ["hall.name = HALL", "mara.age = 29", "mara.mood = angry"]
    assert edited.parent == head.digest()
    change = own_diff(head, canon("mara.age = 29").facts)
    assert change is not None
    assert edited.applied_diff == change.digest()
    assert (change.episode, change.gate) == ("", "passed")
    assert [f.attribute for f in change.removed_facts] == ["mood"]
    assert [(c.before.value, c.after.value) for c in change.modified_facts] == [("34", "29")]
    assert with_seed(edited, canon("mara.age = 29").facts) is edited


def test_a_seed_of_an_episode_number_gives_way_to_that_episode() -> None:
    dated = fact("mara.mood = calm").model_copy(update={"valid_from": StoryTime(episode="s01e01")})
    head = with_seed(EMPTY, (dated,))
    text = "mara.mood -> angry\nINT. HALL - DAY"
    once = run(head, "s01e01", text)
    assert "mara.mood = angry" in claims(once)
    assert run(with_seed(once, (dated,)), "s01e01", text) is once
    assert claims(run(once, "s01e01", "INT. HALL - DAY")) == [
        "hall.name = HALL",
        "mara.mood = calm",
    ]


def test_an_end_that_the_seed_dates_belongs_to_the_seed() -> None:
    (job,) = canon("mara.job = keeper").facts
    dated = job.model_copy(update={"valid_until": StoryTime(episode="s01e01")})
    head = run(with_seed(EMPTY, (dated,)), "s01e01", "INT. HALL - DAY")
    assert claims(as_of(head, "s01e01")) == ["mara.job = keeper"]
    assert claims(head) == ["hall.name = HALL"]
    assert claims(with_seed(head, (job,))) == ["hall.name = HALL", "mara.job = keeper"]


SEEDS = st.lists(
    st.builds(
        lambda claim, episode: fact(claim).model_copy(
            update={"valid_from": StoryTime(episode=episode)}
        ),
        st.sampled_from(("mara.mood = calm", "mara.age = 34", "jonas.status = ill")),
        st.sampled_from(("", "s01e01", "s01e02")),
    ),
    max_size=4,
    unique_by=lambda each: (each.attribute, each.valid_from.episode),
).map(tuple)


def story(seed: tuple[Fact, ...], runs: list[tuple[str, str]]) -> CanonSnapshot:
    head = with_seed(EMPTY, seed)
    for episode, text in runs:
        head = run(head, episode, text)
    return head


@given(SEEDS, RUNS, st.sampled_from(EPISODES), LINES)
def test_apply_then_revert_is_the_identity(
    seed: tuple[Fact, ...], runs: list[tuple[str, str]], episode: str, text: str
) -> None:
    head = story(seed, runs)
    diff = check_episode(script(text, episode), episode, head, "flag")
    after = apply_diff(head, diff)
    back = revert_diff(after, head, after, diff)
    assert back.facts == chain(history(head.facts))
    if after is not head:
        assert (back.parent, back.reverted_diff) == (after.digest(), diff.digest())
        assert apply_diff(back, diff).facts == after.facts


@given(SEEDS, RUNS, LINES, LINES)
def test_a_revert_leaves_what_others_said_since(
    seed: tuple[Fact, ...], runs: list[tuple[str, str]], text: str, other: str
) -> None:
    head = story(seed, runs)
    diff = check_episode(script(text, "s01e01"), "s01e01", head, "flag")
    after = apply_diff(head, diff)
    later = check_episode(script(other, "s01e02"), "s01e02", head, "flag")
    back = revert_diff(replay(after, later), head, after, diff)
    assert back.facts == replay(head, later).facts


@given(SEEDS, RUNS, LINES, LINES)
def test_the_order_of_diffs_that_do_not_know_of_each_other_does_not_matter(
    seed: tuple[Fact, ...], runs: list[tuple[str, str]], one: str, other: str
) -> None:
    head = story(seed, runs)
    diffs = [
        check_episode(script(text, episode), episode, head, "flag").model_copy(
            update={"base": None}
        )
        for text, episode in ((one, "s01e02"), (other, "s01e01"))
    ]
    ahead = apply_diff(apply_diff(head, diffs[0]), diffs[1])
    back = apply_diff(apply_diff(head, diffs[1]), diffs[0])
    assert ahead.facts == back.facts


def test_a_diff_that_is_no_longer_in_force_cannot_be_taken_back() -> None:
    diff = check_episode(script("INT. HALL - DAY"), "s01e01", EMPTY)
    after = apply_diff(EMPTY, diff)
    head = run(after, "s01e01", "INT. PIER - DAY")
    with pytest.raises(PipelineError) as refused:
        revert_diff(head, EMPTY, after, diff)
    assert refused.value.code == "canon-not-in-force"


def test_a_diff_of_another_show_or_tenant_is_refused() -> None:
    mine = CanonSnapshot.create(show="harbour", facts=())
    diff = check_episode(script("INT. HALL - DAY"), "s01e01", mine)
    assert (diff.show, diff.tenant) == ("harbour", "default")
    strangers = {"show": "lighthouse"}, {"show": ""}, {"tenant": "rival"}
    names = "the show lighthouse", "a show without an id", "the show harbour of rival"
    for owner, name in zip(strangers, names, strict=True):
        with pytest.raises(PipelineError) as refused:
            apply_diff(mine, diff.model_copy(update=owner))
        assert refused.value.code == "canon-foreign"
        assert refused.value.problem == f"belongs to {name}, and this is the show harbour"
    assert apply_diff(mine, diff).show == "harbour"


@given(st.lists(st.one_of(SEEDS, st.tuples(st.sampled_from(EPISODES), LINES), st.none())))
def test_a_chain_rebuilt_from_its_diffs_is_the_chain(
    changes: list[tuple[Fact, ...] | tuple[str, str] | None],
) -> None:
    """Edited seeds, episodes and diffs taken back (None takes back the one in force)."""
    chain_of, steps = [EMPTY], [None]
    for change in changes:
        head = chain_of[-1]
        if change is None:
            diff = steps[-1].diff if steps[-1] and steps[-1].diff.episode else None
            if diff is None or steps[-1].taken_back:
                continue
            after, step = revert_diff(head, chain_of[-2], head, diff), Step(diff, True)
        elif change and isinstance(change[0], str):
            diff = check_episode(script(change[1], change[0]), change[0], head, "flag")
            after, step = apply_diff(head, diff), Step(diff)
        else:
            diff = own_diff(head, change)
            if diff is None:
                continue
            after, step = apply_own(head, diff), Step(diff)
        if after is not head:
            chain_of.append(after)
            steps.append(step)
    assert list(rebuild(EMPTY, steps)) == chain_of


def test_what_was_never_applied_cannot_be_taken_back() -> None:
    diff = check_episode(script("INT. HALL - DAY"), "s01e01", EMPTY)
    with pytest.raises(PipelineError) as refused:
        rebuild(EMPTY, [None, Step(diff, True)])
    assert refused.value.code == "canon-not-in-force"
