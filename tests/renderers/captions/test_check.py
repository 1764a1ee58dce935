from __future__ import annotations

from itertools import pairwise

import pytest

from renderers.captions.check import CaptionRules, check_captions
from renderers.captions.cue import CaptionLimits
from renderers.captions.cues import AssRequest, build_cues, to_ass, to_srt, to_vtt
from renderers.captions.gate import check_delivered, rules_of_film
from renderers.captions.reading import ReadCue, read_captions
from renderers.captions.verdict import reasons_of, summary_of
from schemas.project import CaptionStyle
from schemas.script import Span
from tests.renderers.captions.film import FPS, Said, film

RULES = CaptionRules(CaptionLimits(42, 2, 20), "en", FPS, film_frames=480)


def shown(start_ms: int, end_ms: int, *rows: str) -> ReadCue:
    return ReadCue(start_ms, end_ms, tuple((Span(text=row),) if row else () for row in rows))


def broken(*cues: ReadCue, rules: CaptionRules = RULES) -> list[tuple[str, int, str, str]]:
    return [(v.rule, v.caption, v.found, v.allowed) for v in check_captions(cues, rules, "srt")]


def test_captions_within_every_limit_break_no_rule() -> None:
    widest = shown(0, 4200, "W" * 42, "M" * 42)
    shortest = shown(4284, 5117, "A short one.")
    longest = shown(5201, 12201, "As long as a caption may stand.")
    assert broken(widest, shortest, longest) == []


@pytest.mark.parametrize(
    ("cue", "rule", "found", "allowed"),
    [
        (shown(0, 3000, "W" * 43), "line-length", "43 characters in row 1", "42 characters"),
        (shown(0, 3000, "a", "b", "c"), "line-count", "3 rows", "2 rows"),
        (shown(0, 3000, "a", ""), "empty", "an empty row", "words in every row"),
        (
            *(shown(0, 1000, "W" * 21), "reading-speed"),
            *("21 characters a second", "20 characters a second"),
        ),
        (shown(0, 831, "Yes."), "too-short", "831 ms", "833 ms"),
        (shown(0, 7043, "Yes."), "too-long", "7043 ms", "7000 ms"),
        (shown(19000, 20001, "Yes."), "past-end", "until 20001 ms", "the film ends at 20000 ms"),
    ],
)
def test_each_limit_of_one_caption(cue: ReadCue, rule: str, found: str, allowed: str) -> None:
    assert broken(cue) == [(rule, 1, found, allowed)]


def test_captions_too_close_and_on_top_of_each_other() -> None:
    cues = (shown(0, 1000, "One."), shown(1081, 2000, "Two."), shown(1990, 3000, "Three."))
    assert broken(*cues) == [
        ("gap", 1, "81 ms before the next caption", "2 frames, 83 ms"),
        ("overlap", 2, "10 ms over the next caption", "none"),
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("そうですか", "、はい"), "row 2 begins with 、"),
        (("「はい", "そう「"), "row 2 ends with 「"),
        (("。はい",), "row 1 begins with 。"),
    ],
)
def test_japanese_rows_that_begin_or_end_with_the_wrong_sign(
    rows: tuple[str, ...], found: str
) -> None:
    rules = CaptionRules(CaptionLimits(42, 2, 20), "ja", FPS)
    cue = shown(0, 5000, *rows)
    assert [(rule, what) for rule, _, what, _ in broken(cue, rules=rules)] == [
        ("line-break", found)
    ]


@pytest.mark.parametrize(
    ("language", "sign", "chars", "speed"),
    [("ja", "あ", 13, 4), ("zh-CN", "中", 16, 9), ("ko", "한", 16, 12), ("en", "あ", 13, 4)],
)
def test_east_asian_limits_by_language_or_writing(
    language: str, sign: str, chars: int, speed: int
) -> None:
    rules = CaptionRules(CaptionLimits(42, 2, 20), language, FPS)
    long_ms = chars * 1000 // speed + 1
    assert broken(shown(0, long_ms, sign * chars), rules=rules) == []
    (length, _) = broken(shown(0, long_ms, sign * (chars + 1)), rules=rules)
    assert length[0] == "line-length"
    (fast,) = broken(shown(0, 1000, sign * (speed + 1)), rules=rules)
    assert fast[0] == "reading-speed"


