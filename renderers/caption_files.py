"""Caption files to deliver beside the film: SubRip and WebVTT.

Written here rather than with pysubs2: its writers read braces and backslashes in the words as
SubStation commands, and its WebVTT leaves `&` and `<` as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from renderers.caption_cue import Cue, shown_rows
from schemas.script import Span
from schemas.timing import FrameRate, frames_to_ms


def to_srt(cues: Iterable[Cue], fps: FrameRate) -> bytes:
    """SubRip, UTF-8; empty without cues. The format has no escapes, so words stand as they are."""
    blocks = [
        f"{number}\n{_time(cue.start_frame, fps, ',')} --> {_time(cue.end_frame, fps, ',')}\n"
        f"{_rows(cue, str)}\n"
        for number, cue in enumerate(cues, start=1)
    ]
    return "\n".join(blocks).encode()


def to_vtt(cues: Iterable[Cue], fps: FrameRate) -> bytes:
    """WebVTT (W3C), UTF-8; only its header without cues."""
    blocks = [
        f"{number}\n{_time(cue.start_frame, fps, '.')} --> {_time(cue.end_frame, fps, '.')}\n"
        f"{_rows(cue, _escape_vtt)}\n"
        for number, cue in enumerate(cues, start=1)
    ]
    return "\n".join(["WEBVTT\n", *blocks]).encode()


def _rows(cue: Cue, escape: Callable[[str], str]) -> str:
    return "\n".join("".join(_tagged(span, escape) for span in row) for row in shown_rows(cue))


def _tagged(span: Span, escape: Callable[[str], str]) -> str:
    """Both formats know these three tags."""
    text = escape(span.text)
    for tag, wanted in (("u", span.underline), ("i", span.italic), ("b", span.bold)):
        if wanted:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _escape_vtt(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(frame: int, fps: FrameRate, decimal_sign: str) -> str:
    seconds, milliseconds = divmod(frames_to_ms(frame, fps), 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}{decimal_sign}{milliseconds:03d}"
