"""Voices through a telephone, a radio and a loudspeaker, and from beside."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from renderers.sound.mix import MixLine, MixRequest
from renderers.sound.mix_clips import line_clip
from renderers.sound.mix_levels import gain_from_centidb
from renderers.sound.mix_voices import MARGIN, level_of, low_pass_taps, treated
from tests.renderers.sound.sound_files import RATE, babble, decibel, tone, write
from tests.renderers.sound.test_mix import between, mixed


def passes(way: str, hertz: float, amplitude: float = 3000) -> float:
    """The gain of a tone in dB."""
    samples = tone(1, hertz, amplitude).astype(np.int64)
    heard = treated(samples, way)
    assert heard.shape == samples.shape
    return decibel(heard[9000:-9000]) - decibel(samples[9000:-9000])


@pytest.mark.parametrize(
    ("way", "through", "half", "away"),
    [
        ("phone", (600, 1000, 2400), (300, 3400), (60, 120, 4500, 8000)),
        ("speaker", (400, 1000, 4000), (180, 5500), (40, 80, 7000, 9000)),
    ],
)
def test_the_band_of_a_device(
    way: str, through: tuple[int, ...], half: tuple[int, ...], away: tuple[int, ...]
) -> None:
    assert [passes(way, hertz) for hertz in through] == pytest.approx([0, 0, 0], abs=1)
    assert [passes(way, hertz) for hertz in half] == pytest.approx([-6, -6], abs=1)
    assert max(passes(way, hertz) for hertz in away) < -18


def test_a_radio_bends_what_is_loud_and_is_narrower_than_a_telephone() -> None:
    assert passes("radio", 1000, 300) - passes("radio", 1000, 10_000) > 6
    assert passes("radio", 3000, 300) - passes("radio", 1000, 300) < -15


def test_from_beside_only_the_highs_are_softer() -> None:
    assert passes("offstage", 1000) == pytest.approx(0, abs=0.2)
    assert passes("offstage", 8000) == pytest.approx(-6, abs=0.3)


@pytest.mark.parametrize("way", ["", "phone", "radio", "speaker", "offstage"])
def test_offset_and_rumble_are_no_voice(way: str) -> None:
    still = np.full(RATE, 800, dtype=np.int64)
    assert np.abs(treated(still, way)[2000:-2000]).max() <= 1
    assert passes(way, 15) < -18
    if way in ("", "offstage"):
        assert passes(way, 100) == pytest.approx(0, abs=0.5)


@pytest.mark.parametrize("way", ["", "phone", "radio", "speaker", "offstage"])
def test_a_piece_with_its_margin_is_as_in_the_whole(way: str) -> None:
    samples = babble(0.5, 3000).astype(np.int64)
    whole = treated(samples, way)
    piece = treated(samples[9000 - MARGIN : 12_000 + MARGIN], way)[MARGIN:-MARGIN]
    assert np.array_equal(piece, whole[9000:12_000])


def test_the_taps_are_the_same_whole_numbers_everywhere() -> None:
    assert low_pass_taps(3400)[60:67] == (3350, 4037, 4486, 4634, 4486, 4037, 3350)
    assert [sum(low_pass_taps(hertz)) for hertz in (2550, 4000, 5500)] == [32768] * 3
    assert all(low_pass_taps(hertz) == low_pass_taps(hertz)[::-1] for hertz in (2550, 3400))


def film(folder: Path, **line: object) -> np.ndarray:
    path = write(folder / "line.wav", babble(2, 3000) + 500)
    request = MixRequest(3 * RATE, (MixLine(path, RATE // 2, "a", **line),))
    dialogue = mixed(request, folder)["dialogue"]
    assert np.array_equal(dialogue, mixed(request, folder, block_samples=7001)["dialogue"])
    assert np.array_equal(dialogue[:, 0], dialogue[:, 1])
    return dialogue[:, 0]


def test_a_line_out_of_a_device_is_about_as_loud_as_the_others(tmp_path: Path) -> None:
    plain = film(tmp_path)
    assert abs(between(plain, 0.6, 2.4).mean()) < 1
    for way, softer in (("phone", 1.5), ("radio", 1.5), ("speaker", 2), ("offstage", 2)):
        heard = film(tmp_path, heard_through=way)
        away = decibel(between(plain, 0.6, 2.4)) - decibel(between(heard, 0.6, 2.4))
        assert away == pytest.approx(softer, abs=0.4)


def test_a_whisper_is_as_much_softer_as_it_was_asked_to_be(tmp_path: Path) -> None:
    plain, soft = film(tmp_path), film(tmp_path, gain_centidb=-500)
    assert decibel(between(plain, 0.6, 2.4)) - decibel(between(soft, 0.6, 2.4)) == pytest.approx(
        5, abs=0.05
    )


def test_a_silent_line_stays_silent(tmp_path: Path) -> None:
    path = write(tmp_path / "silent.wav", np.zeros(RATE))
    request = MixRequest(2 * RATE, (MixLine(path, 0, "a", heard_through="phone"),))
    assert not mixed(request, tmp_path)["dialogue"].any()


@pytest.mark.parametrize("way", ["", "phone", "radio", "speaker", "offstage"])
def test_no_samples_are_no_samples(way: str) -> None:
    assert len(treated(np.zeros(0, dtype=np.int64), way)) == 0


def test_hum_that_a_radio_takes_away_is_not_made_up_for_without_end(tmp_path: Path) -> None:
    path = write(tmp_path / "hum.wav", tone(2, 110, 3000))
    clip = line_clip(MixLine(path, 0, "a", heard_through="radio"), 0, 2 * RATE)
    most = gain_from_centidb(1200 + level_of("radio"))
    assert most - 2 <= clip.gain <= most + 2
