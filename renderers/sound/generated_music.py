"""A soft bed for a show that wants music and has none: slow chords, and plucked notes of them.

All of it is whole-number sine tones, written into a ring, so that the last sample leads into the
first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.sound.mix_levels import GAIN_BITS, UNITY, ramp
from renderers.sound.wav import write_wav
from schemas.timing import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from renderers.sound.mix_levels import Wide

GENERATED_MUSIC_VERSION: Final = 2

_CHORD_SAMPLES: Final = 8 * SAMPLE_RATE_HZ
# Each chord swells in while the one before dies away.
_SWELL_SAMPLES: Final = 3 * SAMPLE_RATE_HZ
_PEAK: Final = 12_000
_SINE_BITS: Final = 12
_SINE_SIZE: Final = 16_384
_PHASE_BITS: Final = 32
# Strength of the fundamental and the two overtones above it, of 64.
_PARTIALS: Final = (64, 14, 5)
# A third of one channel is this much sharper, in 1/100000, of the voices in turn: it beats slowly
# against the rest, and nothing cancels out where both channels are played as one.
_DETUNED: Final = 60
# A plucked note: how long it rings, its attack, its partials of 64, and its echo on the other side,
# so much later and at a third of the level.
_RING_SAMPLES: Final = 5 * SAMPLE_RATE_HZ // 2
_ATTACK_SAMPLES: Final = SAMPLE_RATE_HZ // 100
_PLUCKED_PARTIALS: Final = (64, 24, 10, 3)
_ECHO_SAMPLES: Final = 3 * SAMPLE_RATE_HZ // 8
_OCTAVE: Final = 12
# The MIDI number of A4 = 440 Hz (ISO 16).
_A4_MIDI: Final = 69
# From A4 to G#5, in millihertz: 440 Hz times 2^(n/12).
_OCTAVE_MHZ: Final = (
    *(440_000, 466_164, 493_883, 523_251, 554_365, 587_330),
    *(622_254, 659_255, 698_456, 739_989, 783_991, 830_609),
)

# Chords as MIDI notes, low and open, without a melody that would call for attention.
_NEUTRAL: Final = ((45, 52, 59, 64), (41, 48, 57, 64), (48, 55, 62, 64), (43, 50, 59, 62))
_CHORDS: Final = {
    "neutral": _NEUTRAL,
    "joyful": ((48, 55, 64, 71), (53, 60, 64, 69), (50, 57, 65, 69), (55, 59, 62, 69)),
    "sad": ((45, 52, 60, 64), (41, 48, 57, 60), (38, 45, 53, 60), (40, 47, 55, 59)),
    "tense": ((38, 45, 50, 53), (38, 44, 50, 53), (39, 46, 50, 54), (37, 44, 49, 52)),
    "angry": ((36, 43, 48, 51), (36, 42, 48, 51), (37, 44, 48, 53), (34, 41, 46, 53)),
    "quiet": ((57, 64, 69), (53, 60, 69), (55, 62, 71), (52, 59, 67)),
}


@dataclass(frozen=True, slots=True)
class _Figure:
    """What is plucked while a chord sounds: an even number of steps, each the place of a note in
    the chord or a rest, `octaves` above it, as `strong` as it says of 64."""

    steps: tuple[int | None, ...]
    octaves: int
    strong: int


_REST: Final = None
_FIGURES: Final = {
    "neutral": _Figure((2, _REST, 3, 1, _REST, 2, 3, _REST), 1, 56),
    "joyful": _Figure((0, 1, 2, 3, 2, 1, 2, _REST, 0, 1, 3, 2, 3, 2, 1, _REST), 1, 52),
    "sad": _Figure((3, _REST, 2, _REST, 1, _REST, 2, _REST), 1, 60),
    "tense": _Figure((0, _REST, 0, _REST, 0, _REST, 0, 1), 0, 64),
    "angry": _Figure((0, 0, _REST, 0, 0, _REST, 0, 1, 0, 0, _REST, 0, 0, _REST, 1, 2), 0, 64),
    "quiet": _Figure((2, _REST, _REST, 1, _REST, _REST, 0, _REST), 1, 44),
}


def write_generated_music(mood: str, out: Path) -> None:
    """Write 32 s of 48 kHz stereo 16-bit WAV in the given mood, to be looped.

    A mood that is not known is played as `neutral`. The same mood is the same bytes everywhere.
    """
    import numpy as np

    chords = _CHORDS.get(mood, _NEUTRAL)
    ring = np.zeros((len(chords) * _CHORD_SAMPLES, 2), dtype=np.int64)
    figure = _FIGURES.get(mood, _FIGURES["neutral"])
    for number, chord in enumerate(chords):
        at = number * _CHORD_SAMPLES
        _add(ring, _chord(chord), at)
        for step, place in enumerate(figure.steps):
            if place is not None:
                note = chord[place % len(chord)] + _OCTAVE * figure.octaves
                plucked = _plucked(note, figure.strong, left=step % 4 < 2)
                begin = at + step * _CHORD_SAMPLES // len(figure.steps)
                _add(ring, plucked, begin)
                _add(ring, plucked[:, ::-1] // 3, begin + _ECHO_SAMPLES)
    loudest = max(int(np.abs(ring).max()), 1)
    with write_wav(out, channels=2) as wav:
        wav.write((ring * _PEAK // loudest).astype(np.int16))


def _add(ring: Wide, sound: Wide, at: int) -> None:
    """Add a sound from a place of the ring on, around its end."""
    import numpy as np

    ring[np.arange(at, at + len(sound)) % len(ring)] += sound


def _plucked(note: int, strong: int, *, left: bool) -> Wide:
    """One note that is struck and dies away, its overtones first; a little to one side."""
    import numpy as np

    position = np.arange(_RING_SAMPLES, dtype=np.int64)
    remaining = (_RING_SAMPLES - position) * UNITY // _RING_SAMPLES
    square = remaining * remaining >> GAIN_BITS
    decay = square * square >> GAIN_BITS
    heard = np.zeros(_RING_SAMPLES, dtype=np.int64)
    for partial, share in enumerate(_PLUCKED_PARTIALS, start=1):
        decay = decay * square >> GAIN_BITS
        heard += (_sine(_millihertz(note) * partial, position) * decay >> GAIN_BITS) * share
    heard = heard * strong * ramp(position, _ATTACK_SAMPLES) >> GAIN_BITS
    near, far = heard * 9 // 64, heard * 6 // 64
    return np.stack((near, far) if left else (far, near), axis=1)


def _chord(notes: tuple[int, ...]) -> Wide:
    """One chord with its swell and its dying away."""
    import numpy as np

    length = _CHORD_SAMPLES + _SWELL_SAMPLES
    position = np.arange(length, dtype=np.int64)
    heard = np.zeros((length, 2), dtype=np.int64)
    for voice, note in enumerate(notes):
        # Higher notes are softer; they lie to both sides of the middle in turn, of 16.
        right = 8 + (voice % 2 * 2 - 1) * min(voice, 3)
        for partial, strong in enumerate(_PARTIALS, start=1):
            strength = strong * 4 // (4 + voice)
            pitch = _millihertz(note) * partial
            plain = _sine(pitch, position)
            sharp = _sine(pitch + pitch * _DETUNED // 100_000, position)
            sides = (plain, (2 * plain + sharp) // 3)
            heard[:, 0] += sides[voice % 2] * strength * (16 - right)
            heard[:, 1] += sides[1 - voice % 2] * strength * right
    swell = ramp(position, _SWELL_SAMPLES) * ramp(length - 1 - position, _SWELL_SAMPLES)
    return heard * (swell >> GAIN_BITS)[:, np.newaxis] // UNITY


def _sine(millihertz: int, position: Wide) -> Wide:
    import numpy as np

    step = (millihertz << _PHASE_BITS) // (1000 * SAMPLE_RATE_HZ)
    phase = position * step & ((1 << _PHASE_BITS) - 1)
    table = np.array(sine_table(), dtype=np.int64)
    wave: Wide = table[phase >> (_PHASE_BITS - _SINE_BITS)]
    return wave


@cache
def sine_table() -> tuple[int, ...]:
    """One turn in 4096 steps, rounded to whole numbers (a test holds the table)."""
    size = 1 << _SINE_BITS
    return tuple(round(_SINE_SIZE * math.sin(2 * math.pi * at / size)) for at in range(size))


def _millihertz(midi: int) -> int:
    """Equal temperament; other octaves are doubled or halved from the one above A4."""
    octaves, semitone = divmod(midi - _A4_MIDI, 12)
    pitch = _OCTAVE_MHZ[semitone]
    return pitch << octaves if octaves >= 0 else pitch >> -octaves
