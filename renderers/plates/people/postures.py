"""Legs of those who do not stand, and what they sit on; local units, the figure looks to +x."""

from __future__ import annotations

from typing import Final

from renderers.plates.ink import Colour, Point, corners, curve
from renderers.plates.palette import darker, lighter
from renderers.plates.pen import FigurePen
from renderers.plates.people.limbs import Body

_SEAT: Final[Colour] = (118, 88, 66)
_STONE: Final[Colour] = (158, 150, 142)
_FAR_SHADE: Final = 190


def draw_legs_in(pen: FigurePen, body: Body, wide: float) -> None:
    """The legs of the body's posture, one that is not standing."""
    posture = body.pose.posture
    {
        "sitting": _on_a_stool,
        "sofa": _on_a_sofa,
        "propped": _in_bed,
        "step": _on_a_step,
        "ground": _on_the_ground,
        "kneeling": _kneeling,
        "crouching": _crouching,
        "running": _running,
    }[posture](pen, body, wide)


def _shoe(pen: FigurePen, body: Body, ankle: Point) -> None:
    x, y = ankle
    pen.form(curve([(x - 16, y - 10), (x + 10, y - 12), (x + 40, y + 6), (x + 42, y + 16),
                    (x - 18, y + 16), (x - 18, y + 16)], steps=4),
             darker(body.look.bottom, 420))  # fmt: skip


def _leg(
    pen: FigurePen, body: Body, joints: tuple[Point, Point, Point], *, far: bool, over: bool = True
) -> None:
    """Thigh and shin through hip, knee and ankle; with `over` the thigh lies before the shin."""
    colour = darker(body.look.bottom, _FAR_SHADE if far else 0)
    hip, knee, ankle = joints
    thigh = [hip, ((hip[0] + knee[0]) / 2, (hip[1] + knee[1]) / 2 - 3), knee]
    shin = [knee, ((knee[0] + ankle[0]) / 2 + 2, (knee[1] + ankle[1]) / 2), ankle]
    _shoe(pen, body, ankle)
    if over:
        pen.limb(shin, (48, 42, 33), colour)
        pen.limb(thigh, (62, 58, 48), colour)
    else:
        pen.limb(thigh, (62, 58, 48), colour)
        pen.limb(shin, (48, 42, 33), colour)


def _on_a_stool(pen: FigurePen, body: Body, wide: float) -> None:
    pen.form(corners((-92 * wide, 148, -76 * wide, 470)), darker(_SEAT, 100))
    pen.form([(-84 * wide, 296), (76 * wide, 296), (76 * wide, 316), (-84 * wide, 316)], _SEAT)
    for x in (-60 * wide, 64 * wide):
        pen.form(corners((x - 6, 316, x + 6, 470)), darker(_SEAT, 160))
    for hip, far in ((30 * wide, True), (-22 * wide, False)):
        _leg(pen, body, ((hip - 8, 270), (hip + 86, 284), (hip + 76, 456)), far=far)


def _on_a_sofa(pen: FigurePen, body: Body, wide: float) -> None:
    cloth = darker(body.look.accent, 260)
    pen.form(curve([(-150, 430), (-158, 190), (-140, 150), (-84, 150), (-76, 200), (-76, 430)],
                   steps=3), cloth)  # fmt: skip
    pen.form(corners((-96, 286, 150, 352)), lighter(cloth, 130))
    pen.form(corners((-110, 346, 150, 424)), darker(cloth, 90))
    for x in (-100.0, 132.0):
        pen.form(corners((x, 424, x + 14, 440)), darker(_SEAT, 200))
    for hip, far in ((30 * wide, True), (-22 * wide, False)):
        _leg(pen, body, ((hip - 8, 268), (hip + 104, 272), (hip + 108, 422)), far=far)


def _in_bed(pen: FigurePen, body: Body, wide: float) -> None:
    wood: Colour = (124, 88, 62)
    pen.form(corners((-178, 120, -156, 424)), wood)
    pen.form(curve([(-154, 306), (-146, 190), (-108, 160), (-84, 190), (-72, 300)], steps=3),
             (248, 244, 236))  # fmt: skip
    pen.form(corners((-158, 306, 400, 362)), (232, 226, 214))
    pen.form(corners((-168, 358, 408, 384)), wood)
    for x in (-168.0, 392.0):
        pen.form(corners((x, 380, x + 16, 424)), darker(wood, 140))
    colour = lighter(body.look.accent, 60)
    pen.form(curve([(-74 * wide, 318), (-66 * wide, 262), (40, 248), (150, 236), (240, 262),
                    (352, 258), (384, 300), (388, 352), (120, 362), (-60, 350)], steps=4),
             colour)  # fmt: skip
    pen.form([(-70 * wide, 262), (62 * wide, 244), (66 * wide, 268), (-72 * wide, 290)],
             lighter(colour, 360))  # fmt: skip
    for x in (130.0, 250.0):
        pen.stroke([(x, 262), (x + 16, 300), (x + 6, 344)], 2.6, darker(colour, 200))