def test_children_read_slower_in_every_writing() -> None:
    for language, sign, speed in (("en", "a", 17), ("zh", "中", 7), ("ko", "한", 9)):
        rules = CaptionRules(CaptionLimits(42, 2, 17), language, FPS)
        assert broken(shown(0, 1000, sign * speed), rules=rules) == []
        assert broken(shown(0, 1000, sign * (speed + 1)), rules=rules)[0][0] == "reading-speed"


SAID = [
    Said("The door was never the trouble.", 10, 50),
    Said("So come home then, please.", 70, 50, "JON", off_screen=True),
    Said("You left it open.", 130, 40),
]


def delivered(said: list[Said], style: CaptionStyle | None = None, **options):
    parts = film(said, (60, 400), captions=style, **options)
    cues = build_cues(*parts)
    request = AssRequest(640, 360, FPS, "DejaVu Sans", 0, 400, highlight=True)
    files = {
        "srt": to_srt(cues, FPS),
        "vtt": to_vtt(cues, FPS, highlight=True),
        "ass": to_ass(cues, request),
    }
    return files, rules_of_film(*parts)


def rules_broken(files: dict[str, bytes], rules: CaptionRules) -> list[tuple[str, str, int]]:
    return [(v.file, v.rule, v.caption) for v in check_delivered(files, rules).violations]


def test_what_we_deliver_breaks_no_rule() -> None:
    files, rules = delivered(SAID)
    found = check_delivered(files, rules)
    assert found.violations == ()
    assert found.captions == 3
    assert reasons_of(found) == ()
    assert summary_of(found) == ""


def test_an_emoji_behind_a_label_is_nothing_that_nobody_says() -> None:
    files, rules = delivered([*SAID, Said("\U0001f44d", 180, 40, "JON", off_screen=True)])
    assert "JON: <i>\U0001f44d</i>" in files["srt"].decode()
    assert rules_broken(files, rules) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b"00:00:02,917 -->", b"00:00:03,044 -->", [("srt", "sync", 2)]),
        (
            b"<i>So come home then, please.</i>",
            b"So come home then, please.",
            [("srt", "italics", 2)],
        ),
        (b"JON: ", b"", [("srt", "speaker", 2)]),
        (b"never the trouble", b"the trouble", [("srt", "words-missing", 1)]),
        (
            b"left it open",
            b"left it shut",
            [("srt", "words-missing", 3), ("srt", "not-spoken", 3)],
        ),
        (
            b"You left it open",
            b"Quite another thing",
            [("srt", "words-missing", 3), ("srt", "not-spoken", 3)],
        ),
    ],
)
def test_captions_are_held_against_the_speech(
    before: bytes, after: bytes, expected: list[tuple[str, str, int]]
) -> None:
    files, rules = delivered(SAID)
    assert before in files["srt"]
    found = rules_broken({"srt": files["srt"].replace(before, after)}, rules)
    assert found == expected


def test_a_caption_left_out_is_found_with_its_words() -> None:
    files, rules = delivered(SAID)
    first, _, third = files["srt"].decode().split("\n\n")
    found = check_delivered({"srt": f"{first}\n\n{third}".encode()}, rules)
    assert [(v.rule, v.caption, v.found) for v in found.violations] == [
        ("words-missing", 2, "not shown: Socomehomethenplease")
    ]
    only = check_delivered({"srt": first.encode()}, rules)
    assert only.violations[0].found == "not shown: SocomehomethenpleaseYouleftitopen"


