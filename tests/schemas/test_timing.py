import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.timing import (
    NAMED_RATES,
    FrameRate,
    frames_to_ms,
    frames_to_samples,
    ms_to_frames,
    samples_to_frames,
    samples_to_frames_up,
    samples_to_ms,
    timecode,
)

rates = st.sampled_from([FrameRate(num=n, den=d) for n, d in NAMED_RATES.values()])


@pytest.mark.parametrize(
    ("name", "frames", "samples"),
    [
        ("24", 24, 48000),
        ("23.976", 24, 48048),
        ("25", 1, 1920),
        ("29.97", 5, 8008),
        ("29.97", 1, 1602),
        ("60", 1, 800),
    ],
)
def test_samples_of_frames(name, frames, samples):
    num, den = NAMED_RATES[name]
    assert frames_to_samples(frames, FrameRate(num=num, den=den)) == samples


@given(rates, st.integers(0, 10_000_000))
def test_frames_survive_the_way_through_samples(rate, frames):
    assert samples_to_frames(frames_to_samples(frames, rate), rate) == frames


@given(rates, st.integers(0, 10**9))
def test_rounding_up_covers_and_is_tight(rate, samples):
    frames = samples_to_frames_up(samples, rate)
    assert frames * 48000 * rate.den >= samples * rate.num
    assert (frames - 1) * 48000 * rate.den < samples * rate.num


@given(rates, st.integers(0, 1_000_000))
def test_frames_survive_the_way_through_milliseconds(rate, frames):
    assert ms_to_frames(frames_to_ms(frames, rate), rate) == frames


def test_milliseconds_round_half_up():
    assert samples_to_ms(24) == 1  # 0.5 ms
    assert samples_to_ms(23) == 0


def test_timecode_counts_nominal_frames():
    assert timecode(24 * 3661 + 5, FrameRate(num=24)) == "01:01:01:05"
    assert timecode(24, FrameRate(num=24000, den=1001)) == "00:00:01:00"
