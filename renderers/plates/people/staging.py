"""Where figures stand on the picture: size, place and facing by framing and side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from renderers.plates.choice import Chooser
from renderers.plates.people.poses import GROUNDS, Pose, pose_of
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

LOWER_HEADS: dict[Framing, float] = {"MLS": 1.5, "MS": 1.1, "MCU": 0.6, "CU": 0.3, "ECU": 0.1}
"""By framing, how much of a difference in height between people is seen, in heads of a grown-up. A
closer camera has less room, and looks between them."""

# Whoever is alone in a close picture, or among others as low, is hardly lower than standing.
_ALONE_PERCENT, _ALONE_MOST_HEADS = 30, 0.5
# By framing: the middle of the head of someone who lies, and how far it lies from the picture's
# middle towards the side the feet are not on, in 1/100 of half the width.
_LYING: dict[Framing, tuple[float, int]] = {
    "MLS": (700.0, 50),
    "MS": (650.0, 46),
    "MCU": (580.0, 30),
    "CU": (520.0, 14),
    "ECU": (480.0, 4),
}
# From the head of someone who lies to the middle of the body, in heads.
_MIDDLE_HEADS = 2.6
# Two who hold each other stand so far from the middle between them, in heads.
_EMBRACE_HEADS = 0.74
# More people than this stand in two rows, the second seen between those of the first.
_ONE_ROW = 3
_SECOND_ROW = (0.84, 0.3)
"""The size of the second row, and how many heads higher it is seen in a close picture."""


@dataclass(frozen=True, slots=True)
class Place:
    """One character on the picture, in picture units (the safe frame is 1000 high, x 0 is its
    middle). `head` is the height of the head; `turn` is +1 for a figure that looks right; of two
    whoever has the larger `depth` is nearer."""

    character: ShotCharacter
    x: float
    y: float
    head: float
    turn: int
    ground: float
    depth: float
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
    away = [c for c in cast if pose_of(c.pose).is_away]
    if away and len(away) < len(cast) and frame.framing not in _WIDE:
        facing = _row(frame, [c for c in cast if not pose_of(c.pose).is_away], shift=True)
        return (*facing, *(_over_shoulder(frame, c) for c in away))
    return tuple(sorted(_row(frame, cast), key=lambda place: place.depth))


def _row(frame: Frame, cast: Sequence[ShotCharacter], *, shift: bool = False) -> list[Place]:
    head, middle = (float(value) for value in _HEADS[frame.framing])
    count = len(cast)
    # A figure is a little under two heads wide; a single one may fill more of the frame. Of two
    # rows the second needs half of its own width.
    slot = 2 * frame.half / max(count if count <= _ONE_ROW else count * 0.74, 1)
    head = min(head, slot / (1.95 if count > 1 else 1.3))
    if frame.framing not in _WIDE and head < _HEADS[frame.framing][0] * 0.8:
        middle = max(middle, 300.0) + (count > 2) * 20
    poses = [pose_of(each.pose) for each in cast]
    places = []
    for index, character in enumerate(cast):
        x = _x_of(frame, character, index, count)
        if shift:
            x = frame.half * {"left": -0.3, "center": 0.0, "right": 0.3}[character.side]
        elif count == 2 and all(pose.gesture == "hug" for pose in poses):
            x = head * _EMBRACE_HEADS * (2 * index - 1)
        behind = count > _ONE_ROW and index % 2 == 1
        size = head * (_SECOND_ROW[0] if behind else 1.0)
        y = middle + _drop_heads(frame, poses, index) * head - behind * _SECOND_ROW[1] * head
        places.append(_placed(frame, character, (x, y, size), _turn(cast, index)))
    return places


def _drop_heads(frame: Frame, poses: Sequence[Pose], index: int) -> float:
    """How much lower than that of someone standing a head is in a picture without a ground."""
    if frame.framing in _WIDE or poses[index].lies:
        return 0.0
    lows = [pose.lower_heads for pose in poses if not pose.lies]
    shared, own = min(lows), poses[index].lower_heads
    apart = min(own - shared, LOWER_HEADS.get(frame.framing, 0.0))
    return apart + min(shared * _ALONE_PERCENT / 100, _ALONE_MOST_HEADS)


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
    pose = pose_of(character.pose)
    feet = GROUNDS[pose.posture] / 100
    base = float(_HEADS[frame.framing][0])
    if frame.framing in _WIDE:
        full = _HEADS[frame.framing][1] + base * GROUNDS["standing"] / 100
        # Farther figures stand higher on the ground, towards the camera's eye level.
        ground = full - (base - head) * 2.2
        if pose.lies:
            # The middle of the body where somebody would stand, but never the head out of sight.
            room = max(frame.half - head * 0.9, 0.0)
            x = min(max(x - turn * head * _MIDDLE_HEADS, -room), room)
        return Place(character, x, ground - head * feet, head, turn, ground, ground)
    if pose.lies:
        low, aside = _LYING.get(frame.framing, (middle, 0))
        x = -turn * frame.half * aside / 100
        return Place(character, x, low, head, turn, low + head * feet, low)
    return Place(character, x, middle, head, turn, middle + head * feet, middle + head * 5.88)


def _over_shoulder(frame: Frame, character: ShotCharacter) -> Place:
    head = min(_HEADS[frame.framing][0] * 1.45, 640.0)
    side = {"left": -1, "center": -1, "right": 1}[character.side]
    return Place(character, side * frame.half * 0.86, 520.0, head, -side, 5000.0, 5000.0, near=True)


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
    sides = {character.side for character in characters if not pose_of(character.pose).is_away}
    aim = 0.0
    if len(sides) == 1:
        # Someone on the left looks right: behind them is the set's left half, and so for the right.
        aim = {"left": -0.3, "center": 0.08, "right": 0.3}[next(iter(sides))]
    height = {"MLS": 500.0, "MS": 470.0}.get(framing, 430.0)
    return zoom, aim, height
