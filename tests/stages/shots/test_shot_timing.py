from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.scratch_track import SpokenWord
from schemas.timing import FrameRate, frames_to_samples, samples_to_frames_up
from stages.shots import shot_timing
from stages.shots.estimate_speech import estimate_line
from stages.shots.speech_strip import MeasuredLine, Portion, lay_strip, portions

FILM = FrameRate(num=24)
RATES = st.sampled_from(
    [
        FrameRate(num=24000, den=1001),
        FrameRate(num=24),
        FrameRate(num=25),
        FrameRate(num=30000, den=1001),
        FrameRate(num=30),
        FrameRate(num=60),
    ]
)
SPEECH = (
    "I counted every boat that went out. Some of them came back, but not one of them came back "
    "the same. You could see it in the way they tied the ropes. Nobody sang on the pier any more. "
    "And then, one night in March, nobody went out at all."
)


def line(text: str, line_id: str = "ada-1") -> MeasuredLine:
    duration, words = estimate_line(text, "en")
    return MeasuredLine(line_id, text, duration, words)


def cut(text: str, rate: FrameRate = FILM) -> tuple[Portion, ...]:
    return portions(lay_strip([[line(text)]], (False, False), rate))


def test_a_monologue_is_cut_at_sentence_ends() -> None:
    assert [portion.text for portion in cut(SPEECH)] == [
        "I counted every boat that went out. Some of them came back, but not one of them came "
        "back the same.",
        "You could see it in the way they tied the ropes. Nobody sang on the pier any more.",
        "And then, one night in March, nobody went out at all.",
    ]


def test_an_abbreviation_or_a_trailing_off_ends_no_sentence() -> None:
    text = (
        "We waited for Dr. Hale in the long corridor behind the old operating theatre... and "
        "nobody came to tell us anything at all until the lights had gone out. Then Mr. Hale came."
    )
    edges = [portion.text.split()[-1] for portion in cut(text)]
    assert "Dr." not in edges
    assert "Mr." not in edges
    assert edges[-1] == "came."


def test_a_sentence_too_long_for_a_shot_is_cut_at_a_comma() -> None:
    text = (
        "When the water came over the wall for the first time that year we carried everything we "
        "had up to the attic, and when it came for the second time we carried it further still"
    )
    shots = cut(text)
    assert len(shots) == 2
    assert shots[0].text.endswith("the attic,")


@settings(max_examples=80, deadline=None)
@given(
    text=st.lists(
        st.builds(
            lambda words, end: " ".join(words) + end,
            st.lists(st.sampled_from(["so", "the", "quay", "remembers"]), min_size=1, max_size=12),
            st.sampled_from([".", ",", "?", ""]),
        ),
        min_size=1,
        max_size=12,
    ).map(" ".join),
    rate=RATES,
)
def test_no_cut_falls_inside_a_word_and_shots_stay_within_bounds(
    text: str, rate: FrameRate
) -> None:
    spoken = line(text)
    shots = portions(lay_strip([[spoken]], (False, False), rate))
    # Where words follow without silence the nearest frame may be half a frame off.
    half_frame = frames_to_samples(1, rate) // 2 + 1
    for shot in shots[:-1]:
        (heard,) = shot.placements
        at = frames_to_samples(heard.in_frames + heard.duration_frames, rate)
        for word in spoken.words:
            end = word.offset_samples + word.duration_samples
            assert not word.offset_samples + half_frame < at < end - half_frame
    assert all(
        shot_timing.shortest_frames(rate)
        <= shot.duration_frames
        <= shot_timing.longest_frames(rate)
        for shot in shots
    )
    assert " ".join(shot.text for shot in shots) == " ".join(text.split())
    total = sum(heard.duration_frames for shot in shots for heard in shot.placements)
    assert total == samples_to_frames_up(spoken.duration_samples, rate)


