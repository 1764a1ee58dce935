"""Title cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renderers.fonts.font_files import TextStyle
from renderers.plates.choice import Chooser
from renderers.plates.ink import Colour, Sheet, curve
from renderers.plates.lettering import Page, wrapped, write
from renderers.plates.palette import Palette, darker, lighter, mix, palette_of

if TYPE_CHECKING:
    from PIL.Image import Image

TITLE_LINES = 3
OTHER_LINES = 2


def slate_palette(lines: tuple[str, ...]) -> Palette:
    """The colours of a title card follow from its first line."""
    return palette_of(f"title {lines[0] if lines else ''}")


def paint_slate(sheet: Sheet, half: float, lines: tuple[str, ...]) -> None:
    """The ground of a title card: an evening with hills, left plain where the letters stand."""
    palette = slate_palette(lines)
    choose = Chooser(lines[0] if lines else "")
    night = darker(mix(palette.fabric, (30, 34, 58), 560), 260)
    glow = mix(palette.accent, (246, 178, 110), 450)
    wide = half + 300
    sheet.shade_down((-wide, -300, wide, 700), night, mix(night, glow, 420))
    sheet.shade_down((-wide, 700, wide, 860), mix(night, glow, 420), mix(night, glow, 820))
    sheet.rect((-wide, 859, wide, 1100), mix(night, glow, 820))
    x = half * choose.spread("sun", -50, 50) / 100
    sheet.oval((x, 838), 120, 120, lighter(glow, 420))
    for k, (base, tall, mixed) in enumerate(((880, 70, 520), (930, 80, 260), (985, 80, 60))):
        points = [
            (-wide + 2 * wide * i / 6, base - tall * choose.spread(f"{k} {i}", 0, 100) / 100)
            for i in range(7)
        ]
        crest = curve(points, closed=False, steps=10)
        sheet.fill([*crest, (wide, 1400), (-wide, 1400)], mix(darker(night, 300), glow, mixed))
    for i in range(40):
        star = (
            (choose.number(f"star {i} x", 2000) / 1000 - 1) * half,
            choose.number(f"star {i} y", 520),
        )
        size = 1.3 + (i % 6 == 0)
        sheet.oval(star, size, size, mix(night, (255, 248, 226), 420 + (i * 53) % 400))


def letter_slate(page: Page, lines: tuple[str, ...]) -> None:
    """The text of a title card, centred, the first line largest; too much text is cut."""
    left, top, right, low = page.safe
    width = (right - left) * 88 // 100
    palette = slate_palette(lines)
    bright: Colour = (252, 244, 226)
    rows: list[tuple[str, TextStyle]] = []
    for index, text in enumerate(lines):
        rows.extend(
            _rows(
                page,
                text,
                width,
                first=index == 0,
                colour=bright if index == 0 else lighter(palette.trim, 60),
            )
        )
    room = (low - top) * 74 // 100
    while rows and sum(_height(style) for _, style in rows) > room:
        rows.pop()
    total = sum(_height(style) for _, style in rows)
    y = top + (low - top) * 44 // 100 - total // 2
    ruled = False
    for index, (text, style) in enumerate(rows):
        if not style.bold and not ruled:
            ruled = True
            if index:
                y += _rule(page, y, palette.accent)
        baseline = y + style.size_px
        wide = page.fonts.width(text, style.size_px, bold=style.bold)
        write(
            page,
            text,
            TextStyle(
                ((left + right - wide) // 2, baseline), style.size_px, style.colour, style.bold
            ),
        )
        y += _height(style)


def _height(style: TextStyle) -> int:
    return style.size_px * (13 if style.bold else 15) // 10


def _rows(
    page: Page, text: str, width: int, *, first: bool, colour: Colour
) -> list[tuple[str, TextStyle]]:
    size = max(6, page.unit * (104 if first else 36) // 1000)
    style = TextStyle((0, 0), size, colour, bold=first)
    if first:
        # A title that would not fit its lines is set smaller before anything is cut.
        for permille in (104, 84, 66, 52):
            style = TextStyle((0, 0), max(6, page.unit * permille // 1000), colour, bold=True)
            if page.fonts.width(text[:600], style.size_px, bold=True) <= width * 2:
                break
    return [
        (line, style)
        for line in wrapped(page, text, style, width, TITLE_LINES if first else OTHER_LINES)
    ]


def _rule(page: Page, y: int, colour: Colour) -> int:
    from PIL import ImageDraw

    image: Image = page.image
    unit = page.unit
    middle, half = (page.safe[0] + page.safe[2]) // 2, unit * 9 // 100
    thick = max(1, unit * 4 // 1000)
    top = y + unit * 22 // 1000
    draw = ImageDraw.Draw(image)
    fill = page.ink.tone(lighter(colour, 260))
    draw.rectangle((middle - half, top, middle + half, top + thick - 1), fill=fill)
    return unit * 52 // 1000
