"""Life, death and birth: who can be there, and who can speak."""

from __future__ import annotations

from typing import Final

from canon.marks import is_heard_from_elsewhere
from canon.rules.rule import against, named_in, stated
from canon.rules.statements import STATUS
from canon.story_dates import earlier, read_date, written_date
from canon.timeline import Moment, Speech
from canon.verdict import Breach, claim, origin
from canon.world import DEAD, World, spoken_under
from schemas.ids import slug

# They died and walk; said by `->`, of a story that has them.
_REVENANT: Final = frozenset({"ghost", "spirit", "undead", "vampire", "zombie"})
_UNABLE: Final = frozenset({"mute", "unconscious", "comatose", "in_a_coma", "gagged"})


def life_and_death(moment: Moment, world: World) -> Breach | None:
    """The dead do not speak on screen or beside it.

    Voice-overs, recordings and transmissions pass, and so do scenes marked as flashback, dream
    or memory, and scenes dated before the death. O.S. and O.C. do not: they mean that the speaker
    is there.
    """
    if not isinstance(moment, Speech) or moment.recalled:
        return None
    for subject in world.themselves(moment.dialogue):
        death = world.dead(subject)
        if death is None or _before_death(world, subject):
            continue
        return Breach(
            evidence=death,
            problem=f"{spoken_under(moment)} speaks here, but {subject} is {death.value}",
            hint=f"mark the cue (V.O.) or the scene FLASHBACK, give the line to somebody else, "
            f"or change the death in {origin(death)}",
        )
    return None


def dead_at_the_time(moment: Moment, world: World) -> Breach | None:
    """In a scene with a date, nobody speaks who had died by then, not even in a flashback."""
    if not isinstance(moment, Speech) or not _is_dated(moment, world):
        return None
    for subject in world.themselves(moment.dialogue):
        death = world.get(subject, "died")
        died, today = world.date_of(subject, "died"), world.today
        if death is None or died is None or today is None or not earlier(died, today):
            continue
        if world.dead(subject) and not moment.view.remembered:
            continue  # life_and_death says so
        return Breach(
            evidence=death,
            problem=f"{spoken_under(moment)} speaks in {written_date(today)}, "
            f"but {subject} died in {death.value}",
            hint=f"date the scene before it, [[canon: scene.date = {written_date(died)}]], "
            f"or mark the cue (V.O.)",
        )
    return None


def not_born_yet(moment: Moment, world: World) -> Breach | None:
    """In a scene with a date, nobody speaks who was not born by then."""
    if not isinstance(moment, Speech) or not _is_dated(moment, world):
        return None
    for subject in world.themselves(moment.dialogue):
        birth = world.get(subject, "born")
        born, today = world.date_of(subject, "born"), world.today
        if birth is not None and born is not None and today is not None and earlier(today, born):
            return Breach(
                evidence=birth,
                problem=f"{spoken_under(moment)} speaks in {written_date(today)}, "
                f"but {subject} was born in {birth.value}",
                hint=f"date the scene later, [[canon: scene.date = {written_date(born)}]], "
                f"mark the cue (V.O.), or correct the birth in {origin(birth)}",
            )
    return None


def resurrection(moment: Moment, world: World) -> Breach | None:
    """Nobody comes back from the dead, neither by `=` nor by `->`, but as a ghost by `->`.

    Only canon itself can undo a death: the writer takes it out where it was declared.
    """
    statement, fact = against(moment, world, STATUS)
    if statement is None or fact is None or slug(fact.value) not in DEAD:
        return None
    wanted = slug(statement.value)
    if wanted in DEAD or (statement.change and wanted in _REVENANT):
        return None
    return Breach(
        evidence=fact,
        problem=f"{fact.subject} cannot be {statement.value} again",
        hint=f"take this declaration out, or undo the death in {origin(fact)}",
    )


def dead_take_nothing(moment: Moment, world: World) -> Breach | None:
    """The dead do not marry, and nothing comes into their hands."""
    statement = stated(moment, "spouse", "holder", "holds")
    now = world.course.now
    if statement is None or not statement.change or (now is not None and now.remembered):
        return None
    named = named_in(statement, world)
    if not named:
        return None
    subject = world.subject(statement.subject)
    people = {"spouse": (subject, *named), "holder": named, "holds": (subject,)}
    for person in people[statement.attribute]:
        death = world.dead(person)
        if death is not None:
            return Breach(
                evidence=death,
                problem=f"{subject}.{statement.attribute} becomes {statement.value} here, "
                f"but {claim(death)}",
                hint=f"name somebody who lives, declare it before the death in {origin(death)}, "
                f"or write `=` for what was so in life",
            )
    return None


def unable_to_speak(moment: Moment, world: World) -> Breach | None:
    """The mute and the unconscious do not speak on screen; their thoughts are V.O."""
    if not isinstance(moment, Speech) or moment.recalled:
        return None
    for subject in world.themselves(moment.dialogue):
        state = world.with_status(subject, _UNABLE)
        if state is not None:
            return Breach(
                evidence=state,
                problem=f"{spoken_under(moment)} speaks here, but {subject} is {state.value}",
                hint=f"let them come to first, [[canon: {subject}.status -> alive]], "
                f"or mark the cue (V.O.)",
            )
    return None


def life_span(moment: Moment, world: World) -> Breach | None:
    """Nobody dies before they are born."""
    statement = stated(moment, "born", "died")
    if statement is None:
        return None
    subject = world.subject(statement.subject)
    told = read_date(statement.value)
    other = "died" if statement.attribute == "born" else "born"
    fact, known = world.get(subject, other), world.date_of(subject, other)
    if fact is None or told is None or known is None:
        return None
    backwards = earlier(told, known) if other == "born" else earlier(known, told)
    if not backwards:
        return None
    return Breach(
        evidence=fact,
        problem=f"{subject}.{statement.attribute} = {statement.value} and {claim(fact)}: "
        f"a death before the birth",
        hint=f"correct the date here, or {fact.attribute} in {origin(fact)}",
    )


def _before_death(world: World, subject: str) -> bool:
    died, today = world.date_of(subject, "died"), world.today
    return died is not None and today is not None and earlier(today, died)


def _is_dated(moment: Speech, world: World) -> bool:
    heard = is_heard_from_elsewhere(moment.dialogue)
    return not heard and not moment.view.imagined and world.today is not None
