"""Shots that break a rule of the cutting room, found in a ShotList without the planner's help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemas.shot_list import Shot

SIDES = {"left": -1, "center": 0, "right": 1}


@dataclass(frozen=True)
class Break:
    """A broken rule, and the shot that breaks it."""

    rule: str
    shot_id: str
    found: str


def breaks_of(shots: Sequence[Shot]) -> list[Break]:
    """Every break of the 180° and the 30° rule, in order."""
    return [*crossed_lines(shots), *jump_cuts(shots)]


def crossed_lines(shots: Sequence[Shot]) -> Iterator[Break]:
    """The 180° rule: of two people who are seen together in a scene, the same one stays on the
    left; and who was on one side of the picture is not on the other in the next shot of them."""
    order: dict[tuple[str, str, str], int] = {}
    side: dict[tuple[str, str], int] = {}
    for shot in shots:
        places = {person.id: SIDES[person.side] for person in shot.characters}
        for who, place in places.items():
            before = side.get((shot.scene_id, who), 0)
            if before * place < 0:
                yield Break("180", shot.shot_id, f"{who} changes sides")
            if place:
                side[(shot.scene_id, who)] = place
        for one, other in ((a, b) for a in places for b in places if a < b):
            now = places[one] - places[other]
            before = order.get((shot.scene_id, one, other), 0)
            if before * now < 0:
                yield Break("180", shot.shot_id, f"{one} and {other} change places")
            if now:
                order[(shot.scene_id, one, other)] = now


def jump_cuts(shots: Sequence[Shot]) -> Iterator[Break]:
    """The 30° rule: after a cut inside a scene another framing, or somebody else to look at."""
    for before, after in pairwise(shots):
        hard = after.transition_in.duration_frames == 0 and before.fade_out_frames == 0
        same = before.scene_id == after.scene_id and before.framing == after.framing
        if hard and same and _looks_alike(before, after) and after.framing != "TITLE":
            who = ", ".join(sorted(_facing(after))) or "the place"
            yield Break("30", after.shot_id, f"{after.framing} of {who} twice")


def _facing(shot: Shot) -> set[str]:
    """Whose faces are seen: a shoulder near the camera has none."""
    return {person.id for person in shot.characters if person.pose != "away"}


def _looks_alike(before: Shot, after: Shot) -> bool:
    """The same faces, or the same people without the camera having gone round to the other's
    shoulder."""
    if _facing(before) == _facing(after):
        return True
    everyone = [{person.id for person in shot.characters} for shot in (before, after)]
    shoulders = [everyone[0] - _facing(before), everyone[1] - _facing(after)]
    reverse = all(shoulders) and shoulders[0] != shoulders[1]
    return everyone[0] == everyone[1] and not reverse
