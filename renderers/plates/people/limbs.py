"""A figure to draw, its arms, and the legs it stands on; local units, it looks to +x."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from renderers.plates.ink import Point, curve
from renderers.plates.palette import darker, lighter
from renderers.plates.pen import FigurePen
from renderers.plates.people.faces import Face
from renderers.plates.people.looks import Look
from renderers.plates.people.poses import FEET, Pose


@dataclass(frozen=True, slots=True)
class Body:
    """A figure to draw. `reach` is how far below the head's middle the frame still shows; `holding`
    is a kind of thing, "" for none."""

    look: Look
    face: Face
    pose: Pose
    reach: float
    holding: str = ""


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


def draw_legs(pen: FigurePen, body: Body, wide: float) -> None:
    """Legs, shoes and skirt of someone who stands or walks."""
    look = body.look
    stride = 60.0 if body.pose.posture == "walking" else 0.0
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
