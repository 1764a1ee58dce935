"""Small things that one hand holds; about 100 units long, around their middle."""

from __future__ import annotations

from typing import Final

from renderers.plates.ink import Colour, Point, corners, curve
from renderers.plates.pen import FigurePen

_METAL: Final[Colour] = (176, 180, 190)
_DARK: Final[Colour] = (58, 56, 66)
_BRASS: Final[Colour] = (214, 172, 88)
_WOOD: Final[Colour] = (140, 94, 60)
_WHITE: Final[Colour] = (246, 242, 232)
_FLAME: Final[Colour] = (255, 208, 96)


def phone(pen: FigurePen) -> None:
    """A mobile, its screen lit."""
    pen.form([(-24, -48), (24, -48), (28, -44), (28, 44), (24, 48), (-24, 48), (-28, 44),
              (-28, -44)], _DARK)  # fmt: skip
    pen.flat(corners((-22, -38, 22, 36)), (150, 208, 232))
    pen.flat([(-22, -38), (10, -38), (-22, 14)], (202, 232, 244))


def receiver(pen: FigurePen) -> None:
    """The part of an old telephone that is held to the ear, upright."""
    pen.form(curve([(-8, -34), (8, -28), (12, 0), (8, 28), (-8, 34), (-2, 0)], steps=4), _DARK)
    for y in (-38.0, 38.0):
        pen.inked_oval((-16, y), (16, 12), _DARK)
        pen.flat(corners((-30, y - 8, -22, y + 8)), (112, 110, 120))


def keys(pen: FigurePen) -> None:
    """Two keys on a ring."""
    for lean, tone in ((-14, _BRASS), (12, _METAL)):
        pen.form(
            [(lean * 0.3 - 4, -14), (lean * 0.3 + 4, -14), (lean + 5, 46), (lean - 3, 46)], tone
        )
        for y in (28.0, 38.0):
            x = lean * (y + 14) / 60
            pen.form(corners((x + 3, y - 3, x + 15, y + 3)), tone)
        pen.inked_oval((lean * 0.4, -14), (12, 13), tone)
        pen.oval((lean * 0.4, -15), (4.4, 4.8), (60, 52, 48))
    pen.stroke(curve([(0, -50), (14, -40), (8, -24), (-8, -24), (-14, -40)], steps=4), 4, _DARK)


def torch(pen: FigurePen) -> None:
    """A flashlight that shines forward."""
    pen.flat([(48, -16), (150, -58), (150, 58), (48, 16)], (255, 240, 190))
    pen.form(corners((-50, -9, 22, 9)), _DARK)
    pen.form([(20, -10), (46, -19), (46, 19), (20, 10)], _METAL)
    pen.oval((47, 0), (5, 17), _FLAME)


def candle(pen: FigurePen) -> None:
    """A burning candle in a holder."""
    pen.form(corners((-11, -18, 11, 34)), _WHITE)
    pen.form(curve([(-34, 32), (34, 32), (24, 48), (-24, 48)], steps=3), _BRASS)
    pen.form(curve([(0, -54), (9, -34), (0, -20), (-9, -34)], steps=4), _FLAME)
    pen.oval((0, -32), (3.6, 8), (255, 248, 214))


def cup(pen: FigurePen) -> None:
    """A cup with a handle and a little steam."""
    pen.stroke([(-30, -16), (-52, -10), (-50, 16), (-26, 22)], 9, (196, 92, 70))
    pen.form([(-34, -30), (36, -30), (28, 40), (-26, 40)], (206, 98, 74), shade=0.2)
    pen.inked_oval((1, -30), (35, 9), (96, 62, 44))
    for x in (-10.0, 12.0):
        pen.stroke([(x, -46), (x + 8, -58), (x - 2, -70), (x + 6, -82)], 3, (236, 232, 226))


def glass(pen: FigurePen) -> None:
    """A stemmed glass with wine in it."""
    pen.form(curve([(-26, -48), (26, -48), (22, -6), (0, 8), (-22, -6)], steps=4), (222, 234, 238))
    pen.flat(curve([(-23, -26), (23, -26), (19, -6), (0, 4), (-19, -6)], steps=4), (150, 36, 52))
    pen.form(corners((-3, 6, 3, 42)), (222, 234, 238))
    pen.form(curve([(-22, 46), (0, 38), (22, 46), (0, 50)], steps=3), (222, 234, 238))


