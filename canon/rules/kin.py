"""Relationships: one spouse at a time, parents older than children, nobody their own ancestor."""

from __future__ import annotations

from collections.abc import Iterator

from canon.rules.rule import as_fact, named_in, says_none, stated
from canon.rules.statements import AGE, years
from canon.story_dates import earlier, read_date
from canon.timeline import Moment, Statement
from canon.verdict import Breach, claim, origin
from canon.vocabulary import ATTRIBUTES, attribute_of
from canon.world import World
from schemas.canon import Fact

_WITH_OTHERS = ("spouse", "parent", "child", "sibling", "twin")
_FEELINGS = ("friend", "enemy")


def exclusive_relation(moment: Moment, world: World) -> Breach | None:
    """Nobody is married to two at a time, whichever of them it is told of.

    `->` ends one's own marriage for another; it does not end somebody else's.
    """
    statement = stated(moment, "spouse")
    if statement is None:
        return None
    subject = world.subject(statement.subject)
    if says_none(statement):
        standing = world.partner(subject)
        if statement.change or standing is None:
            return None
        return _married(subject, standing, world)
    for target in named_in(statement, world):
        for person, other in ((subject, target), (target, subject)):
            standing = world.partner(person)
            leaves = person == subject and statement.change
            if standing is None or standing[0] == other or leaves or world.dead(standing[0]):
                continue
            return _married(person, standing, world)
    return None


def self_relation(moment: Moment, world: World) -> Breach | None:
    """Nobody is their own spouse, parent, child or twin."""
    statement = stated(moment, *_WITH_OTHERS)
    if statement is None:
        return None
    subject = world.subject(statement.subject)
    if subject not in named_in(statement, world):
        return None
    return Breach(
        evidence=world.get(subject, "name") or as_fact(statement, world),
        problem=f"{subject} cannot be their own {statement.attribute}",
        hint=f"name somebody else in [[canon: {subject}.{statement.attribute} = …]]",
    )


def parent_younger(moment: Moment, world: World) -> Breach | None:
    """A parent by birth is born before the child, and older while both live."""
    statement = stated(moment, "parent", "child", "born", AGE)
    if statement is None:
        return None
    subject = world.subject(statement.subject)
    for parent, child in _pairs(statement, subject, world):
        if parent == child:
            continue
        other = child if parent == subject else parent
        evidence = _not_older(statement, (parent, child), other, world)
        if evidence is not None:
            return Breach(
                evidence=evidence,
                problem=f"{parent} is to be a parent of {child}, but {claim(evidence)}",
                hint=f"correct the {evidence.attribute} here or in {origin(evidence)}, "
                f"or call it stepparent, which says nothing of birth",
            )
    return None


def own_ancestor(moment: Moment, world: World) -> Breach | None:
    """Nobody descends from their own child."""
    statement = stated(moment, "parent", "child")
    if statement is None:
        return None
    subject = world.subject(statement.subject)
    for other in named_in(statement, world):
        parent, child = (other, subject) if statement.attribute == "parent" else (subject, other)
        evidence = _descent(parent, child, world) if parent != child else None
        if evidence is not None:
            return Breach(
                evidence=evidence,
                problem=f"{parent} descends from {child} and cannot be their parent",
                hint=f"turn it round, or correct it in {origin(evidence)}",
            )
    return None


def too_many(moment: Moment, world: World) -> Breach | None:
    """There are as many of a kind as there can be: two parents by birth."""
    statement = stated(moment, "parent", "child")
    if statement is None:
        return None
    subject, limit = world.subject(statement.subject), ATTRIBUTES["parent"].at_most
    of_whom = (subject,) if statement.attribute == "parent" else named_in(statement, world)
    for child in of_whom:
        told = named_in(statement, world) if statement.attribute == "parent" else (subject,)
        replaced = statement.change and statement.attribute == "parent"
        known = () if replaced else tuple(name for name, _ in _parents(child, world))
        together = tuple(dict.fromkeys((*known, *told)))
        if len(together) > limit:
            evidence = next((fact for _, fact in _parents(child, world)), None)
            return Breach(
                evidence=evidence or as_fact(statement, world),
                problem=f"{child} would have {len(together)} parents by birth: "
                f"{', '.join(together)}",
                hint=f"call the other stepparent or guardian, or correct it in "
                f"{origin(evidence or as_fact(statement, world))}",
            )
    return None


