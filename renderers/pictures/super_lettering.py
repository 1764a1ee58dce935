"""Words over the picture that stand still while the camera moves: in the title-safe area, white
with a dark edge, above where captions and the words of a storyboard picture stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from renderers.fonts.font_files import FontSet, TextStyle
from renderers.pictures.watermark import Mark, laid_at
from renderers.plates.lettering import Page, visual, wrapped

if TYPE_CHECKING:
    from PIL.Image import Image

SUPER_VERSION: Final = 2
# Title-safe area: 90 % of width and height (SMPTE ST 2046-1).
_UNSAFE_DIVISOR: Final = 20
# Letters in 1/1000 of the picture's measure: the first size at which the rows fit is taken.
_SIZES_PERMILLE: Final = (58, 48, 40, 33, 26, 20)
_MOST_ROWS: Final = 4
# Where the words end over a picture: captions of two rows and the action strip begin below.
_FOOT_PERMILLE: Final = 700
# On black they stand a little above the middle, as titles do.
_MIDDLE_PERMILLE: Final = 480
_WIDE_PERMILLE: Final = 900
_EDGE_STRENGTH: Final = 190


def super_mark(
    lines: tuple[str, ...], size: tuple[int, int], fonts: FontSet, *, on_black: bool
) -> Mark:
    """The words, a row or more for each line, centred on a picture of that size in pixels.

    Raises PipelineError `missing-glyph` when no font has one of the characters.
    """
    for line in lines:
        fonts.require(line, "the words on the picture")
    width, height = size
    rows, letter = _set(lines, size, fonts)
    emblem = _lettered(rows, letter, fonts)
    wide, high = emblem.width // 2 // 2 * 2, emblem.height // 2 // 2 * 2
    left = (width - wide) // 4 * 2
    middle = height * _MIDDLE_PERMILLE // 1000 - high // 2
    top = middle if on_black else height * _FOOT_PERMILLE // 1000 - high
    top = max(top, -(-height // _UNSAFE_DIVISOR))
    return laid_at(emblem, (left, top // 2 * 2, wide, high), 100, size)


def _set(lines: tuple[str, ...], size: tuple[int, int], fonts: FontSet) -> tuple[list[str], int]:
    """The rows and the height of their letters in pixels."""
    from PIL import Image as Images

    width, height = size
    measure = min(height, width * 12 // 10) * (_UNSAFE_DIVISOR - 2) // _UNSAFE_DIVISOR
    room = width * (_UNSAFE_DIVISOR - 2) // _UNSAFE_DIVISOR * _WIDE_PERMILLE // 1000
    page = Page(Images.new("RGB", (1, 1)), (0, 0, width, height), fonts)
    rows: list[str] = []
    letter = 5
    for permille in _SIZES_PERMILLE:
        letter = max(5, measure * permille // 1000)
        style = TextStyle((0, 0), letter, (255, 255, 255), bold=True)
        rows = [row for line in lines for row in wrapped(page, line, style, room, _MOST_ROWS + 1)]
        if len(rows) <= _MOST_ROWS:
            break
    return rows[:_MOST_ROWS], letter


def _lettered(rows: list[str], letter: int, fonts: FontSet) -> Image:
    """The rows at twice their size, so that their edges are smooth; transparent around."""
    from PIL import Image as Images
    from PIL import ImageDraw

    size = letter * 2
    edge = max(2, size // 14)
    widths = [fonts.width(row, size, bold=True) for row in rows]
    wide = (max(widths) + 4 * edge + 3) // 4 * 4
    high = (len(rows) * size * 13 // 10 + size // 2 + 3) // 4 * 4
    masks = []
    for shifts in ([(0, 0)], [(x, y) for x in (-edge, 0, edge) for y in (-edge, 0, edge)]):
        mask = Images.new("RGB", (wide, high))
        ink = ImageDraw.Draw(mask)
        for number, (row, long) in enumerate(zip(rows, widths, strict=True)):
            at = ((wide - long) // 2, size * 11 // 10 + number * size * 13 // 10)
            for x, y in shifts:
                style = TextStyle((at[0] + x, at[1] + y), size, (255, 255, 255), bold=True)
                fonts.draw(ink, visual(fonts.joined(row)), style)
        masks.append(mask.getchannel("R"))
    letters, edges = masks
    emblem = Images.new("RGBA", letters.size, (16, 14, 18, 0))
    emblem.putalpha(edges.point([value * _EDGE_STRENGTH // 255 for value in range(256)]))
    emblem.paste((255, 255, 255, 255), (0, 0), letters)
    return emblem
