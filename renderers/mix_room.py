"""Room tone: a faint, soft noise under everything, so that a film is never digitally silent."""

from __future__ import annotations

from functools import lru_cache
from math import isqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from renderers.mix_levels import Samples, Wide

# A prime near 2^20, 21.8 s: long enough not to be heard as a loop, and in step with nothing.
_PERIOD_SAMPLES: Final = 1_048_573
_SEED: Final = b"room tone, stereo, first edition"
_LEVEL_RMS: Final = 33  # -60 dBFS
# Running means of these lengths take the hiss out of white noise.
_SMOOTHING_SAMPLES: Final = (8, 32)


def room_tone(first: int, after: int) -> Samples:
    """Room tone for the film's samples `first` to `after`: 16 bit, two unlike channels."""
    import numpy as np

    return _loop()[np.arange(first, after, dtype=np.int64) % _PERIOD_SAMPLES]


@lru_cache(maxsize=1)
def _loop() -> Samples:
    import numpy as np
    from blake3 import blake3

    noise = np.frombuffer(blake3(_SEED).digest(length=4 * _PERIOD_SAMPLES), dtype="<i2")
    smooth = noise.reshape(-1, 2).astype(np.int64)
    for length in _SMOOTHING_SAMPLES:
        smooth = _running_sum(smooth, length)
    rms = isqrt(int(np.sum(smooth * smooth)) // smooth.size)
    return ((smooth * _LEVEL_RMS + rms // 2) // rms).astype(np.int16)


def _running_sum(samples: Wide, length: int) -> Wide:
    """Sums over `length` neighbours, around the end of the loop, so that it has no seam."""
    import numpy as np

    around = np.concatenate((samples[-length:], samples))
    total = np.cumsum(around, axis=0)
    return total[length:] - total[:-length]
