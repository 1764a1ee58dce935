from __future__ import annotations

import pytest

from schemas.shot_list import Shot
from stages.shots.check_shots import check_shots
from stages.shots.montage import MontagePart, MontageReader, placed
from tests.stages.planned_film import plan, scratch_of, script_of

LISTS = {
    "dashes": "- Jo runs.\n- Mo hides.",
    "long dashes": "-- Jo runs.\n-- Mo hides.",
    "bullets": "• Jo runs.\n• Mo hides.",
    "letters": "A) Jo runs.\nB) Mo hides.",
    "numbers": "1. Jo runs.\n2. Mo hides.",
    "brackets": "(a) Jo runs.\n(b) Mo hides.",
}
PLACES = [
    ("INT. DR. SMITH'S OFFICE", "DR. SMITH'S OFFICE", ""),
    ("EXT. ST. JAMES PARK. Jo runs again.", "ST. JAMES PARK", "Jo runs again."),
    ("INT. GYM. Mo lifts. He rests.", "GYM", "Mo lifts. He rests."),
    ("INT./EXT. CAR. Mo drives.", "CAR", "Mo drives."),
]
CAST = "INT. SQUAT - DAY\n\nJO\nReady?\n\nMO\nNo.\n\n"


def montage_of(text: str) -> list[Shot]:
    return [shot for shot in plan(text).shots if shot.template == "montage"]


@pytest.mark.parametrize("heading", ["MONTAGE", "MONTAGE - THE HEIST", "SERIES OF SHOTS:"])
@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_each_picture_of_a_list_is_a_shot_of_its_own(heading: str, listed: str, gap: str) -> None:
    film = plan(f"{CAST}{heading}{gap}{LISTS[listed]}\n\nJo sits down.")
    told = [(shot.template, shot.action_beat) for shot in film.shots if shot.action_beat]
    assert told == [
        ("montage", "Jo runs."),
        ("montage", "Mo hides."),
        ("action", "Jo sits down."),
    ]


def test_items_in_paragraphs_of_their_own_are_one_montage() -> None:
    reader = MontageReader()
    parts = [
        part for line in ("MONTAGE", "- One.", "- Two.", "After.") for part in reader.parts(line)
    ]
    assert parts == [MontagePart("One.", 1), MontagePart("Two.", 2), MontagePart("After.")]


def test_a_montage_that_begins_goes_on_to_its_end() -> None:
    film = montage_of(
        f"{CAST}BEGIN MONTAGE:\n\nJo runs.\n\n- Mo hides.\n\nRain.\n\nEND MONTAGE\n\nSilence."
    )
    assert [shot.action_beat for shot in film] == ["Jo runs.", "Mo hides.", "Rain."]


@pytest.mark.parametrize(
    "end", ["END OF MONTAGE", "END MONTAGE.", "BACK TO SCENE", "BACK TO PRESENT:"]
)
def test_the_words_that_end_a_montage_are_never_seen(end: str) -> None:
    film = plan(f"{CAST}MONTAGE\n\nJo runs.\n\n{end}\n\nSilence.")
    assert [s.action_beat for s in film.shots if s.action_beat] == ["Jo runs.", "Silence."]
    assert film.shots[-2].template == "action_place"


def test_a_montage_ends_with_its_scene() -> None:
    film = plan(f"{CAST}MONTAGE\n\nJo runs.\n\nEXT. PARK - DAY\n\nThe swings move.\n\nJo sits.")
    assert [shot.action_beat for shot in film.shots if shot.template == "montage"] == ["Jo runs."]


