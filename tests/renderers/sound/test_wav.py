import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renderers.sound.wav import read_blocks, read_info, read_samples, write_wav
from schemas.errors import PipelineError


def ramp(path: Path, samples: int, channels: int) -> np.ndarray:
    sound = np.arange(samples * channels, dtype=np.int16).reshape(-1, channels)
    with write_wav(path, channels) as wav:
        wav.write(sound)
    return sound


def test_header_is_the_44_bytes_every_reader_knows(tmp_path: Path) -> None:
    with write_wav(tmp_path / "a.wav", 2) as wav:
        wav.write(np.array([[1, -1], [2, -2]], dtype=np.int16))
    assert (tmp_path / "a.wav").read_bytes() == (
        b"RIFF" + struct.pack("<I", 44) + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 2, 48_000, 192_000, 4, 16)
        + b"data" + struct.pack("<I", 8) + b"\x01\x00\xff\xff\x02\x00\xfe\xff"
    )  # fmt: skip


def test_another_library_reads_what_is_written(tmp_path: Path) -> None:
    sound = ramp(tmp_path / "a.wav", 5_000, 2)
    read, rate = soundfile.read(tmp_path / "a.wav", dtype="int16")
    assert rate == 48_000
    assert np.array_equal(read, sound)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.integers(0, 50), max_size=6),
    silence=st.integers(0, 70),
    channels=st.sampled_from([1, 2]),
    block=st.integers(1, 40),
)
def test_pieces_written_are_the_blocks_read(
    tmp_path: Path, sizes: list[int], silence: int, channels: int, block: int
) -> None:
    written = []
    with write_wav(tmp_path / "a.wav", channels) as wav:
        for at, size in enumerate(sizes):
            written.append(np.full((size, channels), at + 1, dtype=np.int16))
            wav.write(written[-1])
        wav.silence(silence)
    written.append(np.zeros((silence, channels), dtype=np.int16))
    expected = np.concatenate(written)
    blocks = list(read_blocks(tmp_path / "a.wav", block))
    assert all(1 <= len(each) <= block for each in blocks)
    assert np.array_equal(np.concatenate([expected[:0], *blocks]), expected)
    assert read_info(tmp_path / "a.wav").samples == len(expected)


@pytest.mark.parametrize(
    ("start", "count", "first", "length"),
    [(0, 10, 0, 10), (95, 10, 190, 5), (-5, 3, 0, 3), (100, 1, None, 0), (300, 5, None, 0)],
)
def test_reads_from_any_sample_and_never_past_the_end(
    tmp_path: Path, start: int, count: int, first: int | None, length: int
) -> None:
    ramp(tmp_path / "a.wav", 100, 2)
    sound = read_samples(tmp_path / "a.wav", start, count)
    assert sound.shape == (length, 2)
    if first is not None:
        assert sound[0].tolist() == [first, first + 1]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    ramp(path, 100, 1)
    good = path.read_bytes()
    wrong_rate = good[:24] + struct.pack("<I", 44_100) + good[28:]
    for bad in (b"", good[:20], good[:-1], good + b"\0", wrong_rate, bytes(44), b"x" * 300):
        path.write_bytes(bad)
        with pytest.raises(PipelineError) as refusal:
            read_samples(path, 0, 1)
        assert refusal.value.code == "broken-wav"
        assert refusal.value.where == "a.wav"


def test_a_file_whose_writing_failed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with pytest.raises(ZeroDivisionError), write_wav(path, 1) as wav:
        wav.silence(100)
        raise ZeroDivisionError
    with pytest.raises(PipelineError):
        read_info(path)


def test_other_sample_types_and_ragged_channels_are_a_mistake_of_the_caller(
    tmp_path: Path,
) -> None:
    with write_wav(tmp_path / "a.wav", 2) as wav:
        for wrong in (np.zeros(4), np.zeros(4, dtype=np.uint16), np.zeros(3, dtype=np.int16)):
            with pytest.raises(ValueError, match="int16"):
                wav.write(wrong)
        assert wav.samples == 0
