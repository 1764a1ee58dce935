from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from renderers.sound.mix import MixEffect, MixLine, MixRequest
from tests.renderers.sound.sound_files import RATE, babble, decibel, stereo, tone, write
from tests.renderers.sound.test_mix import between, mixed


def effects(folder: Path, *wanted: MixEffect) -> np.ndarray:
    line = write(folder / "line.wav", babble(2))
    return mixed(MixRequest(10 * RATE, (MixLine(line, 0, "a"),), effects=wanted), folder)["effects"]


@pytest.mark.parametrize("amplitude", [400, 4000])
def test_an_effect_is_heard_three_decibels_under_the_speech(amplitude: int, tmp_path: Path) -> None:
    rain = write(tmp_path / "rain.wav", stereo(babble(3, amplitude=amplitude, seed=4)))
    heard = effects(tmp_path, MixEffect(rain, 4 * RATE))
    speech = decibel(babble(2)) - 6
    assert decibel(between(heard, 4.2, 6.8)) == pytest.approx(speech - 3, abs=1)


def test_no_effect_is_louder_than_its_peak_allows(tmp_path: Path) -> None:
    clap = np.zeros(RATE)
    clap[1000:1020] = 30_000
    heard = effects(tmp_path, MixEffect(write(tmp_path / "clap.wav", clap), 4 * RATE))
    assert np.abs(heard).max() == pytest.approx(16_422, abs=30)


def test_the_end_of_the_scene_takes_a_long_effect_away_softly(tmp_path: Path) -> None:
    rain = write(tmp_path / "rain.wav", stereo(tone(8)))
    heard = effects(tmp_path, MixEffect(rain, RATE, end_sample=5 * RATE))
    usual = decibel(between(heard, 2, 4))
    assert decibel(between(heard, 4.6, 4.74)) == pytest.approx(usual, abs=0.1)
    assert usual - 12 < decibel(between(heard, 4.76, 5)) < usual - 3
    assert np.abs(np.diff(heard[5 * RATE - 300 : 5 * RATE, 0])).max() < 5
    assert not heard[5 * RATE :].any()


def test_an_effect_of_silence_or_beyond_the_film_is_nothing(tmp_path: Path) -> None:
    silent = write(tmp_path / "silent.wav", np.zeros((RATE, 2)))
    late = write(tmp_path / "late.wav", stereo(tone(1)))
    heard = effects(tmp_path, MixEffect(silent, 0), MixEffect(late, 11 * RATE))
    assert not heard.any()
