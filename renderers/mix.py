"""Mixes lines, effects, music and room tone into the film's sound, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.mix_bed import Bed, film_fades, open_bed
from renderers.mix_ducking import Ducking, ducked_gain, spoken_intervals
from renderers.mix_levels import (
    GAIN_BITS,
    UNITY,
    gain_from_centidb,
    guarded,
    matching_gain,
    mean_square,
    ramp,
    scaled,
)
from renderers.mix_room import room_tone
from renderers.wav import read_blocks, read_info, read_samples, write_wav
from schemas.timing import ms_to_samples

if TYPE_CHECKING:
    from renderers.mix_levels import Samples, Wide

MIX_VERSION: Final = 1
STEMS: Final = ("dialogue", "music", "effects")

_BLOCK_SAMPLES: Final = 1 << 17
_EDGE_FADE_MS: Final = 5
# Two voices at full level fit side by side; the master brings the whole back up.
_HEADROOM_CENTIDB: Final = -600
# What the bed is set against when nobody speaks: -23 dBFS RMS.
_USUAL_SPEECH_MEAN_SQUARE: Final = 2320**2
_LOUDEST_BED_GAIN: Final = gain_from_centidb(2000)


@dataclass(frozen=True, slots=True)
class MixLine:
    """A spoken line: a house WAV, heard in the middle from `start_sample` of the film."""

    path: Path
    start_sample: int
    line_id: str
    gain_centidb: int = 0


@dataclass(frozen=True, slots=True)
class MixEffect:
    """A sound effect: a house WAV, heard as it is from `start_sample` of the film."""

    path: Path
    start_sample: int
    gain_centidb: int = -900


@dataclass(frozen=True, slots=True)
class MixRequest:
    """What is heard over the `total_samples` of the film.

    The bed lies `bed_under_speech_centidb` under the speech, and `ducking` takes it further down
    while somebody speaks. Without `room_tone` a stretch without sound is digital silence.
    """

    total_samples: int
    lines: tuple[MixLine, ...]
    bed: Path | None = None
    effects: tuple[MixEffect, ...] = ()
    room_tone: bool = True
    bed_under_speech_centidb: int = 1800
    ducking: Ducking = field(default_factory=Ducking)


def write_mix(
    request: MixRequest,
    out: Path,
    stems: Mapping[str, Path] | None = None,
    block_samples: int = _BLOCK_SAMPLES,
) -> None:
    """Write the mix, 48 kHz stereo 16-bit WAV of exactly `total_samples`.

    `stems` may name files for any of STEMS; room tone belongs to the effects. Their sum is the
    mix wherever that stays below -0.9 dBFS. The bytes do not depend on `block_samples`, and memory
    does not grow with the film. Raises PipelineError `broken-wav` or `sound-too-long`.
    """
    wanted = stems or {}
    mixer = _prepare(request)
    with ExitStack() as files:
        mix = files.enter_context(write_wav(out, channels=2))
        writers = {
            name: files.enter_context(write_wav(path, channels=2)) for name, path in wanted.items()
        }
        for first in range(0, request.total_samples, block_samples):
            after = min(first + block_samples, request.total_samples)
            parts = mixer.parts(first, after)
            for name, writer in writers.items():
                writer.write(parts[name])
            mix.write(_sum(parts))


@dataclass(frozen=True, slots=True)
class _Clip:
    """A sound in its place: film samples `start` to `end`, and its gain in 1/65536."""

    path: Path
    start: int
    end: int
    gain: int


@dataclass(frozen=True, slots=True)
class _Mixer:
    request: MixRequest
    lines: tuple[_Clip, ...]
    effects: tuple[_Clip, ...]
    bed: Bed | None
    bed_gain: int
    speech: tuple[tuple[int, int], ...]

    def parts(self, first: int, after: int) -> dict[str, Samples]:
        """The stems for the film's samples `first` to `after`."""
        effects = _sounding(self.effects, first, after, centred=False)
        if self.request.room_tone:
            effects += room_tone(first, after)
        return {
            "dialogue": guarded(_sounding(self.lines, first, after, centred=True)),
            "music": guarded(self._music(first, after)),
            "effects": guarded(effects),
        }

    def _music(self, first: int, after: int) -> Wide:
        import numpy as np

        if self.bed is None:
            return np.zeros((after - first, 2), dtype=np.int64)
        gain = ducked_gain(self.speech, self.request.ducking, first, after)
        gain = gain * film_fades(first, after, self.request.total_samples) >> GAIN_BITS
        return scaled(self.bed.read(first, after), (gain * self.bed_gain >> GAIN_BITS)[:, None])


