"""Dates, times of day and journeys as a writer declares them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from schemas.ids import slug

# Year, month, day; 0 where it is not told.
StoryDate = tuple[int, int, int]

MINUTES_A_DAY: Final = 1440
_DATE: Final = re.compile(r"(-?\d{1,6})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_CLOCK: Final = re.compile(
    r"(?:day\s+(?P<day>\d{1,5})[\s,]+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:\s*(?:UTC|GMT)?\s*(?P<sign>[+-])(?P<zone>\d{1,2})(?::(?P<part>\d{2}))?)?",
    re.IGNORECASE,
)
_TRIP: Final = re.compile(
    r"(?P<place>.+?)\s+(?P<count>\d{1,6})\s*(?P<unit>min(?:ute)?s?|h(?:ours?)?|d(?:ays?)?)",
    re.IGNORECASE,
)
_UNIT_MINUTES: Final = {"m": 1, "h": 60, "d": MINUTES_A_DAY}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes, in UTC where a zone is told; may be below 0 or above a day."""

    minutes: int
    day: int | None = None


def read_date(text: str) -> StoryDate | None:
    """`1952`, `1952-03` or `1952-03-09`; None for anything else and for dates there are not."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    if found[2] is not None and not 1 <= month <= 12:
        return None
    if found[3] is not None and not 1 <= day <= _days_in(year, month):
        return None
    return year, month, day


def written_date(moment: StoryDate) -> str:
    """The date as it is declared."""
    year, month, day = moment
    return f"{year}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def earlier(one: StoryDate, other: StoryDate) -> bool:
    """Whether `one` is before `other` for certain: `1952` is not before `1952-03`."""
    for position, (first, second) in enumerate(zip(one, other, strict=True)):
        if position and not (first and second):
            return False
        if first != second:
            return first < second
    return False


def compatible(one: StoryDate, other: StoryDate) -> bool:
    """Whether both may be the same day."""
    return not earlier(one, other) and not earlier(other, one)


def ages_at(born: StoryDate, now: StoryDate) -> range:
    """The ages somebody born then may have now: one, or two where a birthday is not known."""
    years = now[0] - born[0]
    first, second = born[1:], now[1:]
    if not (first[0] and second[0]) or (first[0] == second[0] and not (first[1] and second[1])):
        return range(years - 1, years + 1)
    passed = second >= first
    return range(years, years + 1) if passed else range(years - 1, years)


def day_number(moment: StoryDate) -> int | None:
    """The day as a running number, by the Gregorian calendar; None unless all three are told."""
    year, month, day = moment
    if not (month and day):
        return None
    gone = year - 1
    before = sum(_days_in(year, earlier_month) for earlier_month in range(1, month))
    return 365 * gone + gone // 4 - gone // 100 + gone // 400 + before + day


def read_clock(text: str) -> Clock | None:
    """`21:40`, `day 2 21:40` or `21:40 UTC+2`; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found["hour"]) > 24 or int(found["minute"]) > 59:
        return None
    minutes = int(found["hour"]) * 60 + int(found["minute"])
    if found["zone"]:
        offset = int(found["zone"]) * 60 + int(found["part"] or 0)
        minutes += offset if found["sign"] == "-" else -offset
    return Clock(minutes, int(found["day"]) if found["day"] else None)


def read_trip(text: str) -> tuple[str, int] | None:
    """A place and the minutes it takes to get there: `harbour 40 min`, `the city 2 h`."""
    found = _TRIP.fullmatch(text.strip())
    if found is None:
        return None
    return slug(found["place"]), int(found["count"]) * _UNIT_MINUTES[found["unit"][0].lower()]


def _days_in(year: int, month: int) -> int:
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31
