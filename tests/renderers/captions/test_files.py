from __future__ import annotations

import subprocess

import pysubs2

from renderers.captions.cue import Cue
from renderers.captions.cues import build_cues, to_srt, to_vtt
from renderers.ffmpeg.binary import pinned_ffmpeg
from schemas.script import Span
from schemas.timing import FrameRate
from tests.renderers.captions.film import FPS, Said, film

CUES = (
    Cue(12, 36, ((Span(text="Tom & <Jerry> --> {x} \\N"),),), ("a",), label="MARA:"),
    Cue(
        48,
        96,
        ((Span(text="la "), Span(text="laa", bold=True)), (Span(text="loo", italic=True),)),
        ("b",),
        sung=True,
        leads=("♪ ", ""),
        tails=("", " ♪"),
    ),
    Cue(24 * 3600, 24 * 3600 + 24, ((Span(text="late", underline=True),),), ("c",)),
)


def test_srt_holds_the_words_as_they_are() -> None:
    assert to_srt(CUES, FPS).decode() == (
        "1\n00:00:00,500 --> 00:00:01,500\nMARA: Tom & <\u2060Jerry> --> {x} \\N\n\n"
        "2\n00:00:02,000 --> 00:00:04,000\n♪ la <b>laa</b>\n<i>loo</i> ♪\n\n"
        "3\n01:00:00,000 --> 01:00:01,000\n<u>late</u>\n"
    )


def test_vtt_escapes_what_the_format_reads_as_markup() -> None:
    assert to_vtt(CUES, FPS).decode() == (
        "WEBVTT\n\n"
        "1\n00:00:00.500 --> 00:00:01.500\nMARA: Tom &amp; &lt;Jerry&gt; --&gt; {x} \\N\n\n"
        "2\n00:00:02.000 --> 00:00:04.000\n♪ la <b>laa</b>\n<i>loo</i> ♪\n\n"
        "3\n01:00:00.000 --> 01:00:01.000\n<u>late</u>\n"
    )


def test_both_are_read_back_with_their_times_and_count() -> None:
    for written, format_name in ((to_srt(CUES, FPS), "srt"), (to_vtt(CUES, FPS), "vtt")):
        read = pysubs2.SSAFile.from_string(written.decode(), format_=format_name)
        assert [(event.start, event.end) for event in read] == [
            (500, 1500),
            (2000, 4000),
            (3600000, 3601000),
        ]


def test_a_label_of_its_own_row_comes_first() -> None:
    cue = Cue(0, 24, ((Span(text="Enter."),),), ("a",), label="THE KING:", label_alone=True)
    assert b"\nTHE KING:\nEnter.\n" in to_srt((cue,), FPS)


def test_times_follow_a_fractional_rate() -> None:
    cue = Cue(1000, 2000, ((Span(text="x"),),), ("a",))
    written = to_vtt((cue,), FrameRate(num=24000, den=1001)).decode()
    assert "00:00:41.708 --> 00:01:23.417" in written


def test_a_film_without_words_gives_valid_empty_files() -> None:
    assert to_srt((), FPS) == b""
    assert to_vtt((), FPS) == b"WEBVTT\n"


def test_words_that_look_like_tags_stay_words_for_players(tmp_path) -> None:
    """SubRip has no escapes; ffmpeg's reader and pysubs2's both know these two tags."""
    said = "Say <i>now</i> and {\\an8}here"
    made = film([Said(said, 0, 96)], (144,))
    srt = tmp_path / "a.srt"
    srt.write_bytes(to_srt(build_cues(*made), FPS))
    command = [str(pinned_ffmpeg().path), "-v", "error", "-i", str(srt), "-f", "ass", "-"]
    ass = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    for shown in (ass.splitlines()[-1], pysubs2.load(str(srt)).events[0].text):
        assert shown.replace("\u2060", "").endswith(said)
        assert "{\\i1}" not in shown
    plain = srt.read_text().replace("\u2060", "")
    assert "{\\i1}" in pysubs2.SSAFile.from_string(plain).events[0].text
