"""Where a recorded line sounds, and how loud it is made; whole numbers only."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from renderers.speech.resample import ENGINE_RATE_HZ, GAIN_BITS
from schemas.timing import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Speech level asked for, as RMS of the parts that sound: -20 dBFS, the usual alignment of dialogue
# (SMPTE RP 155). No sample above -1 dBFS before the mix.
_TARGET_RMS: Final = 3_277
_MAX_PEAK: Final = 29_204
_MAX_GAIN: Final = 16 << GAIN_BITS
# A sample sounds when it is within 42 dB of the line's peak, and the line when its peak is above
# what a fade leaves behind.
_SOUNDING_SHIFT: Final = 7
_NOTHING_PEAK: Final = 64
# Level is measured over 10 ms blocks that are within 30 dB of the loudest one.
_BLOCKS_PER_S: Final = 100
_GATE: Final = 1_000
# Left standing around the sound, in samples at 22 050 Hz: 10 ms before it, 60 ms after it.
LEAD: Final = 220
TAIL: Final = 1_323


@dataclass(frozen=True, slots=True)
class Sounding:
    """The part of a line worth keeping: its PCM with LEAD and TAIL around it, and where it sounds.

    `cut_samples` is how much was cut off before it, at its own rate; negative when silence was
    added. `sounding` says where in that PCM something can be heard, in order, as samples at 48 kHz.
    """

    pcm: NDArray[np.int16]
    cut_samples: int
    sounding: NDArray[np.int64]


def find_sound(pcm: NDArray[np.int16], rate_hz: int = ENGINE_RATE_HZ) -> Sounding | None:
    """The line without the silence around it; None when all of it is silence."""
    import numpy as np

    size = np.abs(pcm.astype(np.int32))
    peak = int(size.max()) if len(size) else 0
    if peak < _NOTHING_PEAK:
        return None
    heard = np.flatnonzero(size > peak >> _SOUNDING_SHIFT)
    first, end = int(heard[0]), int(heard[-1]) + 1
    lead, tail = LEAD * rate_hz // ENGINE_RATE_HZ, TAIL * rate_hz // ENGINE_RATE_HZ
    # The sound itself may begin or end closer to the edge than that.
    kept = pcm[max(0, first - lead) : end + tail]
    missing = (max(0, lead - first), max(0, end + tail - len(pcm)))
    start = first - lead
    return Sounding(np.pad(kept, missing), start, (heard - start) * SAMPLE_RATE_HZ // rate_hz)


def balancing_gain(pcm: NDArray[np.int16], rate_hz: int = ENGINE_RATE_HZ) -> int:
    """The gain, in 2^-GAIN_BITS, that brings a line to the common level, below the peak limit."""
    import numpy as np

    block = rate_hz // _BLOCKS_PER_S
    whole = np.zeros(-(-len(pcm) // block) * block, dtype=np.int64)
    whole[: len(pcm)] = pcm
    energy = (whole * whole).reshape(-1, block).sum(axis=1)
    loud = energy[energy * _GATE >= int(energy.max())]
    mean_square = max(1, int(loud.sum()) // (len(loud) * block))
    gain = math.isqrt(((_TARGET_RMS << GAIN_BITS) ** 2) // mean_square)
    peak = max(1, int(np.abs(whole).max()))
    return min(gain, (_MAX_PEAK << GAIN_BITS) // peak, _MAX_GAIN)
