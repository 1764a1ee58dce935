"""Captions for burning in: an Advanced SubStation file for the frames of one shot."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from renderers.caption_cue import Cue, row_text, shown_rows
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
    size = _text_height(request)
    document.styles = {"Default": _style(request, size)}
    last_frame = request.first_frame + request.frame_count
    for cue in cues:
        start = max(cue.start_frame, request.first_frame) - request.first_frame
        end = min(cue.end_frame, last_frame) - request.first_frame
        if start < end:
            document.events.append(
                pysubs2.SSAEvent(
                    start=_between_frames_ms(start, request.fps),
                    end=_between_frames_ms(end, request.fps),
                    text="\\N".join(_row(row, request, size) for row in shown_rows(cue)),
                )
            )
    return document.to_string("ass").encode()


def _text_height(request: AssRequest) -> int:
    by_height = request.height * _TEXT_HEIGHT_PERMILLE // 1000
    by_width = request.width * _WIDTH_OF_ROW_PERMILLE // 1000
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


def _row(row: tuple[Span, ...], request: AssRequest, size: int) -> str:
    """The row with its styles, smaller where the row would be wider than the safe area."""
    room = request.width - 2 * _margin(request.width, size)
    needed = _ems_permille(row_text(row)) * size // 1000
    smaller = max(size * room // needed, size * 6 // 10) if needed > room else size
    text = "".join(_styled(span) for span in row)
    return text if smaller == size else f"{{\\fs{smaller}}}{text}{{\\fs{size}}}"


def _styled(span: Span) -> str:
    text = _neutral(span.text)
    for tag, wanted in (("u", span.underline), ("i", span.italic), ("b", span.bold)):
        if wanted:
            text = f"{{\\{tag}1}}{text}{{\\{tag}0}}"
    return text


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
        elif unicodedata.combining(sign) == 0:
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
