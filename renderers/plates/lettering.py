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

_NEVER_FIRST = frozenset("、。，．！？：；」』）】〉》ー々…ゃゅょっャュョッ")

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
    """A line in the order its characters are drawn in, from the left.

    A part of the Unicode bidirectional algorithm (UAX #9), word by word: enough to read a name or a
    title. The first letter that has a direction gives it to the line; words of the other direction
    keep theirs, and numbers run as those around them.
    """
    words = line.split(" ")
    if not any(_right_to_left(word) for word in words):
        return line
    leftward = next(found for found in map(_direction, words) if found) < 0
    runs: list[tuple[bool, list[str]]] = []
    for word in words:
        direction = _direction(word)
        back = direction < 0 or (not direction and leftward)
        if runs and runs[-1][0] == back:
            runs[-1][1].append(word)
        else:
            runs.append((back, [word]))
    shown = [
        " ".join(_mirrored(word) for word in reversed(run)) if back else " ".join(run)
        for back, run in runs
    ]
    return " ".join(reversed(shown) if leftward else shown)


def _direction(word: str) -> int:
    """-1 for a word read from the right, 1 for one from the left, 0 for numbers and signs."""
    if _right_to_left(word):
        return -1
    return int(any(unicodedata.bidirectional(sign) == "L" for sign in word))


def _right_to_left(word: str) -> bool:
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in word)


def _mirrored(word: str) -> str:
    """A word from its last letter to its first; marks stay behind their letters, digits in order,
    and brackets open the other way."""
    if not _right_to_left(word) and any(sign.isdigit() for sign in word):
        return word
    swap = {"(": ")", ")": "(", "[": "]", "]": "[", "«": "»", "»": "«"}
    parts: list[str] = []
    for sign in word:
        before = parts[-1] if parts else ""
        marks = before and unicodedata.combining(sign)
        if marks or (before[-1:].isdigit() and (sign.isdigit() or sign in ".,:")):
            parts[-1] += sign
        else:
            parts.append(swap.get(sign, sign))
    return "".join(reversed(parts))


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
    # Where words have no spaces between them, a stop or a closing bracket begins no line.
    while 1 < count < len(text) and text[count] in _NEVER_FIRST:
        count -= 1
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
    page.fonts.draw(ImageDraw.Draw(page.image), visual(page.fonts.joined(text)), toned)


def wash(page: Page, box: Box, colour: Colour, strength: int) -> None:
    """A translucent rectangle; strength 0 to 255."""
    from PIL import Image as Images

    image = page.image
    left, top = max(0, box[0]), max(0, box[1])
    right, low = min(image.width, box[2]), min(image.height, box[3])
    if right > left and low > top:
        veil = Images.new("L", (right - left, low - top), strength)
        image.paste(page.ink.tone(colour), (left, top, right, low), veil)
