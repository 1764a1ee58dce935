from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.sound.mix import STEMS, MixEffect, MixLine, MixMusic, MixRequest, Room, write_mix
from renderers.sound.mix_ducking import Ducking, ducked_gain, spoken_intervals
from renderers.sound.mix_levels import FULL_SCALE, GUARD_KNEE, gain_from_centidb, guarded, ramp
from tests.renderers.sound.sound_files import RATE, babble, decibel, read, stereo, tone, write


def mixed(request: MixRequest, folder: Path, **options: int) -> dict[str, np.ndarray]:
    stems = {name: folder / f"{name}.wav" for name in STEMS}
    write_mix(request, folder / "mix.wav", stems, **options)
    return {name: read(folder / f"{name}.wav") for name in (*STEMS, "mix")}


def scene(folder: Path, seconds: int = 20, **changes: object) -> MixRequest:
    """Speech at 5 to 8, 8.5 to 9.5 and 14 to 16 s over a bed of 25 s."""
    lines = tuple(
        MixLine(write(folder / f"l{n}.wav", babble(length, seed=n)), int(start * RATE), f"l{n}")
        for n, (start, length) in enumerate(((5, 3), (8.5, 1), (14, 2)))
    )
    bed = write(folder / "bed.wav", stereo(tone(25, 220)))
    total = seconds * RATE
    fields = {"total_samples": total, "lines": lines, "music": whole(bed, total)}
    return MixRequest(**{"rooms": whole_room(total), **fields, **changes})


def whole(bed: Path, total: int) -> tuple[MixMusic, ...]:
    """One bed under all of the film."""
    return (MixMusic(bed, 0, total),)


def whole_room(total: int) -> tuple[Room, ...]:
    return (Room(0, total, "kitchen"),)


def between(samples: np.ndarray, start_s: float, end_s: float) -> np.ndarray:
    return samples[int(start_s * RATE) : int(end_s * RATE)]


def test_the_music_goes_down_twelve_decibels_for_the_words_and_comes_back(tmp_path: Path) -> None:
    music = mixed(scene(tmp_path), tmp_path)["music"]
    usual = decibel(between(music, 2, 4.8))
    for start, end in ((5, 8), (8, 8.5), (8.5, 9.5), (14, 16)):
        assert decibel(between(music, start, end)) - usual == pytest.approx(-12, abs=0.2)
    assert decibel(between(music, 4.7, 4.85)) == pytest.approx(usual, abs=0.1)
    assert decibel(between(music, 9.9, 13.85)) == pytest.approx(usual, abs=0.3)
    assert usual - 11 < decibel(between(music, 9.6, 9.75)) < usual - 1


def test_the_bed_lies_eighteen_decibels_under_the_speech(tmp_path: Path) -> None:
    parts = mixed(scene(tmp_path), tmp_path)
    speech = decibel(between(parts["dialogue"], 5.2, 7.8))
    assert speech - decibel(between(parts["music"], 2, 4.8)) == pytest.approx(18, abs=0.5)


def test_a_quiet_bed_and_a_loud_one_lie_at_the_same_level(tmp_path: Path) -> None:
    loud = write(tmp_path / "loud.wav", stereo(tone(7, amplitude=30000)))
    quiet = write(tmp_path / "quiet.wav", stereo(tone(7, amplitude=3000)))
    levels = [
        decibel(
            between(mixed(scene(tmp_path, music=whole(bed, 20 * RATE)), tmp_path)["music"], 2, 4.8)
        )
        for bed in (loud, quiet)
    ]
    assert levels[0] == pytest.approx(levels[1], abs=0.1)


def test_the_stems_add_up_to_the_mix(tmp_path: Path) -> None:
    effect = write(tmp_path / "door.wav", stereo(tone(1, 90)))
    request = scene(tmp_path, effects=(MixEffect(effect, 3 * RATE),))
    parts = mixed(request, tmp_path)
    assert len(parts["mix"]) == 20 * RATE
    assert np.array_equal(parts["mix"], parts["dialogue"] + parts["music"] + parts["effects"])
    assert decibel(between(parts["effects"], 3.1, 3.9)) > decibel(parts["effects"][:RATE]) + 20


