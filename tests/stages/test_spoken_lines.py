"""The heard lines of a Script."""

from __future__ import annotations

import pytest

from stages.reading.read_fountain import read_fountain
from stages.reading.unseen_voices import is_bodiless, is_off_screen, is_voice_over
from stages.spoken_lines import spoken_lines

SCRIPT = """INT. BAR - NIGHT

MARA (V.O.)
(tired)
It was *late*.
(beat)

~An old song

JON (CONT'D)
Hm?
~La la

ANA ^
Wait!

[[a note]]

> CUT TO:
"""


def test_lines_in_order_with_all_they_need() -> None:
    lines = list(spoken_lines(read_fountain(SCRIPT, "a.fountain")))
    assert [(x.speaker_id, x.text, x.parenthetical, x.off_screen, x.sung) for x in lines] == [
        ("mara", "It was late.", "tired", True, False),
        ("", "An old song", "", True, True),
        ("jon", "Hm?", "", False, False),
        ("jon", "La la", "", False, True),
        ("ana", "Wait!", "", False, False),
    ]
    assert [x.source.line for x in lines] == [3, 8, 10, 12, 14]
    assert {x.scene_id for x in lines} == {"int_bar_night"}
    assert (lines[2].dual_with, lines[4].dual_with) == (lines[4].line_id, lines[2].line_id)
    assert lines[0].extensions == ("V.O.",)
    assert lines[0].spans[1].italic


@pytest.mark.parametrize(
    "extension",
    ["V.O.", "VO", "v.o", "O.S.", "O.S", "o.c.", "OFF", "off", "Voice Over", "off-screen",
     "voix off",
     "EN OFF", "V.O., filtered", "MAYBE WITH V.O.", "F.C.", "aus dem Off", "ЗК", "З.К."],
)  # fmt: skip
def test_voices_of_people_not_in_the_picture(extension: str) -> None:
    assert is_off_screen((extension,))
    assert is_off_screen(("CONT'D", extension))


@pytest.mark.parametrize("extension", ["CONT'D", "on the phone", "ALOUD", "officer", "young", ""])
def test_other_extensions_leave_them_in_the_picture(extension: str) -> None:
    assert not is_off_screen((extension,))


@pytest.mark.parametrize("name", ["NARRATOR", "Voice Over", "VOIX OFF", "ERZÄHLER", "On Screen"])
def test_a_narrator_is_never_in_the_picture(name: str) -> None:
    assert is_bodiless(name)
    assert is_voice_over(name, ())


def test_a_voice_from_the_next_room_is_no_voice_over() -> None:
    assert is_voice_over("MOM", ("V.O.",))
    assert not is_voice_over("MOM", ("O.S.",))
    assert not is_voice_over("MOM", ("CONT'D",))
    assert not is_bodiless("MOM")
