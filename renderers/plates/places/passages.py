"""Insides that people pass through: a stairwell, a lift, a station hall; and a court of law."""

from __future__ import annotations

from renderers.plates.ink import Point
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places import fittings, fixtures, furniture
from renderers.plates.places.backdrop import HORIZON, Backdrop
from renderers.plates.places.room import Room, Solid, cast, put

_STEPS = 9


def furnish_plain(b: Backdrop, room: Room) -> None:
    """A room of no known use: a door, a window, a light, nothing that would be wrong."""
    side = b.side
    fittings.door(b, room, -side * room.right * 0.56)
    fittings.window(b, room, side * room.right * 0.42)
    fittings.pendant(b, room, 0, 110)


def furnish_stairwell(b: Backdrop, room: Room) -> None:
    """A flight that climbs along the back wall to a landing, with its railing, and a door below."""
    side = b.side
    bottom, top = -side * room.right * 0.3, side * room.right * 0.62
    rise, going = 2.05 / _STEPS, (top - bottom) / _STEPS
    stone = mix(b.tones.metal, b.tones.trim, 520)
    high = room.above(2.05)
    fittings.door(b, room, -side * room.right * 0.68)
    landing = sorted((top, side * (room.right - 2)))
    put(b, room, Solid(landing[0], landing[1], 1.9, 2.05, 1.0, 1.2), stone)
    for step in range(_STEPS - 1, -1, -1):
        left, right = sorted((bottom + going * step, bottom + going * (step + 1)))
        solid = Solid(left, right, 0.0, rise * (step + 1), 1.0, 1.2)
        put(b, room, solid, stone)
    _under_stairs(b, room, (bottom, top), side)
    _railing(b, room, (bottom, top, side * (room.right - 4)))
    fittings.pendant(b, room, -side * room.right * 0.2, 90)
    if high > HORIZON - 400:
        b.glow((bottom, HORIZON - 120), (360, 260), 260 if b.light.lamps else 90)


def _under_stairs(b: Backdrop, room: Room, ends: tuple[float, float], side: int) -> None:
    """The closed side of the flight, in one tone: the steps are told by its upper edge."""
    bottom, top = ends
    face = mix(b.tones.wall, b.tones.trim, 240)
    near = 1.2
    low: list[Point] = [room.seen(bottom, room.floor, near), room.seen(top, room.floor, near)]
    edge: list[Point] = []
    going = (top - bottom) / _STEPS
    for step in range(_STEPS, 0, -1):
        height = room.above(2.05 * step / _STEPS)
        edge.append(room.seen(bottom + going * step, height, near))
        edge.append(room.seen(bottom + going * (step - 1), height, near))
    b.shape([*low, *edge], face)
    b.stroke([room.seen(bottom, room.above(0.0), near), room.seen(top, room.above(1.82), near)],
             darker(face, 240), 3)  # fmt: skip
    post = top + side * 6
    b.stroke([room.seen(post, room.above(2.05), near), room.seen(post, room.floor, near)], None, 5)


def _railing(b: Backdrop, room: Room, points: tuple[float, float, float]) -> None:
    bottom, top, end = points
    near, rail = 1.2, 0.92
    going = (top - bottom) / _STEPS
    bars = darker(b.tones.metal, 320)
    for step in range(_STEPS):
        x, foot = bottom + going * (step + 0.5), 2.05 * (step + 1) / _STEPS
        b.stroke([room.seen(x, room.above(foot), near),
                  room.seen(x, room.above(foot + rail - 0.1), near)], bars, 4)  # fmt: skip
    for k in range(1, 4):
        x = top + (end - top) * k / 4
        b.stroke([room.seen(x, room.above(2.05), near),
                  room.seen(x, room.above(2.05 + rail), near)], bars, 4)  # fmt: skip
    handrail = darker(b.tones.wood, 120)
    first = (bottom + going * 0.3, 2.05 / _STEPS + rail - 0.12)
    last = (top, 2.05 + rail)
    path = [room.seen(x, room.above(y), near) for x, y in (first, last, (end, 2.05 + rail))]
    b.stroke(path, b.ink, 17)
    b.stroke(path, handrail, 11)
    newel = [room.seen(first[0], room.floor, near), path[0]]
    b.stroke(newel, b.ink, 15)
    b.stroke(newel, handrail, 10)


def furnish_lift(b: Backdrop, room: Room) -> None:
    """The cabin of a lift: its doors closed, a row of buttons, a handrail."""
    steel = mix(b.tones.metal, b.tones.trim, 420)
    top = room.above(2.25)
    for left, right in ((-150.0, -2.0), (2.0, 150.0)):
        b.block((left, top, right, room.floor - 2), steel)
        b.sheet.fill([(left + 24, top + 6), (left + 62, top + 6), (left + 30, room.floor - 8),
                      (left + 8, room.floor - 8)], lighter(steel, 200))  # fmt: skip
    b.block((-52, top - 62, 52, top - 20), b.tones.dark)
    b.sheet.fill([(-14, top - 32), (0, top - 52), (14, top - 32)], (244, 190, 92))
    panel = b.side * 205.0
    b.block((panel - 26, room.above(1.6), panel + 26, room.above(0.8)), lighter(steel, 120))
    for row in range(5):
        for across in (-10, 10):
            b.sheet.oval((panel + across, room.above(1.5 - row * 0.15)), 6, 6, b.tones.dark)
    for side in (-1, 1):
        x = room.left if side < 0 else room.right
        rail = [room.seen(x, room.above(0.95), depth) for depth in (1.02, 6.0)]
        b.stroke(rail, darker(b.tones.metal, 240), 12)


