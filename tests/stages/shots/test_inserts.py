from __future__ import annotations

import pytest

from stages.shots.check_shots import check_shots
from stages.shots.inserts import Insert, insert_of
from tests.stages.planned_film import looks, plan, scratch_of, script_of

SCENE = "INT. SQUAT - DAY\n\nJO\nReady?\n\n"


@pytest.mark.parametrize(
    ("written", "thing", "told", "left"),
    [
        ("INSERT - THE TAPE RECORDER", "THE TAPE RECORDER", "", ""),
        ("INSERT: Letter", "Letter", "", ""),
        ("INSERT ON: the clock", "the clock", "", ""),
        ("INSERT – LETTER. It is torn.", "LETTER", "It is torn.", ""),
        ("INSERT - LETTER - torn in two", "LETTER", "torn in two", ""),
        ("INSERT - LETTER\nIt is torn.", "LETTER", "It is torn.", ""),
        ("INSERT - LETTER. " + "It is torn. " * 9, "LETTER", "", ("It is torn. " * 9).strip()),
        ("INSERT: THE LETTER, 1943", "THE LETTER, 1943", "", ""),
        ("INSERT: a calendar, June 1944", "a calendar, June 1944", "", ""),
        ("INSERT: L'HORLOGE, 1943", "L'HORLOGE, 1943", "", ""),
        ("INSERT: LETTER DATED 1943", "LETTER DATED 1943", "", ""),
        ("INSERT: Moscow", "Moscow", "", ""),
    ],
)
def test_a_thing_that_is_seen_by_itself(written: str, thing: str, told: str, left: str) -> None:
    assert insert_of(written) == Insert(thing, told, left)


@pytest.mark.parametrize(
    "words",
    [
        "Berlin, 1989",
        "BERLIN, 1989",
        "1989",
        "June 1944",
        "12. Mai 1989",
        "Paris, le 3 mai 1968",
        "East Berlin - November 9th, 1989",
        "1914-18",
        "9:20 PM",
        "0600 HOURS",
        "Two weeks later",
        "TROIS JOURS PLUS TARD",
        '"The letter"',
        "«Письмо»",
    ],
)
def test_words_that_can_only_be_read_are_no_thing_but_a_super(words: str) -> None:
    assert insert_of(f"INSERT: {words}") == Insert(left=f"SUPER: {words}")
    shots = plan(f"{SCENE}INSERT: {words}\n\nRain.").shots
    assert [shot.super_lines for shot in shots if shot.super_lines] == [(words.strip('"«»'),)]
    assert not [shot for shot in shots if shot.insert]


def test_a_title_may_be_called_an_insert_too() -> None:
    shots = plan(f"{SCENE}INSERT TITLE: Part Two\n\nRain.").shots
    assert [shot.super_lines for shot in shots if shot.super_lines] == [("Part Two",)]


@pytest.mark.parametrize(
    "action",
    [
        "INSERT",
        "Insert - the coin.",
        "He has to INSERT: a coin.",
        "INSERT " + "A" * 90,
        "INSERT - " + "A" * 90,
        "A KEY RING lies on the stone.",
        "The phone RINGS. BANG!",
        "SARAH (30s) enters.",
    ],
)
def test_what_asks_for_no_insert_stays_action(action: str) -> None:
    assert insert_of(action) == Insert(left=action)
    assert "insert" not in [each[0] for each in looks(plan(f"{SCENE}{action}\n\nRain."))]


def test_an_insert_is_a_shot_of_the_thing_alone_between_its_neighbours() -> None:
    text = f"{SCENE}INSERT - KEY RING\n\nBACK TO SCENE\n\nJo sits."
    film = plan(text)
    assert looks(film)[1:4] == [
        ("single", "MS", ("jo",)),
        ("insert", "ECU", ()),
        ("action", "MLS", ("jo",)),
    ]
    shot = film.shots[2]
    assert (shot.insert, shot.action_beat, shot.location_id) == ("KEY RING", "", "squat")
    assert 48 <= shot.duration_frames <= 144
    assert shot.reason == "the writer wants KEY RING seen by itself"
    assert [rule.rule for rule in shot.rules if rule.aspect == "framing"] == ["insert"]
    assert check_shots(film, scratch_of(script_of(text))) == ()


def test_two_inserts_in_a_row_are_not_framed_alike() -> None:
    film = plan(f"{SCENE}INSERT - KEY RING\n\nINSERT - LETTER")
    assert [shot.framing for shot in film.shots if shot.template == "insert"] == ["ECU", "CU"]


def test_a_picture_of_a_montage_may_be_an_insert() -> None:
    film = plan(f"{SCENE}MONTAGE\n- INSERT - KEY RING\n- Jo runs.")
    assert [shot.template for shot in film.shots[2:4]] == ["insert", "montage"]
