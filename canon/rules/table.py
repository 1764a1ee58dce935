"""The explicit table of rules: name, check, what it stops, how severe that is."""

from __future__ import annotations

from typing import Final

from canon.rules import age, identity, kin, life, order, place, statements, states, things
from canon.rules import world_rules as world
from canon.rules.rule import Rule

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "unreadable_value",
        statements.unreadable_value,
        "a date, time, journey or rule in a form that cannot be reckoned with",
    ),
    Rule("destroyed_place", place.destroyed_place, "a scene in a place that is no more"),
    Rule(
        "life_and_death",
        life.life_and_death,
        "the dead speaking on screen (V.O., recordings, flashbacks and dreams pass)",
    ),
    Rule(
        "dead_at_the_time",
        life.dead_at_the_time,
        "somebody speaking in a scene dated after their death, even in a flashback",
    ),
    Rule(
        "not_born_yet",
        life.not_born_yet,
        "somebody speaking in a scene dated before their birth",
    ),
    Rule(
        "unable_to_speak",
        life.unable_to_speak,
        "the mute, gagged or unconscious speaking on screen",
    ),
    Rule(
        "unknown_speaker",
        identity.unknown_speaker,
        "a cue of nobody that canon knows, where `story.cast = closed`",
        severity="soft",
    ),
    Rule(
        "location",
        place.elsewhere,
        "a person speaking on screen elsewhere than canon has them",
    ),
    Rule("two_places", place.two_places, "a person in two places at the same time"),
    Rule("travel_time", place.travel_time, "a person going faster than the way takes"),
    Rule("resurrection", life.resurrection, "anyone coming back to life"),
    Rule("dead_take_nothing", life.dead_take_nothing, "the dead marrying, or being handed things"),
    Rule("life_span", life.life_span, "a death before the birth"),
    Rule("name", identity.changed_name, "`=` with another name"),
    Rule("alias_collision", identity.alias_collision, "an alias that somebody else goes by"),
    Rule(
        "shared_name",
        identity.shared_name,
        "a name that somebody else has, where no `namesake` says so",
        severity="soft",
    ),
    Rule("age", age.changed_age, "`=` with another age; an age that goes down"),
    Rule("age_from_birth", age.age_from_birth, "an age that birth and date do not make"),
    Rule("twin_age", age.twin_age, "twins of different ages"),
    Rule("exclusive_relation", kin.exclusive_relation, "a marriage to two at a time"),
    Rule("self_relation", kin.self_relation, "somebody as their own parent, spouse or twin"),
    Rule("parent_younger", kin.parent_younger, "a parent who is not older than the child"),
    Rule("own_ancestor", kin.own_ancestor, "somebody who descends from their own child"),
    Rule("too_many", kin.too_many, "a third parent by birth"),
    Rule("opposite_relation", kin.opposite_relation, "friends who are enemies by `=`"),
    Rule("held_by_two", things.held_by_two, "a thing in two hands"),
    Rule("destroyed_object", things.destroyed_object, "a destroyed thing used or handed over"),
    Rule("forbidden", world.forbidden, "what a declared rule of the world forbids"),
    Rule("too_early", world.too_early, "a thing before the date of its `not_before`"),
    Rule("too_late", world.too_late, "a thing after the date of its `not_after`"),
    Rule("timeline_order", order.timeline_order, "the story's date going back, unmarked"),
    Rule("event_order", order.event_order, "an event before one that it comes after"),
    Rule("event_ring", order.event_ring, "events that come before themselves"),
    Rule("place_ring", place.place_ring, "a place within what is within it"),
    Rule("healed_at_once", states.healed_at_once, "a wound that heals in its own scene"),
    Rule(
        "continuous_weather",
        states.continuous_weather,
        "another weather in a scene that goes on (CONTINUOUS)",
        severity="soft",
    ),
    Rule(
        "continuous_time",
        states.continuous_time,
        "clocks that do not meet in a scene that goes on (CONTINUOUS, SAME TIME)",
    ),
    Rule("status", statements.changed_status, "`=` with another status"),
    Rule("location", statements.changed_location, "`=` with another location"),
    Rule("fixed_fact", statements.fixed_fact, "`->` on what never changes, such as a birth"),
    Rule("retracted_fact", statements.retracted_fact, "`= none` for what is known"),
    Rule(
        "contradicted_fact",
        statements.contradicted_fact,
        "any other attribute given another value by `=`",
    ),
)
