"""How loud a film is along its length, for the eye: whole numbers from decoded samples."""

from __future__ import annotations

from pathlib import Path
from typing import Final

COLUMNS: Final = 1200
"""How many pieces of equal length a film is cut into: as many as a wide screen can show."""
HEIGHT: Final = 100
"""What a full-scale peak comes to."""

_BYTES_PER_SAMPLE: Final = 4  # two channels of 16 bit
_FULL_SCALE: Final = 1 << 15
_BLOCK_SAMPLES: Final = 1 << 18


def waveform(pcm: Path, columns: int = COLUMNS) -> list[int]:
    """The highest peak of each piece of raw 16-bit stereo sound, 0 to `HEIGHT`, rounded up.

    A peak that can be heard is at least 1. A sound with fewer samples than `columns` has zeros.
    """
    import numpy as np

    samples = pcm.stat().st_size // _BYTES_PER_SAMPLE
    peaks = []
    with pcm.open("rb") as file:
        for column in range(columns):
            left = (column + 1) * samples // columns - column * samples // columns
            peak = 0
            while left > 0:
                block = file.read(min(left, _BLOCK_SAMPLES) * _BYTES_PER_SAMPLE)
                if not block:
                    break
                levels = np.frombuffer(block, dtype="<i2").astype(np.int32)
                peak = max(peak, int(np.abs(levels).max()))
                left -= len(block) // _BYTES_PER_SAMPLE
            peaks.append(-(-peak * HEIGHT // _FULL_SCALE))
    return peaks


def outline(peaks: list[int]) -> str:
    """The peaks as an SVG path, mirrored at the line `HEIGHT`, one unit a piece."""
    upper = " ".join(f"{x} {HEIGHT - peak}" for x, peak in enumerate(peaks))
    last = len(peaks) - 1
    lower = " ".join(f"{last - x} {HEIGHT + peak}" for x, peak in enumerate(reversed(peaks)))
    return f"M{upper}L{lower}Z"
