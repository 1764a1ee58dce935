"""What lines are heard through."""

from __future__ import annotations

import pytest

from stages.reading.read_fountain import read_fountain
from stages.spoken_lines import spoken_lines


def heard(text: str) -> list[tuple[str, str, bool]]:
    script = read_fountain(text, "a.fountain")
    return [(x.speaker, x.heard_through, x.off_screen) for x in spoken_lines(script)]


@pytest.mark.parametrize(
    ("extension", "way"),
    [
        *(("on phone", "phone"), ("FILTERED", "phone"), ("V.O., filtered", "phone")),
        *(("over the telephone", "phone"), ("ON CELL", "phone"), ("am Telefon", "phone")),
        *(("ON RADIO", "radio"), ("through walkie-talkie", "radio"), ("über Funk", "radio")),
        *(("on TV", "speaker"), ("over P.A.", "speaker"), ("on tape", "speaker")),
        *(("電話の声、V.O.", "phone"), ("V.O., ラジオ", "radio"), ("V.O., 전화", "phone")),
        *(("O.S.", "offstage"), ("O.S., through intercom", "speaker")),
        *(("INTO PHONE", ""), ("V.O.", ""), ("CONT'D", ""), ("excellent", ""), ("padre", "")),
    ],
)
def test_what_stands_behind_the_name(extension: str, way: str) -> None:
    text = f"INT. LODGE - DAY\n\nMARA\n(into phone)\nYes?\n\nGRAN ({extension})\nIt is me."
    off = bool(way) or extension == "V.O."
    assert heard(text) == [("MARA", "", False), ("GRAN", way, off)]


@pytest.mark.parametrize(
    "scene",
    [
        "MARA\nYes?\n\nGRAN (on phone)\nYes.",
        "GRAN picks up the handset.\n\nGRAN (on phone)\nYes.",
        "GRAN\nWait.\n\nGRAN (on phone)\nYes.",
    ],
)
def test_whoever_is_there_holds_the_telephone(scene: str) -> None:
    assert {(way, off) for _, way, off in heard(f"INT. LODGE - DAY\n\n{scene}")} == {("", False)}


def test_a_telephone_of_hers_is_not_herself() -> None:
    there = "Gran's telephone.\n\nMARA (INTO PHONE)\nHello?"
    assert heard(f"INT. LODGE - DAY\n\n{there}\n\nGRAN (on phone)\nYes.")[1] == (
        "GRAN",
        "phone",
        True,
    )


def test_whoever_is_alone_with_a_telephone_is_seen_with_it() -> None:
    assert heard("INT. LODGE - DAY\n\nGRAN (on phone)\nYes.") == [("GRAN", "", False)]


def test_a_voice_without_a_body_comes_out_of_what_it_is_called() -> None:
    scene = "INT. LODGE - DAY\n\nRADIO VOICE\nRain.\n\nTHE TANNOY\nAll change."
    assert [way for _, way, _ in heard(scene)] == ["radio", "speaker"]


@pytest.mark.parametrize(
    ("action", "way"),
    [
        *(
            ("The van radio clears its throat.", "radio"),
            ("A voice from the television.", "speaker"),
        ),
        *(("ラジオから声がする。", "radio"), ("電話が鳴る。", "")),
        *(("The telephone rings.", ""), ("Water.", ""), ("The speaker gets up.", "")),
    ],
)
def test_a_voice_right_behind_an_action_comes_out_of_what_it_names(action: str, way: str) -> None:
    scene = f"EXT. SLIP - DAY\n\n{action}\n\nNORA (V.O.)\nThe road is open."
    assert heard(scene) == [("NORA", way, True)]
    later = f"EXT. SLIP - DAY\n\n{action}\n\nTESS\nHush.\n\nNORA (V.O.)\nThe road is open."
    assert heard(later)[1] == ("NORA", "", True)


def test_what_somebody_there_thinks_comes_out_of_no_radio() -> None:
    scene = "INT. VAN - DAY\n\nNora turns the radio off.\n\nNORA (V.O.)\nThat was my voice once."
    assert heard(scene) == [("NORA", "", True)]
    told = "INT. VAN - DAY\n\nThe radio is off.\n\nNARRATOR\nIt was late."
    assert heard(told) == [("NARRATOR", "", True)]


CALL = """INT. LODGE - NIGHT

OSKAR
Stay on the line.

LENA (V.O.)
I have one coin left.

EXT. {place} - NIGHT

LENA
I can hear you.

OSKAR (V.O.)
Then you are nearly here.
"""


def test_two_who_telephone_hear_each_other_through_it() -> None:
    there = [way for _, way, _ in heard(CALL.format(place="PHONE BOX"))]
    assert there == ["", "phone", "", "phone"]
    assert [way for _, way, _ in heard(CALL.format(place="BEACH"))] == ["", "", "", ""]


def test_a_story_told_over_the_road_is_no_call_although_the_next_scene_has_a_telephone() -> None:
    text = "EXT. ROAD - DAY\n\nMARA (V.O.)\nI was born here.\n\nINT. HALL - DAY\n\nA telephone."
    assert heard(f"{text}\n\nMARA\nYes?") == [("MARA", "", True), ("MARA", "", False)]


@pytest.mark.parametrize(
    "scene",
    [
        "Mara lies in her cell.\n\nGUARD (O.S.)\nLights out!",
        "Mara puts the phone down.\n\nTOM (O.S.)\nWho was it?",
        "Funky music.\n\nTOM (O.S.)\nTurn it off!",
    ],
)
def test_words_that_only_look_like_devices(scene: str) -> None:
    assert [way for _, way, _ in heard(f"INT. LODGE - DAY\n\n{scene}")] == ["offstage"]


@pytest.mark.parametrize("action", ["Rain comes down. A radio crackles.", "The radio, half dead."])
def test_a_radio_is_one_whatever_else_is_down(action: str) -> None:
    assert heard(f"INT. LODGE - DAY\n\n{action}\n\nTOM (V.O.)\nOver.")[0][1] == "radio"


@pytest.mark.parametrize("name", ["PA", "VOICE COACH", "TAPE"])
def test_a_name_that_is_a_device_too_is_somebody(name: str) -> None:
    assert heard(f"INT. LODGE - DAY\n\n{name}\nCome here.") == [(name, "", False)]
    assert heard("INT. LODGE - DAY\n\nVOICE ON RADIO\nCome.")[0][1:] == ("radio", True)
