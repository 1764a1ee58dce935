"""Vehicles: from within a car with people in it, a bus and an aeroplane, and a car from outside."""

from __future__ import annotations

from typing import Final

from renderers.plates.ink import Colour, Point, Sheet, curve
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places.backdrop import HORIZON, Backdrop
from renderers.plates.places.fittings import view

_BODIES: Final[tuple[Colour, ...]] = ((176, 62, 54), (62, 98, 132), (222, 206, 168), (84, 122, 96))
# Depths at which a row of seats stands, far to near, and how wide the aisle is at depth 1.
_ROWS: Final = (0.4, 0.5, 0.64, 0.84, 1.12, 1.5)
_FAR: Final = 0.3
_NEAR: Final = 4.0
_AISLE: Final = 92.0
_WALL: Final = 470.0
_FLOOR: Final = 212.0
_ROOF: Final = -330.0
# The dashboard before people in a car, in 1/1000 of the safe frame's height.
_DASH_TOP: Final = 800.0


def draw_car_seats(b: Backdrop) -> None:
    """A car's inside as the camera on its bonnet sees it: rear window, side windows, two seats."""
    half = b.half + 260
    view(b, (-half, -60, half, 640))
    body = mix(b.tones.dark, b.tones.fabric, 300)
    roof = lighter(body, 200)
    b.shape([(-half, -160), (half, -160), (half, 60), (b.half * 0.5, 110), (-b.half * 0.5, 110),
             (-half, 60)], roof)  # fmt: skip
    wide = min(b.half * 0.5, 420.0)
    for side in (-1, 1):
        b.shape([(side * wide * 1.02, 90), (side * wide * 1.2, 96), (side * wide * 1.36, 480),
                 (side * wide * 1.12, 480)], body)  # fmt: skip
        b.shape([(side * wide * 1.9, 60), (side * wide * 2.02, 60), (side * wide * 2.3, 640),
                 (side * wide * 2.1, 640)], body)  # fmt: skip
        b.shape([(side * wide * 1.1, 520), (side * half, 580), (side * half, 1200),
                 (side * wide * 1.1, 1200)], darker(body, 120))  # fmt: skip
    b.shape([(-wide * 1.14, 430), (wide * 1.14, 430), (wide * 1.3, 1200), (-wide * 1.3, 1200)],
            darker(body, 200))  # fmt: skip
    cloth = mix(b.tones.fabric, b.tones.dark, 200)
    for side in (-1, 1):
        x, across = side * min(b.half * 0.41, 364.0), 190.0
        b.shape(curve([(x - across, 1200), (x - across * 0.9, 560), (x - across * 0.5, 450),
                       (x + across * 0.5, 450), (x + across * 0.9, 560), (x + across, 1200)]),
                cloth)  # fmt: skip
        b.shape(curve([(x - 86, 410), (x - 78, 320), (x + 78, 320), (x + 86, 410)]),
                lighter(cloth, 90))  # fmt: skip
        for rod in (-30, 30):
            b.stroke([(x + rod, 412), (x + rod, 452)], b.tones.metal, 8)
    if b.light.lamps:
        b.glow((0, 760), (700, 420), 240)


def draw_dashboard(sheet: Sheet, half: float, sides: tuple[float, ...], ink: Colour) -> None:
    """What stands between the camera and the people of a car: the dashboard, and the wheel before
    the one of `sides` (where they sit) that is farthest to the right, who drives."""
    dark: Colour = (52, 48, 56)
    wide = half + 260
    top = [(-wide, _DASH_TOP + 40), (-half * 0.5, _DASH_TOP), (half * 0.5, _DASH_TOP),
           (wide, _DASH_TOP + 40), (wide, 1300), (-wide, 1300)]  # fmt: skip
    x = max(sides)
    rim = curve([(x - 150, _DASH_TOP + 50), (x - 120, _DASH_TOP - 90), (x, _DASH_TOP - 140),
                 (x + 120, _DASH_TOP - 90), (x + 150, _DASH_TOP + 50)], closed=False)  # fmt: skip
    sheet.line(rim, ink, 40)
    sheet.line(rim, lighter(dark, 160), 30)
    sheet.line([(x - 96, _DASH_TOP - 60), (x, _DASH_TOP - 20), (x + 96, _DASH_TOP - 60)],
               lighter(dark, 100), 24)  # fmt: skip
    sheet.shape(top, dark, ink, 4)
    sheet.line(
        [(-wide, _DASH_TOP + 66), (-half * 0.5, _DASH_TOP + 28), (half * 0.5, _DASH_TOP + 28),
         (wide, _DASH_TOP + 66)], lighter(dark, 160), 5)  # fmt: skip


