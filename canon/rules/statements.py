"""Declared facts against the fact in force.

`=` says that something is so and must agree; `->` says that it becomes so here and may differ,
within what the rule allows. Declared facts count the same in a flashback: they are about the
story, not about the scene they stand in.
"""

from __future__ import annotations

import re
from typing import Final

from canon.places import apart
from canon.rules.rule import against, as_fact, says_none
from canon.scenes import IMAGINED_MODES, RECALLED_MODES
from canon.story_dates import compatible, read_clock, read_date, read_trip
from canon.timeline import Moment, Statement
from canon.verdict import Breach, claim, origin
from canon.vocabulary import NONE, SCENE, attribute_of, values_of
from canon.world import DEAD, World, same_text
from schemas.canon import Fact
from schemas.ids import slug

AGE: Final = "age"
LOCATION: Final = "location"
NAME: Final = "name"
STATUS: Final = "status"
# These have rules of their own.
_OWN_RULES: Final = frozenset({NAME, AGE, STATUS, LOCATION, "spouse", "holder"})

_YEARS: Final = re.compile(r"(\d{1,6})(?:\s*years?(?:\s+old)?)?", re.IGNORECASE)
_DEED: Final = re.compile(
    r"(?P<verb>speak|be)\s+in\s+(?P<place>.+)|(?P<alone>speak|marry)"
    r"|(?P<with>hold|use|be)\s+(?P<what>.+)",
    re.IGNORECASE,
)
_FORMS: Final = {
    "date": "1952, 1952-03 or 1952-03-09",
    "time": "21:40, day 2 21:40 or 21:40 UTC+2",
    "trips": "harbour 40 min, city 2 h",
    "mode": ", ".join(sorted(RECALLED_MODES | IMAGINED_MODES)),
    "deeds": "speak, speak in PLACE, be in PLACE, hold THING, use THING, marry, be VALUE",
}


def changed_status(moment: Moment, world: World) -> Breach | None:
    """A status stays, unless `->` changes it or the subject dies (`= dead`)."""
    statement, fact = against(moment, world, STATUS)
    if statement is None or fact is None or statement.change or slug(fact.value) in DEAD:
        return None
    if slug(statement.value) in DEAD or slug(statement.value) == slug(fact.value):
        return None
    return differs(statement, fact)


def changed_location(moment: Moment, world: World) -> Breach | None:
    """A location stays, unless `->` moves there. A place inside or around it agrees with it."""
    statement, fact = against(moment, world, LOCATION)
    if statement is None or fact is None or statement.change:
        return None
    away = apart(world, statement.value, (slug(fact.value),))
    return differs(statement, fact) if away else None


def contradicted_fact(moment: Moment, world: World) -> Breach | None:
    """Any other attribute with one value stays, unless `->` changes it."""
    if not isinstance(moment, Statement) or moment.attribute in _OWN_RULES or says_none(moment):
        return None
    statement, fact = against(moment, world, moment.attribute)
    if statement is None or fact is None or statement.change or _is_of_a_scene(statement):
        return None
    attribute = attribute_of(fact.subject, fact.attribute)
    if attribute.many or same_text(statement.value, fact.value):
        return None
    if attribute.value == "date":
        told, known = read_date(statement.value), read_date(fact.value)
        if told is not None and known is not None and compatible(told, known):
            return None
    if attribute.value == "subject" and slug(statement.value) == slug(fact.value):
        return None
    return differs(statement, fact)


def fixed_fact(moment: Moment, world: World) -> Breach | None:
    """What cannot change is not changed by `->` either: a birth, the parents by birth."""
    if not isinstance(moment, Statement) or not moment.change or _is_of_a_scene(moment):
        return None
    attribute = attribute_of(moment.subject, moment.attribute)
    fact = world.get(world.subject(moment.subject), moment.attribute)
    if not attribute.fixed or fact is None or slug(fact.value) in NONE:
        return None
    told, known = read_date(moment.value), read_date(fact.value)
    if told is not None and known is not None and compatible(told, known):
        return None
    if {slug(v) for v in values_of(attribute, moment.value)} >= {
        slug(v) for v in values_of(attribute, fact.value)
    }:
        return None
    return Breach(
        evidence=fact,
        problem=f"{claim(fact)} cannot become {moment.value}: this never changes",
        hint=f"write [[canon: {fact.subject}.{fact.attribute} = {fact.value}]], "
        f"or correct it in {origin(fact)}",
    )


