from __future__ import annotations

from pathlib import Path

import numpy as np
import pyloudnorm
import pytest

from renderers.sound.loudness import measure
from schemas.errors import PipelineError
from schemas.render_output import MeasuredLoudness
from tests.renderers.sound.sound_files import RATE, babble, read, real_tools, stereo, tone, write


@pytest.mark.parametrize("amplitude", [300, 3000, 9000])
def test_it_agrees_with_another_meter(amplitude: int, tmp_path: Path) -> None:
    speech = np.concatenate([babble(6, amplitude), np.zeros(3 * RATE), babble(4, amplitude / 4)])
    path = write(tmp_path / "speech.wav", stereo(speech))
    other = pyloudnorm.Meter(RATE).integrated_loudness(read(path) / 32768)
    loudness = measure(path, real_tools(tmp_path)).integrated_centilufs
    assert loudness is not None
    assert loudness / 100 == pytest.approx(other, abs=0.1)


def test_the_reference_tone_of_bs_1770_measures_what_the_standard_says(tmp_path: Path) -> None:
    # A full-scale sine of 997 Hz in one front channel reads -3.01 LKFS (BS.1770-5, annex 1).
    left = np.stack([tone(5, 997, 32767), np.zeros(5 * RATE)], axis=1)
    measured = measure(write(tmp_path / "tone.wav", left), real_tools(tmp_path))
    assert measured.integrated_centilufs == pytest.approx(-301, abs=3)
    assert measured.true_peak_centidbtp == pytest.approx(0, abs=3)


def test_a_true_peak_lies_between_the_samples(tmp_path: Path) -> None:
    # A quarter of the rate, sampled at 45 degrees: all samples 3.01 dB under the wave's peak.
    wave = 30000 * np.sin(np.pi / 2 * np.arange(2 * RATE) + np.pi / 4) * np.hanning(2 * RATE)
    measured = measure(write(tmp_path / "wave.wav", stereo(wave)), real_tools(tmp_path))
    assert np.abs(wave).max() < 21300
    assert measured.true_peak_centidbtp == pytest.approx(-77, abs=10)


def test_a_peak_in_the_last_milliseconds_is_seen(tmp_path: Path) -> None:
    sound = tone(1.03, 100, 1000)
    sound[-200:-100] = 20000
    measured = measure(write(tmp_path / "late.wav", stereo(sound)), real_tools(tmp_path))
    assert measured.true_peak_centidbtp is not None
    assert measured.true_peak_centidbtp > -500


def test_silence_has_no_loudness_and_no_peak(tmp_path: Path) -> None:
    path = write(tmp_path / "silence.wav", np.zeros((2 * RATE, 2)))
    nothing = MeasuredLoudness(integrated_centilufs=None, true_peak_centidbtp=None)
    assert measure(path, real_tools(tmp_path)) == nothing


@pytest.mark.parametrize("samples", [1, 100, 4000, 15000])
def test_less_than_a_measuring_block_has_a_peak_but_no_loudness(
    samples: int, tmp_path: Path
) -> None:
    path = write(tmp_path / "short.wav", np.full((samples, 2), 16384))
    measured = measure(path, real_tools(tmp_path))
    assert measured.integrated_centilufs is None
    assert measured.true_peak_centidbtp is not None
    assert measured.true_peak_centidbtp > -1600


def test_a_file_that_is_no_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.wav"
    path.write_bytes(b"no sound at all")
    with pytest.raises(PipelineError):
        measure(path, real_tools(tmp_path))
