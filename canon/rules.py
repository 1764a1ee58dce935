"""The rules of the gate: an explicit table of pure functions.

Each looks at one moment of the script and at what is true there, and returns what contradicts it,
or None. Every rule is hard: it compares structure with declared truth and guesses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from canon.marks import is_beside_the_picture, is_heard_from_elsewhere, is_remembered, is_ruin
from canon.statement_rules import (
    changed_age,
    changed_location,
    changed_name,
    changed_status,
    contradicted_fact,
    resurrection,
)
from canon.timeline import Moment, SceneOpens, Speech, Statement
from canon.verdict import Breach, origin
from canon.world import DESTROYED, World, places_of, spoken_under
from schemas.ids import slug

Check = Callable[[Moment, World], Breach | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named check."""

    name: str
    check: Check


def life_and_death(moment: Moment, world: World) -> Breach | None:
    """The dead do not speak on screen or beside it.

    Voice-overs, recordings and transmissions pass, and so do scenes marked as flashback, dream
    or memory. O.S. and O.C. do not: they mean that the speaker is there.
    """
    if not isinstance(moment, Speech) or _is_recollection(moment):
        return None
    for subject in world.speakers(moment.dialogue):
        death = world.dead(subject)
        if death is not None:
            return Breach(
                evidence=death,
                problem=f"{spoken_under(moment)} speaks here, but {subject} is {death.value}",
                hint=f"mark the cue (V.O.) or the scene FLASHBACK, give the line to somebody else, "
                f"or change the death in {origin(death)}",
            )
    return None


def elsewhere(moment: Moment, world: World) -> Breach | None:
    """Nobody speaks on screen in a place other than where canon says they are.

    A move stated anywhere in the same scene counts for the whole scene. Off-screen voices pass:
    they may come from next door.
    """
    if not isinstance(moment, Speech) or _is_recollection(moment):
        return None
    slug_line = moment.scene.slug
    if slug_line.location_id is None or is_beside_the_picture(moment.dialogue):
        return None
    for subject in world.speakers(moment.dialogue):
        place = world.get(subject, "location")
        if place is None or world.dead(subject) or not world.is_place(place.value):
            continue
        stated = _values_stated(moment.stated, world, subject, "location")
        if all(world.apart(value, places_of(slug_line)) for value in (place.value, *stated)):
            return Breach(
                evidence=place,
                problem=f"{spoken_under(moment)} speaks in {slug_line.location_name}, "
                f"but {subject} is at {place.value}",
                hint=f"declare the move before it, "
                f"[[canon: {subject}.location -> {slug_line.location_id}]], "
                f"or mark the cue (V.O.) or the scene FLASHBACK",
            )
    return None


def destroyed_place(moment: Moment, world: World) -> Breach | None:
    """No scene is set in a place that no longer stands, nor in a part of one.

    A slug line that says RUINS, WRECKAGE or the like passes, and one that marks a flashback.
    """
    if not isinstance(moment, SceneOpens):
        return None
    slug_line = moment.scene.slug
    if is_remembered(slug_line) or is_ruin(slug_line):
        return None
    for place in (p for part in places_of(slug_line) for p in sorted(world.within(part))):
        loss = world.destroyed(place)
        stated = _values_stated(moment.stated, world, place, "status")
        if loss is not None and all(slug(value) in DESTROYED for value in stated):
            return Breach(
                evidence=loss,
                problem=f"the scene is set in {slug_line.location_name}, "
                f"but {place} is {loss.value}",
                hint=f"say RUINS or FLASHBACK in the slug line, set the scene elsewhere, or "
                f"declare that it stands again: [[canon: {place}.status -> rebuilt]]",
            )
    return None


RULES: Final[tuple[Rule, ...]] = (
    Rule("destroyed_place", destroyed_place),
    Rule("life_and_death", life_and_death),
    Rule("location", elsewhere),
    Rule("resurrection", resurrection),
    Rule("name", changed_name),
    Rule("age", changed_age),
    Rule("status", changed_status),
    Rule("location", changed_location),
    Rule("contradicted_fact", contradicted_fact),
)


def _is_recollection(speech: Speech) -> bool:
    return is_remembered(speech.scene.slug) or is_heard_from_elsewhere(speech.dialogue)


def _values_stated(
    stated: tuple[Statement, ...], world: World, subject: str, attribute: str
) -> list[str]:
    return [
        statement.value
        for statement in stated
        if statement.attribute == attribute
        and statement.change
        and world.subject(statement.subject) == subject
    ]
