from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canon.story_dates import (
    Clock,
    ages_at,
    compatible,
    day_number,
    earlier,
    read_clock,
    read_date,
    read_trip,
    written_date,
)


@given(st.dates())
def test_days_are_numbered_as_the_calendar_does(day: date) -> None:
    assert day_number((day.year, day.month, day.day)) == day.toordinal()


@given(st.dates())
def test_a_date_is_written_as_it_is_read(day: date) -> None:
    written = f"{day.year}-{day.month:02d}-{day.day:02d}"
    assert read_date(written) == (day.year, day.month, day.day)
    assert written_date((day.year, day.month, day.day)) == written


@pytest.mark.parametrize("text", ["1952-13", "1952-00", "1953-02-29", "1900-02-29", "May", "1952-"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


def test_a_year_is_neither_before_nor_after_its_months() -> None:
    assert not earlier((1952, 0, 0), (1952, 3, 0))
    assert not earlier((1952, 3, 0), (1952, 0, 0))
    assert compatible((1952, 3, 0), (1952, 3, 9))
    assert earlier((1952, 3, 9), (1952, 4, 0))
    assert earlier((-44, 3, 15), (1, 0, 0))


@pytest.mark.parametrize(
    ("born", "now", "ages"),
    [
        ((1968, 2, 11), (1987, 2, 11), [19]),
        ((1968, 2, 11), (1987, 2, 10), [18]),
        ((1968, 2, 0), (1987, 3, 0), [19]),
        ((1968, 2, 0), (1987, 2, 5), [18, 19]),
        ((1968, 0, 0), (1987, 6, 1), [18, 19]),
    ],
)
def test_the_ages_that_a_birth_makes(
    born: tuple[int, int, int], now: tuple[int, int, int], ages: list[int]
) -> None:
    assert list(ages_at(born, now)) == ages


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("21:40", Clock(1300)),
        ("9.05", Clock(545)),
        ("day 2 00:10", Clock(10, 2)),
        ("13:00 UTC+1", Clock(720)),
        ("12:00 -05:30", Clock(1050)),
        ("21:60", None),
        ("25:00", None),
        ("noon", None),
    ],
)
def test_a_time_of_day(text: str, clock: Clock | None) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize(
    ("text", "trip"),
    [
        ("harbour 40 min", ("harbour", 40)),
        ("The City 2 h", ("the_city", 120)),
        ("moon 3 days", ("moon", 4320)),
        ("pier 1 minute", ("pier", 1)),
        ("harbour", None),
        ("40 min", None),
    ],
)
def test_a_journey(text: str, trip: tuple[str, int] | None) -> None:
    assert read_trip(text) == trip