def test_pictures_differ_in_framing_and_are_cut_not_dissolved() -> None:
    text = f"{CAST}MONTAGE\n" + "\n".join(f"- Jo runs {n} miles." for n in range(9))
    shots = montage_of(text)
    assert [shot.framing for shot in shots] == ["MLS", "CU", "WS", "MCU"] * 2 + ["MLS"]
    assert {shot.transition_in.kind for shot in shots} == {"cut"}
    assert check_shots(plan(text), scratch_of(script_of(text))) == ()
    rules = [rule.rule for rule in shots[1].rules if rule.aspect == "framing"]
    assert rules == ["montage"]
    assert shots[1].reason == "picture 2 of a montage: JO"


def test_a_picture_may_name_its_own_place() -> None:
    shots = montage_of(
        f"{CAST}MONTAGE\n- EXT. PARK - NIGHT - Mo hides.\n- INT. GYM. Mo lifts.\n- Mo sleeps."
    )
    seen = [(s.location_id, s.environment.setting, s.environment.time_of_day) for s in shots]
    assert seen == [("park", "EXT", "NIGHT"), ("gym", "INT", "DAY"), ("squat", "INT", "DAY")]
    assert [shot.action_beat for shot in shots] == ["Mo hides.", "Mo lifts.", "Mo sleeps."]
    assert placed("The int. of a car.")[0] is None


def test_a_heading_can_say_that_a_scene_is_a_montage() -> None:
    film = plan(".MONTAGE - TRAINING\n\n1. Jo jumps.\n2. Jo falls.\n\nJO\nAgain.")
    assert [shot.template for shot in film.shots[:3]] == ["montage", "montage", "single"]
    assert [s.action_beat for s in montage_of("INT. GYM - MONTAGE\n\nJo falls.\n\nRain.")] == [
        "Jo falls.",
        "Rain.",
    ]


def test_a_montage_of_nothing_is_seen_by_its_heading() -> None:
    film = plan(f"{CAST}MONTAGE - JO TRAINS FOR THE FIGHT")
    assert "MONTAGE - JO TRAINS FOR THE FIGHT" in [shot.action_beat for shot in film.shots]


@pytest.mark.parametrize(
    "action", ["A montage of her life.", "MONTAGE is a word he likes.", "- Jo runs.", "THE MONTAGE"]
)
def test_what_is_no_montage_stays_action(action: str) -> None:
    assert not montage_of(f"{CAST}{action}\n\nRain.")


def test_a_picture_that_is_nothing_but_a_thing_is_an_insert_of_it() -> None:
    shots = plan(
        "INT. GYM - DAY\n\nSERIES OF SHOTS:\n\n1. The bell.\n\n2. A worn glove.\n\n"
        "3. The floor.\n\n4. The bell rings.\n\n5. His boots.\n"
    ).shots
    assert [shot.template for shot in shots][1:6] == [
        "insert", "insert", "montage", "montage", "insert",
    ]  # fmt: skip
    reasons = [rule.because for shot in shots for rule in shot.rules if rule.aspect == "subject"]
    assert "the writer wants WORN GLOVE seen by itself" in reasons


def test_a_picture_is_in_the_place_of_the_film_that_it_names() -> None:
    before = "EXT. OLD HARBOUR - DAWN\n\nMARA\nNo.\n\nINT. BOAT - DAY\n\nMO\nYes.\n\n"
    shots = montage_of(
        f"{before}INT. GYM - NIGHT\n\nMONTAGE\n\n- Mara at the old harbour, mending nets.\n"
        "- Mo lifts a boat.\n- Mo sleeps in the boat.\n"
        "- INT. HALL - DAY - Mara at the old harbour, on a screen."
    )
    assert [shot.location_id for shot in shots] == ["old_harbour", "gym", "boat", "hall"]
    place = shots[0].environment
    assert (place.setting, place.place, place.time_of_day) == ("EXT", "OLD HARBOUR", "NIGHT")


@pytest.mark.parametrize(("text", "place", "told"), PLACES)
def test_a_place_ends_with_its_sentence_and_not_with_a_title(text: str, place: str, told: str):
    slug, rest = placed(text)
    assert slug is not None
    assert (slug.location_name, rest) == (place, told)
