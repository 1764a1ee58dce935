"""What a rule is, and how rules for declared facts meet the fact in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from canon.timeline import Moment, Statement
from canon.verdict import Breach
from canon.vocabulary import NONE, SCENE, attribute_of, values_of
from canon.world import World
from schemas.canon import Fact, Provenance, StoryTime
from schemas.ids import slug

Check = Callable[[Moment, World], Breach | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named check. `stops` completes "it stops …" for the documentation."""

    name: str
    check: Check
    stops: str
    severity: Literal["hard", "soft"] = "hard"


def against(moment: Moment, world: World, attribute: str) -> tuple[Statement | None, Fact | None]:
    """A statement of that attribute and the fact in force, or two Nones."""
    if not isinstance(moment, Statement) or moment.attribute != attribute:
        return None, None
    return moment, world.get(world.subject(moment.subject), attribute)


def stated(moment: Moment, *attributes: str) -> Statement | None:
    """The moment if it declares one of these attributes of anything but the scene."""
    if not isinstance(moment, Statement) or moment.attribute not in attributes:
        return None
    return None if moment.subject == SCENE else moment


def says_none(statement: Statement) -> bool:
    """Whether it says that there is nothing of the kind, or no longer."""
    return slug(statement.value) in NONE


def named_in(statement: Statement, world: World) -> tuple[str, ...]:
    """Whom or what a statement names, by their ids; none for `none` and the like."""
    listed = values_of(attribute_of(statement.subject, statement.attribute), statement.value)
    found = (slug(value) for value in listed)
    return tuple(world.subject(each) for each in found if each not in NONE)


def as_fact(statement: Statement, world: World) -> Fact:
    """A statement as a fact of this script, as evidence."""
    return Fact(
        subject=world.subject(statement.subject),
        attribute=statement.attribute,
        value=statement.value,
        valid_from=StoryTime(
            episode=world.episode, scene_id=statement.scene_id, line=statement.source.line
        ),
        provenance=Provenance(
            episode=world.episode,
            scene_id=statement.scene_id,
            file=statement.source.file,
            line=statement.source.line,
        ),
    )
