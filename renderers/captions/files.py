"""Caption files to deliver beside the film: SubRip and WebVTT.

Written here rather than with pysubs2: its writers read braces and backslashes in the words as
SubStation commands, and its WebVTT leaves `&` and `<` as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from renderers.captions.cue import Cue, CueWord
from renderers.captions.writing import WrittenSpan, word_times, written_rows
from schemas.script import Span
from schemas.timing import FrameRate, frames_to_ms

# Words that are not spoken yet are paler, in players that know W3C WebVTT, section 8.2.2.
_PALE_UNTIL_SPOKEN = "STYLE\n::cue(:future) {\n  opacity: 0.6;\n}\n"
# Some readers leave out whatever looks like a tag, known or not.
_SRT_MARKUP = re.compile(r"<(?=/?[a-z])|\{(?=\\)", re.IGNORECASE)
# A cue at the top stands below the title-safe border (SMPTE ST 2046-1).
_AT_TOP = " line:5%"


def to_srt(cues: Iterable[Cue], fps: FrameRate) -> bytes:
    """SubRip, UTF-8; empty without cues. The format has no escapes: words stand as they are."""
    blocks = [
        f"{number}\n{_time(cue.start_frame, fps, ',')} --> {_time(cue.end_frame, fps, ',')}\n"
        f"{_rows(cue, _plain_srt)}\n"
        for number, cue in enumerate(cues, start=1)
    ]
    return "\n".join(blocks).encode()


def to_vtt(cues: Iterable[Cue], fps: FrameRate, *, highlight: bool = False) -> bytes:
    """WebVTT (W3C), UTF-8; only its header without cues.

    With `highlight`, a time stands before every word that begins after its cue does.
    """
    blocks = [
        f"{number}\n{_time(cue.start_frame, fps, '.')} --> {_time(cue.end_frame, fps, '.')}"
        f"{_AT_TOP if cue.at_top else ''}\n"
        f"{_rows(cue, _escape_vtt, _stamps(cue, fps) if highlight else {})}\n"
        for number, cue in enumerate(cues, start=1)
    ]
    head = ["WEBVTT\n", *([_PALE_UNTIL_SPOKEN] if highlight and blocks else [])]
    return "\n".join([*head, *blocks]).encode()


def _stamps(cue: Cue, fps: FrameRate) -> dict[CueWord, str]:
    """The time tag before each word; the format wants them to rise, and inside the cue."""
    stamps, last = {}, cue.start_frame
    for word, first, _ in word_times(cue):
        if first > last:
            stamps[word] = f"<{_time(first, fps, '.')}>"
            last = first
    return stamps


def _rows(cue: Cue, escape: Callable[[str], str], stamps: dict[CueWord, str] | None = None) -> str:
    left = dict(stamps or {})
    return "\n".join("".join(_row(row, escape, left)) for row in written_rows(cue))


def _row(
    row: Iterable[WrittenSpan], escape: Callable[[str], str], stamps: dict[CueWord, str]
) -> Iterator[str]:
    """Words are parted only where a time stands between them."""
    held: Span | None = None
    for written in row:
        stamp = stamps.pop(written.word, "") if written.word else ""
        same = held is not None and _style(held) == _style(written.span)
        if held is not None and same and not stamp:
            held = held.model_copy(update={"text": held.text + written.span.text})
            continue
        if held is not None:
            yield _tagged(held, escape)
        held = written.span
        yield stamp
    if held is not None:
        yield _tagged(held, escape)


def _style(span: Span) -> tuple[bool, bool, bool]:
    return span.bold, span.italic, span.underline


def _tagged(span: Span, escape: Callable[[str], str]) -> str:
    """Both formats know these three tags."""
    text = escape(span.text)
    for tag, wanted in (("u", span.underline), ("i", span.italic), ("b", span.bold)):
        if wanted:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _plain_srt(text: str) -> str:
    """Words that a player would take for a tag are parted by a sign that is not seen."""
    return _SRT_MARKUP.sub("\\g<0>\u2060", text)


def _escape_vtt(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(frame: int, fps: FrameRate, decimal_sign: str) -> str:
    seconds, milliseconds = divmod(frames_to_ms(frame, fps), 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}{decimal_sign}{milliseconds:03d}"
