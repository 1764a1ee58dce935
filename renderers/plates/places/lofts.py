"""Rooms with something of their own: an attic, a garage, the bridge of a spaceship, a lodge."""

from __future__ import annotations

from dataclasses import replace

from renderers.plates.ink import Colour
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places import fittings, fixtures, furniture
from renderers.plates.places.backdrop import HORIZON, Backdrop
from renderers.plates.places.room import Room, Solid, build_shell, put
from renderers.plates.places.vehicles import draw_car_outside


def draw_attic(b: Backdrop) -> None:
    """Under the roof: slopes, rafters, a window in the gable, what nobody needs any more."""
    reach = min(b.half * 0.7, 640.0)
    room = Room(-reach, reach, 40.0)
    boards = mix(b.tones.wood, b.tones.wall, 460)
    build_shell(replace(b, tones=replace(b.tones, wall=boards)), room, "boards")
    far = 9.0
    for side in (-1, 1):
        eaves, ridge = (side * reach, HORIZON + 40.0), (side * 90.0, room.ceiling - 6)
        slope = [eaves, ridge, room.seen(*ridge, far), room.seen(*eaves, far)]
        b.shape(slope, darker(boards, 90 if side < 0 else 180))
        for depth in (1.0, 1.28, 1.66, 2.2):
            b.stroke([room.seen(*eaves, depth), room.seen(*ridge, depth)], b.ink, 20 * depth + 4)
            b.stroke([room.seen(*eaves, depth), room.seen(*ridge, depth)],
                     darker(b.tones.wood, 140), 20 * depth)  # fmt: skip
    b.stroke([(-reach * 0.52, 236), (reach * 0.52, 236)], b.ink, 26)
    b.stroke([(-reach * 0.52, 236), (reach * 0.52, 236)], darker(b.tones.wood, 60), 20)
    pane = (-74.0, 290.0, 74.0, 440.0)
    b.block((-90, 274, 90, 456), b.tones.trim)
    fittings.view(b, pane)
    b.stroke([(0, 290), (0, 440)], b.tones.trim, 8)
    b.stroke([(-74, 365), (74, 365)], b.tones.trim, 8)
    fixtures.crates(b, room, b.side)
    x = -b.side * reach * 0.5
    put(
        b,
        room,
        Solid(x - 120, x + 120, 0, 0.42, 1.06, 1.34),
        mix(b.tones.accent, b.tones.wood, 400),
    )
    put(b, room, Solid(x - 126, x + 126, 0.42, 0.6, 1.04, 1.36), darker(b.tones.wood, 60))
    fittings.pendant(b, room, 0, 80)


def furnish_garage(b: Backdrop, room: Room) -> None:
    """A car before a door of slats, tools on the wall."""
    left, right = room.left + 90, room.right - 90
    slats = mix(b.tones.metal, b.tones.trim, 400)
    b.block((left, room.above(2.2), right, room.floor), slats)
    for k in range(1, 7):
        y = room.above(2.2) + (room.floor - room.above(2.2)) * k / 7
        b.stroke([(left, y), (right, y)], darker(slats, 200), 3)
    draw_car_outside(b, b.side * 60.0, room.floor + 66, 640, b.choose.number("car", 4))
    side = -b.side
    rack = room.above(1.8)
    wall = room.left if side < 0 else room.right
    for k in range(4):
        depth = 1.16 + k * 0.14
        top, low = room.seen(wall, rack, depth), room.seen(wall, rack + 70 + k * 9, depth)
        b.stroke([top, low], b.tones.dark, 9 * depth)
        b.stroke([(top[0] - 12, top[1]), (top[0] + 12, top[1])], b.tones.metal, 10 * depth)
    fittings.pendant(b, room, 0, 120)


def draw_spaceship(b: Backdrop) -> None:
    """A bridge among the stars: a wide pane, consoles with lights, ribs of metal."""
    hull: Colour = mix(b.tones.metal, (74, 84, 104), 620)
    reach = min(b.half * 0.72, 660.0)
    room = Room(-reach, reach)
    dark = replace(b.tones, wall=hull, floor=darker(hull, 240), trim=lighter(hull, 240))
    ship = replace(b, tones=dark)
    build_shell(ship, room, "metal")
    pane = (-reach * 0.86, room.above(2.4), reach * 0.86, room.above(0.95))
    ship.block((pane[0] - 16, pane[1] - 16, pane[2] + 16, pane[3] + 16), lighter(hull, 140))
    b.sheet.shade_down(pane, (10, 12, 28), (32, 34, 70))
    for i in range(60):
        x = pane[0] + 8 + b.choose.number(f"star {i} x", 1000) / 1000 * (pane[2] - pane[0] - 16)
        y = pane[1] + 8 + b.choose.number(f"star {i} y", 1000) / 1000 * (pane[3] - pane[1] - 16)
        b.sheet.oval((x, y), 1.4 + (i % 5 == 0), 1.4 + (i % 5 == 0), (232, 236, 250))
    planet = (b.side * reach * 0.48, pane[1] + (pane[3] - pane[1]) * 0.46)
    b.sheet.oval(planet, 104, 104, mix(b.tones.accent, (86, 128, 170), 500))
    b.sheet.oval(
        (planet[0] - 22, planet[1] - 16), 72, 76, mix(b.tones.accent, (140, 180, 206), 500)
    )
    b.sheet.frame(pane, b.ink, 5)
    for k in (-0.34, 0.34):
        ship.stroke([(reach * k, pane[1]), (reach * k * 1.2, pane[3])], lighter(hull, 140), 16)
    for low, high, depth in ((-0.8, -0.2, 1.16), (0.2, 0.8, 1.16)):
        put(
            ship,
            room,
            Solid(reach * low, reach * high, 0, 0.82, depth, depth + 0.2),
            darker(hull, 90),
        )
        y = room.seen(0, room.above(0.62), depth + 0.2)[1]
        for n in range(9):
            x = reach * (low + (high - low) * (n + 0.6) / 9.4) * (depth + 0.2)
            tone = ((110, 220, 200), (250, 190, 90), (236, 96, 90), (130, 180, 250))[(n * 7) % 4]
            b.sheet.inked_oval((x, y), (10, 7), tone, (b.ink, 2))
    b.glow((0, room.above(0.9)), (reach, 240), 160)


def furnish_lodge(b: Backdrop, room: Room) -> None:
    """A porter's lodge: a counter with a telephone, pigeonholes with keys, a lamp."""
    left, right = -room.right * 0.5, room.right * 0.16
    b.block((left, room.above(2.1), right, room.above(1.1)), b.tones.wood)
    for row in range(4):
        for column in range(9):
            x = left + 10 + column * (right - left - 10) / 9
            y = room.above(2.1) + 8 + row * 49
            wide = (right - left - 10) / 9 - 8
            b.sheet.rect((x, y, x + wide, y + 41), darker(b.tones.wood, 330))
            if (row * 5 + column * 3) % 4 != 0:
                b.stroke([(x + wide / 2, y + 8), (x + wide / 2, y + 26)], b.tones.metal, 5)
    fittings.window(b, room, room.right * 0.55, 170)
    fittings.side_door(b, room, -b.side)
    put(b, room, Solid(left, right + 60, 0, 1.02, 1.2, 1.42), darker(b.tones.wood, 60))
    put(b, room, Solid(left - 10, right + 70, 1.02, 1.08, 1.18, 1.44), lighter(b.tones.wood, 120))
    furniture.plant(b, room, room.right * 0.9)
    fittings.pendant(b, room, (left + right) / 2, 110)
