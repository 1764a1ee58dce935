from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renderers.captions.cue import Cue
from renderers.captions.cues import build_cues, row_text, shown_rows
from renderers.captions.dual import simultaneous
from renderers.captions.lines import heard_lines
from renderers.captions.pieces import graphemes
from schemas.errors import PipelineError
from schemas.project import CaptionStyle
from schemas.script import Span
from schemas.shot_list import ShotAudio
from schemas.timing import FrameRate
from tests.renderers.captions.film import FPS, Said, film

MONOLOGUE = (
    "I told you once and I will tell you again, Mr. Harlow: there is nothing in that house worth "
    "dying for. My father built it with his own hands, and he burned it down with the same hands, "
    "on the night that my mother left us for the sea."
)


def cues_of(said: list[Said], cuts: tuple[int, ...], **options) -> tuple[Cue, ...]:
    return build_cues(*film(said, cuts, **options))


def screen(cue: Cue) -> list[str]:
    return [row_text(row) for row in shown_rows(cue)]


def test_a_short_line_is_one_row_from_its_first_word_for_at_least_five_sixths_of_a_second() -> None:
    (cue,) = cues_of([Said("No.", 30, 6)], (100,))
    assert screen(cue) == ["No."]
    assert (cue.start_frame, cue.end_frame) == (30, 50)


def test_a_long_line_breaks_at_grammar_and_keeps_two_frames_between_cues() -> None:
    cues = cues_of([Said(MONOLOGUE, 10, 290)], (100, 200, 400))
    assert [screen(cue) for cue in cues] == [
        ["I told you once and I will tell you again,"],
        ["Mr. Harlow: there is nothing", "in that house worth dying for."],
        ["My father built it with his own hands,", "and he burned it down with the same hands,"],
        ["on the night", "that my mother left us for the sea."],
    ]
    assert [after.start_frame - cue.end_frame for cue, after in pairwise(cues)] == [2, 2, 2]
    assert cues[0].start_frame == 10


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "There is not a single thing in that house of yours that I want.",
            ["There is not a single thing", "in that house of yours that I want."],
        ),
        (
            "Then why -- why do you want it & all of <this>?",
            ["Then why --", "why do you want it & all of <this>?"],
        ),
        (
            "She asked for a word with Dr. Abernathy and his wife.",
            ["She asked for a word", "with Dr. Abernathy and his wife."],
        ),
    ],
)
def test_two_rows_keep_phrases_whole(text: str, rows: list[str]) -> None:
    (cue,) = cues_of([Said(text, 0, 80)], (200,))
    assert screen(cue) == rows


def test_two_rows_may_be_full_to_the_last_character() -> None:
    row = "Twenty-one characters"
    style = CaptionStyle(max_line_chars=21)
    (cue,) = cues_of([Said(f"{row} {row}", 0, 60)], (200,), captions=style)
    assert screen(cue) == [row, row]


