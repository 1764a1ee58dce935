"""The film's music: a bed for every stretch of one mood, each crossfading into the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.mix_bed import Bed, film_fades, open_bed
from renderers.mix_levels import (
    GAIN_BITS,
    UNITY,
    equal_power,
    gain_from_centidb,
    matching_gain,
    mean_square,
    scaled,
)
from renderers.wav import read_blocks
from schemas.timing import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from renderers.mix_levels import Wide

# Two seconds, centred on the cut where the mood changes.
_CROSSFADE_SAMPLES: Final = 2 * SAMPLE_RATE_HZ
_LOUDEST_GAIN: Final = gain_from_centidb(2000)


@dataclass(frozen=True, slots=True)
class MixMusic:
    """Music of one or two channels, heard from film sample `start` to `end`, looped as needed."""

    path: Path
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A bed in its place: where it is first and last heard, its fades in samples, its gain."""

    bed: Bed
    begin: int
    end: int
    fade_in: int
    fade_out: int
    gain: int

    def read(self, first: int, after: int) -> Wide:
        """The music for the film's samples `first` to `after`, which lie inside the cue."""
        import numpy as np

        music = self.bed.read(first - self.begin, after - self.begin)
        position = np.arange(first, after, dtype=np.int64)
        gain = np.full(after - first, self.gain, dtype=np.int64)
        if self.fade_in:
            rising = position < self.begin + self.fade_in
            curve = equal_power(self.fade_in)
            gain[rising] = gain[rising] * curve[position[rising] - self.begin] >> GAIN_BITS
        if self.fade_out:
            falling = position >= self.end - self.fade_out
            curve = equal_power(self.fade_out)
            gain[falling] = gain[falling] * curve[self.end - 1 - position[falling]] >> GAIN_BITS
        return scaled(music, gain[:, np.newaxis])


@dataclass(frozen=True, slots=True)
class Music:
    """All cues of a film of `total` samples."""

    cues: tuple[Cue, ...]
    total: int

    def read(self, first: int, after: int) -> Wide:
        """The music from `first` to `after`, two channels, fading with the film."""
        import numpy as np

        heard = np.zeros((after - first, 2), dtype=np.int64)
        for cue in self.cues:
            from_sample, to_sample = max(cue.begin, first), min(cue.end, after)
            if from_sample < to_sample:
                part = cue.read(from_sample, to_sample)
                heard[from_sample - first : to_sample - first] += part
        return scaled(heard, film_fades(first, after, self.total)[:, np.newaxis])


def arrange(
    pieces: Sequence[MixMusic], total: int, speech_mean_square: int, under_centidb: int
) -> Music:
    """Every piece at `under_centidb` under speech of the given level; too short ones left out.

    A piece that begins or ends inside the film crossfades there, over at most its own length.
    Raises PipelineError `broken-wav`.
    """
    gains: dict[Path, int] = {}
    cues = []
    for piece in pieces:
        bed = open_bed(piece.path)
        if bed is None or piece.start >= min(piece.end, total):
            continue
        if piece.path not in gains:
            gains[piece.path] = _gain(piece.path, speech_mean_square, under_centidb)
        end = min(piece.end, total)
        reach = min(_CROSSFADE_SAMPLES // 2, (end - piece.start) // 2)
        before, behind = min(reach, piece.start), min(reach, total - end)
        cues.append(
            Cue(
                bed=bed,
                begin=piece.start - before,
                end=end + behind,
                fade_in=2 * before,
                fade_out=2 * behind,
                gain=gains[piece.path],
            )
        )
    return Music(tuple(cues), total)


def _gain(path: Path, speech_mean_square: int, under_centidb: int) -> int:
    """Brings the music to its distance under the speech, both measured where they sound."""
    music = mean_square(read_blocks(path))
    if music == 0:
        return UNITY
    matched = matching_gain(speech_mean_square, music)
    return min(matched * gain_from_centidb(-under_centidb) >> GAIN_BITS, _LOUDEST_GAIN)
