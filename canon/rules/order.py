"""The order of what happens: the date of the story, and events that come before others."""

from __future__ import annotations

from collections.abc import Iterator

from canon.rules.rule import as_fact, named_in, stated
from canon.rules.statements import STATUS
from canon.story_dates import earlier, read_date, written_date
from canon.timeline import Moment, Statement
from canon.verdict import Breach, claim, origin
from canon.vocabulary import SCENE, STORY
from canon.world import World
from schemas.canon import Fact
from schemas.ids import slug

_HAPPENED = frozenset({"happened", "over", "past"})


def timeline_order(moment: Moment, world: World) -> Breach | None:
    """The story's date does not go back; a scene that does is a marked flashback."""
    if not isinstance(moment, Statement) or moment.attribute != "date":
        return None
    now = world.course.now
    of_scene = moment.subject == SCENE
    if of_scene and (now is None or now.remembered):
        return None
    if not of_scene and (moment.subject != STORY or not moment.change):
        return None
    stands, told = world.get(STORY, "date"), read_date(moment.value)
    since = world.date_of(STORY, "date")
    if stands is None or since is None or told is None or not earlier(told, since):
        return None
    return Breach(
        evidence=stands,
        problem=f"{moment.value} is before {written_date(since)}, where the story stands",
        hint="mark the scene FLASHBACK or write [[canon: scene.mode = flashback]] with it, "
        f"or correct the date of the story in {origin(stands)}",
    )


def event_order(moment: Moment, world: World) -> Breach | None:
    """An event happens after those that come before it, by their status and by their dates."""
    statement = stated(moment, STATUS, "date", "after", "before")
    if statement is None or statement.subject == STORY:
        return None
    subject = world.subject(statement.subject)
    if statement.attribute == STATUS:
        return _happens_too_early(statement, subject, world)
    pairs = _ordered_pairs(statement, subject, world)
    for first, second in pairs:
        evidence = _dated_wrongly(statement, first, second, world)
        if evidence is not None:
            return Breach(
                evidence=evidence,
                problem=f"{first} comes before {second}, but {claim(evidence)}",
                hint=f"correct the date here or in {origin(evidence)}, or turn the order round",
            )
    return None


def event_ring(moment: Moment, world: World) -> Breach | None:
    """No event comes before itself, through any steps."""
    statement = stated(moment, "after", "before")
    if statement is None:
        return None
    subject = world.subject(statement.subject)
    for other in named_in(statement, world):
        first, second = (other, subject) if statement.attribute == "after" else (subject, other)
        evidence = as_fact(statement, world) if first == second else _leads(second, first, world)
        if evidence is not None:
            return Breach(
                evidence=evidence,
                problem=f"{first} cannot come before {second}, which comes before it",
                hint=f"turn the order round, or correct it in {origin(evidence)}",
            )
    return None


def _happens_too_early(statement: Statement, subject: str, world: World) -> Breach | None:
    if slug(statement.value) not in _HAPPENED or world.with_status(subject, _HAPPENED):
        return None
    for earlier_event, fact in _before(subject, world):
        if world.with_status(earlier_event, _HAPPENED) is None:
            return Breach(
                evidence=fact,
                problem=f"{subject} happens here, but {earlier_event} comes first "
                f"and has not happened",
                hint=f"let it happen first, [[canon: {earlier_event}.status -> happened]], "
                f"or correct the order in {origin(fact)}",
            )
    for later_event, fact in _after(subject, world):
        if world.with_status(later_event, _HAPPENED) is not None:
            return Breach(
                evidence=world.get(later_event, STATUS) or fact,
                problem=f"{subject} happens here, but {later_event}, which comes after it, "
                f"has happened already",
                hint=f"take it out, mark the scene as earlier and declare it there, "
                f"or correct the order in {origin(fact)}",
            )
    return None


def _before(event: str, world: World) -> Iterator[tuple[str, Fact]]:
    told = world.get(event, "after")
    if told is not None:
        yield from ((name, told) for name in world.targets_of(told))
    yield from world.pointing("before", event).items()


def _after(event: str, world: World) -> Iterator[tuple[str, Fact]]:
    told = world.get(event, "before")
    if told is not None:
        yield from ((name, told) for name in world.targets_of(told))
    yield from world.pointing("after", event).items()


def _ordered_pairs(statement: Statement, subject: str, world: World) -> Iterator[tuple[str, str]]:
    if statement.attribute == "after":
        yield from ((name, subject) for name in named_in(statement, world))
    elif statement.attribute == "before":
        yield from ((subject, name) for name in named_in(statement, world))
    else:
        yield from ((name, subject) for name, _ in _before(subject, world))
        yield from ((subject, name) for name, _ in _after(subject, world))


def _dated_wrongly(statement: Statement, first: str, second: str, world: World) -> Fact | None:
    subject = world.subject(statement.subject)

    def date(event: str) -> str:
        if statement.attribute == "date" and event == subject:
            return statement.value
        fact = world.get(event, "date")
        return fact.value if fact is not None else ""

    one, other = read_date(date(first)), read_date(date(second))
    if one is None or other is None or not earlier(other, one):
        return None
    return world.get(second if first == subject else first, "date")


def _leads(start: str, goal: str, world: World) -> Fact | None:
    """The fact on the way from an event to one that comes after it, if there is a way."""
    waiting, seen = [start], set[str]()
    while waiting:
        event = waiting.pop()
        if event in seen:
            continue
        seen.add(event)
        for later, fact in _after(event, world):
            if later == goal:
                return fact
            waiting.append(later)
    return None
