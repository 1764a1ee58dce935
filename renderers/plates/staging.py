"""Where figures stand on the picture: size, place and facing by framing and side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from renderers.plates.choice import Chooser
from renderers.plates.moods import pose_of
from schemas.shot_list import Framing, ShotCharacter

# Framing: height of a head and height of its middle, in 1/1000 of the safe frame's height.
# The cuts are those of a film textbook: knees, waist, chest, shoulders, face.
_HEADS: dict[Framing, tuple[int, int]] = {
    "EWS": (54, 446),
    "WS": (104, 250),
    "MLS": (158, 246),
    "MS": (236, 292),
    "MCU": (348, 344),
    "CU": (486, 408),
    "ECU": (940, 480),
    "TITLE": (104, 250),
}
_WIDE = frozenset({"EWS", "WS", "TITLE"})

FEET_HEADS_PERMILLE = 5880
SITTING_HEADS_PERMILLE = 4720


@dataclass(frozen=True, slots=True)
class Place:
    """One character on the picture, in picture units (the safe frame is 1000 high, x 0 is its
    middle). `head` is the height of the head; `turn` is +1 for a figure that looks right."""

    character: ShotCharacter
    x: float
    y: float
    head: float
    turn: int
    ground: float
    near: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the picture that is always seen: its framing, and half its width in units."""

    framing: Framing
    half: float


_ORDER = {"left": 0, "center": 1, "right": 2}


def stage(frame: Frame, characters: Sequence[ShotCharacter]) -> tuple[Place, ...]:
    """Everyone's place, farthest first. Nobody hides another: each has a slot of the width."""
    cast = sorted(characters, key=lambda character: _ORDER[character.side])
    away = [c for c in cast if pose_of(c.pose) == "away"]
    if away and len(away) < len(cast) and frame.framing not in _WIDE:
        facing = _row(frame, [c for c in cast if pose_of(c.pose) != "away"], shift=True)
        return (*facing, *(_over_shoulder(frame, c) for c in away))
    return tuple(sorted(_row(frame, cast), key=lambda place: place.ground))


def _row(frame: Frame, cast: Sequence[ShotCharacter], *, shift: bool = False) -> list[Place]:
    head, middle = (float(value) for value in _HEADS[frame.framing])
    count = len(cast)
    slot = 2 * frame.half / max(count, 1)
    # A figure is a little under two heads wide; a single one may fill more of the frame.
    head = min(head, slot / (1.95 if count > 1 else 1.3))
    if frame.framing not in _WIDE and head < _HEADS[frame.framing][0] * 0.8:
        middle = max(middle, 300.0) + (count > 2) * 20
    places = []
    for index, character in enumerate(cast):
        x = _x_of(frame, character, index, count)
        if shift:
            x = frame.half * {"left": -0.3, "center": 0.0, "right": 0.3}[character.side]
        behind = count > 3 and index % 2 == 1
        size = head * (0.88 if behind else 1.0)
        places.append(_placed(frame, character, (x, middle, size), _turn(cast, index)))
    return places


def _x_of(frame: Frame, character: ShotCharacter, index: int, count: int) -> float:
    if count == 1:
        reach = {"EWS": 0.36, "WS": 0.34, "MLS": 0.3, "MS": 0.26, "MCU": 0.22, "CU": 0.16}
        offset = reach.get(frame.framing, 0.06)
        return frame.half * offset * {"left": -1, "center": 0, "right": 1}[character.side]
    # Two people in a wide stand within talking distance of each other.
    spread = 0.92 if count > 2 else 0.66 if frame.framing in _WIDE else 0.82
    return frame.half * (-1 + (2 * index + 1) / count) * spread


def _turn(cast: Sequence[ShotCharacter], index: int) -> int:
    side = cast[index].side
    if side == "left":
        return 1
    if side == "right":
        return -1
    if len(cast) > 1 and index != len(cast) // 2:
        return 1 if index < len(cast) / 2 else -1
    others = [other for other in range(len(cast)) if other != index]
    speakers = [other for other in others if cast[other].speaking]
    if speakers or others:
        return 1 if (speakers or others)[0] > index else -1
    return 1 if Chooser(cast[index].id).chance("looks right", 50) else -1


def _placed(
    frame: Frame, character: ShotCharacter, at: tuple[float, float, float], turn: int
) -> Place:
    x, middle, head = at
    sitting = pose_of(character.pose) == "sitting"
    feet = (SITTING_HEADS_PERMILLE if sitting else FEET_HEADS_PERMILLE) / 1000
    base = float(_HEADS[frame.framing][0])
    if frame.framing in _WIDE:
        full = _HEADS[frame.framing][1] + base * FEET_HEADS_PERMILLE / 1000
        # Farther figures stand higher on the ground, towards the camera's eye level.
        ground = full - (base - head) * 2.2
        return Place(character, x, ground - head * feet, head, turn, ground)
    drop = head * 0.35 if sitting else 0.0
    return Place(character, x, middle + drop, head, turn, middle + drop + head * feet)


def _over_shoulder(frame: Frame, character: ShotCharacter) -> Place:
    head = min(_HEADS[frame.framing][0] * 1.45, 640.0)
    side = {"left": -1, "center": -1, "right": 1}[character.side]
    return Place(character, side * frame.half * 0.86, 520.0, head, -side, 5000.0, near=True)


def background_view(
    framing: Framing, characters: Sequence[ShotCharacter]
) -> tuple[float, float, float]:
    """Zoom (1 is the whole set) and the middle of what the camera sees of the set, x in 1/1 of
    half the frame, y in picture units: a closer framing looks at a part of the same place."""
    zoom = {"EWS": 1.04, "WS": 1.16, "MLS": 1.3, "MS": 1.5, "MCU": 1.85, "CU": 2.2, "ECU": 2.7}.get(
        framing, 1.0
    )
    if framing in _WIDE:
        return zoom, 0.0, 515.0
    sides = {character.side for character in characters if pose_of(character.pose) != "away"}
    aim = 0.0
    if len(sides) == 1:
        # Someone on the left looks right: behind them is the set's left half, and so for the right.
        aim = {"left": -0.3, "center": 0.08, "right": 0.3}[next(iter(sides))]
    height = {"MLS": 500.0, "MS": 470.0}.get(framing, 430.0)
    return zoom, aim, height
