"""The music bed: looped without a seam, faded in and out with the film, at a level under speech."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.sound.mix_levels import GAIN_BITS, UNITY, equal_power, ramp
from renderers.sound.wav import read_info, read_samples
from schemas.timing import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from renderers.sound.mix_levels import Wide

# A tenth of a second, repeated through a film, is a tone and no music.
_SHORTEST_SAMPLES: Final = SAMPLE_RATE_HZ // 10
_CROSSFADE_SAMPLES: Final = SAMPLE_RATE_HZ // 2
_FADE_IN_SAMPLES: Final = SAMPLE_RATE_HZ
_FADE_OUT_SAMPLES: Final = 2 * SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class Bed:
    """A house WAV of one or two channels, repeated for as long as the film lasts."""

    path: Path
    samples: int
    crossfade_samples: int

    def read(self, first: int, after: int) -> Wide:
        """The looped music for the film's samples `first` to `after`, two channels."""
        import numpy as np

        period = self.samples - self.crossfade_samples
        music = np.zeros((after - first, 2), dtype=np.int64)
        for turn in range(max(first // period - 1, 0), (after - 1) // period + 1):
            start = turn * period
            from_sample = max(first, start)
            to_sample = min(after, start + self.samples)
            if from_sample >= to_sample:
                continue
            part = self._turn(from_sample - start, to_sample - start, leads_in=turn > 0)
            music[from_sample - first : to_sample - first] += part
        return music

    def _turn(self, first: int, after: int, *, leads_in: bool) -> Wide:
        """Part of one playing, with its fades; the first playing begins at full level."""
        import numpy as np

        part = read_samples(self.path, first, after - first).astype(np.int64)
        position = np.arange(first, after, dtype=np.int64)
        gain = np.full(after - first, UNITY, dtype=np.int64)
        if self.crossfade_samples:
            curve = equal_power(self.crossfade_samples)
            into = position < self.crossfade_samples
            if leads_in:
                gain[into] = curve[position[into]]
            out_of = position >= self.samples - self.crossfade_samples
            gain[out_of] = curve[self.samples - 1 - position[out_of]]
        return (part * gain[:, np.newaxis] + UNITY // 2) >> GAIN_BITS


def open_bed(path: Path) -> Bed | None:
    """The bed in `path`; None when it is too short to be music.

    Raises PipelineError `broken-wav`.
    """
    samples = read_info(path).samples
    if samples < _SHORTEST_SAMPLES:
        return None
    return Bed(path, samples, min(_CROSSFADE_SAMPLES, samples // 3))


def film_fades(first: int, after: int, total: int, *, at_start: bool, at_end: bool) -> Wide:
    """Gain of the bed over the film, in 1/65536: up over 1 s and down over 2 s, where asked for.

    In a film too short for both, each takes a third of it.
    """
    import numpy as np

    position = np.arange(first, after, dtype=np.int64)
    gain = np.full(after - first, UNITY, dtype=np.int64)
    fade_in = min(_FADE_IN_SAMPLES, total // 3)
    fade_out = min(_FADE_OUT_SAMPLES, total // 3)
    if at_start and fade_in and first < fade_in:
        gain = ramp(position, fade_in)
    if at_end and fade_out and after > total - fade_out:
        gain = np.minimum(gain, ramp(total - 1 - position, fade_out))
    return gain
