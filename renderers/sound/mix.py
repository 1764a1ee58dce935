"""Mixes lines, effects, music and room tone into the film's sound, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.sound.mix_clips import Clip, MixEffect, MixLine, effect_clip, line_clip, sounding
from renderers.sound.mix_ducking import Ducking, ducked_gain, spoken_intervals
from renderers.sound.mix_edits import Edit, light, light_of_rooms
from renderers.sound.mix_levels import GAIN_BITS, guarded, mean_square, scaled
from renderers.sound.mix_music import MixMusic, Music, MusicLevel, arrange
from renderers.sound.mix_room import Room, room_tone
from renderers.sound.wav import read_blocks, write_wav

if TYPE_CHECKING:
    from renderers.sound.mix_levels import Samples

__all__ = [
    "MIX_VERSION",
    "STEMS",
    "Edit",
    "MixEffect",
    "MixLine",
    "MixMusic",
    "MixRequest",
    "Room",
    "write_mix",
]

MIX_VERSION: Final = 4
STEMS: Final = ("dialogue", "music", "effects")

_BLOCK_SAMPLES: Final = 1 << 17
# Two voices at full level fit side by side; the master brings the whole back up.
_HEADROOM_CENTIDB: Final = -600
# What music and effects are set against when nobody speaks: -23 dBFS RMS.
_USUAL_SPEECH_MEAN_SQUARE: Final = 2320**2


@dataclass(frozen=True, slots=True)
class MixRequest:
    """What is heard over the `total_samples` of the film.

    The music lies `bed_under_speech_centidb` under the speech, and `ducking` takes it further down
    while somebody speaks. Outside the `rooms` a stretch without sound is digital silence. All but
    the lines goes with the picture's `edits`.
    """

    total_samples: int
    lines: tuple[MixLine, ...]
    music: tuple[MixMusic, ...] = ()
    effects: tuple[MixEffect, ...] = ()
    rooms: tuple[Room, ...] = ()
    edits: tuple[Edit, ...] = ()
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
class _Mixer:
    request: MixRequest
    lines: tuple[Clip, ...]
    effects: tuple[Clip, ...]
    music: Music
    speech: tuple[tuple[int, int], ...]
    edits: Mapping[int, Edit]

    def parts(self, first: int, after: int) -> dict[str, Samples]:
        """The stems for the film's samples `first` to `after`."""
        import numpy as np

        lit = light(self.request.edits, first, after)
        bed = ducked_gain(self.speech, self.request.ducking, first, after) * lit >> GAIN_BITS
        effects = scaled(sounding(self.effects, first, after), lit[:, np.newaxis])
        rooms = room_tone(self.request.rooms, first, after, self.edits)
        effects += scaled(rooms, light_of_rooms(lit)[:, np.newaxis])
        return {
            "dialogue": guarded(sounding(self.lines, first, after)),
            "music": guarded(scaled(self.music.read(first, after), bed[:, np.newaxis])),
            "effects": guarded(effects),
        }


def _prepare(request: MixRequest) -> _Mixer:
    total = request.total_samples
    lines = tuple(line_clip(line, _HEADROOM_CENTIDB, total) for line in request.lines)
    speech = mean_square(_all_blocks(request.lines)) or _USUAL_SPEECH_MEAN_SQUARE
    under = request.bed_under_speech_centidb - _HEADROOM_CENTIDB
    edits = {edit.cut: edit for edit in request.edits}
    return _Mixer(
        request=request,
        lines=lines,
        effects=tuple(
            effect_clip(effect, speech, _HEADROOM_CENTIDB, total, request.edits)
            for effect in request.effects
        ),
        music=arrange(request.music, MusicLevel(speech, under), total, edits),
        speech=spoken_intervals(((clip.start, clip.end) for clip in lines), request.ducking),
        edits=edits,
    )


def _all_blocks(lines: tuple[MixLine, ...]) -> Iterator[Samples]:
    for line in lines:
        yield from read_blocks(line.path)


def _sum(parts: Mapping[str, Samples]) -> Samples:
    import numpy as np

    dialogue, music, effects = (parts[name].astype(np.int64) for name in STEMS)
    return guarded(dialogue + music + effects)