def retracted_fact(moment: Moment, world: World) -> Breach | None:
    """What is known does not go away by `= none`; its end is a change that happens somewhere."""
    if not isinstance(moment, Statement) or moment.attribute in _OWN_RULES:
        return None
    if moment.change or not says_none(moment) or _is_of_a_scene(moment):
        return None
    fact = world.get(world.subject(moment.subject), moment.attribute)
    if fact is None or slug(fact.value) in NONE:
        return None
    return Breach(
        evidence=fact,
        problem=f"{claim(fact)} is taken back without a word of how it ended",
        hint=f"if it ends here, [[canon: {fact.subject}.{fact.attribute} -> {moment.value}]]; "
        f"if it never was, correct it in {origin(fact)}",
    )


def unreadable_value(moment: Moment, world: World) -> Breach | None:
    """A value the gate is to reckon with has a form that it can read."""
    if not isinstance(moment, Statement) or says_none(moment):
        return None
    attribute = attribute_of(moment.subject, moment.attribute)
    listed = values_of(attribute_of(moment.subject, moment.attribute), moment.value)
    if all(_is_readable(attribute.value, value) for value in listed):
        return None
    return Breach(
        evidence=as_fact(moment, world),
        problem=f"{moment.subject}.{moment.attribute} = {moment.value} cannot be understood",
        hint=f"write it like this: {_FORMS[attribute.value]}",
    )


def agrees(value: str, fact: Fact) -> bool:
    """Whether stating `value` tells nothing new about the fact in force."""
    if fact.attribute in (STATUS, LOCATION):
        both_dead = fact.attribute == STATUS and {slug(value), slug(fact.value)} <= DEAD
        return both_dead or slug(value) == slug(fact.value)
    if fact.attribute == AGE and years(value) is not None:
        return years(value) == years(fact.value)
    attribute = attribute_of(fact.subject, fact.attribute)
    if attribute.many:
        known = {slug(each) for each in values_of(attribute, fact.value)}
        return {slug(each) for each in values_of(attribute, value)} <= known
    if attribute.value == "subject":
        return slug(value) == slug(fact.value)
    return same_text(value, fact.value)


def is_short_for(value: str, fact: Fact) -> bool:
    """Whether `value` tells less than the fact in force: `MARA` for `Mara Voss`, `1952`."""
    if fact.attribute == NAME:
        return words_of(value) < words_of(fact.value)
    told, known = read_date(value), read_date(fact.value)
    if attribute_of(fact.subject, fact.attribute).value != "date" or not (told and known):
        return False
    return compatible(told, known) and told.count(0) >= known.count(0)


def words_of(name: str) -> frozenset[str]:
    """The words of a name, as ids."""
    return frozenset(slug(name).split("_"))


def years(value: str) -> int | None:
    """An age in whole years (`34`, `34 years old`), or None for any other wording."""
    match = _YEARS.fullmatch(value.strip())
    return int(match[1]) if match else None


def younger(value: str, fact: Fact) -> bool:
    """Whether an age in numbers goes down."""
    new, old = years(value), years(fact.value)
    return fact.attribute == AGE and new is not None and old is not None and new < old


def differs(statement: Statement, fact: Fact) -> Breach:
    """The breach of a statement whose value is not the one in force."""
    change = f"[[canon: {fact.subject}.{fact.attribute} -> {statement.value}]]"
    fixed = attribute_of(fact.subject, fact.attribute).fixed
    possible = not fixed and not younger(statement.value, fact)
    allowed = f"or, if it changes here, {change}, " if possible else ""
    return Breach(
        evidence=fact,
        problem=f"{fact.subject}.{fact.attribute} is declared as {statement.value}, "
        f"but it is {fact.value}",
        hint=f"write {fact.value}, {allowed}or correct it in {origin(fact)}",
    )


def read_deed(text: str) -> tuple[str, str] | None:
    """What a rule forbids: a verb (`speak in`, `hold`) and of what; None for what is no deed."""
    found = _DEED.fullmatch(text.strip())
    if found is None:
        return None
    if found["verb"]:
        return f"{found['verb'].lower()} in", slug(found["place"])
    if found["alone"]:
        return found["alone"].lower(), ""
    return found["with"].lower(), slug(found["what"])


def _is_readable(kind: str, value: str) -> bool:
    match kind:
        case "date":
            return read_date(value) is not None
        case "time":
            return read_clock(value) is not None
        case "trips":
            return read_trip(value) is not None
        case "mode":
            return slug(value) in RECALLED_MODES | IMAGINED_MODES
        case "deeds":
            return read_deed(value) is not None
        case _:
            return True


def _is_of_a_scene(statement: Statement) -> bool:
    return statement.subject == SCENE
