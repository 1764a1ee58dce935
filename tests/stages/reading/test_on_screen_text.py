from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.reading.fountain_cue import read_cue
from stages.reading.on_screen_text import (
    MOST_LINES,
    MOST_SCREENS,
    Piece,
    is_black,
    pieces_of,
    screens_of,
)
from stages.sentences import reading_units
from stages.shots.check_shots import check_shots
from tests.stages.planned_film import plan, scratch_of, script_of

ASKED = {
    "SUPER: London, 1940": ("London, 1940", False),
    'SUPER: "London, 1940."': ("London, 1940.", False),
    "Super: “Three years later”": ("Three years later", False),
    'CHYRON - "Day 3"': ("Day 3", False),
    "SUPERIMPOSE: THE END OF THE WAR": ("THE END OF THE WAR", False),
    'SUPER "Paris"': ("Paris", False),
    "TITLE: THE GAME": ("THE GAME", False),
    "TITLE CARD: Part Two": ("Part Two", True),
    "CARD: Fin": ("Fin", True),
    'SUPER OVER BLACK: "A true story"': ("A true story", True),
    "TEXT ON SCREEN: 4 h 12": ("4 h 12", False),
    "TEXTEINBLENDUNG: „Hamburg, 1962“": ("Hamburg, 1962", False),
    "テロップ：東京": ("東京", False),
    "SUPER: שלום עולם": ("שלום עולם", False),
    "SUPER: LONDON\nTHE BLITZ": ("LONDON\nTHE BLITZ", False),
    r"SUPER: {\an8}<b>%s</b> \N": (r"{\an8}<b>%s</b> \N", False),
}


@pytest.mark.parametrize("written", ASKED)
def test_a_writers_words_for_the_picture(written: str) -> None:
    words, on_black = ASKED[written]
    assert list(pieces_of(written)) == [Piece(words, shown=True, on_black=on_black)]


@pytest.mark.parametrize(
    "action",
    [
        "The superintendent: a tired man.",
        "Title: the word on the file he opens.",
        "She reads the card: nothing.",
        "A SUPER yacht.",
        "He shouts SUPER! And again: SUPER.",
        "The caption reads: Home.",
        "MARA: tall, tired.",
    ],
)
def test_what_only_looks_like_it_stays_action(action: str) -> None:
    assert list(pieces_of(action)) == [Piece(action)]


def test_a_super_inside_a_paragraph_ends_with_its_quotation_marks() -> None:
    found = list(pieces_of('Gulls over boats. SUPER: "Ostend, 1940." Mara stands there.'))
    assert found == [
        Piece("Gulls over boats."),
        Piece("Ostend, 1940.", shown=True),
        Piece("Mara stands there."),
    ]


@pytest.mark.parametrize(
    ("text", "black"),
    [
        ("OVER BLACK:", True),
        ("Black.", True),
        ("BLACK SCREEN", True),
        ("We open on black", True),
        ("SCHWARZBILD", True),
        ("Black boots on the stairs.", False),
        ("BLACK LAKE", False),
        ("", False),
    ],
)
def test_a_paragraph_that_is_only_darkness(text: str, black: bool) -> None:
    assert is_black(text) is black


@pytest.mark.parametrize("line", ["TITLE:", "SUPER:", "TITLE CARD:", "CHYRON:"])
def test_a_bare_super_is_no_cue(line: str) -> None:
    assert read_cue(line, frozenset()) is None
    assert read_cue("TITUS:", frozenset()) is not None


def test_words_are_parted_at_sentences_and_few_enough_for_a_shot() -> None:
    first = "The war had been over for three years when the boats came back to the harbour."
    second = "Nobody knew who was aboard."
    assert screens_of(f"{first} {second}").lines == ((first,), (second,))
    assert screens_of("LONDON\n1940").lines == (("LONDON", "1940"),)


def test_what_has_no_spaces_gets_none() -> None:
    text = "東京一九四五年八月十五日正午" * 4
    screens = screens_of(text).lines
    assert len(screens) > 1
    assert "".join(line for lines in screens for line in lines) == text


def test_endless_words_end_and_say_so() -> None:
    film = plan("EXT. QUAY - DAY\n\nSUPER: " + "word " * 400 + "\n\nMara waits.")
    supers = [shot for shot in film.shots if shot.super_lines]
    assert len(supers) == MOST_SCREENS
    assert supers[-1].super_lines[-1].endswith("…")
    script = script_of("EXT. QUAY - DAY\n\nMara waits.")
    (found,) = check_shots(film, scratch_of(script))
    assert (found.rule, found.shot_id) == ("super_cut", supers[-1].shot_id)
    assert "write fewer" in found.text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=700))
