"""Two lists side by side: nothing is lost, nothing is counted twice."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.verification.alignment import align

NAMES = st.lists(st.sampled_from("abcdef"), max_size=9)


def aligned(before, now, alike=lambda _a, _b: False):
    return align(list(before), list(now), str, alike)


def test_a_move_is_a_move_and_not_a_loss():
    found = aligned("abcd", "bcda")
    assert found.stayed == [("b", "b"), ("c", "c"), ("d", "d")]
    assert found.moved == [("a", "a")]
    assert not found.removed
    assert not found.added


def test_what_stands_in_the_same_place_changed_when_it_is_alike():
    found = aligned("aXc", "ayc", lambda one, other: one.lower() != other)
    assert found.changed == [("X", "y")]
    assert aligned("aXc", "ayc").removed == ["X"]
    assert aligned("aXc", "ayc").added == ["y"]


def test_what_comes_before_and_after_a_change_is_added():
    found = aligned("aXe", "a1X2e".replace("X", "x"), lambda one, other: one.lower() == other)
    assert found.changed == [("X", "x")]
    assert found.added == ["1", "2"]


@given(NAMES, NAMES, st.booleans())
def test_everything_is_accounted_for_once(before, now, pairing):
    found = align(before, now, str, lambda _a, _b: pairing)
    pairs = found.paired()
    assert Counter(before) == Counter([a for a, _ in pairs] + found.removed)
    assert Counter(now) == Counter([b for _, b in pairs] + found.added)
    assert all(a == b for a, b in found.stayed + found.moved)
    # A name left over on both sides would have been a move.
    left = {a for a, _ in found.changed} | set(found.removed)
    assert not left & ({b for _, b in found.changed} | set(found.added))


@given(NAMES)
def test_equal_lists_stay_as_they_are(names):
    found = align(names, list(names), str, lambda _a, _b: True)
    assert found.stayed == list(zip(names, names, strict=True))
    assert not found.moved + found.changed + found.removed + found.added
