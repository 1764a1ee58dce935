"""Objects: one holder at a time, and nothing is used that is no more."""

from __future__ import annotations

from canon.rules.rule import named_in, says_none
from canon.timeline import Moment, Statement
from canon.verdict import Breach, origin
from canon.vocabulary import SCENE
from canon.world import World

_HANDLING = frozenset(
    {("", "holds"), ("", "holder"), (SCENE, "uses")},
)


def held_by_two(moment: Moment, world: World) -> Breach | None:
    """A thing is with one person; `holder ->` hands it over."""
    if not isinstance(moment, Statement) or moment.attribute not in ("holds", "holder"):
        return None
    subject = world.subject(moment.subject)
    if moment.attribute == "holds":
        wanted = [(thing, subject) for thing in named_in(moment, world)]
    elif moment.change:
        return None
    elif says_none(moment):
        wanted = [(subject, "")]
    else:
        wanted = [(subject, person) for person in named_in(moment, world)]
    for thing, person in wanted:
        standing = world.holder(thing)
        if standing is None or standing[0] == person:
            continue
        holder, fact = standing
        return Breach(
            evidence=fact,
            problem=f"{thing} is with {holder}" + (f", not with {person}" if person else ""),
            hint=f"hand it over, [[canon: {thing}.holder -> {person or 'none'}]], "
            f"or correct it in {origin(fact)}",
        )
    return None


def destroyed_object(moment: Moment, world: World) -> Breach | None:
    """What is destroyed is neither used nor handed over."""
    now = world.course.now
    if not isinstance(moment, Statement) or (now is not None and now.remembered):
        return None
    for thing in things_handled(moment, world):
        loss = world.destroyed(thing)
        if loss is not None:
            return Breach(
                evidence=loss,
                problem=f"{thing} is {loss.value} and cannot be used or held",
                hint=f"name another thing, mend it first, [[canon: {thing}.status -> mended]], "
                f"or mark the scene FLASHBACK",
            )
    return None


def things_handled(statement: Statement, world: World) -> tuple[str, ...]:
    """The things that a statement puts into somebody's hands or into use."""
    of_scene = SCENE if statement.subject == SCENE else ""
    if (of_scene, statement.attribute) not in _HANDLING or says_none(statement):
        return ()
    if statement.attribute == "holder":
        return (world.subject(statement.subject),)
    return named_in(statement, world)
