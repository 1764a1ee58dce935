"""The rules of the story's own world, declared as facts.

`quiet_dead.who = ghost; quiet_dead.may_not = speak` and `telephone.not_before = 1876`.
"""

from __future__ import annotations

from collections.abc import Iterator

from canon.places import apart
from canon.rules.rule import named_in
from canon.rules.statements import read_deed
from canon.rules.things import things_handled
from canon.story_dates import earlier, written_date
from canon.timeline import Moment, Speech, Statement
from canon.verdict import Breach, origin
from canon.vocabulary import SCENE, attribute_of, values_of
from canon.world import World
from schemas.canon import Fact
from schemas.ids import slug

_MAY_NOT = attribute_of("", "may_not")


def forbidden(moment: Moment, world: World) -> Breach | None:
    """Nobody does what a rule of the world forbids their kind."""
    deeds = list(_deeds(moment, world))
    if not deeds:
        return None
    for rule in world.subjects_with("may_not"):
        fact = world.get(rule, "may_not")
        if fact is None or rule == _subject_of(moment, world):
            continue
        for forbidden_deed in filter(None, map(read_deed, values_of(_MAY_NOT, fact.value))):
            for person, verb, what in deeds:
                if _is_meant(forbidden_deed, verb, what, world) and _binds(rule, person, world):
                    return _broken(fact, person, forbidden_deed, world)
    return None


def too_early(moment: Moment, world: World) -> Breach | None:
    """Nothing is used before there is such a thing."""
    return _out_of_time(moment, world, "not_before")


def too_late(moment: Moment, world: World) -> Breach | None:
    """Nothing is used after there was such a thing."""
    return _out_of_time(moment, world, "not_after")


def _subject_of(moment: Moment, world: World) -> str:
    return world.subject(moment.subject) if isinstance(moment, Statement) else ""


def _deeds(moment: Moment, world: World) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Who does what, and of what: the deeds that a slug line, a cue or a fact shows."""
    now = world.course.now
    places = now.places if now is not None else ()
    if isinstance(moment, Speech):
        if not moment.recalled:
            for person in world.themselves(moment.dialogue):
                yield person, "speak", ()
                yield person, "speak in", places
                yield person, "be in", places
    elif isinstance(moment, Statement) and not (now is not None and now.remembered):
        yield from _declared_deeds(moment, places, world)


def _declared_deeds(
    statement: Statement, places: tuple[str, ...], world: World
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    subject = world.subject(statement.subject)
    named = named_in(statement, world)
    match statement.attribute:
        case "present" if statement.subject == SCENE:
            for person in named:
                yield person, "be in", places
        case "uses" if statement.subject == SCENE:
            yield "", "use", named
        case "location":
            yield subject, "be in", (slug(statement.value),)
        case "holds":
            yield subject, "hold", named
        case "holder":
            for person in named:
                yield person, "hold", (subject,)
        case "spouse":
            for person in (subject, *named) if named else ():
                yield person, "marry", ()
        case _:
            yield subject, "be", (slug(statement.value),)


def _is_meant(
    forbidden_deed: tuple[str, str], verb: str, what: tuple[str, ...], world: World
) -> bool:
    wanted, of_what = forbidden_deed
    if wanted != verb:
        return False
    if not of_what:
        return True
    if verb.endswith(" in"):
        return bool(what) and not apart(world, of_what, what)
    kinds = {slug(kind.value) for each in what if (kind := world.get(each, "kind"))}
    return world.subject(of_what) in what or of_what in kinds


def _binds(rule: str, person: str, world: World) -> bool:
    who = world.get(rule, "who")
    meant = slug(who.value) if who is not None else "anyone"
    if person in world.targets(rule, "unless"):
        return False
    if meant in ("anyone", "anybody", "everyone"):
        return True
    traits = (world.get(person, "kind"), world.get(person, "status"))
    return world.subject(meant) == person or any(t and slug(t.value) == meant for t in traits)


def _broken(fact: Fact, person: str, deed: tuple[str, str], world: World) -> Breach:
    who = world.get(fact.subject, "who")
    doer = person or "somebody"
    said = " ".join(part for part in deed if part)
    exception = f"[[canon: {fact.subject}.unless = {person}]]" if person else "an exception"
    return Breach(
        evidence=fact,
        problem=f"{doer} would {said}, which {fact.subject} forbids "
        f"{who.value if who is not None else 'anyone'}",
        hint=f"leave it to somebody whom the rule does not bind, make an exception, "
        f"{exception}, or change the rule in {origin(fact)}",
    )


def _out_of_time(moment: Moment, world: World, attribute: str) -> Breach | None:
    today, now = world.today, world.course.now
    if today is None or (now is not None and now.imagined):
        return None
    for thing in _things_used(moment, world):
        fact, limit = world.get(thing, attribute), world.date_of(thing, attribute)
        if fact is None or limit is None:
            continue
        if earlier(today, limit) if attribute == "not_before" else earlier(limit, today):
            told = "before" if attribute == "not_before" else "after"
            return Breach(
                evidence=fact,
                problem=f"{thing} is used in {written_date(today)}, {told} {fact.value}",
                hint=f"use another thing, date the scene [[canon: scene.date = {fact.value}]], "
                f"or correct it in {origin(fact)}",
            )
    return None


def _things_used(moment: Moment, world: World) -> Iterator[str]:
    """Things in use or in hand, and those a cue names: (INTO PHONE), (ON RADIO)."""
    if isinstance(moment, Statement):
        yield from things_handled(moment, world)
    elif isinstance(moment, Speech):
        for extension in moment.dialogue.extensions:
            for word in slug(extension, "").split("_"):
                yield from world.known_as(word)