def bottle(pen: FigurePen) -> None:
    """A bottle with a label."""
    pen.form(curve([(-8, -52), (8, -52), (8, -26), (20, -8), (20, 48), (-20, 48), (-20, -8),
                    (-8, -26)], steps=3), (66, 102, 78), shade=0.25)  # fmt: skip
    pen.form(corners((-20, 4, 20, 32)), _WHITE)
    pen.form(corners((-9, -58, 9, -46)), _BRASS)


def bread(pen: FigurePen) -> None:
    """A slice, or a roll as large."""
    crust = curve([(-38, -20), (-20, -36), (0, -28), (20, -36), (38, -20), (32, 34), (-32, 34)])
    pen.form(crust, (180, 118, 62))
    pen.flat(curve([(-28, -16), (-16, -26), (0, -19), (16, -26), (28, -16), (24, 26), (-24, 26)]),
             (238, 206, 150))  # fmt: skip
    for x, y in ((-12.0, -4.0), (10.0, 4.0), (-2.0, 16.0)):
        pen.oval((x, y), (3.4, 2.6), (212, 168, 104))


def apple(pen: FigurePen) -> None:
    """A red apple."""
    pen.form(curve([(0, -26), (26, -34), (44, -6), (26, 40), (0, 34), (-26, 40), (-44, -6),
                    (-26, -34)]), (194, 58, 50), shade=0.2)  # fmt: skip
    pen.stroke([(0, -26), (2, -38), (8, -48)], 6, _WOOD)
    pen.form(curve([(6, -40), (28, -50), (24, -36)], steps=3), (96, 140, 72))


def gun(pen: FigurePen) -> None:
    """A pistol that points forward."""
    pen.form([(-44, -24), (50, -24), (50, -6), (-4, -6), (-12, 4), (-20, 40), (-42, 40),
              (-36, -2), (-44, -8)], _DARK)  # fmt: skip
    pen.stroke(curve([(-8, -4), (6, 8), (-10, 12)], closed=False, steps=3), 4, _DARK)
    pen.flat(corners((-36, -20, 44, -14)), (104, 104, 116))


def rifle(pen: FigurePen) -> None:
    """A long gun across the body, its muzzle up."""
    pen.form([(-50, 26), (-18, 2), (-12, 8), (-44, 40)], _WOOD)
    pen.form([(-20, 0), (12, -18), (16, -12), (-14, 8)], _WOOD)
    pen.form([(6, -17), (50, -42), (52, -39), (9, -12)], _DARK)


def knife(pen: FigurePen) -> None:
    """A knife, its blade up."""
    pen.form([(-7, 12), (-8, -34), (4, -52), (9, -34), (8, 12)], (214, 220, 226))
    pen.form(corners((-12, 10, 12, 18)), _BRASS)
    pen.form(corners((-7, 18, 7, 50)), _WOOD)


def sword(pen: FigurePen) -> None:
    """A sword, its point up."""
    pen.form([(-4, 26), (-4, -46), (0, -54), (4, -46), (4, 26)], (214, 220, 228))
    pen.form(corners((-17, 25, 17, 31)), _BRASS)
    pen.form(corners((-3.4, 31, 3.4, 48)), _WOOD)
    pen.inked_oval((0, 50), (4.6, 4.6), _BRASS)


def axe(pen: FigurePen) -> None:
    """A tool with a heavy head."""
    pen.form(corners((-4, -44, 4, 50)), _WOOD)
    pen.form(curve([(-8, -46), (24, -54), (34, -36), (24, -18), (-8, -26)], steps=3), _METAL)


def stick(pen: FigurePen) -> None:
    """A walking stick."""
    pen.form(corners((-1.8, -40, 1.8, 50)), _WOOD)
    pen.form(curve([(-2, -40), (4, -48), (10, -44), (8, -40), (4, -43), (2, -38)], steps=3), _WOOD)


def camera(pen: FigurePen) -> None:
    """A camera, its lens forward."""
    pen.form(corners((-46, -26, 40, 32)), _DARK)
    pen.form(corners((-20, -40, 10, -26)), _DARK)
    pen.inked_oval((2, 4), (24, 25), _METAL)
    pen.oval((2, 4), (15, 16), (40, 56, 76))
    pen.oval((-4, -3), (4, 4), (206, 226, 240))


