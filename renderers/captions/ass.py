"""Captions for burning in: an Advanced SubStation file for the frames of one shot."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from renderers.captions.cue import Cue, CueWord
from renderers.captions.writing import MARKS, WrittenSpan, word_times, written_rows
from schemas.script import Span
from schemas.timing import FrameRate

if TYPE_CHECKING:
    import pysubs2

# Title-safe area: 90 % of width and height (SMPTE ST 2046-1).
_SAFE_MARGIN_PERMILLE: Final = 50
_TEXT_HEIGHT_PERMILLE: Final = 58
_SMALLEST_TEXT_PX: Final = 10
# A row of 42 average letters must fit in a narrow picture as well.
_WIDTH_OF_ROW_PERMILLE: Final = 48
_WHITE: Final = "&HFFFFFF&"
_MARKED: Final = "&H45D8FF&"
"""A warm yellow, in the format's order of blue, green and red."""
_WORD_JOINER: Final = "\u2060"


@dataclass(frozen=True, slots=True)
class AssRequest:
    """Picture size in pixels, and the film frames `first_frame` to `first_frame + frame_count`."""

    width: int
    height: int
    fps: FrameRate
    font_name: str
    first_frame: int
    frame_count: int
    highlight: bool = False


def to_ass(cues: Iterable[Cue], request: AssRequest) -> bytes:
    """The cues seen in those frames, clipped to them, with times from their start; UTF-8.

    libass shows an event from its start up to before its end, both in 1/100 s; each time is put
    between two frames, so that the caption stands on exactly its own.
    """
    import pysubs2

    document = pysubs2.SSAFile()
    document.info = {
        "PlayResX": str(request.width),
        "PlayResY": str(request.height),
        "WrapStyle": "0",
        "ScaledBorderAndShadow": "yes",
        "YCbCr Matrix": "None",
        "ScriptType": "v4.00+",
    }
    size = _text_height_of(request.width, request.height)
    document.styles = {"Default": _style(request, size)}
    last_frame = request.first_frame + request.frame_count
    for cue in cues:
        for first, after, word in _looks(cue, request.highlight):
            start = max(first, request.first_frame) - request.first_frame
            end = min(after, last_frame) - request.first_frame
            if start < end:
                document.events.append(
                    pysubs2.SSAEvent(
                        start=_between_frames_ms(start, request.fps),
                        end=_between_frames_ms(end, request.fps),
                        text=_text(cue, word, request, size),
                    )
                )
    return document.to_string("ass").encode()


