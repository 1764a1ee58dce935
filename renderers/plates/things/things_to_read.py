"""Things of paper and screens; about 100 units long, around their middle."""

from __future__ import annotations

from typing import Final

from renderers.plates.ink import Colour, corners, curve
from renderers.plates.pen import FigurePen

_PAPER: Final[Colour] = (250, 244, 228)
_SHADE: Final[Colour] = (214, 202, 176)
_LINES: Final[Colour] = (132, 124, 122)
_DARK: Final[Colour] = (58, 56, 66)


def letter(pen: FigurePen) -> None:
    """An envelope with a seal."""
    pen.form(corners((-48, -32, 48, 32)), _PAPER)
    pen.stroke([(-48, -32), (0, 6), (48, -32)], 4, _LINES)
    pen.inked_oval((0, 2), (10, 10), (178, 52, 48))


def paper(pen: FigurePen) -> None:
    """A written sheet."""
    pen.form([(-36, -50), (24, -50), (38, -36), (38, 50), (-36, 50)], _PAPER)
    pen.form([(24, -50), (24, -36), (38, -36)], _SHADE)
    for k, y in enumerate((-28.0, -14.0, 0.0, 14.0, 28.0)):
        pen.stroke([(-24, y), (0, y), (24 - 14 * (k == 4), y)], 3, _LINES)


def newspaper(pen: FigurePen) -> None:
    """A newspaper, opened."""
    for side in (-1, 1):
        pen.form([(0, -34), (side * 50, -40), (side * 50, 34), (0, 42)], _PAPER)
        pen.flat(
            [(side * 6, -26), (side * 44, -30), (side * 44, -20), (side * 6, -16)], (96, 90, 92)
        )
        for y in (-8.0, 2.0, 12.0, 22.0):
            pen.stroke([(side * 8, y + 2), (side * 26, y), (side * 44, y - 2)], 2.4, _LINES)


def photo(pen: FigurePen) -> None:
    """A photograph of somebody."""
    pen.form(corners((-40, -48, 40, 48)), _PAPER)
    pen.flat(corners((-32, -40, 32, 26)), (150, 178, 188))
    pen.flat(curve([(-22, 26), (-16, 2), (16, 2), (22, 26), (22, 26), (-22, 26)]), (84, 74, 92))
    pen.oval((0, -14), (13, 15), (222, 178, 146))


def book(pen: FigurePen) -> None:
    """An open book."""
    pen.form([(-50, -24), (0, -16), (50, -24), (50, 34), (0, 42), (-50, 34)], (142, 58, 56))
    for side in (-1, 1):
        page = [(0, -18), (side * 22, -32), (side * 46, -28), (side * 46, 28), (side * 22, 24),
                (0, 36)]  # fmt: skip
        pen.form(page, _PAPER)
        for y in (-14.0, -2.0, 10.0):
            pen.stroke([(side * 8, y), (side * 22, y - 5), (side * 38, y - 4)], 2.6, _LINES)


def laptop(pen: FigurePen) -> None:
    """An opened laptop, its screen towards whoever holds it."""
    pen.form([(-44, -44), (44, -44), (48, 18), (-48, 18)], (150, 154, 164))
    pen.form([(-48, 18), (48, 18), (54, 32), (-54, 32)], (112, 116, 126))
    pen.inked_oval((0, -14), (8, 8), (224, 226, 230))


def money(pen: FigurePen) -> None:
    """A few banknotes."""
    for k, tone in enumerate(((128, 164, 118), (150, 184, 136), (172, 202, 154))):
        x, y = k * 7.0 - 8, k * 8.0 - 10
        pen.form(corners((x - 42, y - 20, x + 42, y + 22)), tone)
    pen.inked_oval((6, 7), (12, 13), _PAPER)
    pen.stroke([(6, 0), (6, 7), (6, 14)], 3, _DARK)