def test_files_that_differ_from_the_first_one() -> None:
    files, rules = delivered(SAID)
    later = files["vtt"].replace(b"00:00:02.917 -->", b"00:00:03.017 -->")
    fewer = files["ass"].rsplit(b"Dialogue:", 4)[0]
    other = files["vtt"].replace(b"You", b"We")
    assert rules_broken({**files, "vtt": later}, rules) == [("vtt", "files-differ", 2)]
    assert rules_broken({**files, "vtt": other}, rules) == [("vtt", "files-differ", 3)]
    assert rules_broken({**files, "ass": fewer}, rules) == [("ass", "files-differ", 2)]


def test_two_who_speak_at_once_must_both_be_there() -> None:
    said = [Said("Listen to me now.", 0, 60), Said("I will not.", 0, 60, "JON", dual_with="l0")]
    files, rules = delivered(said, on_screen=("MARA", "JON"))
    assert b"- MARA: Listen" in files["srt"]
    assert rules_broken(files, rules) == []
    one = files["srt"].replace(b"\n- JON: I will not.", b"")
    assert rules_broken({"srt": one}, rules) == [("srt", "words-missing", 1)]


def test_a_quotation_mark_takes_no_time_to_say() -> None:
    # Three frames are borrowed from the silence before; the quoted letter is a third of a word on.
    said = [Said('"""No, nobody will say who it was.', 40, 36), Said("Hm?", 78, 30)]
    files, rules = delivered(said)
    assert rules_broken({"srt": files["srt"]}, rules) == []


def test_a_closing_sign_belongs_to_the_word_before_it() -> None:
    text = "「戻って」と言ったのに、あなたはいつも聞かない。"
    files, rules = delivered([Said(text, 40, 66), Said("え？", 110, 30)], language="ja")
    broken = {rule for _, rule, _ in rules_broken({"srt": files["srt"]}, rules)}
    assert broken == {"reading-speed"}


def test_the_same_words_of_two_need_both_names_and_every_word() -> None:
    said = [Said("Nobody move!", 0, 60), Said("Nobody move!", 0, 60, "JON", dual_with="l0")]
    files, rules = delivered(said, on_screen=("MARA", "JON"))
    assert files["srt"].endswith(b"MARA & JON: Nobody move!\n")
    assert b"MARA &amp; JON: Nobody " in files["vtt"]
    assert rules_broken(files, rules) == []
    one = files["srt"].replace(b"MARA & JON", b"MARA")
    assert rules_broken({"srt": one}, rules) == [("srt", "speaker", 1)]
    none = files["srt"].replace(b" move", b"")
    assert rules_broken({"srt": none}, rules) == [("srt", "words-missing", 1)]


def test_the_reasons_count_errors_and_the_summary_counts_everything() -> None:
    files, rules = delivered(
        [Said("Faster than anyone could ever hope to read it.", 0, 20), Said("Yes.", 22, 40)]
    )
    found = check_delivered(files, rules)
    assert {v.severity for v in found.violations} == {"warning"}
    assert reasons_of(found) == ()
    assert "reading-speed" in summary_of(found)
    wrong = check_delivered(
        {"srt": files["srt"].replace(b"00:00:00,000 -->", b"00:00:00,700 -->")}, rules
    )
    (reason,) = reasons_of(wrong)
    assert reason.startswith("captions: sync 1; first caption 1: 700 ms after its first word")


def test_files_are_read_back_as_they_were_written() -> None:
    odd = [Said("a <b>bold</b> {\\an8} & &lt; }{ \\N", 10, 90, spans=())]
    files, rules = delivered(odd)
    texts = [read_captions(data, f"x.{name}")[0].texts for name, data in files.items()]
    assert all(one == other for one, other in pairwise(texts))
    assert texts[0] == ("a <b>bold</b> {\\an8} & &lt; }{ \\N",)
    assert rules_broken(files, rules) == []
