"""Where people stand in one picture, when two of them keep the same side of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from schemas.shot_list import ShotCharacter, Side

_ORDER: Final = {"left": 0, "center": 1, "right": 2}
_OF_TWO: Final[dict[Side, tuple[Side, Side]]] = {
    "left": ("left", "center"),
    "center": ("left", "right"),
    "right": ("center", "right"),
}
_OF_THREE: Final[tuple[Side, Side, Side]] = ("left", "center", "right")
_OPPOSITE: Final = {"left": "right", "right": "left"}


def apart(people: Sequence[ShotCharacter], cast: Sequence[str]) -> tuple[ShotCharacter, ...]:
    """The people of a picture, two or three of them each at a place of their own, more in the order
    of the line.

    `cast` is everyone of the scene in the order of their ids. Along the line between the sides
    everybody has one place for the whole scene, those who share a side in the order of the cast: so
    nobody passes another from shot to shot, and nobody crosses the middle (180° rule).
    """
    sides = [person.side for person in people]
    if len(set(sides)) == len(sides):
        return tuple(people)
    line = sorted(people, key=lambda who: (_ORDER[who.side], cast.index(who.id)))
    if len(people) > len(_OF_THREE):
        return tuple(line)
    places = _OF_TWO[line[0].side] if len(line) == 2 else _OF_THREE
    given = {
        who.id: "center" if _OPPOSITE.get(who.side) == place else place
        for who, place in zip(line, places, strict=True)
    }
    return tuple(who.model_copy(update={"side": given[who.id]}) for who in people)
