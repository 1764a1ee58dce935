"""The attributes the gate understands, over the one form `subject.attribute = value`.

An attribute that is not listed is free text: one value, which `=` must agree with and `->` changes.
Two subjects are no facts of the story: `scene` is about the scene a note stands in, and `story`
about the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Kind = Literal["character", "location", "object", "rule", "event", "thread", "scene", "story"]
Value = Literal[
    "text", "name", "years", "date", "time", "status", "place", "subject", "trips", "deeds", "mode"
]

SCENE: Final = "scene"
STORY: Final = "story"
# Values that mean that there is none, or no longer one.
NONE: Final = frozenset({"none", "nobody", "no_one", "nothing", "no", "unknown", "ended", "healed"})


@dataclass(frozen=True, slots=True)
class Attribute:
    """How the values of one attribute behave.

    `many`: several values, parted by commas; `=` adds to them, `->` replaces them all.
    `at_most`: how many there may be, 0 for any number. `symmetric`: if A is to B, so is B to A.
    `exclusive`: B has one such A at a time. `inverse` and `opposite` name another attribute.
    `fixed`: not even `->` changes it. `grows`: `->` only raises it. `lasting`: it does not end
    within the scene, nor in one that goes on without a break.
    """

    name: str
    of: tuple[Kind, ...]
    value: Value
    meaning: str
    many: bool = False
    at_most: int = 0
    symmetric: bool = False
    exclusive: bool = False
    inverse: str = ""
    opposite: str = ""
    fixed: bool = False
    grows: bool = False
    lasting: bool = False


_ANY: Final[tuple[Kind, ...]] = ("character", "location", "object", "rule", "event", "thread")
_PERSON: Final[tuple[Kind, ...]] = ("character",)
_THING: Final[tuple[Kind, ...]] = ("object",)

_TABLE: Final = (
    Attribute("kind", _ANY, "text", "what it is: character, ghost, robot, technology"),
    Attribute("name", _ANY, "name", "the name in full; a part of it is the same name"),
    Attribute("alias", _ANY, "name", "other names it goes by", many=True),
    Attribute("namesake", _PERSON, "subject", "who bears the same name", many=True, symmetric=True),
    Attribute("status", _ANY, "status", "alive, dead, missing, destroyed, happened, open, closed"),
    Attribute("age", _PERSON, "years", "in whole years, or in words", grows=True),
    Attribute("born", _PERSON, "date", "1952, 1952-03 or 1952-03-09", fixed=True),
    Attribute("died", _PERSON, "date", "the date of the death", fixed=True),
    Attribute("eyes", _PERSON, "text", "their colour"),
    Attribute("hair", _PERSON, "text", "its colour and cut"),
    Attribute("looks", _PERSON, "text", "anything else that is seen"),
    Attribute("voice", _PERSON, "text", "how it sounds"),
    Attribute("location", ("character", "object"), "place", "where it is now"),
    Attribute("spouse", _PERSON, "subject", "married to", symmetric=True, exclusive=True),
    Attribute(
        "parent", _PERSON, "subject", "by birth", many=True, at_most=2, inverse="child", fixed=True
    ),
    Attribute("child", _PERSON, "subject", "by birth", many=True, inverse="parent"),
    Attribute("sibling", _PERSON, "subject", "brother or sister", many=True, symmetric=True),
    Attribute("twin", _PERSON, "subject", "born together", many=True, symmetric=True, fixed=True),
    Attribute(
        "friend", _PERSON, "subject", "on good terms", many=True, symmetric=True, opposite="enemy"
    ),
    Attribute(
        "enemy", _PERSON, "subject", "on bad terms", many=True, symmetric=True, opposite="friend"
    ),
    Attribute("poses_as", _PERSON, "subject", "whose name and looks they have taken"),
    Attribute("injury", _PERSON, "text", "a wound, until it has healed", lasting=True),
    Attribute("illness", _PERSON, "text", "until it is over", lasting=True),
    Attribute("holds", _PERSON, "subject", "what they have with them", many=True, inverse="holder"),
    Attribute("holder", _THING, "subject", "who has it; one at a time", inverse="holds"),
    Attribute("part_of", ("location",), "place", "the place around it"),
    Attribute("travel", ("location",), "trips", "the least time: `harbour 40 min`", many=True),
    Attribute("not_before", _THING, "date", "from when there is such a thing"),
    Attribute("not_after", _THING, "date", "until when there is such a thing"),
    Attribute("who", ("rule",), "text", "the kind, person or `anyone` a rule is about"),
    Attribute(
        "may_not",
        ("rule",),
        "deeds",
        "speak, speak in or be in PLACE, hold or use THING, marry, be VALUE",
    ),
    Attribute("unless", ("rule",), "subject", "who the rule does not bind", many=True),
    Attribute("date", ("event", "story"), "date", "when; the date of the story only goes on"),
    Attribute("after", ("event",), "subject", "events that came before it", many=True),
    Attribute("before", ("event",), "subject", "events that come after it", many=True),
    Attribute("question", ("thread",), "text", "what is to be answered"),
    Attribute("cast", ("story",), "text", "`closed`: whoever is not in canon is a slip of the pen"),
)

# What a scene is: it holds for that scene and never becomes canon.
_SCENE_TABLE: Final = (
    Attribute("date", ("scene",), "date", "when the scene plays, where it is not the story's now"),
    Attribute("time", ("scene",), "time", "21:40, day 2 21:40, 21:40 UTC+2"),
    Attribute("mode", ("scene",), "mode", "dream, flashback, recording, vision, play"),
    Attribute("weather", ("scene",), "text", "kept while a scene goes on (CONTINUOUS)"),
    Attribute("uses", ("scene",), "subject", "things that are used", many=True),
    Attribute("present", ("scene",), "subject", "who is there without a word", many=True),
)

ATTRIBUTES: Final[Mapping[str, Attribute]] = MappingProxyType({a.name: a for a in _TABLE})
SCENE_ATTRIBUTES: Final[Mapping[str, Attribute]] = MappingProxyType(
    {a.name: a for a in _SCENE_TABLE}
)


def attribute_of(subject: str, name: str) -> Attribute:
    """How an attribute behaves; one that is not listed is free text with one value."""
    listed = SCENE_ATTRIBUTES if subject == SCENE else ATTRIBUTES
    return listed.get(name) or Attribute(name, _ANY, "text", "")


def values_of(attribute: Attribute, value: str) -> tuple[str, ...]:
    """The values a fact gives: parted by commas where there may be many, otherwise the one."""
    if not attribute.many:
        return (value,)
    return tuple(part for part in (piece.strip() for piece in value.split(",")) if part)


def joined(attribute: Attribute, before: str, more: str) -> str:
    """Both lists of values as one, in the order in which they were told, without repetition."""
    told = (*values_of(attribute, before), *values_of(attribute, more))
    return ", ".join(dict.fromkeys(told))
