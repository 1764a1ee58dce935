"""Which frames of a film are a shot's alone, and which are a transition between two shots.

A transition takes its frames from the tail of one shot and the head of the next, half from each, so
that the film stays as long as it was locked. Both shots are seen through all of it: each goes on
beyond its cut, its camera too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from schemas.shot_list import Movement, Shot, TransitionKind

BETWEEN: Final[frozenset[TransitionKind]] = frozenset({"dissolve", "wipe", "fade_through_black"})
"""The transitions that show two shots. Cuts have no frames of their own, and a fade from or to
black is a part of the one shot that it belongs to."""


@dataclass(frozen=True, slots=True)
class ShotPart:
    """`count` frames of a shot from `first` on, counted from the first one that is locked.

    Its camera moves from `lead_frames` before the locked frames to `run_out_frames` after them;
    both are 0 when the shot is seen nowhere else, or does not move.
    """

    first: int
    count: int
    lead_frames: int = 0
    run_out_frames: int = 0

    def payload(self) -> list[int]:
        """As plain values, for a digest."""
        return [self.first, self.count, self.lead_frames, self.run_out_frames]


@dataclass(frozen=True, slots=True)
class Body:
    """The part of shot `number` (from 0) that is seen alone; it begins at `film_frame`."""

    number: int
    film_frame: int
    part: ShotPart


@dataclass(frozen=True, slots=True)
class Join:
    """The transition into shot `number`: both shots' parts, equally long, and where it begins.

    `leaving_frames` of its frames belong to the shot before, the others to the one after.
    """

    number: int
    film_frame: int
    kind: TransitionKind
    leaving_frames: int
    before: ShotPart
    after: ShotPart


FilmPart = Body | Join


def whole(shot: Shot) -> ShotPart:
    """All of a shot that has no transition at either end."""
    return ShotPart(0, shot.duration_frames)


def film_parts(shots: Sequence[Shot]) -> tuple[FilmPart, ...]:
    """Bodies and transitions in the order of the film; their frames add up to the locked ones.

    Every body keeps at least one frame: a transition that is too long for a shot is shortened.
    """
    cuts = [_around_cut(shots, number) for number in range(len(shots) + 1)]
    parts: list[FilmPart] = []
    at = 0
    for number, shot in enumerate(shots):
        (leaving, taken), given = cuts[number], cuts[number + 1][0]
        if leaving + taken:
            before = _moving(shots[number - 1].movement, _handles(cuts, number - 1))
            after = _moving(shot.movement, _handles(cuts, number))
            length = leaving + taken
            first = shots[number - 1].duration_frames - leaving
            parts.append(
                Join(
                    number=number,
                    film_frame=at - leaving,
                    kind=shot.transition_in.kind,
                    leaving_frames=leaving,
                    before=replace(before, first=first, count=length),
                    after=replace(after, first=-leaving, count=length),
                )
            )
        count = shot.duration_frames - taken - given
        part = replace(_moving(shot.movement, _handles(cuts, number)), first=taken, count=count)
        parts.append(Body(number, at + taken, part))
        at += shot.duration_frames
    return tuple(parts)


def _around_cut(shots: Sequence[Shot], number: int) -> tuple[int, int]:
    """Frames that the transition into shot `number` takes from the shot before, and from it."""
    if not 0 < number < len(shots):
        return 0, 0
    before, shot = shots[number - 1], shots[number]
    length = shot.transition_in.duration_frames
    if shot.transition_in.kind not in BETWEEN or length < 2:
        return 0, 0
    leaving = min(length // 2, (before.duration_frames - 1) // 2)
    taken = min(length - length // 2, (shot.duration_frames - 1) // 2)
    return (leaving, taken) if leaving and taken else (0, 0)


def _handles(cuts: Sequence[tuple[int, int]], number: int) -> ShotPart:
    """How far a shot is seen beyond its own frames, in either direction."""
    return ShotPart(0, 0, lead_frames=cuts[number][0], run_out_frames=cuts[number + 1][1])


def _moving(movement: Movement, handles: ShotPart) -> ShotPart:
    still = movement.kind == "static" or not movement.travel_permille
    return ShotPart(0, 0) if still else handles
