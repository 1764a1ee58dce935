"""Memories and dreams framed by words between the scenes, as screenwriters frame them."""

from __future__ import annotations

import pytest

from canon.gate import check_episode
from canon.story_frames import story_frames
from schemas.canon import CanonSnapshot
from stages.reading.read_fountain import read_fountain

STORY = """INT. HALL - DAY

[[canon: nora.status -> dead]]

TESS
Goodbye.

{opens}

EXT. BEACH - DAY

NORA
It is warm.

{closes}

INT. KITCHEN - DAY

{last}
It is cold.
"""


def frames(*paragraphs: str) -> dict[str, str]:
    script = read_fountain("\n\n".join(paragraphs) + "\n", "e.fountain")
    return dict(story_frames(script.scenes))


def blocked(opens: str, closes: str, last: str = "TESS") -> list[int]:
    script = read_fountain(STORY.format(opens=opens, closes=closes, last=last), "e.fountain")
    diff = check_episode(script, "e", CanonSnapshot.create(facts=()))
    return [finding.line for finding in diff.findings]


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("FLASHBACK:", "END OF FLASHBACK"),
        ("FLASHBACK TO:", "BACK TO:"),
        ("BEGIN FLASHBACK", "END FLASHBACK."),
        ("CUT TO FLASHBACK:", "BACK TO PRESENT:"),
        ("DREAM SEQUENCE:", "END DREAM SEQUENCE"),
        ("RÜCKBLENDE:", "ENDE DER RÜCKBLENDE"),
        ("FLASHBACK:", "RETURN TO PRESENT DAY:"),
    ],
)
def test_the_dead_may_speak_inside_and_not_behind(opens: str, closes: str) -> None:
    assert blocked(opens, closes) == []
    assert blocked(opens, closes, "NORA") == [19]


def test_without_a_frame_they_may_not() -> None:
    assert blocked("CUT TO:", "CUT TO:") == [12]


def test_a_frame_that_is_never_closed_holds_one_scene() -> None:
    assert blocked("FLASHBACK:", "CUT TO:") == []
    assert blocked("FLASHBACK:", "CUT TO:", "NORA") == [19]


def test_a_closed_one_holds_all_its_scenes() -> None:
    heading = "INT. {} - DAY".format
    assert frames(
        heading("A"), "Dust.", "FLASHBACK:", heading("B"), "INSERT - CUP", "BACK TO SCENE",
        heading("C"), "Dust.", "END FLASHBACK", heading("D"), "Dust.",
        "DREAM SEQUENCE:", heading("E"), "Dust.",
    ) == {
        "int_b_day": "remembered", "int_c_day": "remembered", "int_e_day": "imagined",
    }  # fmt: skip


def test_a_dream_inside_a_memory() -> None:
    heading = "INT. {} - DAY".format
    assert frames(
        heading("A"), "Dust.", "FLASHBACK:", heading("B"), "Dust.", "DREAM SEQUENCE:",
        heading("C"), "Dust.", "END DREAM", heading("D"), "Dust.",
    ) == {"int_b_day": "remembered", "int_c_day": "imagined"}  # fmt: skip


@pytest.mark.parametrize("words", ["A flashback:", "THE DREAM IS OVER", "VISION EXPRESS"])
def test_what_frames_nothing(words: str) -> None:
    assert frames("INT. A - DAY", words, "INT. B - DAY", "Dust.") == {}
