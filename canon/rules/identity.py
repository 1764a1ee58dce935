"""Who is who: names, other names, and cues that nobody answers to."""

from __future__ import annotations

from difflib import get_close_matches

from canon.rules.rule import against, stated
from canon.rules.statements import NAME, differs, words_of
from canon.timeline import Moment, Speech
from canon.verdict import Breach
from canon.vocabulary import STORY, attribute_of, values_of
from canon.world import World, spoken_under
from schemas.canon import Fact
from schemas.ids import slug


def changed_name(moment: Moment, world: World) -> Breach | None:
    """A name stays, unless `->` renames. A longer or shorter form of it is the same name."""
    statement, fact = against(moment, world, NAME)
    if statement is None or fact is None or statement.change:
        return None
    one, other = words_of(statement.value), words_of(fact.value)
    return None if one <= other or other <= one else differs(statement, fact)


def alias_collision(moment: Moment, world: World) -> Breach | None:
    """An alias is nobody else's name, alias or id: a cue must mean one person."""
    statement = stated(moment, "alias")
    if statement is None:
        return None
    subject = world.subject(statement.subject)
    for alias in values_of(attribute_of(subject, "alias"), statement.value):
        for other in _others_called(alias, subject, world):
            taken = _called(other, world)
            if taken is not None:
                return Breach(
                    evidence=taken,
                    problem=f"{alias} is to be another name of {subject}, "
                    f"but {other} goes by it already",
                    hint=f"choose another alias, write [[canon: {subject}.poses_as -> {other}]] "
                    f"for a disguise, or [[canon: {subject}.namesake = {other}]] "
                    f"where two people share the name",
                )
    return None


def shared_name(moment: Moment, world: World) -> Breach | None:
    """Two people of one name are meant, or a slip: a namesake says so."""
    statement = stated(moment, NAME)
    if statement is None:
        return None
    subject = world.subject(statement.subject)
    for other in _others_called(statement.value, subject, world):
        taken = _called(other, world)
        if taken is not None:
            return Breach(
                evidence=taken,
                problem=f"{subject} is called {statement.value}, and so is {other}: "
                f"a cue with that name means neither",
                hint=f"if both bear it, [[canon: {subject}.namesake = {other}]]; "
                f"if they are one person, declare it of {other}",
            )
    return None


def unknown_speaker(moment: Moment, world: World) -> Breach | None:
    """Where the cast is closed, whoever speaks is somebody canon knows."""
    if not isinstance(moment, Speech):
        return None
    cast = world.get(STORY, "cast")
    if cast is None or slug(cast.value) != "closed":
        return None
    known = [person for person in world.speakers(moment.dialogue) if world.known_as(person)]
    if known:
        return None
    cue = moment.dialogue.speaker_id
    near = get_close_matches(cue, sorted(world.names()), n=1)
    meant = f"write {near[0].replace('_', ' ').upper()} if that is meant, or " if near else ""
    return Breach(
        evidence=cast,
        problem=f"{spoken_under(moment)} speaks, and canon knows nobody of that name",
        hint=f"{meant}introduce them: [[canon: {cue}.name = {spoken_under(moment).title()}]]",
    )


def _others_called(name: str, subject: str, world: World) -> list[str]:
    """Who else goes by a name, without those who are known to share it."""
    found = world.named(name) | frozenset(world.known_as(slug(name)))
    shared = {*world.targets(subject, "namesake"), *world.pointing("namesake", subject)}
    shared |= set(world.targets(subject, "poses_as"))
    return sorted(found - {subject} - shared)


def _called(other: str, world: World) -> Fact | None:
    return world.get(other, NAME) or world.get(other, "alias")