def _prepare(request: MixRequest) -> _Mixer:
    total = request.total_samples
    lines = tuple(
        _clip(line.path, line.start_sample, line.gain_centidb, total) for line in request.lines
    )
    effects = tuple(
        _clip(effect.path, effect.start_sample, effect.gain_centidb, total)
        for effect in request.effects
    )
    bed = open_bed(request.bed) if request.bed else None
    return _Mixer(
        request=request,
        lines=lines,
        effects=effects,
        bed=bed,
        bed_gain=_bed_gain(request, bed) if bed else 0,
        speech=spoken_intervals(((clip.start, clip.end) for clip in lines), request.ducking),
    )


def _clip(path: Path, start: int, gain_centidb: int, total: int) -> _Clip:
    end = min(start + read_info(path).samples, total)
    return _Clip(path, start, end, gain_from_centidb(gain_centidb + _HEADROOM_CENTIDB))


def _bed_gain(request: MixRequest, bed: Bed) -> int:
    """Brings the music to its distance under the speech, both measured where they sound."""
    speech = mean_square(_all_blocks(request.lines)) or _USUAL_SPEECH_MEAN_SQUARE
    music = mean_square(read_blocks(bed.path))
    if music == 0:
        return UNITY
    under = gain_from_centidb(_HEADROOM_CENTIDB - request.bed_under_speech_centidb)
    return min(matching_gain(speech, music) * under >> GAIN_BITS, _LOUDEST_BED_GAIN)


def _all_blocks(lines: tuple[MixLine, ...]) -> Iterator[Samples]:
    for line in lines:
        yield from read_blocks(line.path)


def _sounding(clips: tuple[_Clip, ...], first: int, after: int, *, centred: bool) -> Wide:
    """Everything of the clips that is heard from `first` to `after`, two channels."""
    import numpy as np

    heard = np.zeros((after - first, 2), dtype=np.int64)
    for clip in clips:
        from_sample, to_sample = max(clip.start, first), min(clip.end, after)
        if from_sample < to_sample:
            part = _part(clip, from_sample, to_sample)
            if centred and part.shape[1] == 2:
                part = (part[:, :1] + part[:, 1:]) >> 1
            heard[from_sample - first : to_sample - first] += part
    return heard


def _part(clip: _Clip, first: int, after: int) -> Wide:
    """A piece of a clip with its gain, and a short fade at both edges against clicks."""
    import numpy as np

    samples = read_samples(clip.path, first - clip.start, after - first).astype(np.int64)
    position = np.arange(first, after, dtype=np.int64)
    fade = min(ms_to_samples(_EDGE_FADE_MS), (clip.end - clip.start) // 2)
    gain = np.full(after - first, clip.gain, dtype=np.int64)
    if fade and (first < clip.start + fade or after > clip.end - fade):
        edges = np.minimum(ramp(position - clip.start, fade), ramp(clip.end - 1 - position, fade))
        gain = gain * edges >> GAIN_BITS
    return scaled(samples, gain[:, np.newaxis])


def _sum(parts: Mapping[str, Samples]) -> Samples:
    import numpy as np

    dialogue, music, effects = (parts[name].astype(np.int64) for name in STEMS)
    return guarded(dialogue + music + effects)
