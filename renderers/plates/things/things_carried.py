"""Things with some weight; about 100 units long, around their middle."""

from __future__ import annotations

from typing import Final

from renderers.plates.ink import Colour, Point, corners, curve
from renderers.plates.pen import FigurePen

_METAL: Final[Colour] = (168, 174, 184)
_DARK: Final[Colour] = (58, 54, 62)
_BRASS: Final[Colour] = (206, 164, 82)
_CARD: Final[Colour] = (196, 154, 104)
_FUR: Final[Colour] = (182, 128, 80)


def lantern(pen: FigurePen) -> None:
    """A storm lantern, alight."""
    pen.stroke([(-22, -26), (-18, -48), (18, -48), (22, -26)], 4, _DARK)
    pen.form([(-18, -34), (18, -34), (24, -22), (-24, -22)], _DARK)
    pen.form(curve([(-22, -22), (22, -22), (26, 12), (20, 34), (-20, 34), (-26, 12)], steps=3),
             (255, 226, 140))  # fmt: skip
    pen.oval((0, 10), (9, 17), (255, 248, 220))
    for x in (-12.0, 12.0):
        pen.stroke([(x * 1.2, -22), (x * 1.8, 6), (x * 1.2, 34)], 3, _DARK)
    pen.form(corners((-28, 34, 28, 48)), _DARK)


def bucket(pen: FigurePen) -> None:
    """A pail on its handle."""
    pen.stroke(curve([(-34, -14), (-20, -46), (20, -46), (34, -14)], closed=False, steps=4), 4.4,
               _DARK)  # fmt: skip
    pen.form([(-38, -14), (38, -14), (28, 50), (-28, 50)], _METAL, shade=0.25)
    pen.inked_oval((0, -14), (38, 8), (94, 100, 110))
    pen.stroke([(-34, 8), (0, 14), (34, 8)], 2.6, (104, 108, 118))


def plate(pen: FigurePen) -> None:
    """A tray or a dish with something hot."""
    pen.form(curve([(-50, -4), (0, -14), (50, -4), (36, 12), (0, 18), (-36, 12)], steps=3), _METAL)
    pen.form(curve([(-28, -6), (0, -34), (28, -6), (0, 2)], steps=4), (226, 214, 190))
    for x in (-10.0, 10.0):
        pen.stroke([(x, -36), (x + 7, -48), (x - 1, -60)], 2.6, (236, 232, 226))


def umbrella(pen: FigurePen) -> None:
    """An open umbrella."""
    pen.form(corners((-0.9, -40, 0.9, 42)), _DARK)
    pen.stroke(curve([(0, 40), (0, 48), (5, 50), (7, 45)], closed=False, steps=3), 1.6, _DARK)
    cloth: Colour = (168, 62, 66)
    canopy = [(-34, -26), (-24, -42), (0, -50), (24, -42), (34, -26), (23, -30), (12, -25),
              (0, -30), (-12, -25), (-23, -30)]  # fmt: skip
    pen.form(curve(canopy, steps=3), cloth, shade=0.3)
    for x in (-12.0, 12.0):
        pen.stroke([(0, -50), (x * 0.8, -39), (x, -25)], 0.8, _DARK)


def suitcase(pen: FigurePen) -> None:
    """A suitcase."""
    pen.stroke([(-14, -28), (-12, -42), (12, -42), (14, -28)], 6, _DARK)
    pen.form(corners((-48, -28, 48, 42)), (132, 84, 58), shade=0.2)
    for x in (-26.0, 26.0):
        pen.form(corners((x - 4, -28, x + 4, 42)), (92, 60, 46))
        pen.form(corners((x - 6, -6, x + 6, 4)), _BRASS)


def bag(pen: FigurePen) -> None:
    """A bag with handles."""
    pen.stroke(curve([(-20, -16), (-14, -50), (14, -50), (20, -16)], closed=False, steps=4), 5,
               (96, 58, 48))  # fmt: skip
    pen.form(curve([(-34, -18), (34, -18), (44, 40), (30, 50), (-30, 50), (-44, 40)], steps=3),
             (146, 78, 62), shade=0.22)  # fmt: skip
    pen.form(corners((-10, -22, 10, -6)), _BRASS)


def box(pen: FigurePen) -> None:
    """A cardboard box."""
    pen.form([(-42, -22), (-32, -38), (50, -38), (42, -22)], (222, 184, 134))
    pen.form([(42, -22), (50, -38), (50, 26), (42, 42)], (150, 112, 74))
    pen.form(corners((-42, -22, 42, 42)), _CARD)
    pen.flat(corners((-7, -22, 7, 42)), (226, 200, 152))
    pen.flat([(-7, -22), (1, -38), (15, -38), (7, -22)], (238, 216, 172))


