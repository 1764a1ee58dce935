from hypothesis import given
from hypothesis import strategies as st

from renderers.speech.word_timing import Heard, place_words


def starts(text: str, heard: Heard) -> list[tuple[str, int, int]]:
    return [
        (word.text, word.offset_samples, word.offset_samples + word.duration_samples)
        for word in place_words(text, "en", heard)
    ]


def test_words_the_engine_named_begin_where_it_says() -> None:
    heard = Heard(30_000, [(0, 480), (4, 12_000), (9, 20_000)], [])
    assert starts("one two, six", heard) == [
        ("one", 0, 12_000),
        ("two,", 12_000, 20_000),
        ("six", 20_000, 30_000),
    ]


def test_a_word_ends_with_its_sound_and_the_pause_after_it_belongs_to_nobody() -> None:
    heard = Heard(30_000, [(0, 0), (4, 12_000)], [500, 7_999, 12_100, 25_000])
    assert starts("one two", heard) == [("one", 0, 8_000), ("two", 12_000, 25_001)]


def test_a_sign_between_words_lies_in_the_pause() -> None:
    heard = Heard(30_000, [(0, 0), (6, 12_000)], [500, 7_999, 12_100, 29_999])
    assert starts("one — two", heard)[1] == ("—", 8_000, 12_000)


def test_words_the_engine_merged_share_its_time_by_length() -> None:
    # Two, one and seven letters; one sample a word is set aside before the rest is shared.
    placed = starts("of a morning", Heard(40_000, [(0, 0)], range(40_000)))
    assert [begin for _, begin, _ in placed] == [0, 8_000, 12_001]


def test_reports_out_of_order_or_outside_the_sound_are_left_out() -> None:
    heard = Heard(1_000, [(4, 600), (0, 700), (8, 500), (8, 5_000), (99, 800)], [])
    assert [begin for _, begin, _ in starts("one two six", heard)][:2] == [0, 600]


@given(
    text=st.text(alphabet="ab—1。你　 \n", max_size=40),
    extra=st.integers(0, 5_000),
    begins=st.lists(st.tuples(st.integers(0, 45), st.integers(0, 6_000)), max_size=12),
    sounding=st.lists(st.integers(0, 5_040), max_size=30).map(sorted),
)
def test_whatever_is_reported_words_follow_each_other(
    text: str, extra: int, begins: list[tuple[int, int]], sounding: list[int]
) -> None:
    total = len(text) + extra
    words = place_words(text, "zh", Heard(total, begins, [at for at in sounding if at < total]))
    at = 0
    for word in words:
        assert word.offset_samples >= at
        assert word.duration_samples > 0
        at = word.offset_samples + word.duration_samples
    assert at <= total
    assert "".join(word.text for word in words) == "".join(text.split())
