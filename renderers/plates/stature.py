"""How tall people are by their age, and where that puts their heads and bodies.

A child's head is almost as large as a grown-up's, its body is not; the old stand bent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from renderers.plates.limbs import FEET
from renderers.plates.looks import Look
from renderers.plates.staging import Place
from schemas.shot_list import Framing

STANDING: Final = frozenset({"EWS", "WS"})
"""Framings in which a whole figure stands on the ground."""

NECK: Final = 58.0
"""Where the neck meets the head's turning point, in local units below the head's middle."""

# By framing: how much of the difference in height is seen when several are in the picture, in heads
# of a grown-up. A closer camera has less room, and looks between them.
_LOWER_HEADS: Final = {"MLS": 1.5, "MS": 1.1, "MCU": 0.6, "CU": 0.3, "ECU": 0.1}
_ALONE_HEADS: Final = 0.25
_HEADS_TALL: Final = 6.4


@dataclass(frozen=True, slots=True)
class Stature:
    """The head's middle and the body's origin, in picture units, and how large a local unit of
    each is. A body's origin is where the middle of a grown-up's head would be."""

    head_x: float
    head_y: float
    head_unit: float
    body_x: float
    body_y: float
    body_unit: float


def stature_of(look: Look, place: Place, framing: Framing, people: int) -> Stature:
    """Where someone of this look is drawn at a place, among so many people."""
    unit = place.head / 100
    head, body = unit * look.head_permille / 1000, unit * look.body_permille / 1000
    feet = (place.ground - place.y) / unit if unit else FEET
    if framing in STANDING:
        neck_y = place.ground - body * (feet - NECK)
    else:
        shorter = 1000 - tall_permille(look)
        reach = _LOWER_HEADS.get(framing, 0.0) if people > 1 else _ALONE_HEADS
        lower = min(shorter * _HEADS_TALL / 1000, reach) if shorter > 0 else 0.0
        neck_y = place.y + lower * place.head + unit * NECK
    bent = look.bent * unit
    return Stature(
        head_x=place.x + bent * place.turn,
        head_y=neck_y - head * NECK + bent * 0.7,
        head_unit=head,
        body_x=place.x,
        body_y=neck_y - body * NECK,
        body_unit=body,
    )


def tall_permille(look: Look) -> int:
    """The whole height against that of a grown-up of usual size."""
    head = (NECK + 52) * look.head_permille
    return int((head + (FEET - NECK) * look.body_permille) / (FEET + 52))
