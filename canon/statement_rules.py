"""Rules for facts the writer declares, each against the fact in force.

`=` says that something is so and must agree; `->` says that it becomes so here and may differ,
within what the rule allows. Declared facts count the same in a flashback: they are about the
story, not about the scene they stand in.
"""

from __future__ import annotations

import re
from typing import Final

from canon.timeline import Moment, Statement
from canon.verdict import Breach, claim, origin
from canon.world import DEAD, World, same_text
from schemas.canon import Fact
from schemas.ids import slug

AGE: Final = "age"
LOCATION: Final = "location"
NAME: Final = "name"
STATUS: Final = "status"

_YEARS: Final = re.compile(r"(\d{1,6})(?:\s*years?(?:\s+old)?)?", re.IGNORECASE)


def resurrection(moment: Moment, world: World) -> Breach | None:
    """Nobody comes back from the dead, neither by `=` nor by `->`.

    Only canon itself can undo a death: the writer takes it out where it was declared.
    """
    statement, fact = _against(moment, world, STATUS)
    if statement is None or fact is None or slug(fact.value) not in DEAD:
        return None
    if slug(statement.value) in DEAD:
        return None
    return Breach(
        evidence=fact,
        problem=f"{fact.subject} cannot be {statement.value} again",
        hint=f"take this declaration out, or undo the death in {origin(fact)}",
    )


def changed_name(moment: Moment, world: World) -> Breach | None:
    """A name stays, unless `->` renames. A longer or shorter form of it is the same name."""
    statement, fact = _against(moment, world, NAME)
    if statement is None or fact is None or statement.change:
        return None
    return None if same_name(statement.value, fact.value) else _differs(statement, fact)


def changed_age(moment: Moment, world: World) -> Breach | None:
    """An age stays, unless `->` raises it. Ages that are no numbers compare as text."""
    statement, fact = _against(moment, world, AGE)
    if statement is None or fact is None:
        return None
    if not statement.change:
        return None if agrees(statement.value, fact) else _differs(statement, fact)
    if not _younger(statement.value, fact):
        return None
    return Breach(
        evidence=fact,
        problem=f"{claim(fact)} cannot become {statement.value}: nobody grows younger",
        hint=f"raise the age, take the declaration out, or correct it in {origin(fact)}",
    )


def changed_status(moment: Moment, world: World) -> Breach | None:
    """A status stays, unless `->` changes it or the subject dies (`= dead`)."""
    statement, fact = _against(moment, world, STATUS)
    if statement is None or fact is None or statement.change or slug(fact.value) in DEAD:
        return None
    if slug(statement.value) in DEAD or slug(statement.value) == slug(fact.value):
        return None
    return _differs(statement, fact)


def changed_location(moment: Moment, world: World) -> Breach | None:
    """A location stays, unless `->` moves there. A place inside or around it agrees with it."""
    statement, fact = _against(moment, world, LOCATION)
    if statement is None or fact is None or statement.change:
        return None
    apart = world.apart(statement.value, (slug(fact.value),))
    return _differs(statement, fact) if apart else None


def contradicted_fact(moment: Moment, world: World) -> Breach | None:
    """Any other attribute stays, unless `->` changes it."""
    if not isinstance(moment, Statement) or moment.attribute in (NAME, AGE, STATUS, LOCATION):
        return None
    statement, fact = _against(moment, world, moment.attribute)
    if statement is None or fact is None or statement.change:
        return None
    return None if same_text(statement.value, fact.value) else _differs(statement, fact)


def agrees(value: str, fact: Fact) -> bool:
    """Whether stating `value` tells nothing new about the fact in force."""
    if fact.attribute in (STATUS, LOCATION):
        both_dead = fact.attribute == STATUS and {slug(value), slug(fact.value)} <= DEAD
        return both_dead or slug(value) == slug(fact.value)
    if fact.attribute == AGE and years(value) is not None:
        return years(value) == years(fact.value)
    return same_text(value, fact.value)


def is_short_for(value: str, fact: Fact) -> bool:
    """Whether `value` is the name in force with words left out: `MARA` for `Mara Voss`."""
    return fact.attribute == NAME and _words(value) < _words(fact.value)


def same_name(one: str, other: str) -> bool:
    """Whether one name is the other with words left out: `MARA` and `Mara Voss`."""
    return _words(one) <= _words(other) or _words(other) <= _words(one)


def years(value: str) -> int | None:
    """An age in whole years (`34`, `34 years old`), or None for any other wording."""
    match = _YEARS.fullmatch(value.strip())
    return int(match[1]) if match else None


def _against(moment: Moment, world: World, attribute: str) -> tuple[Statement | None, Fact | None]:
    if not isinstance(moment, Statement) or moment.attribute != attribute:
        return None, None
    return moment, world.get(world.subject(moment.subject), attribute)


def _words(name: str) -> frozenset[str]:
    return frozenset(slug(name).split("_"))


def _differs(statement: Statement, fact: Fact) -> Breach:
    change = f"[[canon: {fact.subject}.{fact.attribute} -> {statement.value}]]"
    allowed = "" if _younger(statement.value, fact) else f"or, if it changes here, {change}, "
    return Breach(
        evidence=fact,
        problem=f"{fact.subject}.{fact.attribute} is declared as {statement.value}, "
        f"but it is {fact.value}",
        hint=f"write {fact.value}, {allowed}or correct it in {origin(fact)}",
    )


def _younger(value: str, fact: Fact) -> bool:
    new, old = years(value), years(fact.value)
    return fact.attribute == AGE and new is not None and old is not None and new < old
