"""Text on a picture: the storyboard strip, name tags, the corner tag, title cards."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from renderers.fonts.font_files import FontSet, TextStyle
from renderers.plates.ink import Colour
from renderers.plates.theme import PLAIN, Ink

if TYPE_CHECKING:
    from PIL.Image import Image

PAPER: Colour = (250, 243, 228)
INK: Colour = (46, 36, 42)
MAX_CHARACTERS = 2000
"""More of a text than this is never looked at; no line of a picture could hold it."""

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """Where text may stand: the picture, and its safe box in pixels."""

    image: Image
    safe: Box
    fonts: FontSet
    ink: Ink = PLAIN

    @property
    def unit(self) -> int:
        """A size that text is measured by: the height of the safe box in pixels; in an upright
        picture somewhat more than its width, as it is seen on a small screen."""
        return max(1, min(self.safe[3] - self.safe[1], (self.safe[2] - self.safe[0]) * 12 // 10))


def cleaned(text: str) -> str:
    """The text as it can be shown on a line: no control characters, single spaces, and
    right-to-left stretches in the order in which they are seen."""
    shown = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in text[:MAX_CHARACTERS]
        if unicodedata.category(sign) != "Cs"
    )
    return " ".join(shown.split())


def visual(line: str) -> str:
    """A line in the order its characters are drawn in.

    Words in Hebrew or Arabic letters are reversed, and runs of them too. This is a small part of
    the Unicode bidirectional algorithm: enough to read a name or a title, no more.
    """
    words = line.split(" ")
    if not any(_right_to_left(word) for word in words):
        return line
    result: list[str] = []
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and _right_to_left(words[end]):
            end += 1
        if end > start:
            result.extend(_mirrored(word) for word in reversed(words[start:end]))
            start = end
        else:
            result.append(words[start])
            start += 1
    return " ".join(result)


def _right_to_left(word: str) -> bool:
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in word)


def _mirrored(word: str) -> str:
    swap = {"(": ")", ")": "(", "[": "]", "]": "[", "«": "»", "»": "«"}
    return "".join(swap.get(sign, sign) for sign in reversed(word))


def wrapped(page: Page, text: str, style: TextStyle, width: int, most: int) -> list[str]:
    """The text in at most `most` lines of `width` pixels; what is left out ends in an ellipsis."""
    lines: list[str] = []
    rest = cleaned(text)
    while rest and len(lines) < most:
        line, rest = _one_line(page, rest, style, width)
        if rest and len(lines) == most - 1:
            line = shortened(page, f"{line} {rest}", style, width)
            rest = ""
        lines.append(line)
    return lines


def _one_line(page: Page, text: str, style: TextStyle, width: int) -> tuple[str, str]:
    words = text.split(" ")
    line = ""
    for index, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if page.fonts.width(longer, style.size_px, bold=style.bold) > width:
            if not line:
                return _broken_word(page, text, style, width)
            return line, " ".join(words[index:])
        line = longer
    return line, ""


def _broken_word(page: Page, text: str, style: TextStyle, width: int) -> tuple[str, str]:
    count = max(1, _fitting(page, text, style, width))
    return text[:count], text[count:].lstrip()


def _fitting(page: Page, text: str, style: TextStyle, width: int) -> int:
    """How many characters from the beginning fit the width."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if page.fonts.width(text[:middle], style.size_px, bold=style.bold) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def shortened(page: Page, text: str, style: TextStyle, width: int) -> str:
    """The text on one line, cut with an ellipsis when it is too long."""
    text = cleaned(text)
    if page.fonts.width(text, style.size_px, bold=style.bold) <= width:
        return text
    room = width - page.fonts.width("…", style.size_px, bold=style.bold)
    return text[: _fitting(page, text, style, room)].rstrip(" ,;:.") + "…"


def write(page: Page, text: str, style: TextStyle) -> None:
    """One line of text."""
    from PIL import ImageDraw

    toned = replace(style, colour=page.ink.tone(style.colour))
    page.fonts.draw(ImageDraw.Draw(page.image), visual(text), toned)


def wash(page: Page, box: Box, colour: Colour, strength: int) -> None:
    """A translucent rectangle; strength 0 to 255."""
    from PIL import Image as Images

    image = page.image
    left, top = max(0, box[0]), max(0, box[1])
    right, low = min(image.width, box[2]), min(image.height, box[3])
    if right > left and low > top:
        veil = Images.new("L", (right - left, low - top), strength)
        image.paste(page.ink.tone(colour), (left, top, right, low), veil)
