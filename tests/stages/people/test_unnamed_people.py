"""People brought in by what they are, and the pictures they are in."""

from __future__ import annotations

import pytest

from stages.people.name_spotting import KnownName, named_in
from stages.people.unnamed_people import described_in, person_noun
from tests.stages.planned_film import plan


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("A MAN waits.", ("MAN",)),
        ("An OLD WOMAN and a boy.", ("OLD WOMAN",)),
        ("A MAN IN A BOWLER HAT meets a WOMAN WITH A BIRDCAGE.",
         ("MAN IN A BOWLER HAT", "WOMAN WITH A BIRDCAGE")),
        ("Outside, a WOMAN SCREAMS.", ("WOMAN",)),
        ("The GUARD turns.", ("GUARD",)),
        ("Une FEMME attend. Ein ALTER MANN lacht.", ("FEMME", "ALTER MANN")),
        ("A DOG barks. A CROWD cheers. A VOICE calls.", ()),
        ("A LANTERN burns. A MANUAL lies there.", ()),
        ("A MAN IN THE RAIN", ()),
        ("A man waits. MAN waits.", ()),
    ],
)  # fmt: skip
def test_who_is_brought_in(text: str, people: tuple[str, ...]) -> None:
    assert described_in(text) == people


@pytest.mark.parametrize(
    ("name", "noun"),
    [("OLD MAN IN A HAT", "MAN"), ("GUARD", "GUARD"), ("MARA", ""), ("MAN #2", ""), ("", "")],
)
def test_what_somebody_is(name: str, noun: str) -> None:
    assert person_noun(name) == noun


def test_whoever_is_brought_in_with_an_age_is_nobody_else_later():
    text = "INT. BAR - DAY\n\nA TEENAGE GIRL (16) sits.\n\nThe TEENAGE GIRL smiles.\n\nJO\nWell?"
    cast = {who.id for shot in plan(text).shots for who in shot.characters}
    assert cast == {"teenage_girl", "jo"}


def test_the_man_is_the_only_man_there_is() -> None:
    man = KnownName("man", "MAN IN A HAT", here=False)
    assert named_in("The old man sits.", [man]) == ("man",)
    assert named_in("A man sits. The man's hat. The HAT.", [man]) == ()
    other = KnownName("other", "OLD MAN", here=False)
    assert named_in("The man sits.", [man, other]) == ()


def test_a_silent_film_shows_its_people() -> None:
    shots = plan(
        "EXT. PLATFORM - DAY\n\nA MAN IN A BOWLER HAT waits.\n\nA WOMAN WITH A BIRDCAGE sits.\n\n"
        "He offers her a biscuit.\n\nThe man smiles.\n\nTHE WOMAN does not.\n\nSHE TURNS.\n"
    ).shots
    man, woman = "man_in_a_bowler_hat", "woman_with_a_birdcage"
    assert [tuple(who.id for who in shot.characters) for shot in shots][1:5] == [
        (man,), (woman,), (man, woman), (man,),
    ]  # fmt: skip
    assert {who.id for shot in shots for who in shot.characters} == {man, woman}


def test_a_speaker_of_the_same_word_is_the_one_brought_in() -> None:
    shots = plan("INT. HALL - DAY\n\nA GUARD waits.\n\nGUARD\nHalt.\n").shots
    assert {who.id for shot in shots for who in shot.characters} == {"guard"}
