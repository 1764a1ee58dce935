from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from canon.facts import History, Retirement, as_of, chain, current_facts, episode_order, history
from schemas.canon import CanonSnapshot, Fact, StoryTime
from tests.canon.build import canon, claims, fact

EPISODES = ("", "s01e01", "s01e02", "s01e10")


@st.composite
def facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    """Facts about two subjects from the seed and three episodes, several per key."""
    drawn = st.tuples(
        st.sampled_from(("mara", "jonas")),
        st.sampled_from(("mood", "status")),
        st.sampled_from(EPISODES),
        st.integers(1, 5),
        st.sampled_from(("calm", "angry", "gone")),
    )
    return tuple(
        fact(f"{subject}.{attribute} = {value}", episode, line if episode else 0)
        for subject, attribute, episode, line, value in draw(st.lists(drawn, max_size=12))
    )


def test_episodes_are_ordered_by_number_and_the_seed_comes_first() -> None:
    names = ["s01e10", "s02e01", "s01e02", "", "pilot", "S01E02", "s1e2"]
    ordered = sorted(names, key=episode_order)
    assert ordered == ["", "pilot", "S01E02", "s01e02", "s1e2", "s01e10", "s02e01"]


@given(st.lists(st.text(max_size=12)))
def test_episode_order_is_total(names: list[str]) -> None:
    keys = sorted({episode_order(name) for name in names})
    assert len(keys) == len(set(names))


def test_a_fact_is_valid_until_the_next_of_its_key() -> None:
    past = History((fact("mara.status = dead", "s01e02", 9), fact("mara.status = alive")), ())
    first, second = chain(past)
    assert (first.value, first.valid_until) == ("alive", StoryTime(episode="s01e02", line=9))
    assert (second.value, second.valid_until) == ("dead", None)


@given(facts())
def test_taking_apart_and_chaining_again_changes_nothing(some: tuple[Fact, ...]) -> None:
    chained = chain(History(some, ()))
    assert chain(history(chained)) == chained
    assert history(chained).retirements == ()
    assert chain(History(tuple(reversed(chained)), ())) == chained


@given(facts())
def test_one_value_per_key_holds_at_the_end(some: tuple[Fact, ...]) -> None:
    snapshot = CanonSnapshot.create(facts=chain(History(some, ())))
    keys = [(item.subject, item.attribute) for item in current_facts(snapshot)]
    assert len(keys) == len(set(keys)) == len({(f.subject, f.attribute) for f in some})


def test_before_an_episode_its_own_and_later_facts_are_unknown() -> None:
    snapshot = CanonSnapshot.create(
        facts=chain(
            History(
                (
                    fact("mara.status = alive"),
                    fact("mara.status = ill", "s01e01", 3),
                    fact("mara.status = dead", "s01e10", 8),
                    fact("jonas.age = 40", "s01e02", 2),
                ),
                (),
            )
        )
    )
    assert claims(as_of(snapshot, "s01e01")) == ["mara.status = alive"]
    assert claims(as_of(snapshot, "s01e02")) == ["mara.status = ill"]
    assert claims(as_of(snapshot, "s01e10")) == ["jonas.age = 40", "mara.status = ill"]
    assert claims(as_of(snapshot, "s01e11")) == ["jonas.age = 40", "mara.status = dead"]


def test_a_seed_fact_dated_to_an_episode_holds_from_its_beginning() -> None:
    dated = fact("mara.hair = grey").model_copy(update={"valid_from": StoryTime(episode="s01e03")})
    snapshot = CanonSnapshot.create(facts=(fact("mara.hair = red"), dated))
    assert claims(as_of(snapshot, "s01e02")) == ["mara.hair = red"]
    assert claims(as_of(snapshot, "s01e03")) == ["mara.hair = grey"]


def test_a_fact_dated_to_end_is_gone_afterwards() -> None:
    until = fact("mara.job = keeper").model_copy(
        update={"valid_until": StoryTime(episode="s01e02")}
    )
    snapshot = CanonSnapshot.create(facts=(until,))
    assert claims(as_of(snapshot, "s01e02")) == ["mara.job = keeper"]
    assert claims(as_of(snapshot, "s01e03")) == []


def test_what_is_established_after_a_retirement_holds() -> None:
    retired = Retirement("mara", "job", StoryTime(episode="s01e02", line=1))
    past = History(
        (fact("mara.job = keeper", "s01e01", 4), fact("mara.job = smith", "s01e03", 4)),
        (retired,),
    )
    keeper, smith = chain(past)
    assert (keeper.valid_until, smith.valid_until) == (retired.at, None)
    assert history((keeper, smith)) == past


def test_a_fact_told_later_than_it_began_is_unknown_until_it_is_told() -> None:
    told = fact("mara.father = Jonas", "s01e03", 7)
    secret = told.model_copy(update={"valid_from": StoryTime(episode="s01e01", line=1)})
    promised = fact("mara.hair = grey", "s01e01", 7).model_copy(
        update={"valid_from": StoryTime(episode="s01e03", line=2)}
    )
    snapshot = CanonSnapshot.create(facts=(secret, promised))
    assert claims(as_of(snapshot, "s01e03")) == []
    assert claims(as_of(snapshot, "s01e04")) == ["mara.father = Jonas", "mara.hair = grey"]


@given(facts(), st.sampled_from(EPISODES[1:]))
def test_what_was_true_does_not_depend_on_what_came_later(
    some: tuple[Fact, ...], episode: str
) -> None:
    everything = CanonSnapshot.create(facts=chain(History(some, ())))
    earlier = tuple(
        item for item in some if episode_order(item.provenance.episode) < episode_order(episode)
    )
    expected = CanonSnapshot.create(facts=chain(History(earlier, ())))
    view = as_of(everything, episode)
    assert view.facts == expected.facts
    assert as_of(view, episode).digest() == view.digest()


def test_a_view_does_not_depend_on_how_the_head_got_there() -> None:
    snapshot = canon("mara.age = 34")
    chained = snapshot.model_copy(update={"parent": "0" * 64, "applied_diff": "1" * 64})
    assert as_of(chained, "s01e01").digest() == as_of(snapshot, "s01e01").digest()


def test_subjects_and_attributes_are_ids() -> None:
    written = Fact(subject="Mara Voss", attribute="Part Of", value="Crew")
    (chained,) = chain(History((written,), ()))
    assert (chained.subject, chained.attribute, chained.value) == ("mara_voss", "part_of", "Crew")