def flowers(pen: FigurePen) -> None:
    """A bunch of flowers in paper."""
    blooms: tuple[tuple[Point, Colour], ...] = (
        ((-20, -26), (206, 84, 92)),
        ((18, -30), (238, 190, 92)),
        ((0, -42), (226, 122, 140)),
        ((-4, -20), (244, 226, 206)),
        ((26, -12), (206, 84, 92)),
        ((-28, -8), (238, 190, 92)),
    )
    for x in (-20.0, 0.0, 20.0):
        pen.stroke([(0, 30), (x * 0.6, 0), (x, -28)], 4, (92, 134, 78))
    for centre, tone in blooms:
        pen.inked_oval(centre, (14, 13), tone)
        pen.oval(centre, (4.6, 4.4), (250, 226, 150))
    pen.form([(-34, -4), (34, -4), (7, 50), (-7, 50)], (238, 230, 212))
    pen.flat([(-17, 22), (17, 22), (14, 30), (-14, 30)], (176, 70, 72))


def rope(pen: FigurePen) -> None:
    """A coil of rope."""
    tone: Colour = (206, 174, 118)
    for reach in (38.0, 27.0, 16.0):
        pen.inked_oval((0, 0), (reach + 6, reach + 8), tone)
        pen.inked_oval((0, 0), (reach - 1, reach + 1), (150, 116, 76))
    pen.stroke([(34, 14), (46, 36), (38, 62)], 7, (176, 142, 92))


def radio(pen: FigurePen) -> None:
    """A radio, a recorder: a case with a grille and knobs."""
    pen.stroke([(20, -30), (32, -52), (40, -66)], 2.6, _DARK)
    pen.form(corners((-50, -30, 50, 34)), (150, 92, 62), shade=0.16)
    pen.form(corners((-42, -22, 8, 26)), (226, 206, 168))
    for y in (-14.0, -4.0, 6.0, 16.0):
        pen.stroke([(-38, y), (-17, y), (4, y)], 2.4, (132, 104, 78))
    for y in (-10.0, 16.0):
        pen.inked_oval((29, y), (11, 11), _BRASS)


def guitar(pen: FigurePen) -> None:
    """A guitar across the body."""
    pen.form([(0, -4), (46, -26), (48, -21), (4, 4)], (92, 62, 46))
    pen.form([(44, -28), (54, -32), (56, -26), (47, -20)], (70, 48, 40))
    body = [
        (-30, -6),
        (-12, -14),
        (2, -8),
        (8, 4),
        (4, 14),
        (-8, 18),
        (-20, 26),
        (-36, 24),
        (-42, 10),
    ]
    pen.form(curve(body, steps=4), (196, 122, 62))
    pen.inked_oval((-8, 3), (6, 6), (66, 44, 38))
    pen.stroke([(-26, 12), (8, -4), (46, -24)], 1.0, (240, 228, 200))


def ball(pen: FigurePen) -> None:
    """A ball."""
    pen.inked_oval((0, 0), (46, 46), (226, 126, 66))
    pen.stroke([(-44, 4), (0, 14), (44, 4)], 4, _DARK)
    pen.stroke([(4, -45), (12, 0), (4, 45)], 4, _DARK)


def doll(pen: FigurePen) -> None:
    """A teddy bear."""
    for side in (-1, 1):
        pen.inked_oval((side * 24, 38), (14, 13), _FUR)
        pen.inked_oval((side * 32, 8), (12, 15), _FUR)
        pen.inked_oval((side * 19, -46), (9, 9), _FUR)
    pen.inked_oval((0, 18), (28, 28), _FUR)
    pen.oval((0, 20), (16, 17), (222, 184, 140))
    pen.inked_oval((0, -26), (26, 23), _FUR)
    pen.oval((3, -18), (11, 8), (222, 184, 140))
    for x in (-7.0, 12.0):
        pen.oval((x, -31), (3, 3.4), _DARK)
    pen.oval((4, -21), (4, 3), _DARK)


def baby(pen: FigurePen) -> None:
    """A baby in a blanket."""
    cloth: Colour = (236, 228, 212)
    pen.form(curve([(-50, 0), (-30, -20), (20, -20), (50, 6), (36, 30), (-20, 32),
                    (-46, 20)]), cloth, shade=0.2)  # fmt: skip
    pen.inked_oval((-28, -8), (19, 18), (240, 204, 178))
    for x in (-34.0, -22.0):
        pen.stroke([(x - 4, -8), (x, -6), (x + 4, -8)], 2.4, _DARK)
    pen.stroke([(-12, 12), (12, 4), (38, 10)], 2.6, (180, 170, 156))


def hat(pen: FigurePen) -> None:
    """A hat with a brim."""
    pen.form(curve([(-26, 12), (-24, -24), (-8, -32), (10, -30), (24, -22), (26, 12)], steps=4),
             (110, 82, 64), shade=0.2)  # fmt: skip
    pen.flat(corners((-25, 0, 25, 10)), _DARK)
    pen.form(curve([(-50, 14), (0, 8), (50, 14), (0, 26)], steps=4), (110, 82, 64))


def cloth(pen: FigurePen) -> None:
    """A cloth over the arms, a coat, a towel."""
    tone: Colour = (110, 138, 156)
    pen.form(curve([(-40, -26), (40, -26), (46, -20), (36, 46), (12, 38), (-10, 48), (-38, 40),
                    (-46, -20)], steps=3), tone, shade=0.2)  # fmt: skip
    for x in (-16.0, 8.0, 26.0):
        pen.stroke([(x, -20), (x + 4, 8), (x - 3, 36)], 2.6, (78, 100, 118))
