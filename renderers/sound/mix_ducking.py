"""How the music makes room: down before the first word, up again after the last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from renderers.sound.mix_levels import UNITY, gain_from_centidb, ramp
from schemas.timing import ms_to_samples

if TYPE_CHECKING:
    from renderers.sound.mix_levels import Wide


@dataclass(frozen=True, slots=True)
class Ducking:
    """How far the music goes down, and how fast. A pause shorter than `hold_ms` stays down."""

    depth_centidb: int = -1200
    attack_ms: int = 150
    release_ms: int = 400
    hold_ms: int = 1000


def spoken_intervals(
    intervals: Iterable[tuple[int, int]], ducking: Ducking
) -> tuple[tuple[int, int], ...]:
    """Start and end sample of each stretch of speech, with short pauses closed."""
    hold = ms_to_samples(max(ducking.hold_ms, ducking.attack_ms + ducking.release_ms))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if merged and start - merged[-1][1] < hold:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def ducked_gain(
    speech: tuple[tuple[int, int], ...], ducking: Ducking, first: int, after: int
) -> Wide:
    """The music's gain for the film's samples `first` to `after`, in 1/65536.

    It has reached its depth when the speech starts, and leaves it when the speech ends.
    """
    import numpy as np

    attack, release = ms_to_samples(ducking.attack_ms), ms_to_samples(ducking.release_ms)
    depth = UNITY - gain_from_centidb(ducking.depth_centidb)
    gain = np.full(after - first, UNITY, dtype=np.int64)
    for start, end in speech:
        if end + release <= first or start - attack >= after:
            continue
        from_sample, to_sample = max(start - attack, first), min(end + release, after)
        position = np.arange(from_sample, to_sample, dtype=np.int64)
        down = ramp(position - (start - attack), attack)
        up = ramp(position - end, release)
        gain[from_sample - first : to_sample - first] -= depth * (down - up) // UNITY
    return gain