def _at(x: float, y: float, depth: float) -> Point:
    return (x * depth, HORIZON + y * depth)


def _tube(b: Backdrop, wall: Colour, floor: Colour) -> None:
    """Floor, walls and roof that run away from the camera."""
    for side in (-1, 1):
        edge = [_at(side * _WALL, _ROOF, _FAR), _at(side * _WALL, _FLOOR, _FAR),
                _at(side * _WALL, _FLOOR, _NEAR), _at(side * _WALL, _ROOF, _NEAR)]  # fmt: skip
        b.shape(edge, darker(wall, 60 if side < 0 else 150))
    b.shape([_at(-_WALL, _FLOOR, _FAR), _at(_WALL, _FLOOR, _FAR), _at(_WALL, _FLOOR, _NEAR),
             _at(-_WALL, _FLOOR, _NEAR)], floor)  # fmt: skip
    b.shape([_at(-_WALL, _ROOF, _FAR), _at(_WALL, _ROOF, _FAR), _at(_WALL, _ROOF, _NEAR),
             _at(-_WALL, _ROOF, _NEAR)], lighter(wall, 260))  # fmt: skip
    b.shape([_at(-_AISLE, _FLOOR, _FAR), _at(_AISLE, _FLOOR, _FAR), _at(_AISLE, _FLOOR, _NEAR),
             _at(-_AISLE, _FLOOR, _NEAR)], darker(floor, 160))  # fmt: skip


def _pane(b: Backdrop, side: int, along: tuple[float, float], up: tuple[float, float]) -> None:
    """A window in a side wall, between two depths and two heights."""
    sky = mix(b.light.sky_top, b.light.sky_low, 500)
    near, far = along
    path = [_at(side * _WALL, up[0], far), _at(side * _WALL, up[1], far),
            _at(side * _WALL, up[1], near), _at(side * _WALL, up[0], near)]  # fmt: skip
    b.shape(path, b.light.sky_top)
    low = [_at(side * _WALL, (up[0] + up[1]) / 2, far), path[1], path[2],
           _at(side * _WALL, (up[0] + up[1]) / 2, near)]  # fmt: skip
    b.sheet.fill(low, sky)
    b.sheet.line(path, b.ink, b.line, closed=True)


def _seats(b: Backdrop, cloth: Colour) -> None:
    """Rows of seats on both sides of the aisle, their backs to the camera."""
    for n, depth in enumerate(_ROWS):
        tone = b.far(cloth, 0) if n > 2 else mix(cloth, b.tones.wall, 240 - n * 80)
        for side in (-1, 1):
            for k in (0, 1):
                inner = _AISLE + 18 + k * 168
                left, right = sorted((side * inner, side * (inner + 158)))
                back = [_at(left, _FLOOR, depth), _at(left, 24, depth), _at(left + 26, -4, depth),
                        _at(right - 26, -4, depth), _at(right, 24, depth),
                        _at(right, _FLOOR, depth)]  # fmt: skip
                b.shape(back, tone)
                head = [_at(left + 40, 20, depth), _at(left + 44, -36, depth),
                        _at(right - 44, -36, depth), _at(right - 40, 20, depth)]  # fmt: skip
                b.shape(head, lighter(tone, 240))


def draw_bus(b: Backdrop) -> None:
    """A bus from behind: seats, large windows, the windscreen, poles to hold on to."""
    wall, floor = mix(b.tones.wall, b.tones.metal, 420), mix(b.tones.metal, b.tones.dark, 240)
    _tube(b, wall, floor)
    for near, far in ((0.62, 0.36), (1.14, 0.68), (2.6, 1.26)):
        for side in (-1, 1):
            _pane(b, side, (near, far), (-250, 10))
    left, top = _at(-_WALL, _ROOF, _FAR)
    right, low = _at(_WALL, _FLOOR, _FAR)
    b.block((left, top, right, low), darker(wall, 60))
    pane = (left + 14, top + 34, right - 14, HORIZON + 24)
    view(b, pane)
    b.sheet.frame(pane, b.ink, b.line)
    b.block((left + 10, HORIZON + 24, right - 10, low), darker(wall, 160))
    wheel = (left + 60, HORIZON + 34)
    b.sheet.inked_oval(wheel, (30, 12), b.tones.dark, (b.ink, 3))
    _seats(b, b.tones.fabric)
    yellow = mix(b.tones.accent, (236, 190, 70), 700)
    for side in (-1, 1):
        b.stroke([_at(side * 150, _ROOF + 46, _FAR), _at(side * 150, _ROOF + 46, 3)], yellow, 7)
        for depth in (0.56, 0.96, 1.5):
            top_at, low_at = _at(side * 104, _ROOF, depth), _at(side * 104, _FLOOR, depth)
            b.stroke([top_at, low_at], b.ink, 11 * depth + 3)
            b.stroke([top_at, low_at], yellow, 9 * depth)
    if b.light.lamps:
        b.glow((0, HORIZON - 200), (700, 320), 320)


