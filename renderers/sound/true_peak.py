"""The true peak of decoded sound, in integers: at four times the rate, by the standard's filter.

What lies between samples is at most `_MOST` times as high as the samples around it. So only blocks
that could hold more than is known already are interpolated, the loudest first; what is left out
cannot change the answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

# ITU-R BS.1770-5, annex 2: the coefficients of the order 48 FIR filter, times 8192, which makes
# them whole. Phases 2 and 3 are phases 1 and 0 backwards.
_PHASE_0: Final = (14, 90, -161, 272, -487, 1125, 7964, -838, 390, -218, 122, -68)
_PHASE_1: Final = (-239, 240, -424, 730, -1364, 3810, 6388, -1641, 832, -477, 271, -155)
_PHASES: Final = (_PHASE_0, _PHASE_1, _PHASE_1[::-1], _PHASE_0[::-1])
_ONE: Final = 8192
_TAPS: Final = 12
_MOST: Final = max(sum(map(abs, phase)) for phase in _PHASES)  # 2.02 times `_ONE`
FULL_SCALE: Final = (1 << 15) * _ONE
"""What a sample of full scale comes to."""

_CHANNELS: Final = 2
_BLOCK: Final = 64
# Looked at in one piece: whole blocks, so that memory does not grow with the film.
_PIECE_BYTES: Final = 1 << 22
_BLOCKS_AT_ONCE: Final = 512


def true_peak(pcm: Path) -> int:
    """The highest absolute value of raw 16-bit stereo sound at 48 kHz, between samples as well, in
    units of `FULL_SCALE`; 0 for digital silence or nothing at all."""
    import numpy as np

    peak = 0
    # A block is looked at once the one after it is known; silence lies around the sound.
    waiting = np.zeros((2 * _BLOCK, _CHANNELS), dtype=np.int16)
    with pcm.open("rb") as file:
        while data := file.read(_PIECE_BYTES):
            samples = np.concatenate([waiting, _whole_blocks(data)])
            peak = _peak_inside(samples, peak)
            waiting = samples[-2 * _BLOCK :]
    return _peak_inside(np.concatenate([waiting, np.zeros_like(waiting)]), peak)


def _whole_blocks(data: bytes) -> NDArray[Any]:
    """Samples by channel; the last block ends in silence."""
    import numpy as np

    samples = np.frombuffer(data, dtype="<i2").reshape(-1, _CHANNELS)
    return np.pad(samples, ((0, -len(samples) % _BLOCK), (0, 0)))


def _peak_inside(samples: NDArray[Any], peak: int) -> int:
    """The peak of all blocks but the first and the last, or `peak` where that is higher."""
    import numpy as np

    for channel in range(_CHANNELS):
        row = np.ascontiguousarray(samples[:, channel])
        blocks = row.reshape(-1, _BLOCK).astype(np.int32)
        highest = np.maximum(blocks.max(axis=1), -blocks.min(axis=1))
        peak = max(peak, int(highest[1:-1].max()) * _ONE)
        around = np.maximum(highest[1:-1], np.maximum(highest[:-2], highest[2:])).astype(np.int64)
        order = np.argsort(-around, kind="stable")
        for first in range(0, len(order), _BLOCKS_AT_ONCE):
            chosen = order[first : first + _BLOCKS_AT_ONCE]
            chosen = chosen[around[chosen] * _MOST > peak]
            if not len(chosen):
                break
            begin = (chosen[:, np.newaxis] + 1) * _BLOCK - _TAPS
            peak = max(peak, _interpolated(row[begin + np.arange(_BLOCK + 2 * _TAPS)]))
    return peak


def _interpolated(blocks: NDArray[Any]) -> int:
    """The highest absolute value at four times the rate. Sums stay below `_MOST` × 2^15, which 32
    bits hold."""
    import numpy as np

    wide = blocks.astype(np.int32)
    length = wide.shape[1] - _TAPS + 1
    peak = 0
    for phase in _PHASES:
        total = wide[:, :length] * phase[0]
        for tap, weight in enumerate(phase[1:], start=1):
            total += wide[:, tap : tap + length] * weight
        peak = max(peak, int(total.max()), -int(total.min()))
    return peak
