from __future__ import annotations

import pytest

from renderers.captions.reading import read_captions
from schemas.errors import PipelineError
from schemas.script import Span


def test_srt_of_another_program() -> None:
    data = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\n<I>Hello</I> <b>you</b>\r\nthere\r\n\r\n\r\n"
        "00:02,5 --> 00:03,000\r\nno number"
    ).encode()
    first, second = read_captions(data, "a.srt")
    assert (first.start_ms, first.end_ms, first.at_line) == (1000, 2500, 1)
    assert first.rows[0] == (
        Span(text="Hello", italic=True),
        Span(text=" "),
        Span(text="you", bold=True),
    )
    assert first.texts == ("Hello you", "there")
    assert (second.start_ms, second.end_ms, second.at_line) == (2500, 3000, 7)


def test_vtt_with_all_it_may_hold() -> None:
    data = (
        "WEBVTT - a title\n\nSTYLE\n::cue { color: red }\n\nNOTE what\n\nintro\n"
        "00:00:01.000 --> 00:00:02.500 line:5% align:start\n"
        "<v Mara><i>Hi <00:00:01.500><c.loud>you</c></i> &amp; me\u200e\n"
    )
    (cue,) = read_captions(data.encode(), "a.vtt")
    assert cue.texts == ("Hi you & me",)
    assert cue.rows[0][0].italic and not cue.rows[0][-1].italic


@pytest.mark.parametrize(
    ("name", "data", "where", "problem"),
    [
        ("a.srt", b"1\n00:00:01,000 -> 00:00:02,000\nHi", "a.srt, line 1", "expected times"),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nHi\n\nmore", "a.srt, line 5", "found 'more'"),
        ("a.vtt", b"1\n00:01.000 --> 00:02.000\nHi", "a.vtt, line 1", "WEBVTT"),
        ("a.srt", b"1\n\n\xff", "a.srt, line 3", "UTF-8"),
        ("a.ass", b"nothing of it", "a.ass, line 1", "SubStation|Events"),
    ],
)
def test_what_is_no_caption_file_is_refused_by_its_line(
    name: str, data: bytes, where: str, problem: str
) -> None:
    with pytest.raises(PipelineError, match=problem) as refusal:
        read_captions(data, name)
    assert refusal.value.code == "not-captions"
    assert refusal.value.where == where
