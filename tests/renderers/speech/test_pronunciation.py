import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.seams import Tools
from renderers.speech.espeak import EspeakEngine
from renderers.speech.pronunciation import entries_for, spoken
from renderers.speech.voice import SpeechRequest
from schemas.project import Pronunciation, Voice


def said(text: str, *entries: Pronunciation, language: str = "en", phonemes: bool = False) -> str:
    return spoken(text, entries_for(text, entries, language), phonemes=phonemes).text


SIOBHAN = Pronunciation(word="Siobhan", say="shiv awn", phonemes="SIv'O:n")


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Siobhan's here.", "shiv awn's here."),
        ("SIOBHAN! Siobhan?", "shiv awn! shiv awn?"),
        ("Siobhanna came.", "Siobhanna came."),
        ("MySiobhan, Siobhan2", "MySiobhan, Siobhan2"),
        ("Siobhan\u0301 is another name", "Siobhan\u0301 is another name"),
        ("Mary-Siobhan", "Mary-shiv awn"),
    ],
)
def test_whole_words_are_said_otherwise_whatever_their_case(text: str, heard: str) -> None:
    assert said(text, SIOBHAN) == heard


def test_match_case_tells_the_nation_from_the_verb() -> None:
    entry = Pronunciation(word="Polish", say="poh lish", match_case=True)
    assert said("Polish it, the Polish table.", entry) == "poh lish it, the poh lish table."
    assert said("polish it, POLISH it.", entry) == "polish it, POLISH it."


def test_an_entry_counts_for_its_language_and_the_nearer_one_wins() -> None:
    french = Pronunciation(word="chat", say="shah", language="fr")
    canadian = Pronunciation(word="chat", say="tchatte", language="fr-CA")
    every = Pronunciation(word="chat", say="tchat")
    assert said("chat", every, french, canadian, language="fr_CA") == "tchatte"
    assert said("chat", every, canadian, french, language="fr") == "shah"
    assert said("chat", french, every, language="frr") == "tchat"
    assert said("chat", french, language="") == "chat"


def test_the_longer_of_two_words_wins_and_white_space_is_no_matter() -> None:
    short = Pronunciation(word="New York", say="noo york")
    long = Pronunciation(word="New York Times", say="the times")
    assert said("New  York\nTimes and New York", short, long) == "the times and noo york"


def test_composed_and_decomposed_letters_are_the_same_word() -> None:
    entry = Pronunciation(word="Zoë", say="zoh ee")
    assert said(unicodedata.normalize("NFD", "Zoë."), entry) == "zoh ee."


def test_words_of_a_writing_without_spaces_are_found_inside_it() -> None:
    entry = Pronunciation(word="灯台", say="とうだい", language="ja")
    assert said("古い灯台守です", entry, language="ja") == "古いとうだい守です"


def test_phonemes_stay_away_from_engines_that_cannot_read_them() -> None:
    only = Pronunciation(word="Nguyen", phonemes="nw'i@n")
    assert said("Dr Nguyen", only) == "Dr Nguyen"
    assert said("Dr Nguyen", only, phonemes=True) == "Dr [[nw'i@n]]"


@given(st.text("Siobhan [](.,)\n\u0301ß", max_size=60))
def test_every_sign_that_is_said_has_its_place_in_the_text(text: str) -> None:
    made = spoken(text, entries_for(text, [SIOBHAN], ""), phonemes=True)
    assert len(made.text) == len(made.origin)
    assert list(made.origin) == sorted(made.origin)
    assert all(0 <= at < len(text) for at in made.origin)


def test_the_engine_says_the_respelling_and_the_words_stay_as_written(
    tools: Tools, tmp_path: Path
) -> None:
    text = "Tell Siobhan that [[it]] is late."
    lengths = {}
    respelt = Pronunciation(word="Siobhan", say="a very long name indeed")
    for name, entries in (("plain", ()), ("phonemes", (SIOBHAN,)), ("respelt", (respelt,))):
        request = SpeechRequest(text, "en", Voice(name="en-gb+f3"), entries)
        speech = EspeakEngine().speak(request, tools, tmp_path / name)
        assert [word.text for word in speech.words] == text.split()
        lengths[name] = speech.words[1].duration_samples
    assert lengths["respelt"] > 2 * lengths["plain"]
    assert (tmp_path / "phonemes").read_bytes() != (tmp_path / "plain").read_bytes()


def test_brackets_of_the_writer_are_no_phonemes(tools: Tools, tmp_path: Path) -> None:
    texts = ("Siobhan, [[h@l'oU]] now", "Siobhan, ((h@l'oU]] now")
    for name, text in zip("ab", texts, strict=True):
        request = SpeechRequest(text, "en", Voice(name="en-gb+f3"), (SIOBHAN,))
        EspeakEngine().speak(request, tools, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
