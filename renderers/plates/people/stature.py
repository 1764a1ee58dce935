"""How tall people are by their age, and where that puts their heads and bodies.

A child's head is almost as large as a grown-up's, its body is not; the old stand bent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from renderers.plates.pen import HIPS
from renderers.plates.people.looks import Look
from renderers.plates.people.poses import FEET, pose_of
from renderers.plates.people.staging import LOWER_HEADS, Place
from schemas.shot_list import Framing

STANDING: Final = frozenset({"EWS", "WS"})
"""Framings in which a whole figure stands on the ground."""

NECK: Final = 58.0
"""Where the neck meets the head's turning point, in local units below the head's middle."""

# How far the upper body of a posture leans forward, against its height.
_LEANS: Final = {"running": 0.2, "crouching": 0.12}
_ALONE_HEADS: Final = 0.25
_HEADS_TALL: Final = 6.4


@dataclass(frozen=True, slots=True)
class Stature:
    """The head's middle and the body's origin, in picture units, and how large a local unit of
    each is. A body's origin is where the middle of a grown-up's head would be; `lean` and `lying`
    are those of a pen."""

    head_x: float
    head_y: float
    head_unit: float
    body_x: float
    body_y: float
    body_unit: float
    lean: float = 0.0
    lying: bool = False


def stature_of(look: Look, place: Place, framing: Framing, people: int) -> Stature:
    """Where someone of this look is drawn at a place, among so many people."""
    unit = place.head / 100
    head, body = unit * look.head_permille / 1000, unit * look.body_permille / 1000
    pose = pose_of(place.character.pose)
    if pose.lies:
        return _lying(place, head, body)
    feet = (place.ground - place.y) / unit if unit else FEET
    if framing in STANDING:
        neck_y = place.ground - body * (feet - NECK)
    else:
        shorter = 1000 - tall_permille(look)
        reach = LOWER_HEADS.get(framing, 0.0) if people > 1 else _ALONE_HEADS
        lower = min(shorter * _HEADS_TALL / 1000, reach) if shorter > 0 else 0.0
        neck_y = place.y + lower * place.head + unit * NECK
    bent, lean = look.bent * unit, _LEANS.get(pose.posture, 0.0)
    return Stature(
        head_x=place.x + (bent + lean * (HIPS - 20) * body) * place.turn,
        head_y=neck_y - head * NECK + bent * 0.7,
        head_unit=head,
        body_x=place.x,
        body_y=neck_y - body * NECK,
        body_unit=body,
        lean=lean,
    )


def _lying(place: Place, head: float, body: float) -> Stature:
    """Along the ground, the head where the place is and the body from its neck on."""
    return Stature(
        head_x=place.x,
        head_y=place.y,
        head_unit=head,
        body_x=place.x + place.turn * NECK * (head - body),
        body_y=place.y,
        body_unit=body,
        lying=True,
    )


HEADS_IN_CUTOUT: Final = 6.4
"""A cut-out shows a whole person and gets the height of a drawn one."""

_CROWN: Final = 0.55
_GROWING: Final = frozenset({"child", "teen"})


@dataclass(frozen=True, slots=True)
class CutoutStature:
    """Where the crown of a cut-out is, how tall it is, and the middle of its head; picture
    units."""

    top: float
    tall: float
    eyes: float


def cutout_of(look: Look, place: Place, framing: Framing, people: int) -> CutoutStature:
    """A cut-out at a place, among so many people: a child is as much shorter as a drawn one."""
    tall = tall_permille(look) if look.age in _GROWING else 1000
    height = place.head * HEADS_IN_CUTOUT * tall / 1000
    if framing in STANDING:
        top = place.ground - height
    else:
        shorter = (1000 - tall) * _HEADS_TALL / 1000
        reach = LOWER_HEADS.get(framing, 0.0) if people > 1 else _ALONE_HEADS
        top = place.y + (min(shorter, reach) - _CROWN) * place.head
    return CutoutStature(top, height, top + place.head * _CROWN)


def tall_permille(look: Look) -> int:
    """The whole height against that of a grown-up of usual size."""
    head = (NECK + 52) * look.head_permille
    return int((head + (FEET - NECK) * look.body_permille) / (FEET + 52))
