from __future__ import annotations

import pytest

from stages.assets.sound_cues import sound_cues
from stages.people.performance import (
    asks_for_long_pause,
    asks_for_pause,
    delivery,
    emotion,
    expression,
    pacing,
)


@pytest.mark.parametrize("text", ["(beat)", "pause", "(after a long beat)", "(beat, then softly)"])
def test_pauses(text: str) -> None:
    assert asks_for_pause(text)


@pytest.mark.parametrize(
    "text", ["(into the silence)", "(beats him)", "(to Jonas)", "", "(heartbeat)"]
)
def test_no_pauses(text: str) -> None:
    assert not asks_for_pause(text)


def test_only_a_long_pause_is_long() -> None:
    assert asks_for_long_pause("(a long beat)")
    assert not asks_for_long_pause("(beat)")
    assert not asks_for_long_pause("(along the wall)")


@pytest.mark.parametrize(
    ("texts", "face"),
    [
        (["(furious)"], "angry"),
        (["", "(smiling)"], "happy"),
        (["(weinend, traurig)"], "sad"),
        (["(terrified)"], "afraid"),
        (["(to whatever happens)"], "neutral"),
        ([], "neutral"),
    ],
)
def test_expressions(texts: list[str], face: str) -> None:
    assert expression(texts) == face


def test_direction_of_a_voice() -> None:
    assert emotion("( quietly,  to herself )", ("tense",)) == "quietly, to herself"
    assert emotion("(beat)", ("tense",)) == "tense"
    assert emotion("(beat, then softly)", ()) == "beat, then softly"
    assert emotion("", ()) == ""
    assert (pacing("(slowly)"), pacing("(rushed)"), pacing("(sad)")) == ("slow", "fast", "")


def test_how_loud_a_line_is_said() -> None:
    said = ("(whispering)", "(shouts over the wind)", "(softly)", "(laughing)", "", "(flüstert)")
    assert [delivery(each) for each in said] == ["whisper", "shout", "soft", "", "", "whisper"]
    assert delivery("(in a shouted whisper)") == "whisper"


def test_sounds_are_what_stands_in_capitals_and_is_no_name() -> None:
    assert sound_cues("The phone RINGS. Then a RINGING again.", []) == ("ring",)
    assert sound_cues("The phone rings in the RAIN.", []) == ("rain",)
    assert sound_cues("BARKER opens the RAINCOAT.", ["BARKER"]) == ()
    assert sound_cues("ALL OF IT IN CAPITALS RINGS", []) == ()
