"""From espeak-ng's 22 050 Hz to 48 000 Hz, exactly alike on every processor.

320 output samples lie over 147 input samples, so each of 320 phases has its own short filter.
Filters are integers; all sums stay below 2^53, where a float64 holds every integer. Whatever
order, vector width or fused step a matrix product uses, no rounding ever happens in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENGINE_RATE_HZ: Final = 22_050
UP: Final = 320  # 48000 / 22050 in lowest terms
DOWN: Final = 147
# 32 input samples under each output sample, the centre between the 16th and the 17th.
TAPS: Final = 32
_BEFORE: Final = TAPS // 2 - 1
FILTER_BITS: Final = 15
GAIN_BITS: Final = 12
# Part of the input's own band that passes untouched; above it the filter falls to its stop band.
_CUTOFF: Final = 0.93
_KAISER_BETA: Final = 8.0  # about 80 dB stop band (Kaiser 1974)
_ROWS_AT_ONCE: Final = 512


def to_house_samples(samples: int) -> int:
    """Samples at the engine's rate as samples at 48 kHz, rounding half up."""
    return (2 * samples * UP + DOWN) // (2 * DOWN)


def resample(pcm: NDArray[np.int16], gain: int) -> Iterator[NDArray[np.int16]]:
    """`pcm` at 48 kHz in pieces, times `gain` / 2^GAIN_BITS, clipped to 16 bit.

    All pieces together have `to_house_samples(len(pcm))` samples.
    """
    import numpy as np

    wanted = to_house_samples(len(pcm))
    rows = -(-wanted // UP)
    padded = np.zeros(rows * DOWN + DOWN + TAPS, dtype=np.int16)
    padded[_BEFORE : _BEFORE + len(pcm)] = pcm
    bank = _filter_bank()
    windows = np.lib.stride_tricks.sliding_window_view(padded, bank.shape[0])[::DOWN]
    shift = FILTER_BITS + GAIN_BITS
    for start in range(0, rows, _ROWS_AT_ONCE):
        block = windows[start : min(start + _ROWS_AT_ONCE, rows)].astype(np.float64)
        exact = (block @ bank).astype(np.int64).reshape(-1)[: wanted - start * UP]
        loud = (exact * gain + (1 << (shift - 1))) >> shift
        yield np.clip(loud, -32768, 32767).astype(np.int16)


@cache
def filter_taps() -> tuple[tuple[int, ...], ...]:
    """The UP filters of TAPS integers each; every one adds up to 2^FILTER_BITS.

    Each tap is a windowed sinc rounded to an integer; none lies so near to a half that the last
    bits of a platform's `sin` could turn it (a test holds the table).
    """
    return tuple(_phase(phase) for phase in range(UP))


@cache
def _filter_bank() -> NDArray[np.float64]:
    """The filters as one matrix: a window of the input times it is UP output samples."""
    import numpy as np

    bank = np.zeros((DOWN + TAPS - 1, UP), dtype=np.float64)
    for phase, taps in enumerate(filter_taps()):
        first = phase * DOWN // UP
        bank[first : first + TAPS, phase] = taps
    return bank


def ideal_phase(phase: int) -> list[float]:
    """The filter of one phase before it is scaled and rounded."""
    fraction = (phase * DOWN % UP) / UP
    return [_windowed_sinc(at - _BEFORE - fraction) for at in range(TAPS)]


def _phase(phase: int) -> tuple[int, ...]:
    ideal = ideal_phase(phase)
    scale = (1 << FILTER_BITS) / math.fsum(ideal)
    taps = [math.floor(each * scale + 0.5) for each in ideal]
    # Rounding leaves the sum a few units off; the largest tap takes them, so a constant stays one.
    taps[max(range(TAPS), key=lambda at: taps[at])] += (1 << FILTER_BITS) - sum(taps)
    return tuple(taps)


def _windowed_sinc(at: float) -> float:
    """Kaiser-windowed sinc, `at` input samples from its centre."""
    half = TAPS / 2
    if abs(at) >= half:
        return 0.0
    window = _bessel_i0(_KAISER_BETA * math.sqrt(1 - (at / half) ** 2))
    angle = math.pi * _CUTOFF * at
    return window * (math.sin(angle) / angle if angle else 1.0)


def _bessel_i0(x: float) -> float:
    """Modified Bessel function of order 0 by its power series (Abramowitz and Stegun 9.6.12)."""
    term = total = 1.0
    step = 0
    while term > total * 1e-17:
        step += 1
        term *= (x / (2 * step)) ** 2
        total += term
    return total
