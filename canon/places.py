"""Places within places, and how long it takes from one to another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from canon.story_dates import read_trip
from canon.vocabulary import attribute_of, values_of
from schemas.ids import slug
from schemas.script import SlugLine

if TYPE_CHECKING:
    from canon.world import World

NOT_A_PLACE: Final = frozenset(
    {"unknown", "missing", "nowhere", "anywhere", "everywhere", "elsewhere", "travelling"}
)
_PLACE_PARTS: Final = re.compile(r"\s+[-‐‑–—]\s+|\s*[/,]\s*|\.\s+")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TRAVEL: Final = attribute_of("", "travel")


def places_of(slug_line: SlugLine) -> tuple[str, ...]:
    """The ids a slug line sets its scene in: the whole location, then each part of it."""
    if slug_line.location_id is None:
        return ()
    plain = _BRACKETS.sub(" ", slug_line.location_name)
    parts = [slug(part) for part in _PLACE_PARTS.split(plain) if part.strip()]
    return tuple(dict.fromkeys((slug_line.location_id, *parts)))


def is_place(world: World, value: str) -> bool:
    """Whether a location is somewhere: a known place, or written as an id or a name.

    `on the run` or `unknown` is no place that a scene could contradict.
    """
    place = slug(value)
    if world.is_known_place(place):
        return True
    return place not in NOT_A_PLACE and (
        " " not in value or any(character.isupper() for character in value)
    )


def within(world: World, place: str) -> frozenset[str]:
    """The place, its other names, and everything it is part of, through any steps."""
    found: set[str] = set()
    waiting = [place]
    while waiting:
        step = waiting.pop()
        if step in found:
            continue
        found.add(step)
        waiting.extend(world.known_as(step))
        outer = world.get(step, "part_of")
        if outer is not None:
            waiting.append(slug(outer.value))
    return frozenset(found)


def apart(world: World, location: str, places: tuple[str, ...]) -> bool:
    """Whether being at `location` rules out being in any of `places`.

    Not apart: one of them is that place, inside it or around it (by `part_of`), or one id
    begins with the other (`lighthouse`, `lighthouse_kitchen`).
    """
    own = slug(location)
    if any(_begins(place, own) or _begins(own, place) for place in places):
        return False
    around = frozenset[str]().union(*(within(world, place) for place in places))
    names = {own, *world.known_as(own)}
    return not (names & around) and not (within(world, own) & set(places))


def all_apart(world: World, some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether the two scenes cannot be in one place; one without a place may be anywhere."""
    return bool(some and others) and all(apart(world, place, others) for place in some)


def share_a_place_around(world: World, some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether one larger place holds both: two rooms of a house."""
    one = frozenset[str]().union(*(within(world, place) for place in some))
    other = frozenset[str]().union(*(within(world, place) for place in others))
    return bool(one & other)


def travel_minutes(
    world: World, some: tuple[str, ...], others: tuple[str, ...]
) -> tuple[int, str, str] | None:
    """The least minutes from one place to another with the two it is told of; None if untold."""
    one = _around(world, some)
    other = _around(world, others)
    if set(one) & set(other):
        return None
    for start, end in ((one, other), (other, one)):
        for place in start:
            told = world.get(place, "travel")
            trips = values_of(_TRAVEL, told.value) if told else ()
            for goal, minutes in filter(None, map(read_trip, trips)):
                if goal in end:
                    return minutes, place, goal
    return None


def _around(world: World, places: tuple[str, ...]) -> tuple[str, ...]:
    found = frozenset[str]().union(*(within(world, place) for place in places))
    return (*places, *sorted(found - set(places)))


def _begins(place: str, beginning: str) -> bool:
    return place == beginning or place.startswith(beginning + "_")
