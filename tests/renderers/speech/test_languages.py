import pytest

from renderers.speech.engine_files import engine_files
from renderers.speech.languages import language_voices, voice_for_language, voice_for_text

VOICES = language_voices(engine_files().data)


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("", "en-gb"), ("en", "en-gb"), ("en-US", "en-us"), ("en_AU", "en-gb"), ("fr", "fr"),
        ("fr-CA", "fr"), ("fr-be", "fr-be"), ("de_AT.UTF-8", "de"), ("es", "es"),
        ("es-AR", "es-419"), ("it", "it"), ("pt", "pt"), ("pt-BR", "pt-br"), ("nl", "nl"),
        ("pl", "pl"), ("sv", "sv"), ("ru", "ru"), ("ja", "ja"), ("zh", "cmn"),
        ("zh-Hans-CN", "cmn"), ("zh-HK", "yue"), ("ar", "ar"), ("he", "he"), ("iw", "he"),
        ("hi", "hi"), ("ko", "ko"), ("el", "el"), ("tr", "tr"), ("uk", "uk"), ("no", "nb"),
        ("nn", "nb"), ("tlh", "en-gb"), ("not a language", "en-gb"),
    ],
)  # fmt: skip
def test_a_language_code_finds_a_voice_the_engine_has(language: str, voice: str) -> None:
    assert voice_for_language(language, VOICES) == voice
    assert (engine_files().data / "lang" / VOICES[voice]).is_file()


@pytest.mark.parametrize(
    ("text", "voice", "reader"),
    [
        ("Hello", "en-gb", "en-gb"),
        ("Привет, Anna", "en-gb", "ru"),
        ("Привіт", "uk", "uk"),
        ("東京は大きい", "en-gb", "ja"),
        ("東京", "en-gb", "cmn"),
        ("東京", "ja", "ja"),
        ("Bonjour", "ru", "en-gb"),
        ("123 ...", "ja", "ja"),
        ("नमस्ते", "mr", "mr"),
    ],
)
def test_a_text_in_another_script_gets_a_voice_that_reads_it(
    text: str, voice: str, reader: str
) -> None:
    assert voice_for_text(text, voice) == reader
