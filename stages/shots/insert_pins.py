"""Pins that ask for an insert, or forbid one: `[[shot: insert=the lantern]]`, `insert=never`.

They mean a paragraph and count before there are shots: the paragraph of the shot they are written
for, or, of a note, the one that it stands in or before. A pin beside the script names a shot as the
film has it without such pins, because the shot that it forbids would otherwise have no name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from schemas.errors import PipelineError
from schemas.script import Action, Script, plain_text
from schemas.shot_list import Shot
from stages.shots.prop_inserts import InsertWish
from stages.shots.shot_pins import NEVER, ShotPin, meant

Wishes = Mapping[str, Mapping[int, InsertWish]]
"""What is wanted of paragraphs, by the id of their scene and the line they begin at."""


def insert_wishes(script: Script, pins: Sequence[ShotPin]) -> Wishes:
    """The wishes of pins that have a scene and a line; of two for one paragraph the later counts.

    Raises PipelineError `shot-pin` for one with no paragraph of action from its line on.
    """
    wishes: dict[str, dict[int, InsertWish]] = {}
    for pin in pins:
        if not pin.insert:
            continue
        line = _paragraph(script, pin)
        wish = InsertWish(pin.where, "" if pin.insert == NEVER else pin.insert)
        wishes.setdefault(pin.scene_id, {})[line] = wish
    return wishes


def placed_pins(pins: Sequence[ShotPin], shots: Sequence[Shot]) -> tuple[ShotPin, ...]:
    """The pins for inserts that name a shot, with its scene and line instead."""
    placed = []
    for pin in pins:
        shot = shots[meant(pin, shots)]
        placed.append(replace(pin, scene_id=shot.scene_id, line=shot.source.line))
    return tuple(placed)


def refuse_unmet(wishes: Wishes, shots: Sequence[Shot]) -> None:
    """Raises PipelineError `shot-pin` for a thing that its paragraph does not name."""
    shown = {(shot.scene_id, shot.source.line) for shot in shots if shot.insert}
    for scene_id, lines in wishes.items():
        for line, wish in lines.items():
            if wish.thing and (scene_id, line) not in shown:
                raise PipelineError(
                    "shot-pin",
                    wish.where,
                    f"no insert of `{wish.thing}`: the action in line {line} does not name it",
                    "write the thing as the paragraph does, and not in a montage or a title",
                )


def _last_line(action: Action, pin: ShotPin) -> int:
    """The paragraph's last line; a note in it that is a line by itself is one of its lines."""
    first = action.source.line
    inside = 1 if first < pin.line else 0
    return first + plain_text(action.spans).count("\n") + inside


def _paragraph(script: Script, pin: ShotPin) -> int:
    for scene in script.scenes:
        if scene.scene_id != pin.scene_id:
            continue
        for element in scene.elements:
            if isinstance(element, Action) and _last_line(element, pin) >= pin.line:
                return element.source.line
    raise PipelineError(
        "shot-pin",
        pin.where,
        "an insert belongs to a paragraph of action, and none follows in the scene",
        "put the note before the paragraph that names the thing",
    )
