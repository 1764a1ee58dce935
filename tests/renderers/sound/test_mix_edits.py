from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.sound.mix import Edit, MixEffect, MixLine, MixMusic, MixRequest, Room, write_mix
from renderers.sound.mix_edits import edits_of, light
from schemas.shot_list import Shot
from schemas.timing import FrameRate
from tests.renderers.film.test_shot_parts import shot
from tests.renderers.sound.sound_files import RATE, babble, decibel, stereo, tone, write
from tests.renderers.sound.test_mix import between, mixed
from tests.renderers.sound.test_mix_music import level_at

TOTAL, CUT = 30 * RATE, 15 * RATE
LOW, HIGH = 220, 1760
DISSOLVE = Edit("blend", CUT - RATE // 2, CUT, CUT + RATE // 2)
BLACK = Edit("black", CUT - RATE, CUT, CUT + RATE)
SMASH = Edit("hard", CUT, CUT, CUT)


def two_scenes(folder: Path, *edits: Edit, line: bool = False) -> dict[str, np.ndarray]:
    """A kitchen with music and a drone at one pitch, and from 15 s a pier with both at another."""
    low = write(folder / "low.wav", stereo(tone(9, LOW)))
    high = write(folder / "high.wav", stereo(tone(9, HIGH)))
    hum, whistle = write(folder / "hum.wav", tone(20, LOW)), write(folder / "w.wav", tone(20, HIGH))
    said = write(folder / "line.wav", babble(4))
    request = MixRequest(
        total_samples=TOTAL,
        lines=(MixLine(said, CUT - 2 * RATE, "a"),) if line else (),
        music=(MixMusic(low, 0, CUT), MixMusic(high, CUT, TOTAL)),
        effects=(MixEffect(hum, RATE, CUT), MixEffect(whistle, CUT + RATE // 4, TOTAL)),
        rooms=(Room(0, CUT, "kitchen"), Room(CUT, TOTAL, "pier", outdoors=True)),
        edits=edits,
    )
    return mixed(request, folder)


def steps(samples: np.ndarray) -> int:
    """The largest step from one sample to the next; a click is many times that of a tone."""
    return int(np.abs(np.diff(samples[:, 0])).max())


def largest_step(frequency: float, peak: float) -> float:
    return 2 * np.pi * frequency / RATE * peak


@pytest.mark.parametrize("stem", ["music", "effects"])
def test_the_beds_of_two_scenes_cross_over_the_frames_of_the_dissolve(
    stem: str, tmp_path: Path
) -> None:
    heard = two_scenes(tmp_path, DISSOLVE)[stem]
    before, after = between(heard, 14.3, 14.5), between(heard, 15.5, 15.7)
    middle = between(heard, 14.95, 15.05) if stem == "music" else between(heard, 15.3, 15.4)
    assert level_at(before, LOW) - level_at(before, HIGH) > 40
    assert level_at(after, HIGH) - level_at(after, LOW) > 40
    usual = level_at(between(heard, 12, 13), LOW), level_at(between(heard, 17, 18), HIGH)
    assert level_at(before, LOW) == pytest.approx(usual[0], abs=0.1)
    assert level_at(after, HIGH) == pytest.approx(usual[1], abs=0.1)
    # Equal power: half way is -3 dB; at 85 % the one that goes has 15 % of its power left.
    gone, come = (-3, -3) if stem == "music" else (-8.2, -0.7)
    assert level_at(middle, LOW) - usual[0] == pytest.approx(gone, abs=0.6)
    assert level_at(middle, HIGH) - usual[1] == pytest.approx(come, abs=0.6)
    assert steps(between(heard, 14, 16)) < 1.1 * steps(between(heard, 17, 18))


def test_room_tone_crosses_over_the_same_frames(tmp_path: Path) -> None:
    total = (Room(0, CUT, "kitchen"), Room(CUT, TOTAL, "pier", outdoors=True))

    def tone_of(*edits: Edit) -> np.ndarray:
        request = MixRequest(TOTAL, (), rooms=total, edits=edits)
        return mixed(request, tmp_path)["effects"]

    plain, dissolved = tone_of(), tone_of(DISSOLVE)
    differs = np.flatnonzero(np.any(plain != dissolved, axis=1))
    assert CUT - RATE // 2 <= differs[0] < CUT - RATE // 2 + 2000
    assert CUT + RATE // 2 - 2000 < differs[-1] < CUT + RATE // 2
    kitchen = mixed(MixRequest(TOTAL, (), rooms=(Room(0, TOTAL, "kitchen"),)), tmp_path)["effects"]
    for place, share in ((14.6, 0.9), (15.0, 0.5), (15.4, 0.1)):
        here = slice(int((place - 0.05) * RATE), int((place + 0.05) * RATE))
        old, now = kitchen[here].ravel(), dissolved[here].ravel()
        # What is left of the kitchen's amplitude is the root of its share in the power.
        assert np.dot(now, old) / np.dot(old, old) == pytest.approx(share**0.5, abs=0.08)


def test_a_fade_through_black_takes_the_beds_down_and_brings_them_back(tmp_path: Path) -> None:
    parts = two_scenes(tmp_path, BLACK)
    music, effects = parts["music"], parts["effects"]
    usual = decibel(between(music, 12, 13))
    assert decibel(between(music, 13.8, 14)) == pytest.approx(usual, abs=0.1)
    assert decibel(between(music, 14.48, 14.52)) == pytest.approx(usual - 6, abs=0.5)
    assert decibel(between(music, 14.95, 15.05)) < usual - 40
    assert decibel(between(music, 15.48, 15.52)) == pytest.approx(usual - 6, abs=0.5)
    assert decibel(between(music, 16, 16.2)) == pytest.approx(usual, abs=0.1)
    assert level_at(between(music, 15.5, 15.6), LOW) < level_at(between(music, 12, 13), LOW) - 40
    assert level_at(between(effects, 14.9, 15), LOW) < level_at(between(effects, 12, 13), LOW) - 35
    assert max(steps(between(part, 13.5, 16.5)) for part in (music, effects)) < 1.05 * steps(
        between(effects, 20, 21)
    )


def test_in_the_black_the_room_is_faint_but_never_digital_silence(tmp_path: Path) -> None:
    rooms = (Room(0, CUT, "kitchen"), Room(CUT, TOTAL, "hall"))
    heard = mixed(MixRequest(TOTAL, (), rooms=rooms, edits=(BLACK,)), tmp_path)["mix"]
    assert decibel(between(heard, 14.98, 15.02)) == pytest.approx(-78, abs=1.5)
    assert np.diff(np.flatnonzero(np.any(heard != 0, axis=1))).max() < 60


def test_a_smash_cut_is_over_in_ten_milliseconds_and_does_not_click(tmp_path: Path) -> None:
    parts = two_scenes(tmp_path, SMASH)
    for heard in (parts["music"], parts["effects"]):
        usual = level_at(between(heard, 12, 13), LOW)
        assert level_at(between(heard, 14.895, 14.995), LOW) == pytest.approx(usual, abs=0.1)
        assert level_at(between(heard, 15.005, 15.105), LOW) < usual - 40
    music = parts["music"]
    assert level_at(between(music, 15.005, 15.105), HIGH) == pytest.approx(
        level_at(between(music, 17, 18), HIGH), abs=0.1
    )
    assert steps(between(music, 14.9, 15.1)) < 1.1 * steps(between(music, 17, 18))
    hum = between(parts["effects"], 14.9, 15.1)
    assert steps(hum) < 1.5 * largest_step(LOW, np.abs(hum).max())


def test_without_an_edit_the_beds_meet_as_at_a_plain_cut(tmp_path: Path) -> None:
    heard = two_scenes(tmp_path)
    for place, expected in ((14.5, -1.2), (15.0, -3.0), (15.5, -6.0)):
        part = between(heard["music"], place - 0.05, place + 0.05)
        usual = level_at(between(heard["music"], 12, 13), LOW)
        assert level_at(part, LOW) - usual == pytest.approx(expected, abs=0.5)


@pytest.mark.parametrize("edit", [DISSOLVE, BLACK, SMASH])
def test_dialogue_is_heard_at_its_level_through_every_edit(edit: Edit, tmp_path: Path) -> None:
    plain = two_scenes(tmp_path, line=True)["dialogue"]
    assert decibel(between(plain, 14.9, 15.1)) > -30
    assert np.array_equal(two_scenes(tmp_path, edit, line=True)["dialogue"], plain)


def test_the_film_s_own_fade_is_that_of_the_picture_where_it_has_one(tmp_path: Path) -> None:
    bed = write(tmp_path / "bed.wav", stereo(tone(9)))
    fades = Edit("black", 0, 0, RATE // 2), Edit("black", TOTAL - RATE, TOTAL, TOTAL)
    music = mixed(MixRequest(TOTAL, (), (MixMusic(bed, 0, TOTAL),), edits=fades), tmp_path)["music"]
    usual = decibel(between(music, 5, 6))
    assert decibel(between(music, 0, 0.05)) < usual - 20
    assert decibel(between(music, 0.24, 0.26)) == pytest.approx(usual - 6, abs=0.5)
    assert decibel(between(music, 0.5, 0.6)) == pytest.approx(usual, abs=0.1)
    assert decibel(between(music, 28.9, 29)) == pytest.approx(usual, abs=0.1)
    assert decibel(between(music, 29.49, 29.51)) == pytest.approx(usual - 6, abs=0.5)
    assert np.abs(music[-20:]).max() < 5


@pytest.mark.parametrize("block", [RATE, 7919])
def test_the_bytes_do_not_depend_on_the_block(block: int, tmp_path: Path) -> None:
    request = MixRequest(
        total_samples=TOTAL,
        lines=(),
        music=(
            MixMusic(write(tmp_path / "low.wav", stereo(tone(9, LOW))), 0, CUT),
            MixMusic(write(tmp_path / "high.wav", stereo(tone(9, HIGH))), CUT, TOTAL),
        ),
        effects=(MixEffect(write(tmp_path / "hum.wav", tone(20, LOW)), RATE, CUT),),
        rooms=(Room(0, CUT, "kitchen"), Room(CUT, TOTAL, "hall")),
        edits=(Edit("black", 0, 0, RATE), DISSOLVE, Edit("black", 20 * RATE, TOTAL, TOTAL)),
    )
    write_mix(request, tmp_path / "usual.wav")
    write_mix(request, tmp_path / "other.wav", block_samples=block)
    assert (tmp_path / "usual.wav").read_bytes() == (tmp_path / "other.wav").read_bytes()


@given(
    st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 60_000)), max_size=4),
    st.integers(0, 200_000),
)
def test_the_light_never_leaps_and_its_pieces_are_the_whole(
    fades: list[tuple[int, int]], cut: int
) -> None:
    edits = [
        Edit("black", at - down, at, at + up)
        for at, (down, up) in zip(range(50_000, 250_000, 50_000), fades, strict=False)
    ]
    gain = light(edits, 0, 200_000)
    assert all(gain[edit.cut] == 0 for edit in edits if edit.cut < 200_000)
    # 5 ms are 240 samples, and the steepest part of a smooth step is 1.5 times its mean.
    assert np.abs(np.diff(gain)).max(initial=0) <= 65536 * 3 // 2 // 240 + 2
    halves = [light(edits, *part) for part in pairwise((0, cut, 200_000))]
    assert np.array_equal(np.concatenate(halves), gain)


FILM = FrameRate(num=24)
FRAME = 2000


def card(shot: Shot) -> Shot:
    return shot.model_copy(update={"framing": "TITLE"})


def test_the_edits_lie_where_the_picture_s_are() -> None:
    shots = [
        shot(48),
        shot(60, "dissolve", 24),
        shot(60, "fade_through_black", 24),
        shot(48, "smash_cut", fade_out=12),
        shot(48, "fade_in", 20),
        shot(48, "match_cut"),
    ]
    assert edits_of(shots, FILM) == (
        Edit("blend", 36 * FRAME, 48 * FRAME, 60 * FRAME),
        Edit("black", 96 * FRAME, 108 * FRAME, 120 * FRAME),
        Edit("hard", 168 * FRAME, 168 * FRAME, 168 * FRAME),
        Edit("black", 204 * FRAME, 216 * FRAME, 236 * FRAME),
    )


def test_music_goes_on_under_a_card_but_not_under_a_fade_of_the_story() -> None:
    title = card(shot(48, "fade_in", 12, fade_out=12))
    assert edits_of([title, shot(48)], FILM) == (Edit("black", 0, 0, 12 * FRAME),)
    assert edits_of([title, shot(48, "fade_in", 24)], FILM) == (
        Edit("black", 0, 0, 12 * FRAME),
        Edit("black", 36 * FRAME, 48 * FRAME, 72 * FRAME),
    )
    assert edits_of([shot(48, fade_out=24), title], FILM) == (
        Edit("black", 24 * FRAME, 48 * FRAME, 60 * FRAME),
        Edit("black", 84 * FRAME, 96 * FRAME, 96 * FRAME),
    )


def test_a_shot_that_faded_out_comes_back_with_the_dissolve_that_follows() -> None:
    shots = [shot(48, fade_out=20), shot(60, "dissolve", 24)]
    assert edits_of(shots, FILM) == (Edit("black", 28 * FRAME, 48 * FRAME, 60 * FRAME),)
