"""The film's music: a bed for every stretch of one mood, each crossfading into the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.sound.mix_bed import Bed, film_fades, open_bed
from renderers.sound.mix_edits import Edit, Slope, crossing
from renderers.sound.mix_levels import (
    GAIN_BITS,
    UNITY,
    gain_from_centidb,
    matching_gain,
    mean_square,
    scaled,
)
from renderers.sound.wav import read_blocks
from schemas.timing import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from renderers.sound.mix_levels import Wide

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
class MusicLevel:
    """The speech that music is set against, and how far under it the music lies."""

    speech_mean_square: int
    under_centidb: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A bed in its place: where it is first and last heard, its gain, and how it comes and goes."""

    bed: Bed
    begin: int
    end: int
    gain: int
    slopes: tuple[Slope, ...]

    def read(self, first: int, after: int) -> Wide:
        """The music for the film's samples `first` to `after`, which lie inside the cue."""
        import numpy as np

        music = self.bed.read(first - self.begin, after - self.begin)
        gain = np.full(after - first, self.gain, dtype=np.int64)
        for slope in self.slopes:
            where, curve = slope.within(first, after)
            gain[where] = gain[where] * curve >> GAIN_BITS
        return scaled(music, gain[:, np.newaxis])


@dataclass(frozen=True, slots=True)
class Music:
    """All cues of a film of `total` samples, which fade at its ends unless the picture does."""

    cues: tuple[Cue, ...]
    total: int
    fades_in: bool
    fades_out: bool

    def read(self, first: int, after: int) -> Wide:
        """The music from `first` to `after`, two channels, fading with the film."""
        import numpy as np

        heard = np.zeros((after - first, 2), dtype=np.int64)
        for cue in self.cues:
            from_sample, to_sample = max(cue.begin, first), min(cue.end, after)
            if from_sample < to_sample:
                part = cue.read(from_sample, to_sample)
                heard[from_sample - first : to_sample - first] += part
        return scaled(heard, self._ends(first, after)[:, np.newaxis])

    def _ends(self, first: int, after: int) -> Wide:
        return film_fades(first, after, self.total, at_start=self.fades_in, at_end=self.fades_out)


def arrange(
    pieces: Sequence[MixMusic], level: MusicLevel, total: int, edits: Mapping[int, Edit]
) -> Music:
    """Every piece at its level; too short ones are left out.

    A piece that begins or ends inside the film crossfades there, as the edit at that sample has
    it, over at most its own length. Raises PipelineError `broken-wav`.
    """
    gains: dict[Path, int] = {}
    cues = []
    for piece in pieces:
        bed = open_bed(piece.path)
        if bed is None or piece.start >= min(piece.end, total):
            continue
        if piece.path not in gains:
            gains[piece.path] = _gain(piece.path, level)
        end = min(piece.end, total)
        reach = min(_CROSSFADE_SAMPLES // 2, (end - piece.start) // 2)
        comes = crossing(edits.get(piece.start), piece.start, min(reach, piece.start))
        goes = crossing(edits.get(end), end, min(reach, total - end))
        slopes = Slope(*comes, rising=True), Slope(*goes, rising=False)
        cues.append(Cue(bed, comes[0], goes[1], gains[piece.path], slopes))
    return Music(tuple(cues), total, fades_in=0 not in edits, fades_out=total not in edits)


def _gain(path: Path, level: MusicLevel) -> int:
    """Brings the music to its distance under the speech, both measured where they sound."""
    music = mean_square(read_blocks(path))
    if music == 0:
        return UNITY
    matched = matching_gain(level.speech_mean_square, music)
    return min(matched * gain_from_centidb(-level.under_centidb) >> GAIN_BITS, _LOUDEST_GAIN)