def text_box(cue: Cue, width: int, height: int) -> tuple[int, int, int, int]:
    """About where a cue stands on a picture of that size: left, top, right, bottom in pixels, box
    and all, rather too wide than too narrow."""
    size = _text_height_of(width, height)
    rows = written_rows(cue)
    ems = max(_ems_permille("".join(written.span.text for written in row)) for row in rows)
    edge = _padding(size) + _outline(size)
    widest = width - 2 * _margin(width, size)
    wide = min(ems * size // 1000, widest) + 2 * edge
    high = len(rows) * size + 2 * edge
    border = -(-height * _SAFE_MARGIN_PERMILLE // 1000)
    top = border if cue.at_top else height - border - high
    left = (width - wide) // 2
    return left, top, left + wide, top + high


def _looks(cue: Cue, highlight: bool) -> Iterator[tuple[int, int, CueWord | None]]:
    """The cue in stretches of frames that look the same, each with the word that is marked.

    Not `\\k`, which would leave every spoken word marked and counts in 1/100 s.
    """
    at = cue.start_frame
    for word, first, after in word_times(cue) if highlight else ():
        if at < first:
            yield at, first, None
        yield max(at, first), after, word
        at = max(at, after)
    if at < cue.end_frame:
        yield at, cue.end_frame, None


def _text(cue: Cue, marked: CueWord | None, request: AssRequest, size: int) -> str:
    place = "{\\an8}" if cue.at_top else ""
    return place + "\\N".join(_row(row, marked, request, size) for row in written_rows(cue))


def _text_height_of(width: int, height: int) -> int:
    by_height = height * _TEXT_HEIGHT_PERMILLE // 1000
    by_width = width * _WIDTH_OF_ROW_PERMILLE // 1000
    return max(min(by_height, by_width), _SMALLEST_TEXT_PX)


def _style(request: AssRequest, size: int) -> pysubs2.SSAStyle:
    """White with a thin outline on one see-through box (libass border style 4)."""
    import pysubs2

    return pysubs2.SSAStyle(
        fontname=request.font_name,
        fontsize=size,
        primarycolor=pysubs2.Color(255, 255, 255),
        outlinecolor=pysubs2.Color(0, 0, 0),
        backcolor=pysubs2.Color(0, 0, 0, 96),
        borderstyle=4,
        outline=_outline(size),
        shadow=_padding(size),
        alignment=pysubs2.Alignment.BOTTOM_CENTER,
        marginl=_margin(request.width, size),
        marginr=_margin(request.width, size),
        marginv=_margin(request.height, size),
        encoding=-1,  # direction of each paragraph by its first letter, for right-to-left scripts
    )


def _margin(side: int, size: int) -> int:
    """The unsafe border, and the edge of the box, which must stay inside the safe area as well."""
    return -(-side * _SAFE_MARGIN_PERMILLE // 1000) + _padding(size) + _outline(size)


def _padding(size: int) -> int:
    """What the box adds on each side; libass takes it from the shadow's distance."""
    return max(size // 5, 2)


def _outline(size: int) -> int:
    return max(size // 20, 1)


def _row(
    row: tuple[WrittenSpan, ...], marked: CueWord | None, request: AssRequest, size: int
) -> str:
    """The row with its styles, smaller where the row would be wider than the safe area."""
    room = request.width - 2 * _margin(request.width, size)
    needed = _ems_permille("".join(written.span.text for written in row)) * size // 1000
    smaller = max(size * room // needed, size * 6 // 10) if needed > room else size
    runs = groupby(row, key=lambda written: _look(written, marked))
    text = "".join(
        _styled("".join(written.span.text for written in run), *look) for look, run in runs
    )
    return text if smaller == size else f"{{\\fs{smaller}}}{text}{{\\fs{size}}}"


def _look(written: WrittenSpan, marked: CueWord | None) -> tuple[Span, bool]:
    """All that a stretch of letters in one look has in common."""
    plain = written.span.model_copy(update={"text": ""})
    return plain, marked is not None and written.word == marked


def _styled(words: str, style: Span, marked: bool) -> str:
    text = _neutral(words)
    for tag, wanted in (("u", style.underline), ("i", style.italic), ("b", style.bold)):
        if wanted:
            text = f"{{\\{tag}1}}{text}{{\\{tag}0}}"
    return f"{{\\1c{_MARKED}}}{text}{{\\1c{_WHITE}}}" if marked else text


def _neutral(text: str) -> str:
    """Words that libass takes for words: no override block, no `\\N`, `\\n` or `\\h`.

    A backslash has no escape; an invisible joiner behind it keeps it from meaning anything.
    """
    return text.replace("\\", "\\" + _WORD_JOINER).replace("{", "\\{")


def _ems_permille(text: str) -> int:
    """Width of the text, on the generous side, in 1/1000 of the text height."""
    total = 0
    for sign in text:
        if sign in "MW@%—…" or unicodedata.east_asian_width(sign) in "WF":
            total += 880
        elif sign in "iIjl.,:;'’!|()[] ":
            total += 330
        elif unicodedata.combining(sign) == 0 and sign not in MARKS:
            total += 610 if sign.isupper() or sign.isdigit() else 530
    return total


def _between_frames_ms(frame: int, fps: FrameRate) -> int:
    """A multiple of 10 ms after the start of frame `frame - 1` and not after that of `frame`.

    The nearest one to the middle of the two; ffmpeg hands libass whole milliseconds, cut off.
    """
    if frame == 0:
        return 0
    middle = (2 * frame - 1) * 500 * fps.den
    nearest = (middle + 5 * fps.num) // (10 * fps.num) * 10
    shown = frame * 1000 * fps.den // fps.num
    return nearest if nearest <= shown else nearest - 10