def _on_a_step(pen: FigurePen, body: Body, wide: float) -> None:
    pen.form(corners((-104 * wide, 298, 66 * wide, 444)), darker(_STONE, 140))
    pen.form(corners((-112 * wide, 290, 76 * wide, 312)), lighter(_STONE, 120))
    for hip, far in ((34 * wide, True), (-18 * wide, False)):
        _leg(pen, body, ((hip - 8, 268), (hip + 88, 262), (hip + 96, 426)), far=far)


def _on_the_ground(pen: FigurePen, body: Body, wide: float) -> None:
    _leg(pen, body, ((34 * wide, 282), (120, 206), (168, 306)), far=True)
    _leg(pen, body, ((-14 * wide, 286), (78, 220), (104, 306)), far=False)


def _kneeling(pen: FigurePen, body: Body, wide: float) -> None:
    for hip, far in ((28 * wide, True), (-24 * wide, False)):
        colour = darker(body.look.bottom, _FAR_SHADE if far else 0)
        knee = hip + 22
        pen.form(curve([(hip - 122, 398), (hip - 100, 396), (hip - 92, 434), (hip - 124, 434)]),
                 darker(body.look.bottom, 420))  # fmt: skip
        pen.limb([(hip - 98, 418), (hip - 40, 416), (knee, 412)], (30, 36, 44), colour)
        pen.limb([(hip, 258), (hip + 12, 336), (knee, 412)], (64, 54, 46), colour)
    if body.look.skirt:
        _skirt(pen, body, wide, 388)


def _crouching(pen: FigurePen, body: Body, wide: float) -> None:
    _leg(pen, body, ((34 * wide, 284), (124, 262), (92, 386)), far=True)
    _leg(pen, body, ((-20 * wide, 290), (78, 282), (34, 386)), far=False)


def _running(pen: FigurePen, body: Body, wide: float) -> None:
    bent = body.look
    _leg(pen, body, ((24 * wide, 252), (112, 366), (150, 500)), far=True)
    colour = bent.bottom
    pen.form(curve([(-176, 432), (-146, 424), (-130, 462), (-148, 486), (-168, 480)]),
             darker(colour, 420))  # fmt: skip
    pen.limb([(-26 * wide, 252), (-30, 340), (-22, 404)], (64, 54, 48), colour)
    pen.limb([(-22, 404), (-80, 440), (-146, 452)], (48, 42, 33), colour)
    if bent.skirt:
        _skirt(pen, body, wide, 372)


def _skirt(pen: FigurePen, body: Body, wide: float, hem: float) -> None:
    pen.form(curve([(-54 * wide, 250), (-54 * wide, 250), (-76 * wide, hem), (-76 * wide, hem),
                    (0, hem + 12), (72 * wide, hem - 2), (72 * wide, hem - 2), (52 * wide, 250)]),
             body.look.bottom, shade=0.24)  # fmt: skip


def draw_bed(pen: FigurePen) -> None:
    """The bed under someone who lies on it: headboard, pillow, mattress and legs. Along the body
    is +y, up is +x."""
    wood: Colour = (124, 88, 62)
    pen.form(corners((-190, -96, 90, -80)), wood)
    for y in (-88.0, 640.0):
        pen.form(corners((-190, y - 10, -130, y + 10)), darker(wood, 140))
    pen.form(corners((-146, -86, -106, 656)), wood)
    pen.form([(-108, -80), (-62, -80), (-58, 652), (-108, 652)], (232, 226, 214))
    pen.form(curve([(-64, -78), (-30, -66), (-24, 30), (-44, 58), (-66, 52)], steps=4),
             (248, 244, 236))  # fmt: skip


def draw_blanket(pen: FigurePen, body: Body, wide: float) -> None:
    """The blanket over someone in bed, from the chest down."""
    colour = lighter(body.look.accent, 60)
    top = 84 * wide
    pen.form(curve([(-96, 190), (20, 176), (top, 196), (top - 8, 300), (top - 24, 420),
                    (top - 10, 560), (10, 640), (-60, 660), (-128, 656), (-128, 400)], steps=4),
             colour, shade=0.0)  # fmt: skip
    pen.form(curve([(-100, 186), (20, 170), (top + 4, 190), (top + 2, 216), (20, 200), (-100, 220)],
                   steps=3), lighter(colour, 360))  # fmt: skip
    for y in (300.0, 420.0, 540.0):
        pen.stroke([(top - 40, y), (0, y + 16), (-80, y - 6)], 2.6, darker(colour, 200))
