from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from renderers.sound.mix import MixMusic, MixRequest
from tests.renderers.sound.sound_files import RATE, decibel, stereo, tone, write
from tests.renderers.sound.test_mix import between, mixed


def two_moods(folder: Path) -> dict[str, np.ndarray]:
    """220 Hz for 12 s, then 1760 Hz up to 24 s."""
    low = write(folder / "low.wav", stereo(tone(9, 220)))
    high = write(folder / "high.wav", stereo(tone(9, 1760, amplitude=2000)))
    music = (MixMusic(low, 0, 12 * RATE), MixMusic(high, 12 * RATE, 24 * RATE))
    return mixed(MixRequest(24 * RATE, (), music), folder)


def level_at(samples: np.ndarray, frequency: float) -> float:
    """Strength of one frequency in dB, by correlation over whole turns."""
    turns = np.exp(-2j * np.pi * frequency * np.arange(len(samples)) / RATE)
    return float(20 * np.log10(abs(np.dot(samples[:, 0], turns)) / len(samples) + 1e-9))


def test_the_music_changes_with_the_mood_and_crossfades_over_the_cut(tmp_path: Path) -> None:
    music = two_moods(tmp_path)["music"]
    before, after = between(music, 9, 10), between(music, 14, 15)
    assert level_at(before, 220) - level_at(before, 1760) > 40
    assert level_at(after, 1760) - level_at(after, 220) > 40
    halfway = between(music, 11.9, 12.1)
    assert level_at(halfway, 220) == pytest.approx(level_at(before, 220) - 3, abs=1)
    assert level_at(halfway, 1760) == pytest.approx(level_at(after, 1760) - 3, abs=1)


def test_both_pieces_lie_at_the_same_level_and_so_does_the_crossfade(tmp_path: Path) -> None:
    music = two_moods(tmp_path)["music"]
    usual = decibel(between(music, 6, 10))
    for start in np.arange(10.5, 15, 0.25):
        assert decibel(between(music, start, start + 0.25)) == pytest.approx(usual, abs=0.7)


def test_music_that_stops_inside_the_film_fades_into_silence(tmp_path: Path) -> None:
    bed = write(tmp_path / "bed.wav", stereo(tone(4)))
    music = mixed(MixRequest(20 * RATE, (), (MixMusic(bed, 0, 8 * RATE),)), tmp_path)["music"]
    assert decibel(between(music, 5, 6.9)) > -50
    assert not music[9 * RATE :].any()
    assert np.abs(music[9 * RATE - 50 : 9 * RATE]).max() < 30


def test_a_stretch_shorter_than_its_fades_does_not_break(tmp_path: Path) -> None:
    bed = write(tmp_path / "bed.wav", stereo(tone(4)))
    pieces = (MixMusic(bed, 0, 5), MixMusic(bed, 5, 6), MixMusic(bed, 6, 6), MixMusic(bed, 6, 99))
    music = mixed(MixRequest(100, (), pieces), tmp_path)["music"]
    assert len(music) == 100
