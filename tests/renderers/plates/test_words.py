"""Place names in several languages, and what sort of picture they ask for."""

import pytest

from renderers.plates.places.exteriors import _PLACES
from renderers.plates.places.interiors import _ROOMS, _WHOLE
from renderers.plates.words import (
    INDOORS,
    OUTDOORS,
    is_inside,
    is_limbo,
    is_void,
    kind_of_place,
    words_of,
)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("KITCHEN", "kitchen"),
        ("LA CUISINE DE MAMIE", "kitchen"),
        ("Bauernküche", "kitchen"),
        ("COCINA", "kitchen"),
        ("KINDERZIMMER", "bedroom"),
        ("MOTEL ROOM 12", "bedroom"),
        ("BAR DU PORT", "bar"),
        ("BARBERSHOP", "shop"),
        ("CARPET STORE", "shop"),
        ("TOM'S CAR", "car"),
        ("ÉGLISE SAINT-MARC", "church"),
        ("TREPPENHAUS", "stairwell"),
        ("LIGHTHOUSE - LAMP ROOM", "lighthouse"),
        ("LEUCHTTURM", "lighthouse"),
        ("BIBLIOTECA", "library"),
        ("STAIRWELL", "stairwell"),
        ("CAGE D'ESCALIER", "stairwell"),
        ("COURTROOM 4", "court"),
        ("TRAIN STATION", "station"),
        ("TRAIN", "train"),
        ("NIGHT BUS", "bus"),
        ("PLANE - COCKPIT", "plane"),
        ("SPACESHIP", "spaceship"),
        ("SPACE STATION", "spaceship"),
        ("ATTIC", "attic"),
        ("GARAGE", "garage"),
        ("NIGHT PORTER'S LODGE", "lodge"),
        ("TELEPHONE BOOTH", "phone box"),
        ("BUS STATION", "station"),
        ("POLICE STATION", "office"),
        ("TIDE STATION", ""),
        ("STARSHIP ENGINE ROOM", "workshop"),
        ("AUFZUG", "lift"),
        ("PARISH HALL", "hall"),
        ("HALL", "corridor"),
        ("CONCERT HALL", "theatre"),
        ("SCHOOL GYM", "hall"),
        ("BALLROOM", "hall"),
        ("BAGNO", "bathroom"),
        ("КУХНЯ", "kitchen"),
        ("学校の教室", "classroom"),
        ("JONAS'S APARTMENT", "living"),
        ("ROOM", ""),
        ("SALON", "living"),
        ("", ""),
        ("犬", ""),
    ],
)
def test_rooms(place: str, kind: str):
    assert kind_of_place(place, inside=True) == kind


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("CITY STREET", "street"),
        ("HAUPTSTRASSE", "street"),
        ("FORÊT", "forest"),
        ("SCHWARZWALD", "forest"),
        ("PLAYA", "beach"),
        ("HAFEN", "harbour"),
        ("OPEN SEA", "sea"),
        ("SEARCHLIGHT FACTORY", ""),
        ("FRIEDHOF", "cemetery"),
        ("HIGHWAY 61", "road"),
        ("ROOFTOP", "roof"),
        ("PHONE BOX", "phone box"),
        ("CANAL LOCK", "lock"),
        ("PONT NEUF", "bridge"),
        ("MARKET SQUARE", "market"),
        ("PARKING LOT", "parking"),
        ("CAR PARK", "parking"),
        ("TOM'S CAR", "car"),
        ("BUS STOP", "street"),
        ("RAILWAY PLATFORM", "street"),
    ],
)
def test_landscapes(place: str, kind: str):
    assert kind_of_place(place, inside=False) == kind


def test_every_kind_has_a_set():
    assert {kind for kind, _ in INDOORS} <= set(_ROOMS) | set(_WHOLE)
    assert {kind for kind, _ in OUTDOORS} <= set(_PLACES)


def test_words_lose_case_and_accents():
    assert words_of("Café-Noir, Ñandú & Straße_9") == ("cafe", "noir", "nandu", "strasse", "9")


@pytest.mark.parametrize(
    ("setting", "place", "inside"),
    [
        ("INT", "BEACH", True),
        ("EXT", "KITCHEN", False),
        ("INT_EXT", "CAR", True),
        ("", "KITCHEN", True),
        ("", "BEACH", False),
        ("", "NOWHERE", True),
    ],
)
def test_the_setting_decides_and_else_the_place(setting: str, place: str, inside: bool):
    assert is_inside(setting, place) is inside


@pytest.mark.parametrize(
    ("setting", "place", "limbo", "void"),
    [
        ("", "", True, False),
        ("", "SNIPER SCOPE POV", True, False),
        ("", "ETERNAL BLACK VOID", True, True),
        ("INT", "BLACK", True, True),
        ("INT", "ROOM", False, False),
        ("EXT", "", False, False),
        ("", "KITCHEN", False, False),
        ("INT", "BLACK CAR", False, False),
    ],
)
def test_places_that_are_none(setting: str, place: str, limbo: bool, void: bool):
    assert is_limbo(setting, place) == limbo
    assert is_void(place) == void