def microphone(pen: FigurePen) -> None:
    """A microphone, its head up."""
    pen.form([(-9, -16), (9, -16), (6, 50), (-6, 50)], _DARK)
    pen.inked_oval((0, -30), (18, 20), _METAL)
    for y in (-38.0, -30.0, -22.0):
        pen.stroke([(-14, y), (0, y + 2), (14, y)], 2, (110, 114, 124))


def watch(pen: FigurePen) -> None:
    """A watch, a clock, a compass: a dial with two hands."""
    pen.inked_oval((0, 0), (46, 46), _BRASS)
    pen.oval((0, 0), (37, 37), _WHITE)
    pen.form(corners((-8, -58, 8, -46)), _BRASS)
    for k, at in enumerate(((0, -30), (30, 0), (0, 30), (-30, 0))):
        pen.oval(at, (3.2 + (k == 0), 3.2), _DARK)
    pen.stroke([(0, 0), (0, -12), (0, -24)], 5, _DARK)
    pen.stroke([(0, 0), (10, 6), (19, 11)], 6, _DARK)


def coin(pen: FigurePen) -> None:
    """A coin."""
    pen.inked_oval((0, 0), (48, 48), _BRASS)
    pen.oval((0, 0), (36, 36), (236, 200, 118))
    pen.stroke([(-6, -22), (4, -24), (4, 22)], 9, (160, 120, 52))


def ring(pen: FigurePen) -> None:
    """A ring with a stone."""
    pen.inked_oval((0, 14), (34, 34), _BRASS)
    pen.oval((0, 14), (23, 23), (70, 60, 58))
    pen.form([(-16, -34), (16, -34), (24, -22), (0, -4), (-24, -22)], (156, 214, 236))


def cigarette(pen: FigurePen) -> None:
    """A cigarette with its smoke."""
    pen.form(corners((-44, -5, 34, 5)), _WHITE)
    pen.flat(corners((-44, -5, -20, 5)), (206, 146, 84))
    pen.oval((37, 0), (6, 6), (236, 104, 54))
    pen.stroke([(42, -8), (52, -26), (40, -44), (52, -66)], 4, (222, 220, 222))


def pen(pen: FigurePen) -> None:
    """A pencil, its point up."""
    pen.form([(-6, -32), (0, -52), (6, -32), (6, 46), (-6, 46)], (226, 174, 70))
    pen.flat([(-2, -44), (0, -52), (2, -44)], _DARK)
    pen.flat(corners((-6, 36, 6, 46)), (200, 92, 88))


def shoe(pen: FigurePen) -> None:
    """A slipper or a shoe, its toe forward."""
    pen.form(curve([(-44, -20), (-18, -24), (0, -2), (40, 6), (48, 24), (48, 26), (-46, 26),
                    (-46, 24)], steps=4), (150, 74, 62))  # fmt: skip
    pen.form(corners((-47, 24, 49, 33)), (70, 52, 48))
    pen.inked_oval((-26, -19), (16, 6), (70, 48, 46))


def mirror(pen: FigurePen) -> None:
    """A hand mirror."""
    pen.form(corners((-5, 12, 5, 54)), _BRASS)
    pen.inked_oval((0, -16), (32, 36), _BRASS)
    pen.oval((0, -16), (25, 29), (206, 226, 234))
    pen.flat([(-16, -22), (0, -40), (6, -38), (-12, -12)], (240, 248, 250))


def mask(pen: FigurePen) -> None:
    """A mask with two holes to look through."""
    pen.form(curve([(-40, -36), (0, -46), (40, -36), (36, 12), (0, 48), (-36, 12)]), _WHITE)
    for x in (-17.0, 17.0):
        pen.oval((x, -10), (11, 7), _DARK)
    pen.stroke([(-14, 22), (0, 28), (14, 22)], 5, (170, 60, 56))


def skull(pen: FigurePen) -> None:
    """A skull."""
    bone: Colour = (236, 226, 200)
    pen.form(curve([(-42, -8), (-30, -44), (6, -52), (38, -36), (40, -4), (26, 16), (24, 40),
                    (-14, 40), (-18, 16)]), bone)  # fmt: skip
    eyes: tuple[Point, ...] = ((-10, -4), (22, -4))
    for eye in eyes:
        pen.oval(eye, (10, 12), _DARK)
    pen.flat([(8, 8), (14, 20), (2, 20)], _DARK)
    for x in (-4.0, 4.0, 12.0):
        pen.stroke([(x, 28), (x, 34), (x, 40)], 2, _DARK)
