import math
from fractions import Fraction

import numpy as np
import pytest
from blake3 import blake3
from hypothesis import given, settings
from hypothesis import strategies as st

from renderers.speech.resample import (
    DOWN,
    GAIN_BITS,
    TAPS,
    UP,
    filter_taps,
    ideal_phase,
    resample,
)

UNITY = 1 << GAIN_BITS


def joined(pcm: list[int], gain: int = UNITY) -> list[int]:
    pieces = list(resample(np.array(pcm, dtype=np.int16), gain))
    return [int(each) for piece in pieces for each in piece]


def test_the_filters_are_these_integers_on_every_machine() -> None:
    table = filter_taps()
    assert blake3(repr(table).encode()).hexdigest()[:16] == "18b295944ed8fa58"
    assert {sum(taps) for taps in table} == {32_768}


def test_no_tap_is_so_near_a_half_that_another_sine_could_turn_it() -> None:
    for phase in range(UP):
        ideal = ideal_phase(phase)
        scale = 32_768 / math.fsum(ideal)
        assert all(abs((each * scale) % 1 - 0.5) > 1e-9 for each in ideal)


@settings(deadline=None)
@given(
    pcm=st.lists(st.integers(-32_768, 32_767), max_size=200),
    gain=st.sampled_from([UNITY, 1, 5_000, 16 * UNITY]),
)
def test_equals_the_sum_written_out_in_whole_numbers(pcm: list[int], gain: int) -> None:
    table = filter_taps()
    expected = []
    for n in range((2 * len(pcm) * UP + DOWN) // (2 * DOWN)):
        base, phase = n * DOWN // UP, n % UP
        total = sum(
            tap * pcm[base + at - 15]
            for at, tap in enumerate(table[phase])
            if 0 <= base + at - 15 < len(pcm)
        )
        expected.append(min(max((total * gain + (1 << 26)) >> 27, -32_768), 32_767))
    assert joined(pcm, gain) == expected
    assert TAPS == 32


def test_long_input_comes_in_pieces_without_a_seam() -> None:
    pcm = np.full(300_000, 1_000, dtype=np.int16)
    pieces = list(resample(pcm, UNITY))
    assert len(pieces) > 1
    whole = np.concatenate(pieces)
    assert len(whole) == 653_061  # 300000 * 320 / 147 = 653061.2
    assert set(whole[100:-100].tolist()) == {1_000}


@pytest.mark.parametrize("hz", [200, 1_000, 3_000, 8_000])
def test_a_tone_stays_in_tune_and_in_time(hz: int) -> None:
    source = np.round(10_000 * np.sin(2 * np.pi * hz * np.arange(22_050) / 22_050))
    out = np.array(joined([int(each) for each in source]))
    wanted = 10_000 * np.sin(2 * np.pi * hz * np.arange(48_000) / 48_000)
    error = (out - wanted)[200:-200]
    assert np.abs(error).max() < 30  # 50 dB below the tone at the very worst


def test_what_the_source_cannot_hold_is_not_invented() -> None:
    source = np.round(10_000 * np.sin(2 * np.pi * 7_000 * np.arange(22_050) / 22_050))
    out = np.array(joined([int(each) for each in source]), dtype=float)
    power = np.abs(np.fft.rfft(out * np.hanning(len(out)))) ** 2
    assert power[13_000:].sum() < power.sum() * Fraction(1, 10_000_000)