def test_lines_are_centred_in_their_place_with_soft_edges(tmp_path: Path) -> None:
    line = write(tmp_path / "line.wav", tone(1, 1000))
    request = MixRequest(3 * RATE, (MixLine(line, RATE, "a"),))
    dialogue = mixed(request, tmp_path)["dialogue"]
    assert np.array_equal(dialogue[:, 0], dialogue[:, 1])
    assert not dialogue[:RATE].any()
    assert not dialogue[2 * RATE :].any()
    spoken = np.abs(dialogue[RATE : 2 * RATE, 0]).reshape(-1, 48).max(axis=1)  # a period each
    assert np.abs(spoken[5:-5] - 4010).max() < 40  # 8000 less 6 dB
    assert np.all(np.diff(spoken[:6]) > 0)
    assert np.all(np.diff(spoken[-6:]) < 0)
    assert spoken[0] < 300


def test_a_line_that_outlasts_the_film_fades_at_its_end(tmp_path: Path) -> None:
    line = write(tmp_path / "line.wav", tone(1, 1000))
    request = MixRequest(RATE, (MixLine(line, RATE // 2, "a"),))
    dialogue = mixed(request, tmp_path)["dialogue"]
    assert len(dialogue) == RATE
    assert abs(int(dialogue[-1, 0])) < 10
    assert np.abs(dialogue[-300:-250, 0]).max() == pytest.approx(4010, abs=10)
    assert np.abs(dialogue[-10:, 0]).max() < 40


def test_a_film_is_never_digitally_silent_unless_it_is_meant_to_be(tmp_path: Path) -> None:
    quiet = mixed(MixRequest(2 * RATE, (), rooms=whole_room(2 * RATE)), tmp_path)["mix"]
    assert decibel(quiet) == pytest.approx(-60, abs=1)
    runs = np.diff(np.flatnonzero(np.any(quiet != 0, axis=1)))
    assert runs.max() < 20
    assert not mixed(MixRequest(2 * RATE, ()), tmp_path)["mix"].any()


def test_a_short_bed_loops_without_a_hole_or_a_click(tmp_path: Path) -> None:
    noise = np.random.default_rng(5).standard_normal((3 * RATE, 2)) * 3000
    bed = write(tmp_path / "bed.wav", noise)
    music = mixed(MixRequest(30 * RATE, (), whole(bed, 30 * RATE)), tmp_path)["music"]
    levels = [decibel(between(music, second / 4, second / 4 + 0.25)) for second in range(8, 108)]
    assert max(levels) - min(levels) < 1
    smooth = write(tmp_path / "tone.wav", stereo(tone(2.2, 100)))
    looped = mixed(MixRequest(20 * RATE, (), whole(smooth, 20 * RATE)), tmp_path)["music"]
    assert np.abs(np.diff(looped[:, 0])).max() < 60


def test_the_bed_fades_with_the_film(tmp_path: Path) -> None:
    music = mixed(scene(tmp_path, lines=()), tmp_path)["music"]
    usual = decibel(between(music, 2, 10))
    assert decibel(between(music, 0, 0.1)) < usual - 20
    assert decibel(between(music, 0.9, 1.1)) == pytest.approx(usual, abs=0.5)
    assert decibel(between(music, 17.5, 18)) == pytest.approx(usual, abs=0.5)
    assert decibel(between(music, 19.9, 20)) < usual - 20


@pytest.mark.parametrize("block", [RATE, 10 * RATE, 7919])
def test_the_bytes_do_not_depend_on_the_block(block: int, tmp_path: Path) -> None:
    request = scene(tmp_path)
    write_mix(request, tmp_path / "usual.wav")
    write_mix(request, tmp_path / "other.wav", block_samples=block)
    assert (tmp_path / "usual.wav").read_bytes() == (tmp_path / "other.wav").read_bytes()


def test_another_process_writes_the_same_bytes_and_they_never_change(tmp_path: Path) -> None:
    ramped = (np.arange(2 * RATE) * 37 % 20001) - 10000
    line = write(tmp_path / "line.wav", ramped)
    bed = write(tmp_path / "bed.wav", stereo(ramped[::-1]))
    code = (
        "import sys; from pathlib import Path; from renderers.sound.mix import *;"
        "folder = Path(sys.argv[1]);"
        "line = MixLine(folder / 'line.wav', 100_000, 'a');"
        "bed = MixMusic(folder / 'bed.wav', 0, 300_000); room = Room(0, 300_000, 'pier', True);"
        "request = MixRequest(300_000, (line,), (bed,), rooms=(room,));"
        "write_mix(request, folder / sys.argv[2])"
    )
    for name in ("one.wav", "two.wav"):
        subprocess.run([sys.executable, "-c", code, str(tmp_path), name], check=True)
    request = MixRequest(
        300_000,
        (MixLine(line, 100_000, "a"),),
        whole(bed, 300_000),
        rooms=(Room(0, 300_000, "pier", outdoors=True),),
    )
    write_mix(request, tmp_path / "three.wav")
    digests = {
        hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        for name in ("one.wav", "two.wav", "three.wav")
    }
    assert digests == {"68741ead2fa0d9b2c7d84e3594f5d039fce0f355625931af1da2a35ca0a34e01"}


@pytest.mark.parametrize("total", [1, 2, 100, 4800])
def test_very_short_films_have_sound_of_their_length(total: int, tmp_path: Path) -> None:
    bed = write(tmp_path / "bed.wav", stereo(tone(1)))
    line = write(tmp_path / "line.wav", np.full(3, 5000))
    parts = mixed(
        MixRequest(total, (MixLine(line, 0, "a"),), whole(bed, total), rooms=whole_room(total)),
        tmp_path,
    )
    assert {len(samples) for samples in parts.values()} == {total}


def test_loud_voices_together_bend_but_do_not_wrap(tmp_path: Path) -> None:
    line = write(tmp_path / "line.wav", tone(1, 500, amplitude=32000))
    lines = tuple(MixLine(line, 0, str(n)) for n in range(4))
    mix = mixed(MixRequest(RATE, lines), tmp_path)["mix"]
    assert GUARD_KNEE < np.abs(mix).max() < FULL_SCALE
    assert np.abs(np.diff(mix[:, 0])).max() < FULL_SCALE


def test_gains_are_those_of_their_decibels() -> None:
    assert [gain_from_centidb(c) for c in (0, -600, -1200, 600)] == [65536, 32846, 16462, 130762]


def test_pauses_under_a_second_stay_down() -> None:
    speech = spoken_intervals([(200_000, 250_000), (0, 100_000), (147_999, 150_000)], Ducking())
    assert speech == ((0, 150_000), (200_000, 250_000))


@given(
    st.lists(st.tuples(st.integers(0, 300_000), st.integers(1, 90_000)), max_size=6),
    st.integers(0, 350_000),
)
def test_the_gain_is_down_in_every_word_and_never_leaps(
    words: list[tuple[int, int]], cut: int
) -> None:
    intervals = [(start, start + length) for start, length in words]
    speech = spoken_intervals(intervals, Ducking())
    gain = ducked_gain(speech, Ducking(), 0, 400_000)
    assert all((gain[start:end] == 16462).all() for start, end in intervals)
    assert gain.max() <= 65536
    assert np.abs(np.diff(gain)).max(initial=0) <= 12
    halves = (ducked_gain(speech, Ducking(), *part) for part in ((0, cut), (cut, 400_000)))
    assert np.array_equal(np.concatenate(list(halves)), gain)


@given(st.integers(-(2**20), 2**20))
def test_the_guard_keeps_order_and_sign(sample: int) -> None:
    low, high = guarded(np.array([sample, sample + 1], dtype=np.int64)).tolist()
    assert -FULL_SCALE <= low <= high <= FULL_SCALE
    if abs(sample) <= GUARD_KNEE:
        assert low == sample


def test_a_ramp_goes_all_the_way() -> None:
    steps = ramp(np.array([-5, 0, 50, 100, 200], dtype=np.int64), 100).tolist()
    assert steps == [0, 0, 32768, 65536, 65536]
