"""A thing that there is no picture of, seen by itself: drawn before the place if its kind is known,
or else a storyboard card with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from renderers.fonts.font_files import TextStyle
from renderers.plates.ink import Glow, Sheet
from renderers.plates.lettering import INK, PAPER, Page, shortened, wash, wrapped, write
from renderers.plates.palette import darker, light_of, lighter, palette_of
from renderers.plates.pen import FigurePen
from renderers.plates.setting import PictureFrame, shine
from renderers.plates.theme import ink_of
from renderers.plates.things.kinds import THINGS
from schemas.held_things import thing_in

if TYPE_CHECKING:
    from PIL.Image import Image

# A thing that is drawn: how long it is, where its middle is, and the light around it, in picture
# units; how far the place behind it steps back. What is small in a hand is not shown as a giant.
_LARGE: Final = 560.0
_LARGE_MIDDLE: Final = 412.0
_POOL: Final = (560.0, 480.0)
_DIMMED_PERMILLE: Final = 420
_SMALLER: Final = {"coin": 0.6, "ring": 0.6, "apple": 0.7, "watch": 0.8, "cigarette": 0.9}

# In 1/1000 of the safe box: how wide and how high the card is, and where its middle lies.
_WIDE: Final = 560
_HIGH: Final = 440
_MIDDLE: Final = 440
_SIZES_PERMILLE: Final = (96, 78, 62, 50, 40, 30, 22)
_MOST_ROWS: Final = 5


def paint_insert(frame: PictureFrame, page: Page) -> None:
    """The thing of the spec's insert, with its name below."""
    if kind := thing_in(frame.spec.insert):
        _draw_large(frame, page.image, kind)
        _label(page, frame.spec.insert)
    else:
        _pin_card(page, frame.spec.insert)


def step_back(frame: PictureFrame, image: Image) -> None:
    """The place behind a thing darkens, and a pool of light falls where the thing is."""
    from PIL import Image as Images
    from PIL import ImageDraw

    ink, light = ink_of(frame.spec.theme), light_of(frame.spec.time_of_day)
    shade = Images.new("RGB", image.size, ink.tone(darker(light.ink, 300)))
    image.paste(Images.blend(image, shade, _DIMMED_PERMILLE / 1000))
    pool = Sheet(image, ImageDraw.Draw(image), frame.unit, frame.left, frame.top, ink=ink)
    pool.glows.append(Glow(0, _LARGE_MIDDLE, *_POOL, lighter(light.sky_low, 500), 620))
    shine(image, pool, 1.0)


def _draw_large(frame: PictureFrame, image: Image, kind: str) -> None:
    """The thing in a pool of light, drawn at twice its size and reduced."""
    from PIL import Image as Images
    from PIL import ImageDraw

    ink, light = ink_of(frame.spec.theme), light_of(frame.spec.time_of_day)
    step_back(frame, image)
    reach = _LARGE * 0.72
    left = max(int(frame.left - reach * frame.unit), 0)
    right = min(int(frame.left + reach * frame.unit), image.width)
    part = image.crop((left, 0, right, image.height))
    part = part.resize((part.width * 2, part.height * 2), Images.Resampling.NEAREST)
    scale, at = frame.unit * 2, ((frame.left - left) * 2, frame.top * 2)
    sheet = Sheet(part, ImageDraw.Draw(part), scale, *at, ink=ink)
    unit = _LARGE / 100 * _SMALLER.get(kind, 1.0)
    pen = FigurePen(
        sheet, 0, _LARGE_MIDDLE, unit, 1, darker(light.ink, 100), light.people_permille, 1.5
    )
    THINGS[kind].draw(pen)
    image.paste(part.reduce(2), (left, 0))


def _label(page: Page, name: str) -> None:
    """The thing's name on a slip of paper, in small letters."""
    left, top, right, low = page.safe
    size = max(5, page.unit * 34 // 1000)
    style = TextStyle((0, 0), size, INK, bold=True)
    text = shortened(page, name, style, (right - left) * 6 // 10)
    wide = page.fonts.width(text, size, bold=True) + 2 * size
    x, y = (left + right - wide) // 2, top + (low - top) * 73 // 100
    wash(page, (x, y, x + wide, y + size * 17 // 10), PAPER, 232)
    accent = palette_of(f"prop {name.casefold()}").accent
    wash(page, (x, y, x + max(2, size // 4), y + size * 17 // 10), accent, 255)
    write(page, text, TextStyle((x + size, y + size * 122 // 100), size, INK, bold=True))


def _pin_card(page: Page, name: str) -> None:
    """A card with a name, in a colour that belongs to the name."""
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
