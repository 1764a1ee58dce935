from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from renderers.sound.generated_music import sine_table, write_generated_music
from renderers.sound.mix_bed import open_bed
from tests.renderers.sound.sound_files import RATE, decibel, read


def made(mood: str, folder: Path) -> np.ndarray:
    write_generated_music(mood, folder / f"{mood}.wav")
    return read(folder / f"{mood}.wav")


def test_the_table_of_sines_is_the_one_that_was_pinned() -> None:
    table = np.array(sine_table(), dtype="<i2")
    assert hashlib.sha256(table.tobytes()).hexdigest()[:16] == "66b97b9db7fcae9d"
    assert table[1024] == 16_384


def test_the_bed_is_the_same_bytes_and_has_no_seam(tmp_path: Path) -> None:
    music = made("neutral", tmp_path)
    assert hashlib.sha256(music.astype("<i2").tobytes()).hexdigest()[:16] == "68b4382e38f482e7"
    assert len(music) == 32 * RATE
    step = np.abs(np.diff(music, axis=0)).max()
    assert np.abs(music[0] - music[-1]).max() <= step


@pytest.mark.parametrize("mood", ["neutral", "joyful", "sad", "tense", "angry", "quiet"])
def test_every_mood_is_soft_and_even_and_plays_in_mono(mood: str, tmp_path: Path) -> None:
    music = made(mood, tmp_path)
    assert np.abs(music).max() == 12_000
    seconds = [decibel(music[at : at + 4 * RATE]) for at in range(0, 28 * RATE, RATE)]
    assert max(seconds) - min(seconds) < 4
    assert 0.3 < np.corrcoef(music.T)[0, 1] < 0.99
    spectrum = np.abs(np.fft.rfft(music[:, 0]))
    high = np.fft.rfftfreq(len(music), 1 / RATE) > 3_000
    assert np.sum(spectrum[high] ** 2) < 0.001 * np.sum(spectrum**2)


def test_notes_of_the_chord_are_plucked_on_the_beat_and_not_in_the_rests(tmp_path: Path) -> None:
    music = made("neutral", tmp_path).sum(axis=1).astype(np.float64)
    spectrum = np.fft.rfft(music)
    # Above what the slow chords hold.
    spectrum[np.fft.rfftfreq(len(music), 1 / RATE) < 900] = 0
    bright = np.fft.irfft(spectrum)

    def louder(second: int) -> float:
        """What the tenth of a second from a beat on has over the one before it."""
        at = second * RATE
        return decibel(bright[at : at + RATE // 10]) - decibel(bright[at - RATE // 10 : at])

    struck = [louder(8 * chord + step) for chord in (1, 2, 3) for step in (0, 2, 3, 5, 6)]
    rests = [louder(8 * chord + step) for chord in (1, 2, 3) for step in (1, 4, 7)]
    assert min(struck) > 3
    assert max(rests) < 1


def test_a_mood_that_is_not_known_plays_as_neutral(tmp_path: Path) -> None:
    assert np.array_equal(made("wistful", tmp_path), made("neutral", tmp_path))
    assert not np.array_equal(made("sad", tmp_path), made("neutral", tmp_path))
    assert open_bed(tmp_path / "sad.wav") is not None
