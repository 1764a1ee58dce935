"""Where people are: not elsewhere, not in two places, not faster than the way takes."""

from __future__ import annotations

from canon.marks import is_beside_the_picture, is_ruin
from canon.places import all_apart, apart, is_place, share_a_place_around, travel_minutes, within
from canon.rules.rule import as_fact, named_in, stated
from canon.scenes import Presence
from canon.timeline import Moment, SceneOpens, Speech, Statement
from canon.verdict import Breach, origin
from canon.vocabulary import SCENE
from canon.world import DESTROYED, World, spoken_under
from schemas.ids import slug


def elsewhere(moment: Moment, world: World) -> Breach | None:
    """Nobody speaks on screen in a place other than where canon says they are.

    A move stated anywhere in the same scene counts for the whole scene. Off-screen voices pass:
    they may come from next door.
    """
    if not isinstance(moment, Speech) or moment.recalled:
        return None
    slug_line, places = moment.scene.slug, moment.view.places
    if slug_line.location_id is None or is_beside_the_picture(moment.dialogue):
        return None
    for subject in world.themselves(moment.dialogue):
        place = world.get(subject, "location")
        if place is None or world.dead(subject) or not is_place(world, place.value):
            continue
        moves = _values_stated(moment.stated, world, subject, "location")
        if all(apart(world, value, places) for value in (place.value, *moves)):
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
    if moment.view.remembered or is_ruin(slug_line):
        return None
    for place in (p for part in moment.view.places for p in sorted(within(world, part))):
        loss = world.destroyed(place)
        told = _values_stated(moment.stated, world, place, "status")
        if loss is not None and all(slug(value) in DESTROYED for value in told):
            return Breach(
                evidence=loss,
                problem=f"the scene is set in {slug_line.location_name}, "
                f"but {place} is {loss.value}",
                hint=f"say RUINS or FLASHBACK in the slug line, set the scene elsewhere, or "
                f"declare that it stands again: [[canon: {place}.status -> rebuilt]]",
            )
    return None


def two_places(moment: Moment, world: World) -> Breach | None:
    """Nobody is in two places at the same time: SAME TIME, or one declared time of two scenes."""
    course = world.course
    if course.now is None or course.now.remembered:
        return None
    places = course.now.places
    for person in people_there(moment, world):
        for seen in course.at_this_time(person):
            if not all_apart(world, seen.places, places):
                continue
            by_the_clock = seen.instant is not None and seen.instant == course.instant
            # A minute is enough to cross a hallway.
            if by_the_clock and share_a_place_around(world, seen.places, places):
                continue
            return Breach(
                evidence=seen.fact,
                problem=f"{person} is here at the same time as in {seen.fact.value}",
                hint=f"mark one of the cues (V.O.) or (ON PHONE), give the scenes different "
                f"times ([[canon: scene.time = …]]), or take {person} out of one of them",
            )
    return None


def travel_time(moment: Moment, world: World) -> Breach | None:
    """Nobody gets from one scene to the next faster than the way between them takes."""
    course = world.course
    if course.now is None or course.now.remembered or course.instant is None:
        return None
    for person in people_there(moment, world):
        seen = course.last_seen(person)
        if seen is None or seen.instant is None or seen.instant == course.instant:
            continue
        if seen.instant.calendar != course.instant.calendar:
            continue
        found = _too_fast(world, seen, course.instant.minute - seen.instant.minute)
        if found is not None:
            minutes, taken, way = found
            return Breach(
                evidence=seen.fact,
                problem=f"{person} is here {taken} minutes after {seen.fact.value}, "
                f"but {way} takes {minutes} at least",
                hint=f"let {minutes} minutes pass ([[canon: scene.time = …]]), "
                f"or mark the cue (V.O.)",
            )
    return None


def place_ring(moment: Moment, world: World) -> Breach | None:
    """A place is no part of what is part of it."""
    statement = stated(moment, "part_of")
    if statement is None:
        return None
    subject, outer = world.subject(statement.subject), slug(statement.value)
    if subject not in within(world, outer):
        return None
    evidence = world.get(outer, "part_of") or as_fact(statement, world)
    return Breach(
        evidence=evidence,
        problem=f"{subject} cannot be part of {outer}, which is part of {subject}",
        hint=f"turn it round, or correct it in {origin(evidence)}",
    )


def people_there(moment: Moment, world: World) -> tuple[str, ...]:
    """Who is in the scene for certain at this moment: on screen with words, or declared present.

    Off-screen voices may come from next door, and the dead may lie anywhere.
    """
    if isinstance(moment, Speech):
        if moment.recalled or is_beside_the_picture(moment.dialogue):
            return ()
        return tuple(p for p in world.themselves(moment.dialogue) if not world.dead(p))
    if isinstance(moment, Statement) and (moment.subject, moment.attribute) == (SCENE, "present"):
        return tuple(p for p in named_in(moment, world) if not world.dead(p))
    return ()


def _too_fast(world: World, seen: Presence, taken: int) -> tuple[int, int, str] | None:
    now = world.course.now
    found = travel_minutes(world, seen.places, now.places) if now is not None else None
    if found is None or not 0 <= taken < found[0]:
        return None
    return found[0], taken, f"the way from {found[1]} to {found[2]}"


def _values_stated(
    told: tuple[Statement, ...], world: World, subject: str, attribute: str
) -> list[str]:
    return [
        statement.value
        for statement in told
        if statement.attribute == attribute
        and statement.change
        and world.subject(statement.subject) == subject
    ]