def test_every_screen_can_be_read_in_one_shot_and_nothing_is_lost(text: str) -> None:
    screens = screens_of(text)
    for lines in screens.lines:
        assert 1 <= len(lines) <= MOST_LINES
        assert sum(map(reading_units, lines)) <= 91
    if not screens.cut:
        shown = "".join("".join(line.split()) for lines in screens.lines for line in lines)
        assert shown == "".join(text.split())


def supers(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(s.template, s.framing, s.super_lines) for s in plan(text).shots]


def test_a_super_lies_over_the_first_look_at_a_place() -> None:
    film = plan('EXT. HARBOUR - DAY\n\nGulls. SUPER: "Ostend, 1940."\n\nMara waits.')
    first = film.shots[0]
    assert (first.template, first.action_beat) == ("establishing", "Gulls.")
    assert first.super_lines == ("Ostend, 1940.",)
    text = [rule for rule in first.rules if rule.aspect == "text"]
    assert [(rule.rule, "Ostend, 1940." in rule.because) for rule in text] == [("super", True)]


def test_a_super_later_in_a_scene_is_over_the_place_and_over_nobody() -> None:
    film = plan(
        "EXT. HARBOUR - DAY\n\nMARA\nIt is cold.\n\nSUPER: THREE YEARS LATER\n\nMARA\nStill."
    )
    (shot,) = [shot for shot in film.shots if shot.super_lines]
    assert (shot.template, shot.characters, shot.audio.vo) == ("super", (), ())
    assert shot.location_id == "harbour"
    assert shot.duration_frames >= 60


def test_supers_on_black_are_cards_and_come_before_the_place() -> None:
    assert supers("INT. HALL - DAY\n\nOVER BLACK:\n\nSUPER: One.\n\nJONAS\nNo.")[:2] == [
        ("super_card", "TITLE", ("One.",)),
        ("establishing", "WS", ()),
    ]
    assert supers("INT. HALL - DAY\n\nJONAS\nNo.\n\nCUT TO BLACK.\n\nSUPER: Two.")[-1] == (
        "super_card",
        "TITLE",
        ("Two.",),
    )
    assert supers("INT. BLACK\n\nSUPER: Three.") == [("super_card", "TITLE", ("Three.",))]
    assert (
        supers("INT. HALL - DAY\n\nJONAS\nNo.\n\nFADE OUT.\n\nSUPER: Four.")[-1][0] == "super_card"
    )


def test_a_title_card_behind_the_first_look_is_on_black_all_the_same() -> None:
    assert supers('EXT. PLATFORM - DAY\n\nRain.\n\nTITLE CARD: "Monday."\n\nMore rain.')[:2] == [
        ("establishing", "EWS", ()),
        ("super_card", "TITLE", ("Monday.",)),
    ]


def test_a_bare_super_takes_the_paragraph_below_it() -> None:
    assert ("super", "WS", ("Paris",)) in supers(
        'INT. HALL - DAY\n\nJONAS\nNo.\n\nSUPERIMPOSE:\n\n"Paris"\n\nJonas sits.'
    )
    assert supers("INT. HALL - DAY\n\nJONAS\nNo.\n\nTITLE:\nTHE GAME\n\nJonas sits.")[2][2] == (
        "THE GAME",
    )


def test_a_voice_over_black_is_heard_over_black() -> None:
    long = "It began in the dark, and it went on for a very long while. " * 6
    film = plan(
        f"OVER BLACK.\n\nMARA (V.O.)\n{long}\n\nFADE IN:\n\nINT. HALL - DAY\n\nMara stands.\n\n"
        "CUT TO BLACK.\n\nMARA (V.O.)\nThe end.\n\nMARA\nOr not.\n"
    )
    dark = [s for s in film.shots if s.template == "over_black"]
    assert len(dark) > 2
    assert all(s.framing == "TITLE" and not s.title_lines and not s.characters for s in dark)
    assert film.shots[0].template == "over_black"
    assert sum(len(s.audio.vo) for s in dark) == len(dark)
    # Whoever is seen speaking ends the darkness.
    assert [s.template for s in film.shots][-3:] == ["over_black", "single", "end_tail"]


def test_nobody_is_seen_in_a_place_that_is_black() -> None:
    shots = plan(".BLACK SCREEN\n\nMARA (V.O.)\nWho is there?\n\nJON\nMe.\n").shots
    assert [shot.template for shot in shots][:2] == ["over_black", "over_black"]


def test_a_voice_over_a_place_is_as_it_was() -> None:
    shots = plan("INT. HALL - DAY\n\nMARA (V.O.)\nWho is there?\n").shots
    assert [shot.template for shot in shots][:2] == ["establishing", "off_screen"]