def draw_plane(b: Backdrop) -> None:
    """A cabin of an aeroplane: seats, small windows, lockers above, a curtain at the end."""
    wall, floor = (
        lighter(mix(b.tones.wall, b.tones.metal, 300), 220),
        mix(b.tones.fabric, b.tones.dark, 400),
    )
    _tube(b, wall, floor)
    depth = 0.36
    while depth < 2.4:
        for side in (-1, 1):
            _pane(b, side, (depth * 1.09, depth), (-120, -36))
        depth *= 1.24
    for side in (-1, 1):
        locker = [_at(side * _WALL, -190, _FAR), _at(side * 250, -230, _FAR),
                  _at(side * 250, -230, _NEAR), _at(side * _WALL, -190, _NEAR)]  # fmt: skip
        b.shape(locker, darker(wall, 120))
        face = [_at(side * 250, -230, _FAR), _at(side * 250, -310, _FAR),
                _at(side * 250, -310, _NEAR), _at(side * 250, -230, _NEAR)]  # fmt: skip
        b.shape(face, lighter(wall, 120))
        for at in (0.42, 0.58, 0.8, 1.1, 1.54):
            b.stroke([_at(side * 250, -230, at), _at(side * 250, -310, at)], darker(wall, 260), 3)
    left, top = _at(-_WALL, _ROOF, _FAR)
    right, low = _at(_WALL, _FLOOR, _FAR)
    b.block((left, top, right, low), darker(wall, 40))
    for x in (-62, -30, 2, 34):
        b.block((x, HORIZON - 66, x + 30, low), darker(b.tones.accent, abs(x)))
    _seats(b, mix(b.tones.fabric, (58, 74, 112), 400))
    if b.light.lamps:
        b.glow((0, HORIZON - 160), (620, 300), 260)


def draw_car_outside(b: Backdrop, x: float, ground: float, length: float, number: int = 0) -> None:
    """A car from its side on the ground; `number` chooses its colour."""
    paint = b.outside(_BODIES[number % len(_BODIES)])
    u = length / 100

    def at(px: float, py: float) -> Point:
        return (x + px * u, ground + py * u)

    b.sheet.oval(at(0, 0), 54 * u, 3.4 * u, darker(b.tones.dark, 200))
    glass = mix(b.light.sky_top, b.light.sky_low, 300)
    if b.light.lamps:
        glass = darker(glass, 200)
    b.shape(curve([at(-50, -8), at(-50, -18), at(-40, -21), at(-24, -22), at(-14, -34),
                   at(16, -34), at(28, -22), at(46, -18), at(50, -8), at(50, -7), at(-50, -7)],
                  steps=4), paint)  # fmt: skip
    b.shape([at(-20, -22), at(-12, -32), at(0, -32), at(0, -22)], glass)
    b.shape([at(2, -22), at(2, -32), at(14, -32), at(23, -22)], glass)
    b.stroke([at(1, -21), at(1, -9)], darker(paint, 300), 2.4)
    b.stroke([at(-46, -14), at(46, -14)], lighter(paint, 200), 2)
    for px in (-29, 29):
        b.sheet.inked_oval(at(px, -8), (9.4 * u, 9.4 * u), b.tones.dark, (b.ink, 2.4))
        b.sheet.oval(at(px, -8), 4.4 * u, 4.4 * u, b.tones.metal)
    b.sheet.oval(at(48, -15), 2 * u, 2 * u, (255, 236, 170))
    if b.light.lamps:
        b.glow(at(64, -13), (26 * u, 12 * u), 420)
