"""Lines and effects in their places, each with its gain and soft edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.sound.mix_edits import Edit, Slope
from renderers.sound.mix_levels import (
    FULL_SCALE,
    GAIN_BITS,
    UNITY,
    gain_from_centidb,
    matching_gain,
    mean_square,
    ramp,
    scaled,
)
from renderers.sound.mix_voices import MARGIN, level_of, treated
from renderers.sound.wav import read_blocks, read_info, read_samples
from schemas.asset_manifest import HeardThrough
from schemas.timing import ms_to_samples

if TYPE_CHECKING:
    from renderers.sound.mix_levels import Samples, Wide

_EDGE_FADE_MS: Final = 5
# A sound that the next scene ends is taken away, not cut off.
_CUT_FADE_MS: Final = 250
# No effect is louder than this, -6 dBFS before the master, or raised by more than 24 dB.
_LOUDEST_EFFECT_PEAK: Final = 16_422
_MOST_EFFECT_GAIN: Final = gain_from_centidb(2400)
# What of a voice a telephone takes away is made up for; hum that it takes away is not.
_MOST_MADE_UP: Final = gain_from_centidb(1200)


@dataclass(frozen=True, slots=True)
class MixLine:
    """A spoken line: a house WAV, heard in the middle from `start_sample` of the film.

    `gain_centidb` is against the other lines.
    """

    path: Path
    start_sample: int
    line_id: str
    gain_centidb: int = 0
    heard_through: HeardThrough = ""


@dataclass(frozen=True, slots=True)
class MixEffect:
    """A sound effect: a house WAV heard from `start_sample`, at the latest until `end_sample`.

    It is brought to `under_speech_centidb` under the speech, by its own level.
    """

    path: Path
    start_sample: int
    end_sample: int | None = None
    under_speech_centidb: int = 300


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound in its place: film samples `start` to `end`, gain in 1/65536, fades in samples.

    Where its scene dissolves, `slopes` take it along with the picture. A voice is `heard_through`
    something and in the middle; None is a sound that is no voice.
    """

    path: Path
    start: int
    end: int
    gain: int
    fade_in: int
    fade_out: int
    slopes: tuple[Slope, ...] = ()
    heard_through: HeardThrough | None = None


def line_clip(line: MixLine, headroom_centidb: int, total: int) -> Clip:
    """A line of a film of `total` samples. Raises PipelineError `broken-wav`.

    What it is heard through takes part of it away; its level is made up for that.
    """
    way = line.heard_through
    gain = gain_from_centidb(line.gain_centidb + headroom_centidb + level_of(way))
    if way:
        plain, through = (mean_square([_voice(line.path, each)]) for each in ("", way))
        made_up = min(matching_gain(plain, through), _MOST_MADE_UP) if through else UNITY
        gain = gain * made_up >> GAIN_BITS
    clip = _clip(line.path, line.start_sample, total, gain, _EDGE_FADE_MS)
    return replace(clip, heard_through=way)


def effect_clip(
    effect: MixEffect,
    speech_mean_square: int,
    headroom_centidb: int,
    total: int,
    edits: Sequence[Edit],
) -> Clip:
    """An effect of a film of `total` samples. It goes as the edit has it that ends its scene.

    Raises PipelineError `broken-wav`.
    """
    level = mean_square(read_blocks(effect.path))
    under = gain_from_centidb(headroom_centidb - effect.under_speech_centidb)
    gain = min(matching_gain(speech_mean_square, level) * under >> GAIN_BITS, _MOST_EFFECT_GAIN)
    loudest = _LOUDEST_EFFECT_PEAK * UNITY // max(_peak(effect.path), 1)
    gain = min(gain, loudest) if level else 0
    ends_with = next((edit for edit in edits if edit.cut == effect.end_sample), None)
    end = total if effect.end_sample is None else min(effect.end_sample, total)
    if ends_with is not None and ends_with.kind == "blend":
        end = ends_with.end
    cut_fade_ms = _CUT_FADE_MS if ends_with is None else _EDGE_FADE_MS
    clip = _clip(effect.path, effect.start_sample, end, gain, cut_fade_ms)
    return replace(clip, slopes=tuple(_slopes(effect, edits)))


def _slopes(effect: MixEffect, edits: Iterable[Edit]) -> Iterator[Slope]:
    """What dissolves with the scene that an effect ends with, or with the shot it begins in."""
    for edit in edits:
        if edit.kind == "blend" and edit.cut == effect.end_sample:
            yield Slope(edit.start, edit.end, rising=False)
        elif edit.kind == "blend" and edit.cut <= effect.start_sample < edit.end:
            yield Slope(edit.start, edit.end, rising=True)


def _peak(path: Path) -> int:
    import numpy as np

    blocks = read_blocks(path)
    return max((int(np.abs(block.astype(np.int32)).max()) for block in blocks), default=0)


def _clip(path: Path, start: int, limit: int, gain: int, cut_fade_ms: int) -> Clip:
    natural = start + read_info(path).samples
    end = max(min(natural, limit), start)
    edge = min(ms_to_samples(_EDGE_FADE_MS), (end - start) // 2)
    cut = min(ms_to_samples(cut_fade_ms), (end - start) // 2)
    return Clip(path, start, end, gain, fade_in=edge, fade_out=cut if end < natural else edge)


def _voice(path: Path, way: HeardThrough) -> Samples:
    """A whole line as it is heard, one column."""
    import numpy as np

    heard = _treated(path, 0, read_info(path).samples, way)
    return heard.clip(-FULL_SCALE, FULL_SCALE).astype(np.int16)


def _treated(path: Path, first: int, after: int, way: HeardThrough) -> Wide:
    """The samples `first` to `after` of a line, both channels as one column."""
    begin, end = max(first - MARGIN, 0), min(after + MARGIN, read_info(path).samples)
    samples = read_samples(path, begin, end - begin).astype("int64")
    one = (samples[:, 0] + samples[:, -1]) >> 1
    return treated(one, way)[first - begin : after - begin, None]


def sounding(clips: tuple[Clip, ...], first: int, after: int) -> Wide:
    """Everything of the clips that is heard from `first` to `after`, two channels."""
    import numpy as np

    heard = np.zeros((after - first, 2), dtype=np.int64)
    for clip in clips:
        from_sample, to_sample = max(clip.start, first), min(clip.end, after)
        if from_sample < to_sample:
            heard[from_sample - first : to_sample - first] += _part(clip, from_sample, to_sample)
    return heard


def _part(clip: Clip, first: int, after: int) -> Wide:
    """A piece of a clip with its gain, and fades at both edges against clicks."""
    import numpy as np

    inside = first - clip.start, after - clip.start
    if clip.heard_through is None:
        samples = read_samples(clip.path, inside[0], after - first).astype(np.int64)
    else:
        samples = _treated(clip.path, *inside, clip.heard_through)
    position = np.arange(first, after, dtype=np.int64)
    gain = np.full(after - first, clip.gain, dtype=np.int64)
    if clip.fade_in and first < clip.start + clip.fade_in:
        gain = gain * ramp(position - clip.start, clip.fade_in) >> GAIN_BITS
    if clip.fade_out and after > clip.end - clip.fade_out:
        gain = gain * ramp(clip.end - 1 - position, clip.fade_out) >> GAIN_BITS
    for slope in clip.slopes:
        where, curve = slope.within(first, after)
        gain[where] = gain[where] * curve >> GAIN_BITS
    return scaled(samples, gain[:, np.newaxis])
