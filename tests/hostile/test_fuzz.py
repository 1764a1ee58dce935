"""A sample of the broken screenplays that `make torture` reads a hundred thousand of."""

from tests.hostile.fuzz import fuzz


def test_broken_screenplays_are_read_or_refused():
    figures = fuzz(0, 2000)
    assert sum(figures.values()) == 2000
    # Both ends are reached, or the breaking would prove nothing.
    assert figures["fountain read"] > 500
    assert figures["json refused"] > 100
    assert figures["yaml refused"] > 100
    assert figures["yaml read"] > 10