def test_a_line_without_known_words_is_never_cut() -> None:
    long = MeasuredLine("ada-1", "Nobody knows where the words are.", 20 * 48_000, ())
    (shot,) = portions(lay_strip([[long]], (False, False), FILM))
    assert shot.duration_frames == 8 + 480 + 12
    assert [(vo.offset_frames, vo.in_frames, vo.duration_frames) for vo in shot.placements] == [
        (8, 0, 480)
    ]


def test_a_line_of_no_length_is_still_placed_once() -> None:
    empty = MeasuredLine("ada-1", "…", 0, ())
    (shot,) = portions(lay_strip([[empty]], (False, False), FILM))
    assert [(vo.offset_frames, vo.duration_frames) for vo in shot.placements] == [(8, 0)]
    assert shot.duration_frames == 29


def test_dual_lines_start_together() -> None:
    strip = lay_strip(
        [[line("Stay here.", "a")], [line("Go away now.", "b")]], (False, False), FILM
    )
    (shot,) = portions(strip)
    assert [(vo.line_id, vo.offset_frames) for vo in shot.placements] == [("a", 8), ("b", 8)]


def words_at(*places: tuple[str, int, int]) -> MeasuredLine:
    """A line of words with their starts and ends in milliseconds."""
    text = " ".join(word for word, _, _ in places)
    spoken: list[SpokenWord] = []
    at = 0
    for word, start_ms, end_ms in places:
        spoken.append(
            SpokenWord(
                text=word,
                char_start=at,
                char_end=at + len(word),
                offset_samples=start_ms * 48,
                duration_samples=(end_ms - start_ms) * 48,
            )
        )
        at += len(word) + 1
    return MeasuredLine(places[0][0], text, places[-1][2] * 48, tuple(spoken))


def test_a_long_dual_line_is_cut_where_neither_is_inside_a_word() -> None:
    # Alone, the first would be cut at its sentence end after 5 s; there the second is mid-word.
    first = words_at(
        *((f"a{second}.", second * 1000, second * 1000 + 500) for second in (0, 2, 4)),
        *((f"a{second}", second * 1000, second * 1000 + 500) for second in (5, 6, 7, 9)),
    )
    second = words_at(("b0", 0, 3000), ("bbbb", 3500, 5600), ("b1", 6500, 9000))
    alone = portions(lay_strip([[first]], (False, False), FILM))
    assert [shot.placements[0].in_frames for shot in alone] == [0, 120]
    both = portions(lay_strip([[first], [second]], (False, False), FILM))
    assert [[vo.in_frames for vo in shot.placements] for shot in both] == [[0, 0], [144, 144]]


@pytest.mark.parametrize(
    ("text", "frames"), [("Where?", 4), ("Wait—", 4), ("Well...", 9), ("Yes.", 6), ("どこ？", 4)]
)
def test_the_answer_comes_as_fast_as_the_line_before_asks_for(text: str, frames: int) -> None:
    assert shot_timing.tail_frames(text, True, FILM) == frames
    assert shot_timing.tail_frames(text, False, FILM) == 12


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("Rain.", 2), ("x" * 45, 3), ("x" * 400, 6), ("雨" * 15, 3)],
)
def test_action_lasts_as_long_as_reading_it(text: str, seconds: int) -> None:
    assert shot_timing.reading_frames(text, FILM) == 24 * seconds


@given(rate=RATES)
def test_bounds_of_a_shot_are_never_rounded_past(rate: FrameRate) -> None:
    assert frames_to_samples(shot_timing.shortest_frames(rate), rate) >= 57_600
    assert frames_to_samples(shot_timing.longest_frames(rate), rate) <= 384_000


def test_the_camera_moves_at_one_speed() -> None:
    assert shot_timing.travel_permille("push_in", 120, FILM) == 60
    assert shot_timing.travel_permille("push_in", 24, FILM) == 20
    assert shot_timing.travel_permille("pan_left", 24 * 60, FILM) == 120
    assert shot_timing.travel_permille("static", 240, FILM) == 0
