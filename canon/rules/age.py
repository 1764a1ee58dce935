"""Ages: they rise, they follow from the birth, and twins share them."""

from __future__ import annotations

from canon.rules.rule import against, named_in, stated
from canon.rules.statements import AGE, agrees, differs, years, younger
from canon.story_dates import ages_at, compatible, day_number, read_date, written_date
from canon.timeline import Moment, Statement
from canon.verdict import Breach, claim, origin
from canon.world import World
from schemas.canon import Fact


def changed_age(moment: Moment, world: World) -> Breach | None:
    """An age stays, unless `->` raises it. Ages that are no numbers compare as text."""
    statement, fact = against(moment, world, AGE)
    if statement is None or fact is None:
        return None
    if not statement.change:
        return None if agrees(statement.value, fact) else differs(statement, fact)
    if not younger(statement.value, fact):
        return None
    return Breach(
        evidence=fact,
        problem=f"{claim(fact)} cannot become {statement.value}: nobody grows younger",
        hint=f"raise the age, take the declaration out, or correct it in {origin(fact)}",
    )


def age_from_birth(moment: Moment, world: World) -> Breach | None:
    """An age agrees with the birth and the date at which the story stands."""
    statement = stated(moment, AGE, "born")
    today = world.today
    if statement is None or today is None:
        return None
    subject = world.subject(statement.subject)
    birth, age = world.get(subject, "born"), world.get(subject, AGE)
    if world.dead(subject):
        return None
    if statement.attribute == AGE:
        evidence, told = birth, years(statement.value)
        born = read_date(birth.value) if birth else None
    else:
        # An older age was true at another date.
        fresh = age is not None and age.provenance.episode == world.episode
        evidence, told = age, years(age.value) if age and fresh else None
        born = read_date(statement.value)
    if evidence is None or told is None or born is None or told in ages_at(born, today):
        return None
    fitting = " or ".join(str(age) for age in ages_at(born, today))
    return Breach(
        evidence=evidence,
        problem=f"{subject} is {told} in {written_date(today)}, born in {written_date(born)}: "
        f"that makes {fitting}",
        hint=f"write {subject}.age = {fitting}, or correct {evidence.attribute} "
        f"in {origin(evidence)}",
    )


def twin_age(moment: Moment, world: World) -> Breach | None:
    """Twins are born within a day of each other, and are of one age."""
    statement = stated(moment, "twin", "born", AGE)
    if statement is None:
        return None
    subject = world.subject(statement.subject)
    if statement.attribute == "twin":
        twins = named_in(statement, world)
    else:
        twins = (*world.targets(subject, "twin"), *world.pointing("twin", subject))
    for twin in twins:
        evidence = _unlike(statement, subject, twin, world)
        if evidence is not None:
            return Breach(
                evidence=evidence,
                problem=f"{subject} and {twin} are twins, but {claim(evidence)}",
                hint=f"give both the same, or correct it in {origin(evidence)}",
            )
    return None


def _unlike(statement: Statement, subject: str, twin: str, world: World) -> Fact | None:
    """What is told of the twin and cannot be, given what is told of the other."""
    birth = world.get(twin, "born")
    own = _told(statement, subject, "born", world)
    one, other = read_date(own), read_date(birth.value) if birth else None
    if birth is not None and one is not None and other is not None:
        first, second = day_number(one), day_number(other)
        near = first is not None and second is not None and abs(first - second) <= 1
        return None if near or compatible(one, other) else birth
    age = world.get(twin, AGE)
    if age is None or world.dead(subject) or world.dead(twin):
        return None
    mine, theirs = years(_told(statement, subject, AGE, world)), years(age.value)
    # One may have been given the new age a line before the other.
    apart = mine is not None and theirs is not None and abs(mine - theirs) > 1
    return age if apart else None


def _told(statement: Statement, subject: str, attribute: str, world: World) -> str:
    if statement.attribute == attribute:
        return statement.value
    fact = world.get(subject, attribute)
    return fact.value if fact is not None else ""
