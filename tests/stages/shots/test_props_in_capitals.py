from __future__ import annotations

import pytest

from stages.people.name_spotting import KnownName
from stages.shots.props_in_capitals import Vocabulary, props_in

KNOWN = Vocabulary(
    "en-GB",
    [
        KnownName("nora", "NORA", True),
        KnownName("reyes", "OFFICER REYES", True),
        KnownName("plum", "MRS PLUM", True),
    ],
    frozenset({"TIDE STATION", "SLIPWAY", "OLD MILL"}),
)


@pytest.mark.parametrize(
    ("sentence", "things"),
    [
        ("Between them a KEY RING lies on the stone.", ("KEY RING",)),
        ("The WALL CLOCK: four to nine.", ("WALL CLOCK",)),
        ("Nora takes the LANTERN from its hook.", ("LANTERN",)),
        ("Beside it a second TAPE, never played.", ("TAPE",)),
        ("One of them is holding a BISCUIT.", ("BISCUIT",)),
        ("A small, rusty KEY drops.", ("KEY",)),
        ("A half-empty BOTTLE OF WHISKEY.", ("BOTTLE OF WHISKEY",)),
        ("She wears a pair of GLASSES.", ("GLASSES",)),
        ("Three KEYS on a string.", ("KEYS",)),
        ("NORA'S LANTERN burns.", ("LANTERN",)),
        ("Nora’s LANTERN burns.", ("LANTERN",)),
        ("THE LANTERN burns.", ("LANTERN",)),
        ("CLOSE ON the LETTER.", ("LETTER",)),
        ("CLOSE ON THE KNIFE.", ("KNIFE",)),
        ("A KNIFE.", ("KNIFE",)),
        ("A WAITER brings a SILVER TRAY.", ("SILVER TRAY",)),
        ("An OLD MAN with a CANE.", ("CANE",)),
        ("A DRESS hangs on the door.", ("DRESS",)),
        ("A TICKET in his hand.", ("TICKET",)),
        ("A PAINTING on the wall.", ("PAINTING",)),
        ("A SPINNING PINWHEEL", ("SPINNING PINWHEEL",)),
        ("On the table a PHONE, a KNIFE and two PASSPORTS.", ("PHONE", "KNIFE", "PASSPORTS")),
    ],
)
def test_a_thing_stands_in_capitals_behind_an_article(
    sentence: str, things: tuple[str, ...]
) -> None:
    assert props_in(sentence, KNOWN) == things


@pytest.mark.parametrize(
    "sentence",
    [
        # people, known and unknown, one and many
        *("NORA, 68, eats toast.", "The OFFICER steps in.", "A STRANGER, 40s, waits."),
        *("A MAN AND A WOMAN argue.", "The OLD MAN'S dog barks.", "The REST leave."),
        *("A WAITRESS nods.", "TWO SOLDIERS wait.", "The FISHERMEN look up.", "An INSPECTOR (50)."),
        *("A STEWARDESS recites.", "The PASSENGERS sleep.", "He is in a MASSIVE LION's mouth."),
        *("POLICE OFFICERS storm in.", "The DOG sleeps."),
        # sounds and what is done
        *("The gate GROANS.", "A bollard SMOKES.", "A DOOR SLAMS.", "We hear a SCREAM."),
        *(
            "His PHONE BUZZES.",
            "The DOOR OPENS.",
            "Far below a horn BLARES.",
            "A KNOCK at the door.",
        ),
        # what is so
        *("The man is DEAD.", "The light goes OUT.", "He is NOT amused.", "The VERY last one."),
        *("The LETTER is gone.", "No LETTER.", "It's DARK."),
        # signs, offices and words to be read
        *("She reads the sign: NO ENTRY.", "A CLOSED sign hangs there.", "A crate stamped OFFICE."),
        *('A note: "THE KEY".', "An FBI agent waits.", "The NBC van."),
        # the camera and the page
        *("The CAMERA pans.", "A CLOSE-UP of Nora.", "MOMENTS LATER.", "CLOSE ON NORA.", "V.O."),
        *("ANGLE ON THE TWO MEN.", "THE END", "Her POV."),
        # places, and what is too large to hold
        *(
            "The TIDE STATION is dark.",
            "The MILL burns.",
            "A BARGE drifts.",
            "The LIVING ROOM.",
            "THE EMPTY LOT",
        ),
        # shouted as a whole
        *("THE BOMB EXPLODES!", "A BOMB!", "THE OLD CLOCK IS LATE.", "THE PHONE RINGS."),
        *("", "...", "Rain.", "すべて静か。", "a key ring lies there."),
    ],
)
def test_everything_else_in_capitals_is_no_thing(sentence: str) -> None:
    assert props_in(sentence, KNOWN) == ()


@pytest.mark.parametrize(
    ("language", "sentence", "things"),
    [
        ("fr", "Il prend le COUTEAU.", ("COUTEAU",)),
        ("fr-FR", "Un HOMME entre avec l'ÉPÉE.", ("ÉPÉE",)),
        ("de", "Er nimmt die LATERNE vom Haken.", ("LATERNE",)),
        ("es", "Deja la LLAVE sobre la mesa. ", ("LLAVE",)),
        ("it", "Il CANE dorme accanto alla LAMPADA.", ()),
        ("pt", "Ela segura uma CARTA.", ("CARTA",)),
        ("xx", "She holds a LETTER.", ("LETTER",)),
    ],
)
def test_articles_and_people_are_those_of_the_language(
    language: str, sentence: str, things: tuple[str, ...]
) -> None:
    assert props_in(sentence, Vocabulary(language)) == things