def furnish_station(b: Backdrop, room: Room) -> None:
    """A hall with tall windows, a clock, a board of departures and benches."""
    for x in (-0.78, -0.5, 0.5, 0.78):
        left, right = room.right * x - 50, room.right * x + 50
        fittings.view(b, (left, 150.0, right, 430.0))
        b.sheet.frame((left, 150.0, right, 430.0), b.ink, 5)
        for bar in (220.0, 290.0, 360.0):
            b.stroke([(left, bar), (right, bar)], b.tones.metal, 4)
        b.stroke([((left + right) / 2, 150.0), ((left + right) / 2, 430.0)], b.tones.metal, 4)
    b.block((-170.0, 100.0, 170.0, 196.0), darker(b.tones.dark, 300))
    for row in range(3):
        y = 114.0 + row * 26
        for at, wide in ((-150, 60), (-70, 130), (90, 60)):
            b.sheet.rect((at, y, at + wide, y + 11), (236, 184, 92))
    fittings.door(b, room, -60, glazed=True)
    fittings.door(b, room, 60, glazed=True)
    for depth in (1.3, 1.7):
        for x in (-0.6, 0.6):
            reach = room.right * 0.24
            middle = room.right * x
            seat = Solid(middle - reach, middle + reach, 0.36, 0.46, depth, depth + 0.12)
            cast(b, room, seat)
            put(b, room, Solid(middle - reach, middle + reach, 0.5, 0.95, depth, depth + 0.02),
                b.tones.wood)  # fmt: skip
            put(b, room, seat, b.tones.wood)
            for end in (-0.8, 0.8):
                foot = middle + reach * end
                put(b, room, Solid(foot - 6, foot + 6, 0, 0.36, depth + 0.04, depth + 0.08),
                    b.tones.metal)  # fmt: skip


def furnish_hall(b: Backdrop, room: Room) -> None:
    """A hall where people meet: a platform with a lectern under a curtain, tall windows, chairs."""
    cloth = b.tones.fabric
    b.block((-250.0, 150.0, 250.0, room.above(0.45)), darker(b.tones.dark, 120))
    for side in (-1, 1):
        left, right = sorted((side * 120.0, side * 250.0))
        b.block((left, 150.0, right, room.above(0.45)), cloth)
        for fold in range(1, 5):
            x = left + (right - left) * fold / 5
            b.sheet.line([(x, 160.0), (x, room.above(0.47))], darker(cloth, 190), 3)
        window = sorted((side * room.right * 0.62, side * room.right * 0.84))
        fittings.view(b, (window[0], 170.0, window[1], 440.0))
        b.sheet.frame((window[0], 170.0, window[1], 440.0), b.ink, 5)
        middle = (window[0] + window[1]) / 2
        b.stroke([(middle, 170.0), (middle, 440.0)], b.tones.trim, 5)
        for y in (260.0, 350.0):
            b.stroke([(window[0], y), (window[1], y)], b.tones.trim, 5)
    b.block((-250.0, 128.0, 250.0, 190.0), darker(cloth, 120))
    put(b, room, Solid(-270.0, 270.0, 0, 0.45, 1.0, 1.1), b.tones.wood)
    put(b, room, Solid(-34.0, 34.0, 0.45, 1.5, 1.02, 1.06), darker(b.tones.wood, 140))
    for depth in (1.3, 1.56):
        for x in (-0.84, -0.68, -0.52, 0.52, 0.68, 0.84):
            furniture.chair(b, room, room.right * x, depth, -1 if x > 0 else 1)


def furnish_court(b: Backdrop, room: Room) -> None:
    """The judge's bench under a seal, a table for each side, a rail before them."""
    seal = (0.0, room.above(2.35))
    b.sheet.inked_oval(seal, (66, 66), mix(b.tones.accent, (222, 180, 92), 500), (b.ink, 4))
    b.sheet.inked_oval(seal, (46, 46), b.tones.paper, (b.ink, 3))
    b.stroke([(0, seal[1] - 28), (0, seal[1] + 26)], None, 5)
    b.stroke([(-26, seal[1] - 16), (26, seal[1] - 16)], None, 4)
    for x in (-26.0, 26.0):
        b.sheet.fill([(x - 14, seal[1] + 8), (x + 14, seal[1] + 8), (x, seal[1] + 20)], b.ink)
    for side in (-1, 1):
        pole = side * 250.0
        b.stroke([(pole, room.above(2.7)), (pole, room.floor)], b.tones.wood, 7)
        b.shape([(pole, room.above(2.65)), (pole + side * 74, room.above(2.4)),
                 (pole + side * 50, room.above(1.1)), (pole, room.above(1.2))],
                b.tones.accent if side < 0 else b.tones.fabric)  # fmt: skip
    put(b, room, Solid(-48, 48, 0, 1.95, 1.0, 1.03), darker(b.tones.fabric, 200))
    put(b, room, Solid(-200, 200, 0, 1.3, 1.06, 1.18), b.tones.wood)
    put(b, room, Solid(-220, 220, 1.3, 1.38, 1.04, 1.2), darker(b.tones.wood, 140))
    witness = sorted((b.side * 290.0, b.side * 420.0))
    put(b, room, Solid(witness[0], witness[1], 0, 1.0, 1.06, 1.16), darker(b.tones.wood, 60))
    for x in (-0.55, 0.55):
        wide = room.right * 0.26
        middle = room.right * x
        put(b, room, Solid(middle - wide, middle + wide, 0, 0.76, 1.42, 1.54), b.tones.wood)
    fixtures.row_of(b, room, 1.96, b.tones.wood, tall=0.5)
