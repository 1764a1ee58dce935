"""How a picture of a montage looks: framed and moving otherwise than the one before."""

from __future__ import annotations

from typing import Final

from schemas.shot_list import Framing, MovementKind
from stages.shots.camera_setup import Moment, Setup
from stages.shots.shot_templates import MOST_IN_FRAME

# A montage's pictures one after the other: never two alike, and always on the move.
_MONTAGE_OF_ONE: Final[tuple[Framing, ...]] = ("MLS", "CU", "WS", "MCU")
_MONTAGE_OF_SEVERAL: Final[tuple[Framing, ...]] = ("WS", "MS", "MLS")
_MONTAGE_OF_A_PLACE: Final[tuple[Framing, ...]] = ("WS", "EWS", "MLS")
_MONTAGE_MOVES: Final[tuple[MovementKind, ...]] = ("push_in", "pan_right", "pull_out", "pan_left")


def montage(moment: Moment) -> Setup:
    """One picture of a montage, framed and moving otherwise than the last."""
    people = moment.take.people[:MOST_IN_FRAME]
    number = moment.take.part + (moment.take.beat.montage if moment.take.beat else 1) - 1
    framings = (_MONTAGE_OF_A_PLACE, _MONTAGE_OF_ONE, _MONTAGE_OF_SEVERAL)[min(len(people), 2)]
    reason = f"picture {number + 1} of a montage: {moment.called(*people)}"
    if not people:
        reason = f"picture {number + 1} of a montage: nobody is named"
    moves = _MONTAGE_MOVES[number % len(_MONTAGE_MOVES)]
    return Setup("", reason, framings[number % len(framings)], people, moves)