def opposite_relation(moment: Moment, world: World) -> Breach | None:
    """Friends are not enemies by `=`; that they become so is a change."""
    statement = stated(moment, *_FEELINGS)
    if statement is None or statement.change:
        return None
    subject = world.subject(statement.subject)
    attribute = attribute_of(subject, statement.attribute)
    for other in named_in(statement, world):
        if _is_told(subject, other, attribute.name, world):
            continue
        for person, of_whom in ((subject, other), (other, subject)):
            fact = world.get(person, attribute.opposite)
            if fact is not None and of_whom in world.targets_of(fact):
                return Breach(
                    evidence=fact,
                    problem=f"{subject} and {other} cannot be {attribute.name}s: {claim(fact)}",
                    hint=f"if it changes here, "
                    f"[[canon: {subject}.{attribute.name} -> {statement.value}]], "
                    f"or correct it in {origin(fact)}",
                )
    return None


def _married(person: str, standing: tuple[str, Fact], world: World) -> Breach:
    partner, fact = standing
    return Breach(
        evidence=fact,
        problem=f"{person} is married to {partner}",
        hint=f"let that marriage end first, [[canon: {fact.subject}.spouse -> none]], "
        f"or correct it in {origin(fact)}",
    )


def _pairs(statement: Statement, subject: str, world: World) -> Iterator[tuple[str, str]]:
    if statement.attribute == "parent":
        yield from ((parent, subject) for parent in named_in(statement, world))
    elif statement.attribute == "child":
        yield from ((subject, child) for child in named_in(statement, world))
    else:
        yield from ((parent, subject) for parent, _ in _parents(subject, world))
        children = (*world.targets(subject, "child"), *world.pointing("parent", subject))
        yield from ((subject, child) for child in children)


def _parents(child: str, world: World) -> Iterator[tuple[str, Fact]]:
    fact = world.get(child, "parent")
    if fact is not None:
        yield from ((parent, fact) for parent in world.targets_of(fact))
    yield from world.pointing("child", child).items()


def _descent(descendant: str, ancestor: str, world: World) -> Fact | None:
    """The fact that makes `descendant` one, on the way up to `ancestor`."""
    waiting, seen = [descendant], set[str]()
    while waiting:
        person = waiting.pop()
        if person in seen:
            continue
        seen.add(person)
        for parent, fact in _parents(person, world):
            if parent == ancestor:
                return fact
            waiting.append(parent)
    return None


def _not_older(
    statement: Statement, pair: tuple[str, str], other: str, world: World
) -> Fact | None:
    """What shows that the first of a pair is not older than the second: a fact of `other`."""

    def told(person: str, attribute: str) -> str:
        if statement.attribute == attribute and person != other:
            return statement.value
        fact = world.get(person, attribute)
        return fact.value if fact is not None else ""

    births = [read_date(told(person, "born")) for person in pair]
    if births[0] is not None and births[1] is not None:
        before = earlier(births[0], births[1])
        return None if before else world.get(other, "born")
    ages = [years(told(person, AGE)) for person in pair]
    if ages[0] is None or ages[1] is None or any(world.dead(person) for person in pair):
        return None
    return world.get(other, AGE) if ages[0] <= ages[1] else None


def _is_told(subject: str, other: str, attribute: str, world: World) -> bool:
    return other in world.targets(subject, attribute) or subject in world.targets(other, attribute)
