"""Words marked while they are spoken, and rows that run from right to left."""

from __future__ import annotations

from itertools import pairwise

import pysubs2
import pytest

from renderers.captions.cue import Cue, CueWord
from renderers.captions.cues import AssRequest, build_cues, to_ass, to_srt, to_vtt
from renderers.captions.writing import word_times
from schemas.project import CaptionStyle
from schemas.script import Span
from tests.renderers.captions.film import FPS, Said, film


def request(**changes) -> AssRequest:
    fields = {"width": 640, "height": 360, "fps": FPS, "font_name": "DejaVu Sans"}
    return AssRequest(**{**fields, "first_frame": 0, "frame_count": 240, **changes})


def events(document: bytes) -> list[tuple[int, int, str]]:
    read = pysubs2.SSAFile.from_string(document.decode(), format_="ass")
    return [(event.start, event.end, event.text) for event in read.events]


def test_every_word_of_a_cue_has_its_place_and_time() -> None:
    cues = build_cues(
        *film([Said("Every night at six I light it, and then I go home.", 24, 120)], (200,))
    )
    for cue in cues:
        rows = ["".join(span.text for span in row) for row in cue.rows]
        words = [rows[word.row][word.start : word.end] for word in cue.words]
        assert words == " ".join(rows).split(" ")
        assert all(w.start_frame < w.end_frame for w in cue.words)
        assert all(a.end_frame <= b.start_frame + 1 for a, b in pairwise(cue.words))
    assert cues[0].words[0].start_frame == 24


WORDS = (CueWord(0, 0, 3, 12, 20), CueWord(0, 4, 7, 24, 36))
CUE = Cue(12, 60, ((Span(text="One two"),),), ("a",), label="MARA:", words=WORDS)


def test_ass_marks_one_word_at_a_time_and_changes_nothing_else() -> None:
    marked = to_ass((CUE,), request(highlight=True))
    yellow, white = "{\\1c&H45D8FF&}", "{\\1c&HFFFFFF&}"
    assert [text for _, _, text in events(marked)] == [
        f"MARA: {yellow}One{white} two",
        f"MARA: One {yellow}two{white}",
        "MARA: One two",
    ]
    assert [(end, start) for (_, end, _), (start, _, _) in pairwise(events(marked))] == [
        (980, 980),
        (1480, 1480),
    ]
    assert [text for _, _, text in events(to_ass((CUE,), request()))] == ["MARA: One two"]


def test_vtt_puts_a_time_before_each_later_word() -> None:
    document = to_vtt((CUE,), FPS, highlight=True).decode()
    assert document.splitlines()[-1] == "MARA: One <00:00:01.000>two"
    assert "::cue(:future)" in document
    assert "MARA: One two" in to_vtt((CUE,), FPS).decode()
    assert "::cue" not in to_vtt((CUE,), FPS).decode()


def test_times_of_words_stay_inside_the_cue() -> None:
    cue = Cue(16, 30, CUE.rows, ("a",), words=WORDS)
    assert [(first, after) for _, first, after in word_times(cue)] == [(16, 24), (24, 30)]
    late = Cue(24, 30, CUE.rows, ("a",), words=WORDS)
    assert [(first, after) for _, first, after in word_times(late)] == [(24, 30)]


def test_two_voices_at_once_are_not_followed_word_by_word() -> None:
    said = [Said("Listen to me.", 0, 60), Said("I will not.", 0, 60, "JON", dual_with="l0")]
    style = CaptionStyle(highlight=True)
    cues = build_cues(*film(said, (100,), on_screen=("MARA", "JON"), captions=style))
    assert all(cue.words == () for cue in cues)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("שלום, עולם.", True),
        ("مرحبا يا John.", True),
        ("OK, שלום לך.", True),
        ("Say שלום to them.", False),
        ("Hello.", False),
    ],
)
def test_rows_of_right_to_left_text_say_so_in_every_file(text: str, marked: bool) -> None:
    cue = Cue(0, 24, ((Span(text=text),),), ("a",), label="MARA:")
    row = f"MARA: {text}"
    expected = f"\u202b{row}\u202c" if marked else row
    assert to_srt((cue,), FPS).decode().splitlines()[-1] == expected
    assert to_vtt((cue,), FPS).decode().splitlines()[-1] == expected
    assert events(to_ass((cue,), request()))[0][2] == expected


def test_of_two_who_share_a_cue_each_keeps_their_direction() -> None:
    rows = ((Span(text="שלום"),), (Span(text="Hello everybody"),))
    cue = Cue(0, 24, rows, ("a", "b"), leads=("- ", "- "), tails=("", ""))
    assert to_srt((cue,), FPS).decode().splitlines()[2:] == [
        "\u202b- שלום\u202c",
        "- Hello everybody",
    ]


@pytest.mark.parametrize(
    ("said", "marks"),
    [
        ("Only Latin.", None),
        ("שלום שלום, Ruth.", ("\u202b", "\u202c")),
        ("It held, שלום.", None),
        ("שלום. It held. Mostly.", ("\u202a", "\u202c")),
    ],
)
def test_a_row_with_letters_of_both_directions_says_how_it_runs(said, marks) -> None:
    cue = Cue(12, 60, ((Span(text=said),),), ("a",))
    opened, closed = marks or ("", "")
    for document in (to_srt((cue,), FPS), to_vtt((cue,), FPS), to_ass((cue,), request())):
        text = document.decode()
        assert f"{opened}{said}{closed}" in text
        assert sum(text.count(mark) for mark in "\u202a\u202b\u202c") == len(marks or ())
