"""A thing that there is no picture of: a storyboard card with its name, pinned before the place."""

from __future__ import annotations

from typing import Final

from renderers.fonts.font_files import TextStyle
from renderers.plates.lettering import INK, PAPER, Page, wash, wrapped, write
from renderers.plates.palette import palette_of
from renderers.plates.setting import PictureFrame

# In 1/1000 of the safe box: how wide and how high the card is, and where its middle lies.
_WIDE: Final = 560
_HIGH: Final = 440
_MIDDLE: Final = 440
_SIZES_PERMILLE: Final = (96, 78, 62, 50, 40, 30, 22)
_MOST_ROWS: Final = 5


def paint_insert(frame: PictureFrame, page: Page) -> None:
    """The card with the name of the spec's insert, in a colour that belongs to the name."""
    name = frame.spec.insert
    left, top, right, low = page.safe
    wide, high = (right - left) * _WIDE // 1000, (low - top) * _HIGH // 1000
    x = (left + right - wide) // 2
    y = top + (low - top) * _MIDDLE // 1000 - high // 2
    edge = max(2, page.unit * 6 // 1000)
    accent = palette_of(f"prop {name.casefold()}").accent
    wash(page, (0, 0, page.image.width, page.image.height), INK, 96)
    wash(page, (x + 3 * edge, y + 3 * edge, x + wide + 3 * edge, y + high + 3 * edge), INK, 120)
    wash(page, (x - edge, y - edge, x + wide + edge, y + high + edge), INK, 255)
    wash(page, (x, y, x + wide, y + high), PAPER, 255)
    wash(page, (x, y, x + wide, y + high * 9 // 100), accent, 255)
    rows, style = _rows(page, name, wide * 86 // 100, high * 80 // 100)
    tall = style.size_px * 13 // 10
    baseline = y + (high + high * 9 // 100 - len(rows) * tall) // 2 + style.size_px
    for row in rows:
        long = page.fonts.width(row, style.size_px, bold=True)
        at = ((left + right - long) // 2, baseline)
        write(page, row, TextStyle(at, style.size_px, INK, bold=True))
        baseline += tall


def _rows(page: Page, name: str, room: int, high: int) -> tuple[list[str], TextStyle]:
    """The name in the largest letters that hold it whole."""
    rows: list[str] = []
    style = TextStyle((0, 0), 5, INK, bold=True)
    for permille in _SIZES_PERMILLE:
        style = TextStyle((0, 0), max(5, page.unit * permille // 1000), INK, bold=True)
        rows = wrapped(page, name, style, room, _MOST_ROWS + 1)
        words = all(
            page.fonts.width(word, style.size_px, bold=True) <= room for word in name.split()
        )
        if words and len(rows) * style.size_px * 13 // 10 <= high:
            break
    return rows[:_MOST_ROWS], style
