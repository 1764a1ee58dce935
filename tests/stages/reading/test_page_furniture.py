"""A script copied out of a PDF, with what the program printed on its pages."""

from __future__ import annotations

from schemas.script import Dialogue, plain_text
from stages.reading.read_fountain import read_fountain
from tests.stages.words_of_source import lost_words, out_of_order

DRAFT = """                                                      FADE IN:

1    INT. OFFICE - DAY                                      1

     CARLA, 45, reads a file.

                         CARLA
               I've read this three times.
                         (MORE)

                                                            2.

CONTINUED:

                         CARLA (CONT'D)
               And it still says the same thing.

                                                  (CONTINUED)

2    OMITTED                                                2

3.

3 CONTINUED: (2) 3

                         WES
               Towed.
"""


def test_nothing_of_the_page_is_seen_or_heard() -> None:
    script = read_fountain(DRAFT, "e.fountain")
    [scene] = script.scenes
    assert (scene.scene_id, scene.slug.location_name) == ("sc-1", "OFFICE")
    told = [
        (one.kind, plain_text(one.spans).strip())
        for one in scene.elements
        if one.kind in ("dialogue", "action", "lyric")
    ]
    assert told == [
        ("action", "CARLA, 45, reads a file."),
        ("dialogue", "I've read this three times."),
        ("dialogue", "And it still says the same thing."),
        ("dialogue", "Towed."),
    ]
    # The number in the other margin says the same thing once more.
    assert lost_words(DRAFT, script) == ("1",)
    assert out_of_order(DRAFT, script) == ()


def test_a_speech_goes_on_below_what_is_printed_in_the_middle_of_it() -> None:
    script = read_fountain("INT. HALL - DAY\n\nMARA\nOne.\n(MORE)\nTwo.\n", "e.fountain")
    [line] = [one for one in script.scenes[0].elements if isinstance(one, Dialogue)]
    assert plain_text(line.spans) == "One.\nTwo."
    assert line.parenthetical == ""


def test_the_star_of_a_revision_is_not_said() -> None:
    text = "INT. HALL - DAY\n\nMARA\nOne.            *\nTwo *three*.     *\n"
    script = read_fountain(text, "e.fountain")
    assert [
        plain_text(one.spans) for one in script.scenes[0].elements if one.kind == "dialogue"
    ] == ["One.\nTwo three."]


def test_a_countdown_is_no_page_number() -> None:
    script = read_fountain("INT. HALL - DAY\n\n3.\n\n2.\n\nBoom.\n", "e.fountain")
    assert [one.kind for one in script.scenes[0].elements] == ["action"] * 3


def test_a_writers_own_words_stay() -> None:
    text = "INT. HALL - DAY\n\nMARA\n(more)\nHe continued: on.\n\nOMITTED FROM THE LIST\n"
    script = read_fountain(text, "e.fountain")
    assert [one.kind for one in script.scenes[0].elements] == ["dialogue", "action"]


def test_a_number_under_a_cue_is_spoken_where_the_page_ends() -> None:
    script = read_fountain("INT. BAR - DAY\n\nTOM\n12.\n\n(CONTINUED)\n", "e.fountain")
    [spoken] = [one for one in script.scenes[0].elements if isinstance(one, Dialogue)]
    assert (spoken.speaker, plain_text(spoken.spans)) == ("TOM", "12.")
