"""The waveform is as high as the loudest sample of each piece."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from renderers.review import waveform as measuring
from renderers.review.waveform import outline, waveform


def raw(path, samples):
    np.asarray(samples, dtype="<i2").tofile(path)
    return path


def test_each_piece_has_its_peak(tmp_path):
    stereo = np.zeros((1000, 2), dtype=np.int16)
    stereo[5, 1] = -32768
    stereo[250, 0] = 16384
    stereo[999, 0] = 1
    assert waveform(raw(tmp_path / "a.raw", stereo), 10) == [100, 0, 50, 0, 0, 0, 0, 0, 0, 1]


def test_a_long_sound_is_read_in_blocks(tmp_path, monkeypatch):
    loud = np.arange(2000, dtype=np.int16).reshape(-1, 2) * 16
    whole = waveform(raw(tmp_path / "a.raw", loud), 3)
    monkeypatch.setattr(measuring, "_BLOCK_SAMPLES", 7)
    assert waveform(tmp_path / "a.raw", 3) == whole == [33, 65, 98]


@given(st.integers(0, 50), st.integers(1, 20))
def test_every_sample_is_in_one_piece(tmp_path_factory, samples, columns):
    path = raw(tmp_path_factory.mktemp("w") / "a.raw", np.full((samples, 2), 1000))
    peaks = waveform(path, columns)
    assert len(peaks) == columns
    assert sum(peak > 0 for peak in peaks) == min(samples, columns)


def test_the_outline_is_mirrored():
    assert outline([0, 40, 100]) == "M0 100 1 60 2 0L2 200 1 140 0 100Z"
