"""Fixed-point gains, ramps and levels: integer arithmetic that is the same on every processor."""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache
from math import isqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    Wide = NDArray[np.int64]
    Samples = NDArray[np.int16]

GAIN_BITS: Final = 16
UNITY: Final = 1 << GAIN_BITS
FULL_SCALE: Final = 32767
# From here to full scale a peak is bent instead of cut: 0.9 of it, -0.9 dBFS.
GUARD_KNEE: Final = 29491
_GATE_BLOCK_SAMPLES: Final = 4800
_GATE_MEAN_SQUARE: Final = 104**2  # -50 dBFS


def gain_from_centidb(centidb: int) -> int:
    """The amplitude factor of a gain in 1/100 dB, in 1/65536."""
    with localcontext() as context:
        context.prec = 30
        return int((Decimal(10) ** (Decimal(centidb) / 2000) * UNITY).to_integral_value())


def scaled(samples: Wide, gain: Wide | int) -> Wide:
    """Samples times a gain in 1/65536, rounded half up."""
    return (samples * gain + (1 << (GAIN_BITS - 1))) >> GAIN_BITS


def ramp(position: Wide, length: int) -> Wide:
    """A smooth step from 0 at position 0 to 65536 at `length`, flat at both ends."""
    inside = position.clip(0, length)
    step: Wide = inside * inside * (3 * length - 2 * inside) // length * UNITY // length**2
    return step


@lru_cache(maxsize=8)
def equal_power(length: int) -> Wide:
    """Rising square root, so that two unlike sounds crossfade at an even level; in 1/65536."""
    import numpy as np

    return np.array(
        [isqrt(((2 * step + 1) << (2 * GAIN_BITS)) // (2 * length)) for step in range(length)],
        dtype=np.int64,
    )


def guarded(samples: Wide) -> Samples:
    """To 16 bit; peaks above the knee bend towards full scale and never pass it."""
    import numpy as np

    magnitude = np.abs(samples)
    if not magnitude.size or int(magnitude.max()) <= GUARD_KNEE:
        return samples.astype(np.int16)
    over = np.maximum(magnitude - GUARD_KNEE, 0)
    room = FULL_SCALE - GUARD_KNEE
    bent = np.minimum(magnitude, GUARD_KNEE) + room * over // (room + over)
    narrow: Samples = (np.sign(samples) * bent).astype(np.int16)
    return narrow


def mean_square(blocks: Iterable[Samples]) -> int:
    """Mean square of the sounding parts, silence left out; 0 when all is silent.

    Measured over tenths of a second and gated at -50 dBFS.
    """
    import numpy as np

    energy = count = 0
    for block in blocks:
        for start in range(0, len(block), _GATE_BLOCK_SAMPLES):
            part = block[start : start + _GATE_BLOCK_SAMPLES].astype(np.int64)
            part_energy = int(np.sum(part * part))
            if part_energy >= _GATE_MEAN_SQUARE * part.size:
                energy += part_energy
                count += part.size
    return energy // count if count else 0


def matching_gain(wanted_mean_square: int, found_mean_square: int) -> int:
    """The gain, in 1/65536, that brings one mean square to another."""
    return isqrt((wanted_mean_square << (2 * GAIN_BITS)) // max(found_mean_square, 1))
