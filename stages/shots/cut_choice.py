"""Choosing where to cut a stretch of speech, so that shots are near 5 s and cuts are clean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schemas.timing import FrameRate, frames_to_ms
from stages.shots.shot_timing import longest_frames, shortest_frames

# Costs are squared milliseconds of a shot's length against the ideal. Breaking a limit costs more
# than any number of ugly cuts, and a shot that is too long more than one that is too short.
_IDEAL_MS: Final = 5_000
_TOO_LONG_COST: Final = 10**12
_TOO_SHORT_COST: Final = 10**9


def choose_cuts(
    total: int, cuts: Mapping[int, int], margins: tuple[int, int], rate: FrameRate
) -> tuple[int, ...]:
    """The frames to cut at, of those in `cuts` (frame: cost), by dynamic programming.

    `total` frames are to be shown, with `margins` of silence before and after them. Nothing is cut
    that fits one shot. Equally good ways are decided for the earlier cut.
    """
    problem = _Problem(total, cuts, margins, shortest_frames(rate), longest_frames(rate), rate)
    if total + sum(margins) <= problem.longest:
        return ()
    edges = [0, *sorted(cuts), total]
    best: list[tuple[int, int]] = [(0, 0)]
    for position in range(1, len(edges)):
        options: list[tuple[int, int]] = []
        for earlier in range(position - 1, -1, -1):
            cost, too_long = problem.shot_cost(edges[earlier], edges[position])
            options.append((best[earlier][0] + cost, earlier))
            if too_long:
                break
        best.append(min(options))
    chosen: list[int] = []
    position = best[-1][1]
    while position > 0:
        chosen.append(edges[position])
        position = best[position][1]
    return tuple(reversed(chosen))


@dataclass(frozen=True, slots=True)
class _Problem:
    total: int
    cuts: Mapping[int, int]
    margins: tuple[int, int]
    shortest: int
    longest: int
    rate: FrameRate

    def shot_cost(self, start: int, end: int) -> tuple[int, bool]:
        """What a shot over these frames costs, and whether it is too long."""
        before = self.margins[0] if start == 0 else 0
        after = self.margins[1] if end == self.total else 0
        frames = before + end - start + after
        excess = max(0, frames - self.longest)
        lack = max(0, self.shortest - frames)
        off_ms = frames_to_ms(frames, self.rate) - _IDEAL_MS
        broken = excess * _TOO_LONG_COST + lack * _TOO_SHORT_COST
        return off_ms**2 + self.cuts.get(end, 0) + broken, excess > 0
