"""Room tone: a faint, soft noise under every scene, so that a film is never digitally silent.

Each place has its own, made from its name: darker and steady indoors, airy and breathing outdoors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from typing import TYPE_CHECKING, Final

from renderers.sound.mix_edits import Edit, Slope, crossing
from renderers.sound.mix_levels import GAIN_BITS, UNITY, ramp, scaled
from schemas.timing import ms_to_samples

if TYPE_CHECKING:
    from renderers.sound.mix_levels import Samples, Wide

# The prime 2^19 - 1, 10.9 s: long enough not to be heard as a loop, and in step with nothing.
_PERIOD_SAMPLES: Final = 524_287
_SEED: Final = "room tone, stereo, second edition"
# -60 dBFS indoors, -57 dBFS outdoors, before the master brings the film to its loudness.
_INDOORS_RMS: Final = 33
_OUTDOORS_RMS: Final = 46
# From one place into the next, centred on a cut.
_CROSSFADE_MS: Final = 120
# What is below about 20 Hz would only move the loudspeaker.
_RUMBLE_SAMPLES: Final = 1024
_FRACTION_BITS: Final = 8
# Outdoors the air comes and goes, by up to 4 dB.
_BREATH: Final = 24_000


@dataclass(frozen=True, slots=True)
class Room:
    """Where the film is from sample `start` to `end`; the tone belongs to `place`, any name."""

    start: int
    end: int
    place: str
    outdoors: bool = False


def room_tone(
    rooms: Iterable[Room], first: int, after: int, edits: Mapping[int, Edit] | None = None
) -> Wide:
    """Room tone for the film's samples `first` to `after`: two unlike channels.

    Where two rooms meet they crossfade, as the edit at that sample has it; where none is, there is
    silence.
    """
    import numpy as np

    heard = np.zeros((after - first, 2), dtype=np.int64)
    half = ms_to_samples(_CROSSFADE_MS) // 2
    rooms = tuple(rooms)
    starts, ends = {room.start for room in rooms}, {room.end for room in rooms}
    for room in rooms:
        # A crossfade at a cut never reaches beyond the middle of a very short room.
        usual = min(half, (room.end - room.start) // 2)
        begin, end, slopes = room.start, room.end, []
        if room.start in ends:
            begin, level = crossing((edits or {}).get(room.start), room.start, usual)
            slopes.append(Slope(begin, level, rising=True))
        if room.end in starts:
            level, end = crossing((edits or {}).get(room.end), room.end, usual)
            slopes.append(Slope(level, end, rising=False))
        from_sample, to_sample = max(begin, first), min(end, after)
        if from_sample >= to_sample:
            continue
        at = np.arange(from_sample, to_sample, dtype=np.int64)
        loop = _loop(room.place, room.outdoors)
        part = loop.take(at, axis=0, mode="wrap").astype(np.int64)
        for slope in slopes:
            where, gain = slope.within(from_sample, to_sample)
            part[where] = scaled(part[where], gain[:, np.newaxis])
        heard[from_sample - first : to_sample - first] += part
    return heard


# Two megabytes each; a film comes back to a few places again and again.
@lru_cache(maxsize=16)
def _loop(place: str, outdoors: bool) -> Samples:
    """One period of a place's tone."""
    import numpy as np
    from blake3 import blake3

    noise_source = blake3(f"{_SEED}, {'outdoors' if outdoors else 'indoors'}: {place}".encode())
    character = noise_source.digest(length=4, seek=4 * _PERIOD_SAMPLES)
    noise = np.frombuffer(noise_source.digest(length=4 * _PERIOD_SAMPLES), dtype="<i2")
    tone = noise.reshape(-1, 2).astype(np.int64) << _FRACTION_BITS
    for length in _smoothing_samples(character, outdoors):
        tone = _running_mean(tone, length)
    tone -= _running_mean(tone, _RUMBLE_SAMPLES)
    if outdoors:
        tone = tone * _breath(2 + character[2] % 3)[:, np.newaxis] >> GAIN_BITS
    rms = max(isqrt(int(np.sum(tone * tone)) // tone.size), 1)
    wanted = _OUTDOORS_RMS if outdoors else _INDOORS_RMS
    return ((tone * wanted + rms // 2) // rms).astype(np.int16)


def _smoothing_samples(character: bytes, outdoors: bool) -> tuple[int, int]:
    """Lengths of the running means that take the hiss out of white noise."""
    if outdoors:
        return 4 + character[0] % 6, 12 + character[1] % 20
    return 10 + character[0] % 14, 36 + character[1] % 60


def _breath(times: int) -> Wide:
    """Slow swells, `times` in one period, so that the loop has no seam."""
    import numpy as np

    phase = np.arange(_PERIOD_SAMPLES, dtype=np.int64) * times % _PERIOD_SAMPLES
    half = _PERIOD_SAMPLES // 2
    away = np.minimum(phase, _PERIOD_SAMPLES - phase)
    return UNITY - _BREATH + _BREATH * ramp(away, half) // UNITY


def _running_mean(samples: Wide, length: int) -> Wide:
    """Means over `length` neighbours, around the end of the loop, so that it has no seam."""
    import numpy as np

    around = np.concatenate((samples[-length:], samples))
    total = np.cumsum(around, axis=0)
    return (total[length:] - total[:-length]) // length
