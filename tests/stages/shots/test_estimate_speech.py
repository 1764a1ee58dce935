import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.spoken_text import word_spans
from stages.shots.estimate_speech import estimate_line


def test_words_and_pauses_of_a_plain_line() -> None:
    duration, words = estimate_line("Go home, now. Please", "en")
    # 3200 samples a letter, 7200 after the comma, 16800 after the full stop.
    assert [(word.text, word.offset_samples, word.duration_samples) for word in words] == [
        ("Go", 0, 6_400),
        ("home,", 6_400, 12_800),
        ("now.", 26_400, 9_600),
        ("Please", 52_800, 19_200),
    ]
    assert duration == 72_000


@pytest.mark.parametrize(
    ("text", "language", "samples"),
    [
        ("", "en", 24_000),
        ("...", "en", 24_000),
        ("😀", "en", 24_000),
        ("1984", "en", 48_000),
        ("你好吗你好吗", "zh", 6 * 9_266),
        ("東京東京", "ja", 8 * 6_122),
        ("こんにちは", "ja", 5 * 6_122),
        ("안녕하세요", "ko", 5 * 7_200),
        ("شكرا لك", "ar", 6 * 4_800),
        ("спасибо вам", "ru", 10 * 3_200),
    ],
)
def test_other_scripts_have_their_own_pace(text: str, language: str, samples: int) -> None:
    assert estimate_line(text, language)[0] == samples


@pytest.mark.parametrize(
    "text", ["One. Two", "One! Two", 'One?" Two', "One… Two", "One... Two", "One.) Two"]
)
def test_a_sentence_end_is_a_pause(text: str) -> None:
    _, words = estimate_line(text, "en")
    assert words[1].offset_samples == 9_600 + 16_800


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("don't  stop\n now", ["don't", "stop", "now"]),
        ("一、二。三", ["一、", "二。", "三"]),
        ("「はい」と言った", ["「は", "い」", "と", "言っ", "た"]),
        ("コーヒー", ["コー", "ヒー"]),
        ("我用iPhone打字", ["我", "用", "iPhone", "打", "字"]),
        ("really—I'd", ["really—I'd"]),
        ("한국어 좋아", ["한국어", "좋아"]),
        ("", []),
    ],
)
def test_what_a_word_is(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == words


@given(
    st.text(alphabet="abé1 \n.,—…「」一はーっ\u3000ไ", max_size=40), st.sampled_from(["en", "ja"])
)
def test_every_sign_has_its_place_and_words_never_overlap(text: str, language: str) -> None:
    duration, words = estimate_line(text, language)
    assert "".join(word.text for word in words) == "".join(text.split())
    at = 0
    for word in words:
        assert text[word.char_start : word.char_end] == word.text
        assert word.offset_samples >= at
        assert word.duration_samples > 0
        at = word.offset_samples + word.duration_samples
    assert at <= duration
