"""The music: a slow felt piano over a breathing chord, made of whole numbers, without a seam.

Everything is written into a ring as long as the loop: what rings past the end sounds at the
beginning, so that the last sample leads into the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paintbox.noise import scatter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Wave = NDArray[np.int64]

SAMPLE_RATE = 48_000
BEAT = 48_000
BARS = 8
LENGTH = BARS * 4 * BEAT
# Half of full scale is 6 dB below it.
PEAK = 16_384
SINE_BITS = 12
# Equal temperament from C4 to B4 in millihertz, A4 = 440 Hz (ISO 16).
OCTAVE_4_MHZ = {
    "C": 261_626, "Db": 277_183, "D": 293_665, "Eb": 311_127, "E": 329_628, "F": 349_228,
    "Gb": 369_994, "G": 391_995, "Ab": 415_305, "A": 440_000, "Bb": 466_164, "B": 493_883,
}  # fmt: skip
CHORDS = (
    ("D2", "A2", "F3", "C4", "E4"), ("Bb1", "F2", "D3", "A3", "C4"),
    ("F2", "C3", "A3", "E4", "G4"), ("C2", "G2", "D3", "F3", "C4"),
    ("G2", "D3", "Bb3", "F4", "A4"), ("Bb1", "F2", "D3", "A3", "E4"),
    ("D2", "A2", "F3", "C4", "E4"), ("A1", "E2", "D3", "G3", "C4"),
)  # fmt: skip
# Bar, beat in quarters of a beat, note, loudness of 16. The figure falls, waits, and climbs once.
MELODY = (
    (0, 4, "A4", 12), (0, 10, "F4", 9), (0, 13, "E4", 10), (1, 4, "D4", 11), (1, 12, "C4", 7),
    (2, 4, "A4", 12), (2, 10, "G4", 9), (2, 13, "E4", 10), (3, 2, "F4", 10), (3, 8, "D4", 8),
    (4, 4, "D5", 13), (4, 10, "C5", 10), (4, 13, "A4", 11), (5, 4, "Bb4", 11),
    (5, 10, "A4", 8), (5, 14, "E4", 9),
    (6, 4, "F4", 10), (6, 12, "E4", 8), (7, 4, "D4", 9), (7, 12, "E4", 6),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stroke:
    """One struck note: where, which, how loud of 16, and how far right of 16."""

    start: int
    millihertz: int
    loudness: int
    right: int


def compose() -> NDArray[np.int16]:
    """The loop: 32 s, two channels, 48 kHz, peak 6 dB below full scale."""
    ring = np.zeros((LENGTH, 2), dtype=np.int64)
    for bar, chord in enumerate(CHORDS):
        for voice, name in enumerate(chord):
            _swell(ring, bar, voice, _millihertz(name))
        _strike(ring, Stroke(bar * 4 * BEAT, _millihertz(chord[0]), 8, 7))
        _strike(ring, Stroke(bar * 4 * BEAT + 2 * BEAT, _millihertz(chord[1]), 5, 9))
    for index, (bar, quarter, name, loudness) in enumerate(MELODY):
        late = scatter(index, bar, 3) * 900 >> 16
        _strike(
            ring,
            Stroke(
                bar * 4 * BEAT + quarter * BEAT // 4 + late,
                _millihertz(name),
                loudness,
                6 + index % 5,
            ),
        )
    wet = _room(ring)
    loudest = int(np.abs(wet).max())
    return (wet * PEAK // loudest).astype(np.int16)


def _millihertz(name: str) -> int:
    octave = int(name[-1])
    pitch = OCTAVE_4_MHZ[name[:-1]]
    return pitch << (octave - 4) if octave >= 4 else pitch >> (4 - octave)


def _sine_table() -> Wave:
    """One turn of a sine in 4096 steps, 32767 high, by Taylor's series in whole numbers."""
    one = 1 << 60
    turn = 7_244_019_458_077_122_842  # 2 pi * 2**60
    quarter = []
    for step in range(1025):
        angle = turn * step >> 12
        term = total = angle
        for k in range(1, 14):
            term = -(((term * angle) // one * angle) // one) // ((2 * k) * (2 * k + 1))
            total += term
        quarter.append((total * 32767 + one // 2) // one)
    half = quarter + quarter[-2:0:-1]
    return np.array(half + [-v for v in half], dtype=np.int64)


def _decay_table() -> Wave:
    """Halving every 256 steps, from 65536 down to nothing: 65536 * 2 ** (-step / 256)."""
    values, value = [], 1 << 60
    for _ in range(16 * 256):
        values.append(value >> 44)
        # 2 ** (-1 / 256), in parts of 2**60.
        value = value * 1_149_804_171_228_498_297 >> 60
    return np.array([*values, 0], dtype=np.int64)


SINE = _sine_table()
DECAY = _decay_table()


def _tone(millihertz: int, count: int) -> Wave:
    """A sine from its beginning; the phase is counted in 1/2**32 of a turn."""
    step = (millihertz << 32) // (SAMPLE_RATE * 1000)
    phase = (np.arange(count, dtype=np.int64) * step) & 0xFFFFFFFF
    at, part = phase >> (32 - SINE_BITS), (phase >> (16 - SINE_BITS + 4)) & 0xFFF
    near, far = SINE[at], SINE[(at + 1) & 0xFFF]
    wave: Wave = near + ((far - near) * part >> 12)
    return wave


def _fade(half_life: int, count: int) -> Wave:
    """An envelope from 65536, halving every `half_life` samples."""
    return DECAY[np.minimum(np.arange(count, dtype=np.int64) * 256 // half_life, len(DECAY) - 1)]


def _strike(ring: Wave, note: Stroke) -> None:
    count = 7 * SAMPLE_RATE
    attack = np.minimum(np.arange(count, dtype=np.int64) * 65536 // 620, 65536)
    attack = attack * attack >> 16
    # A felted string: a strong first partial, upper ones weaker, shorter and a hair sharp.
    total = np.zeros(count, dtype=np.int64)
    base_life = 52_000 * 220_000 // (note.millihertz + 140_000)
    for partial, weight, shorter in ((1, 64, 16), (2, 20, 26), (3, 9, 40), (4, 4, 60), (5, 2, 84)):
        pitch = note.millihertz * partial * (100_000 + 12 * partial * partial) // 100_000
        total += (
            _tone(pitch, count) * _fade(max(600, base_life * 16 // shorter), count) >> 16
        ) * weight
    total += (
        _tone(note.millihertz * 1_0009 // 10_000, count) * _fade(base_life * 12 // 16, count) >> 16
    ) * 22
    sound = (total >> 6) * attack >> 16
    # The last second fades, so that no note is cut off.
    sound[-SAMPLE_RATE:] = (
        sound[-SAMPLE_RATE:] * np.arange(SAMPLE_RATE, 0, -1, dtype=np.int64) // SAMPLE_RATE
    )
    for channel, share in ((0, 16 - note.right), (1, note.right)):
        _add(ring, note.start, sound * (note.loudness * share) >> 7, channel)


def _swell(ring: Wave, bar: int, voice: int, millihertz: int) -> None:
    """A chord tone that comes in over two beats and leaves over the next bar."""
    count = 7 * BEAT
    rise = np.minimum(np.arange(count, dtype=np.int64) * 65536 // (3 * BEAT), 65536)
    fall = np.minimum(np.arange(count, 0, -1, dtype=np.int64) * 65536 // (3 * BEAT), 65536)
    shape = rise * fall >> 16
    shape = shape * (196_608 - 2 * shape) // 65536 * shape >> 16
    for channel, detune in ((0, 9_994), (1, 10_007)):
        low = _tone(millihertz * detune // 10_000, count)
        high = _tone(millihertz * 2 * (20_000 - detune) // 10_000, count)
        _add(ring, bar * 4 * BEAT - BEAT, (low * 5 + high) * shape >> 20 + (voice != 2), channel)


def _add(ring: Wave, start: int, sound: Wave, channel: int) -> None:
    start %= LENGTH
    first = min(len(sound), LENGTH - start)
    ring[start : start + first, channel] += sound[:first]
    ring[: len(sound) - first, channel] += sound[first:]


def _room(ring: Wave) -> Wave:
    """A soft room: sixty echoes of a duller copy, later ones quieter, sides crossing."""
    dull = ring
    for width in (13, 21, 34):
        total = np.cumsum(np.concatenate([dull[-width:], dull]), axis=0)
        dull = (total[width:] - total[:-width]) // width
    wet = ring * 20
    for echo in range(60):
        delay = 900 + echo * echo * 24 + (scatter(echo, 1, 8) * 1400 >> 16)
        gain = 5 * (66 - echo) // 60
        sign = 1 if scatter(echo, 2, 8) & 1 else -1
        side = dull[:, ::-1] if echo % 2 else dull
        wet += np.roll(side, delay, axis=0) * (gain * sign)
    return wet
