"""What lasts: wounds, and the weather and clock of scenes that go on without a break."""

from __future__ import annotations

from typing import Final

from canon.rules.rule import as_fact, says_none
from canon.story_dates import read_clock
from canon.timeline import Moment, Statement
from canon.verdict import Breach, claim, origin
from canon.vocabulary import SCENE, attribute_of
from canon.world import World, same_text

# A scene shown whole takes as long as it does on screen.
_LONGEST_SCENE_MINUTES: Final = 15


def healed_at_once(moment: Moment, world: World) -> Breach | None:
    """A wound does not heal in its own scene, nor in one that goes on from it (CONTINUOUS)."""
    if not isinstance(moment, Statement) or not moment.change or not says_none(moment):
        return None
    subject = world.subject(moment.subject)
    fact = world.get(subject, moment.attribute)
    if fact is None or not attribute_of(subject, moment.attribute).lasting:
        return None
    source = fact.provenance
    if source.episode != world.episode or source.scene_id not in world.course.run:
        return None
    return Breach(
        evidence=fact,
        problem=f"{claim(fact)} is over in the scene it began in",
        hint=f"let it end in a later scene, or take it out in {origin(fact)}",
    )


def continuous_weather(moment: Moment, world: World) -> Breach | None:
    """Where a scene goes on without a break, so does its weather, unless `->` turns it."""
    if not isinstance(moment, Statement) or (moment.subject, moment.attribute) != (
        SCENE,
        "weather",
    ):
        return None
    standing = world.course.weather
    if standing is None or moment.change or same_text(standing.value, moment.value):
        return None
    return Breach(
        evidence=standing,
        problem=f"the scene goes on in {moment.value}, but it was {standing.value}",
        hint=f"write {standing.value}, or let it turn: [[canon: scene.weather -> {moment.value}]]",
    )


def continuous_time(moment: Moment, world: World) -> Breach | None:
    """A scene that goes on without a break begins when the one before it ends, not earlier."""
    course = world.course
    if not isinstance(moment, Statement) or (moment.subject, moment.attribute) != (SCENE, "time"):
        return None
    now, before = course.now, course.before
    told = read_clock(moment.value)
    if now is None or before is None or before.clock is None or told is None:
        return None
    if now.remembered or before.remembered or not (now.unbroken or now.at_once):
        return None
    if told.day is not None and before.clock.day is not None and told.day > before.clock.day:
        passed = told.minutes + 1440 - before.clock.minutes
    else:
        passed = told.minutes - before.clock.minutes
    # After midnight a clock begins anew.
    passed += 1440 if passed < -720 else 0
    if passed == 0 or (passed > 0 and now.unbroken and passed <= _LONGEST_SCENE_MINUTES):
        return None
    return Breach(
        evidence=course.time_before or as_fact(moment, world),
        problem=f"the scene goes on from the one before without a break, "
        f"but their clocks are {abs(passed)} minutes apart",
        hint="give it the time at which the scene before ends, "
        "or take the word for it out of the slug line",
    )
