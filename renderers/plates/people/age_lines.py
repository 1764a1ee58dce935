"""The lines that years leave in a face; local units, the figure looks to +x."""

from __future__ import annotations

from renderers.plates.palette import darker, mix
from renderers.plates.pen import FigurePen
from renderers.plates.people.looks import Look


def draw_age(pen: FigurePen, look: Look, *, fine: bool) -> None:
    """Folds beside nose and mouth from middle age on; for the old also brow, eyes and cheeks."""
    tone = darker(look.skin, 330)
    if look.age == "middle" and fine:
        pen.stroke([(2, 17), (-1, 23), (0, 29)], 1.2, tone)
        pen.stroke([(-19, -3), (-24, 0), (-27, 4)], 1.0, tone)
    if look.age != "old":
        return
    if not fine:
        pen.stroke([(-2, 16), (-6, 24), (-4, 33)], 2.6, tone)
        pen.stroke([(29, 16), (31, 24), (29, 32)], 2.2, tone)
        return
    for x in (-14, 29):
        # Under the eyes, twice.
        pen.stroke([(x - 5, 8.5), (x, 10.8), (x + 5, 9)], 1.7, tone)
        pen.stroke([(x - 3, 12), (x + 1, 13.6), (x + 5, 12)], 1.2, tone)
    pen.stroke([(1, 15), (-4, 23), (-2, 32)], 2.4, tone)
    pen.stroke([(27, 16), (30, 23), (28, 31)], 2.0, tone)
    for lift in (-4.0, 0.5, 5.0):
        pen.stroke([(-18, -1 + lift * 0.5), (-23, lift), (-27, lift * 1.7)], 1.3, tone)
    if not look.hat:
        for y in (-25.5, -30.5):
            pen.stroke([(-8, y + 1.5), (8, y), (26, y + 1.5)], 1.4, tone)
    cheek = mix(look.skin, (196, 96, 84), 200)
    pen.stroke([(-20, 22), (-14, 34), (-6, 42)], 1.5, darker(cheek, 260))
    pen.stroke([(4, 44), (9, 46), (15, 45)], 1.3, tone)
