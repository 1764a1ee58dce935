"""Arms and legs; local units, the figure looks to +x."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from renderers.plates.faces import Face
from renderers.plates.ink import Point, curve
from renderers.plates.looks import Look
from renderers.plates.palette import darker, lighter
from renderers.plates.pen import FigurePen

FIGURE_HEIGHT = 645.0
"""From the top of the hair to the soles, in hundredths of a head."""

FEET = 588.0
"""The soles of someone standing, below the middle of the head."""

FEET_SITTING = 472.0
"""The soles of someone on a chair."""


@dataclass(frozen=True, slots=True)
class Body:
    """A figure to draw. `reach` is how far below the head's middle the frame still shows."""

    look: Look
    face: Face
    pose: str
    reach: float


def draw_arm(
    pen: FigurePen, body: Body, joints: tuple[Point, Point, Point], *, shaded: bool
) -> None:
    """A sleeve, a cuff and a hand through shoulder, elbow and wrist."""
    look = body.look
    top = darker(look.top, 150) if shaded else look.top
    skin = darker(look.skin, 110) if shaded else look.skin
    (sx, sy), (ex, ey), (hx, hy) = joints
    dx, dy = hx - ex, hy - ey
    length = sqrt(dx * dx + dy * dy) or 1.0
    ux, uy = dx / length, dy / length
    tip = (hx + ux * 20, hy + uy * 20)
    palm = [(hx - uy * 9, hy + ux * 9), (hx + ux * 12 - uy * 13, hy + uy * 12 + ux * 13),
            (tip[0] - uy * 7, tip[1] + ux * 7), (tip[0] + uy * 7, tip[1] - ux * 7),
        (hx + ux * 10 + uy * 11, hy + uy * 10 - ux * 11), (hx + uy * 9, hy - ux * 9)]  # fmt: skip
    pen.form(curve(palm, steps=4), skin)
    pen.limb([(sx, sy), (ex, ey), (hx, hy)], (38, 33, 25), top, bare=2)
    cuff = [(hx - ux * 7 - uy * 13, hy - uy * 7 + ux * 13), (hx - uy * 13, hy + ux * 13),
        (hx + uy * 13, hy - ux * 13), (hx - ux * 7 + uy * 13, hy - uy * 7 - ux * 13)]  # fmt: skip
    pen.form(cuff, lighter(top, 120))


def draw_far_arm(pen: FigurePen, body: Body, wide: float) -> None:
    """The arm on the side that the figure looks to, partly behind the body."""
    shoulder = (46 * wide, 104.0)
    ends: dict[str, tuple[Point, Point]] = {
        "pointing": ((104 * wide, 128.0), (168 * wide, 108.0)),
        "raised": ((92 * wide, 110.0), (100 * wide, 30.0)),
        "walking": ((86 * wide, 178.0), (122 * wide, 236.0)),
        "sitting": ((70 * wide, 186.0), (92 * wide, 232.0)),
        "crossed": ((74 * wide, 180.0), (20 * wide, 190.0)),
    }
    elbow, hand = ends.get(body.pose, ((72 * wide, 184.0), (70 * wide, 262.0)))
    if body.face.speaking and body.pose in {"standing", "sitting"}:
        elbow, hand = (80 * wide, 186.0), (132 * wide, 148.0)
    draw_arm(pen, body, (shoulder, elbow, hand), shaded=True)


def draw_near_arm(pen: FigurePen, body: Body, wide: float) -> None:
    """The arm on the camera's side, in front of the body."""
    shoulder = (-54 * wide, 106.0)
    ends: dict[str, tuple[Point, Point]] = {
        "raised": ((-104 * wide, 112.0), (-108 * wide, 30.0)),
        "walking": ((-86 * wide, 178.0), (-98 * wide, 250.0)),
        "sitting": ((-72 * wide, 190.0), (-14 * wide, 244.0)),
        "crossed": ((-72 * wide, 184.0), (16 * wide, 172.0)),
    }
    elbow, hand = ends.get(body.pose, ((-80 * wide, 186.0), (-70 * wide, 268.0)))
    draw_arm(pen, body, (shoulder, elbow, hand), shaded=False)


def draw_legs(pen: FigurePen, body: Body, wide: float) -> None:
    """Legs, shoes and skirt of someone who stands or walks."""
    look = body.look
    stride = 60.0 if body.pose == "walking" else 0.0
    shoe = darker(look.bottom, 420)
    bare = look.skin if look.skirt else look.bottom
    for hip, foot, shade in (
        (24 * wide, 30 * wide + stride, 190),
        (-26 * wide, -30 * wide - stride, 0),
    ):
        knee = ((hip + foot) / 2 + (10 if stride else 3), 420.0)
        lift = 18.0 if stride and foot < 0 else 0.0
        sole = FEET - lift
        pen.form(curve([(foot - 18, sole - 26), (foot + 10, sole - 28), (foot + 40, sole - 10),
            (foot + 42, sole), (foot - 20, sole), (foot - 20, sole)], steps=4), shoe)  # fmt: skip
        pen.limb([(hip, 250), knee, (foot, sole - 16)], (64 * wide, 46, 34), darker(bare, shade))
    if look.skirt:
        pen.form(curve([(-54 * wide, 250), (-54 * wide, 250), (-78 * wide, 420),
                (-78 * wide, 420), (0, 432), (74 * wide, 418), (74 * wide, 418),
                (52 * wide, 250)]), look.bottom, shade=0.24)  # fmt: skip


def draw_sitting_legs(pen: FigurePen, body: Body, wide: float) -> None:
    """Legs on a stool."""
    look = body.look
    seat = (118, 88, 66)
    pen.form([(-70 * wide, 296), (76 * wide, 296), (76 * wide, 316), (-70 * wide, 316)], seat)
    for x in (-60 * wide, 64 * wide):
        pen.form([(x - 6, 316), (x + 6, 316), (x + 6, 470), (x - 6, 470)], darker(seat, 160))
    shoe = darker(look.bottom, 420)
    for hip, shade in ((30 * wide, 190), (-22 * wide, 0)):
        knee, foot = hip + 86, hip + 74
        pen.form(
            curve(
                [
                    (foot - 16, 446),
                    (foot + 10, 444),
                    (foot + 40, 462),
                    (foot + 42, 472),
                    (foot - 18, 472),
                ],
                steps=4,
            ),
            shoe,
        )
        pen.limb(
            [(knee, 286), (knee + 2, 360), (foot, 456)], (46, 42, 34), darker(look.bottom, shade)
        )
        pen.limb(
            [(hip - 10, 268), (hip + 40, 270), (knee + 6, 290)],
            (64, 60, 48),
            darker(look.bottom, shade),
        )
