"""What a line is heard through: the bands of a telephone, a radio, a loudspeaker; from beside.

Every line is freed of what lies below a voice: recordings and engines leave an offset and rumble
that would eat headroom and thump at the edges. All of it is convolution with whole numbers, so a
piece of a line with MARGIN samples around it comes out as in the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin
from typing import TYPE_CHECKING, Final

from schemas.asset_manifest import HeardThrough
from schemas.timing import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Wide = NDArray[np.int64]

# Two running means of this length taken away: nothing at 0 Hz, half at 35 Hz, all from 80 Hz on.
_RUMBLE_SAMPLES: Final = 601
_TAP_BITS: Final = 15
_LOWEST_HZ: Final = 180


@dataclass(frozen=True, slots=True)
class _Band:
    """What passes: from about `low_hz` up to `high_hz`, and `level_centidb` against other lines.

    `drive` bends peaks, as a small amplifier does, at so many times its range; 0 leaves them.
    `dulled` takes only half of what is above away.
    """

    low_hz: int
    high_hz: int
    level_centidb: int
    drive: int = 0
    dulled: bool = False


_BANDS: Final[dict[HeardThrough, _Band]] = {
    # ITU-T G.712: 300 to 3400 Hz.
    "phone": _Band(300, 3400, -150),
    # ETSI EN 300 086, speech over land mobile radio: 300 to 2550 Hz in 12.5 kHz channels.
    "radio": _Band(300, 2550, -150, drive=4),
    "speaker": _Band(_LOWEST_HZ, 5500, -200),
    # Somebody beside the microphone: the highs go first.
    "offstage": _Band(0, 4000, -200, dulled=True),
}
_TAPS: Final = 127
# Taking two means of n samples away, two times over, halves what is at 0.57 of the rate over n.
_HALF_PERMILLE: Final = 570
_DRIVEN_RANGE: Final = 12_000

# As far as any of it reaches.
MARGIN: Final = (
    _RUMBLE_SAMPLES + 2 * (SAMPLE_RATE_HZ * _HALF_PERMILLE // 1000 // _LOWEST_HZ | 1) + _TAPS // 2
)


def treated(samples: Wide, way: HeardThrough) -> Wide:
    """One channel of a line as it is heard through `way`, as long as before."""
    if not len(samples):
        return samples
    clean = samples - _mean(_mean(samples, _RUMBLE_SAMPLES), _RUMBLE_SAMPLES)
    band = _BANDS.get(way)
    if band is None:
        return clean
    if band.low_hz:
        length = SAMPLE_RATE_HZ * _HALF_PERMILLE // 1000 // band.low_hz | 1
        for _ in range(2):
            clean = clean - _mean(_mean(clean, length), length)
    if band.drive:
        pushed = clean * band.drive
        clean = pushed * _DRIVEN_RANGE // (_DRIVEN_RANGE + abs(pushed))
    low = _low_passed(clean, band.high_hz)
    return (low + clean) >> 1 if band.dulled else low


def level_of(way: HeardThrough) -> int:
    """How much louder or softer than the others such a line is, in 1/100 dB."""
    band = _BANDS.get(way)
    return band.level_centidb if band else 0


def _mean(samples: Wide, length: int) -> Wide:
    """The mean over `length` samples, an odd number, around each; silence beyond the ends."""
    import numpy as np

    half = length // 2
    total = np.cumsum(np.pad(samples, (half + 1, half)))
    mean: Wide = (total[length:] - total[:-length]) // length
    return mean


def _low_passed(samples: Wide, high_hz: int) -> Wide:
    import numpy as np

    taps = np.array(low_pass_taps(high_hz), dtype=np.int64)
    half = _TAPS // 2
    whole = np.convolve(samples, taps)[half : half + len(samples)]
    passed: Wide = (whole + (1 << (_TAP_BITS - 1))) >> _TAP_BITS
    return passed


@cache
def low_pass_taps(high_hz: int) -> tuple[int, ...]:
    """A Blackman-windowed sine over its angle, in 1/32768, rounded to whole numbers (a test holds
    them); together they are 32768."""
    middle = _TAPS // 2
    ideal = []
    for n in range(_TAPS):
        angle = 2 * pi * high_hz * (n - middle) / SAMPLE_RATE_HZ
        window = 0.42 - 0.5 * cos(pi * n / middle) + 0.08 * cos(2 * pi * n / middle)
        ideal.append(window * (sin(angle) / angle if n != middle else 1.0))
    taps = [round(each * (1 << _TAP_BITS) / sum(ideal)) for each in ideal]
    taps[middle] += (1 << _TAP_BITS) - sum(taps)
    return tuple(taps)
