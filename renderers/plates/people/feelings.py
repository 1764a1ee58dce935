"""What a feeling leaves on a face: tears, a crease, sweat; local units, the face looks to +x."""

from __future__ import annotations

from typing import Final

from renderers.plates.ink import Colour, curve
from renderers.plates.palette import darker, mix
from renderers.plates.pen import FigurePen
from renderers.plates.people.looks import Look
from renderers.plates.people.moods import Mood

_WATER: Final[Colour] = (178, 220, 244)
_LIGHT: Final[Colour] = (240, 250, 255)
_RED: Final[Colour] = (226, 92, 80)
_CHILDS_FLUSH: Final = 260


def draw_flush(pen: FigurePen, look: Look, mood: Mood) -> None:
    """The red of the cheeks; a child's are always a little red."""
    strength = max(mood.flush_permille, _CHILDS_FLUSH if look.age == "child" else 0)
    if not strength:
        return
    tone = mix(look.skin, _RED, strength)
    pen.oval((-13, 18), (9, 6), tone)
    pen.oval((28, 18), (6.5, 5.5), tone)
    if strength > 500:
        pen.oval((13, 10), (6, 3.4), tone)


def draw_marks(pen: FigurePen, look: Look, mood: Mood, *, fine: bool) -> None:
    """Everything else that the mood asks for."""
    if "crease" in mood.marks:
        deep = 2.0 if fine else 3.2
        for x, lean in ((5.5, 1.2), (10.5, -1.0)):
            pen.stroke([(x, -21), (x + lean, -16), (x, -11)], deep, darker(look.skin, 520))
    if "bags" in mood.marks:
        for x, half in ((-7.0, 9.0), (23.0, 7.0)):
            low = [(x - half, 5.5), (x, 10.5), (x + half, 6)]
            pen.flat(curve([*low, (x, 5.5)], steps=3), darker(look.skin, 150))
            pen.stroke(low, 1.8, darker(look.skin, 340))
    if "sweat" in mood.marks:
        _drop(pen, (-25, -26), 9 if fine else 12)
    if "tears" in mood.marks:
        _tears(pen, fine=fine)


def _drop(pen: FigurePen, at: tuple[float, float], size: float) -> None:
    x, y = at
    drop = curve([(x, y - size), (x + size * 0.55, y + size * 0.35), (x, y + size * 0.8),
                  (x - size * 0.55, y + size * 0.35)], steps=4)  # fmt: skip
    pen.form(drop, _WATER)
    pen.oval((x - size * 0.14, y + size * 0.25), (size * 0.16, size * 0.2), _LIGHT)


def _tears(pen: FigurePen, *, fine: bool) -> None:
    """A track down each cheek, and a drop at its end."""
    wide = 4.2 if fine else 7.0
    for x, bend in ((-10.0, -3.0), (25.0, 2.0)):
        track = [(x - wide / 2, 6), (x + wide / 2, 6), (x + bend + wide / 2, 28),
                 (x + bend - wide / 2, 28)]  # fmt: skip
        pen.flat(track, _WATER)
        pen.oval((x, 6.5), (wide * 0.9, 2.6), _WATER)
        _drop(pen, (x + bend, 32), 6.4 if fine else 10)


def draw_shut_eye(pen: FigurePen, at: tuple[float, float], half: float, mood: Mood) -> None:
    """A shut eye: an arch when it laughs, a hollow when it sleeps."""
    x, y = at
    bend = -6.5 if "merry" in mood.marks else 4.5
    heavy = 4.4
    pen.stroke([(x - half, y + (3 if bend < 0 else 0)), (x, y + bend), (x + half, y + (
        3 if bend < 0 else 0))], heavy)  # fmt: skip
    if bend > 0:
        for k in (-0.5, 0.1, 0.7):
            pen.stroke([(x + half * k, y + 3), (x + half * k + 0.6, y + 6), (x + half * k + 1,
                        y + 8.4)], 1.4)  # fmt: skip