def test_a_cue_begins_with_the_word_it_begins_with() -> None:
    shots, manifest, plan = film([Said(MONOLOGUE, 10, 290)], (400,))
    cues = build_cues(shots, manifest, plan)
    starts = {word.char_start: word.offset_samples // 2000 for word in plan.vo[0].words}
    for cue in cues[1:]:
        position = MONOLOGUE.index(row_text(cue.rows[0]))
        assert abs(cue.start_frame - 10 - starts[position]) <= 1


def test_a_line_stays_on_through_following_silence_to_be_readable() -> None:
    text = "Forty-two characters make up this row. Yes"
    assert len(text) == 42
    (cue,) = cues_of([Said(text, 0, 24)], (240,))
    assert cue.end_frame == 51  # 42 characters at 20 a second are 2.1 s


def test_nobody_reads_for_more_than_seven_seconds() -> None:
    (cue,) = cues_of([Said("Wait.", 0, 400)], (500,))
    assert cue.end_frame == 168


def test_short_gaps_between_cues_are_closed_to_two_frames() -> None:
    first, second = cues_of([Said("One more time.", 0, 30), Said("Yes.", 38, 20)], (100,))
    assert (first.end_frame, second.start_frame) == (36, 38)


def test_a_cue_that_is_short_of_time_borrows_from_its_start_and_from_the_next() -> None:
    # 27 characters need 33 frames, and stand in 29 up to the gap before the next line.
    said = [Said("You could really have rung.", 50, 24), Said("I did.", 81, 40)]
    first, second = cues_of(said, (200,))
    assert (first.start_frame, first.end_frame, second.start_frame) == (48, 81, 83)


def test_nothing_is_borrowed_from_a_cue_that_has_none_to_spare() -> None:
    dense = "Forty characters and more stand in here."
    said = [Said(dense, 20, 30), Said(dense, 52, 30), Said(dense, 84, 60)]
    first, second, third = cues_of(said, (300,))
    # 40 characters need 48 frames: the first takes two before its words, the third can spare
    # three behind its own, and the second gets none of the first's.
    assert (first.start_frame, second.start_frame, third.start_frame) == (18, 52, 87)


def test_a_cue_ends_with_the_film() -> None:
    (cue,) = cues_of([Said("Goodbye, my friend.", 90, 8)], (98,))
    # Eight frames are too few to read it in: it begins two before its first word.
    assert (cue.start_frame, cue.end_frame) == (88, 98)


def test_off_screen_words_are_italic_and_their_emphasis_upright() -> None:
    spans = (Span(text="You "), Span(text="never", italic=True), Span(text=" call.", bold=True))
    (cue,) = cues_of([Said("You never call.", 0, 40, off_screen=True, spans=spans)], (100,))
    assert [(span.text, span.italic, span.bold) for span in cue.rows[0]] == [
        ("You", True, False),
        (" never ", False, False),
        ("call.", True, True),
    ]
    assert cue.off_screen


def test_sung_lines_keep_their_verse_between_note_signs() -> None:
    said = [Said("Down by the river\nwhere nobody goes", 5, 100, "", sung=True)]
    (cue,) = cues_of(said, (130,), on_screen=())
    assert screen(cue) == ["♪ Down by the river", "where nobody goes ♪"]
    assert all(span.italic for row in cue.rows for span in row)


def test_labels_name_who_cannot_be_seen_to_speak() -> None:
    said = [
        Said("Open the door.", 0, 30),
        Said("Now.", 40, 20),
        Said("No.", 70, 20, "JON"),
        Said("I can hear you both.", 100, 40, "THE VOICE", off_screen=True),
    ]
    two = cues_of(said, (200,), on_screen=("MARA", "JON"))
    assert [cue.label for cue in two] == ["MARA:", "", "JON:", "THE VOICE:"]
    alone = cues_of(said[:2], (200,), on_screen=("MARA",))
    assert [cue.label for cue in alone] == ["", ""]
    assert screen(two[3]) == ["THE VOICE: I can hear you both."]


def test_a_long_label_gets_a_row_of_its_own() -> None:
    name = "THE ARCHDUKE OF UPPER SILESIA"
    (cue,) = cues_of([Said("Enter.", 0, 30, name)], (100,))
    assert screen(cue) == [f"{name}:", "Enter."]


def test_dual_dialogue_shows_both_speakers_at_once() -> None:
    said = [
        Said("I never said that.", 5, 50),
        Said("You always do!", 5, 48, "JON", dual_with="l0"),
    ]
    (cue,) = cues_of(said, (130,), on_screen=("MARA", "JON"))
    assert screen(cue) == ["- MARA: I never said that.", "- JON: You always do!"]
    assert cue.line_ids == ("l0", "l1")


def test_the_same_words_of_two_are_one_caption_with_both_names() -> None:
    said = [
        Said("Nobody move!", 5, 40),
        Said("nobody move!", 6, 44, "JON", dual_with="l0"),
        Said("Who says so?", 60, 30),
    ]
    both, alone = cues_of(said, (130,), on_screen=("MARA", "JON"))
    assert screen(both) == ["MARA & JON: Nobody move!"]
    assert both.line_ids == ("l0", "l1")
    assert (both.start_frame, both.end_frame >= 50) == (5, True)
    assert screen(alone) == ["MARA: Who says so?"]


def test_the_same_words_one_after_the_other_are_two_captions() -> None:
    said = [Said("Nobody move!", 5, 40), Said("Nobody move!", 60, 40, "JON")]
    assert [screen(cue) for cue in cues_of(said, (130,), on_screen=("MARA", "JON"))] == [
        ["MARA: Nobody move!"],
        ["JON: Nobody move!"],
    ]


def test_long_dual_dialogue_loses_nothing() -> None:
    said = [
        Said("I never said that, and I would never have said it to anybody, ever.", 5, 100),
        Said("You always say that!", 5, 48, "JON", dual_with="l0"),
    ]
    cues = cues_of(said, (130,), on_screen=("MARA", "JON"))
    mara = " ".join(row_text(cue.rows[0]) for cue in cues)
    assert mara == said[0].text
    assert row_text(cues[0].rows[1]) == said[1].text
    single = cues_of(said, (130,), on_screen=("MARA", "JON"), captions=CaptionStyle(max_lines=1))
    assert all(len(cue.rows) == 1 for cue in single)
    assert sum(len(row_text(cue.rows[0]).split()) for cue in single) == 18


def test_several_lines_of_two_who_speak_together_stay_side_by_side() -> None:
    said = [
        Said("Listen to me.", 0, 30),
        Said("I will not listen to you any more.", 0, 70, "JON", dual_with="l0"),
        Said("Please. Just once.", 36, 40),
    ]
    cues = cues_of(said, (150,), on_screen=("MARA", "JON"))
    assert [screen(cue) for cue in cues] == [
        ["- MARA: Listen to me.", "- JON: I will not listen to you any more."],
        ["- Please. Just once."],
    ]


def test_japanese_rows_hold_thirteen_characters_and_never_begin_with_a_closing_sign() -> None:
    text = (
        "私はあなたに一度言ったし、また言うつもりです。"
        "あの家には命を懸ける価値のあるものは何もありません。"
    )
    cues = cues_of([Said(text, 5, 240)], (300,), language="ja")
    rows = [row_text(row) for cue in cues for row in cue.rows]
    assert "".join(rows) == text
    assert max(map(len, rows)) <= 13
    assert not any(row[0] in "、。" for row in rows)


def test_a_word_longer_than_a_row_is_cut_between_graphemes() -> None:
    family = "👨‍👩‍👧‍👦"
    cues = cues_of([Said(family * 20, 0, 200)], (300,), captions=CaptionStyle(max_line_chars=8))
    rows = [row_text(row) for cue in cues for row in cue.rows]
    assert "".join(rows) == family * 20
    assert all(row == family * (len(row) // len(family)) for row in rows)


def test_a_no_break_space_never_breaks() -> None:
    text = "Tu n'as pas vu la maison de mon père, Jean\u202f!"
    (cue,) = cues_of([Said(text, 0, 100)], (200,), language="fr")
    assert row_text(cue.rows[-1]).endswith("Jean\u202f!")


def test_lines_without_word_timings_are_spread_over_their_duration() -> None:
    cues = cues_of([Said(MONOLOGUE, 10, 290, timed=False)], (400,))
    assert " ".join(row_text(row) for cue in cues for row in cue.rows) == MONOLOGUE
    assert cues[0].start_frame == 10
    assert 130 <= cues[2].start_frame <= 140


def test_a_line_nobody_plays_is_refused_by_name() -> None:
    shots, manifest, plan = film([Said("Hello.", 0, 30)], (60,))
    mute = shots.shots[0].model_copy(update={"audio": ShotAudio()})
    silent = shots.model_copy(update={"shots": (mute,)})
    with pytest.raises(PipelineError, match="Hello") as refusal:
        build_cues(silent, manifest, plan)
    assert refusal.value.code == "line-not-placed"


def test_a_film_without_lines_has_no_cues() -> None:
    assert cues_of([], (100,)) == ()


WORD = st.text(
    alphabet=st.sampled_from("abcdefgéß,.!?-—…'\"{}<&\\日本語。한국שלוםनमस्ते👍🏽\u0301\u200d"),
    min_size=1,
    max_size=30,
)
LINE = st.lists(WORD, min_size=1, max_size=25).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(
    texts=st.lists(LINE, min_size=1, max_size=5),
    gap=st.integers(min_value=-20, max_value=30),
    pace=st.integers(min_value=5, max_value=40),
    chars=st.sampled_from([8, 13, 32, 42]),
    rows=st.integers(min_value=1, max_value=3),
    dual=st.booleans(),
    sung=st.booleans(),
    rate=st.sampled_from([FPS, FrameRate(num=24000, den=1001), FrameRate(num=60)]),
)
def test_whatever_is_said_is_shown_once_in_order_without_overlap(  # noqa: PLR0917
    texts: list[str],
    gap: int,
    pace: int,
    chars: int,
    rows: int,
    dual: bool,
    sung: bool,
    rate: FrameRate,
) -> None:
    said: list[Said] = []
    frame = 0
    for index, text in enumerate(texts):
        frames = max(len(text) * 24 // pace, 5)
        second = dual and index % 2 == 1
        start = said[-1].start if second else max(frame, 0)
        link = f"l{index - 1}" if second else None
        name = "MARA" if index % 2 == 0 else "JONATHAN"
        said.append(Said(text, start, frames, name, sung=sung, dual_with=link))
        frame = start + frames + (0 if second else gap)
    end = max(line.start + line.frames for line in said) + 5
    style = CaptionStyle(max_line_chars=chars, max_lines=rows)
    options = {"on_screen": ("MARA", "JONATHAN"), "captions": style, "fps": rate}
    try:
        cues = cues_of(said, (end // 2 + 1, end), **options)
    except PipelineError as error:
        assert error.code == "captions-too-dense"
        return
    for cue, after in pairwise(cues):
        assert cue.end_frame <= after.start_frame
    assert all(0 <= cue.start_frame < cue.end_frame <= end for cue in cues)
    for index, line in enumerate(said):
        if not dual and gap >= 0:
            shown = "".join(_words_of(cue, f"l{index}") for cue in cues)
            assert shown == "".join(line.text.split())
    everything = sorted("".join(row_text(r) for cue in cues for r in cue.rows).replace(" ", ""))
    heard = heard_lines(*film(said, (end // 2 + 1, end), **options))
    once = [line for group in simultaneous(heard) for line in group]
    assert everything == sorted("".join("".join(line.text.split()) for line in once))
    assert sum(1 + len(line.also) for line in once) == len(said)
    for cue in cues:
        assert len(shown_rows(cue)) <= rows
        assert all(len(row) > 0 for row in cue.rows)
        assert all(len(list(graphemes(row))) <= chars for row in screen(cue))


def _words_of(cue: Cue, line_id: str) -> str:
    if cue.line_ids != (line_id,):
        return ""
    return "".join(row_text(row) for row in cue.rows).replace(" ", "")
