from __future__ import annotations

import pytest

from stages.check_shots import check_shots
from stages.inserts import insert_of
from tests.stages.planned_film import looks, plan, scratch_of, script_of

SCENE = "INT. SQUAT - DAY\n\nJO\nReady?\n\n"


@pytest.mark.parametrize(
    ("written", "told", "left"),
    [
        ("INSERT - THE TAPE RECORDER", "THE TAPE RECORDER", ""),
        ("INSERT: Letter", "Letter", ""),
        ("INSERT ON: the clock", "the clock", ""),
        ("INSERT – LETTER. It is torn.", "LETTER. It is torn.", ""),
        ("INSERT - LETTER - torn in two", "LETTER. torn in two", ""),
        ("INSERT - LETTER\nIt is torn.", "LETTER. It is torn.", ""),
        ("INSERT - LETTER. " + "It is torn. " * 9, "LETTER", ("It is torn. " * 9).strip()),
    ],
)
def test_a_thing_that_is_seen_by_itself(written: str, told: str, left: str) -> None:
    assert insert_of(written) == (told, left)


@pytest.mark.parametrize(
    "action",
    [
        "INSERT",
        "Insert - the coin.",
        "He has to INSERT: a coin.",
        'INSERT: "Berlin, 1989"',
        "INSERT " + "A" * 90,
        "INSERT - " + "A" * 90,
        "A KEY RING lies on the stone.",
        "The phone RINGS. BANG!",
        "SARAH (30s) enters.",
    ],
)
def test_what_is_no_insert_stays_action(action: str) -> None:
    assert insert_of(action) == ("", action)
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
    assert (shot.action_beat, shot.location_id) == ("KEY RING", "squat")
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
