"""Rooms that are not homes: a church, a ship, a school, a cell, a stage."""

from __future__ import annotations

from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places import fittings, fixtures, furniture
from renderers.plates.places.backdrop import HORIZON, Backdrop
from renderers.plates.places.room import Room, Solid, put


def furnish_church(b: Backdrop, room: Room) -> None:
    """Pews, pillars, an altar under coloured windows."""
    for x in (-0.62, 0.62):
        fittings.arched_window(b, room.right * x, 130, 470, 130)
    fittings.arched_window(b, 0, 110, 430, 150)
    put(b, room, Solid(-120, 120, 0, 0.95, 1.02, 1.12), b.tones.paper)
    for side in (-1, 1):
        for depth in (1.0, 1.35):
            x = side * room.right * 0.94
            put(
                b,
                room,
                Solid(x - 24, x + 24, 0, 2.9, depth, depth + 0.08),
                lighter(b.tones.wall, 160),
            )
    for depth in (1.2, 1.4, 1.64, 1.96):
        fixtures.row_of(b, room, depth, b.tones.wood, tall=0.5)
    if b.light.lamps:
        b.glow((0, 470), (420, 330), 420)


def furnish_castle(b: Backdrop, room: Room) -> None:
    """A hall with narrow windows, banners and a long table."""
    for x in (-0.34, 0.34):
        fittings.arched_window(b, room.right * x, 150, 470, 96)
    for k, x in enumerate((-0.72, 0.0, 0.72)):
        left, right = room.right * x - 52, room.right * x + 52
        cloth = (b.tones.accent, b.tones.fabric)[k % 2]
        b.shape(
            [(left, 150), (right, 150), (right, 400), (room.right * x, 452), (left, 400)], cloth
        )
        b.stroke([(left - 18, 150), (right + 18, 150)], b.tones.wood, 9)
        b.sheet.oval((room.right * x, 270), 26, 26, b.tones.trim)
    furniture.rug(b, room)
    furniture.table(b, room, b.side * room.right * 0.46, 1.3, 330)
    if b.light.lamps:
        for x in (-0.52, 0.52):
            b.glow((room.right * x, 330), (260, 240), 420)


def furnish_ship(b: Backdrop, room: Room) -> None:
    """A cabin with portholes and beams."""
    side = b.side
    for x in (-0.58, 0.0, 0.58):
        fittings.porthole(b, room, room.right * x)
    for k in range(5):
        x = room.left + (room.right - room.left) * (k + 0.5) / 5
        b.sheet.line(
            [(x, room.ceiling), room.seen(x, room.ceiling, 4)], darker(b.tones.wood, 100), 12
        )
    furniture.table(b, room, side * room.right * 0.2, 1.32, 260)
    fixtures.crates(b, room, -side)
    fittings.pendant(b, room, side * room.right * 0.2, 90)


def furnish_lighthouse(b: Backdrop, room: Room) -> None:
    """The lamp room with its lens and the sea all round."""
    pane = (room.left + 30, room.ceiling + 30, room.right - 30, room.above(1.0))
    fittings.view(b, pane, land=False)
    sea = (pane[0], pane[3] - 92, pane[2], pane[3])
    b.sheet.shade_down(sea, mix(b.light.sky_low, b.tones.fabric, 420), b.tones.fabric)
    count = 6
    for k in range(count + 1):
        x = pane[0] + (pane[2] - pane[0]) * k / count
        b.stroke([(x, pane[1]), (x, pane[3])], b.ink, 12)
        b.stroke([(x, pane[1]), (x, pane[3])], b.tones.metal, 7)
    b.sheet.frame(pane, b.ink, 6)
    put(b, room, Solid(-70, 70, 0, 0.9, 1.04, 1.16), b.tones.metal)
    lens = [room.seen(x, y, 1.1) for x, y in
            ((-56, room.above(0.9)), (56, room.above(0.9)), (72, room.above(1.4)),
             (40, room.above(1.95)), (-40, room.above(1.95)), (-72, room.above(1.4)))]  # fmt: skip
    b.shape(lens, fittings.lamp_colour(b, lighter(b.tones.trim, 200)))
    for up in (1.1, 1.3, 1.5, 1.7):
        b.stroke([room.seen(-66, room.above(up), 1.1), room.seen(66, room.above(up), 1.1)],
                 darker(b.tones.trim, 200), 3)  # fmt: skip
    if b.light.lamps:
        b.glow(room.seen(0, room.above(1.4), 1.1), (620, 380), 620)
    fixtures.crates(b, room, b.side)


def furnish_classroom(b: Backdrop, room: Room) -> None:
    """Blackboard, teacher's desk, rows of desks."""
    board = (room.right * -0.6, room.above(2.3), room.right * 0.6, room.above(1.05))
    b.block((board[0] - 12, board[1] - 12, board[2] + 12, board[3] + 12), b.tones.wood)
    b.sheet.rect(board, mix(b.tones.leaf, b.tones.dark, 640))
    for k in range(3):
        y = board[1] + 70 + 52 * k
        b.sheet.line([(board[0] + 60, y), (board[0] + 330 - 60 * k, y)],
                     mix(b.tones.leaf, b.tones.paper, 520), 5)  # fmt: skip
    fittings.wall_clock(b, room, room.right * 0.8)
    furniture.desk(b, room, room.right * 0.3, 1.2)
    for depth in (1.34, 1.6):
        fixtures.row_of(b, room, depth, b.tones.wood, tall=0.42)


def furnish_workshop(b: Backdrop, room: Room) -> None:
    """Workbench, tools on the wall, boxes."""
    side = b.side
    fittings.window(b, room, side * room.right * 0.3, 240)
    rack = room.above(1.9)
    b.block((-side * room.right * 0.5 - 130, rack - 40, -side * room.right * 0.5 + 130, rack + 130),
            lighter(b.tones.wood, 140))  # fmt: skip
    for k in range(6):
        x = -side * room.right * 0.5 - 104 + k * 42
        b.stroke([(x, rack - 18), (x, rack + 44 + (k * 17) % 50)], b.tones.metal, 8)
        b.stroke([(x - 12, rack - 16), (x + 12, rack - 16)], b.tones.dark, 9)
    furniture.table(b, room, -side * room.right * 0.46, 1.22, 300)
    fixtures.crates(b, room, side)
    for depth in (1.15, 1.7):
        y = room.seen(0, room.ceiling, depth)[1]
        b.stroke(
            [(room.left * depth, y), (room.right * depth, y)], darker(b.tones.wood, 160), 20 * depth
        )
    fittings.pendant(b, room, 0, 130)


def furnish_prison(b: Backdrop, room: Room) -> None:
    """A bunk, a barred window, the bars of the door."""
    side = b.side
    pane = (
        side * room.right * 0.3 - 70,
        room.above(2.3),
        side * room.right * 0.3 + 70,
        room.above(1.7),
    )
    b.block((pane[0] - 10, pane[1] - 10, pane[2] + 10, pane[3] + 10), darker(b.tones.wall, 200))
    fittings.view(b, pane, land=False)
    for k in range(1, 5):
        x = pane[0] + (pane[2] - pane[0]) * k / 5
        b.stroke([(x, pane[1]), (x, pane[3])], b.tones.dark, 8)
    left, right = sorted((-side * room.right * 0.2, -side * (room.right - 6)))
    put(b, room, Solid(left, right, 0.38, 0.5, 1.0, 1.26), b.tones.fabric)
    put(b, room, Solid(left, left + 10, 0, 0.38, 1.24, 1.26), b.tones.metal)
    put(b, room, Solid(right - 10, right, 0, 0.38, 1.24, 1.26), b.tones.metal)
    for k in range(5):
        x = side * (b.half - 30 - k * 62)
        b.stroke([(x, -100), (x, 1100)], darker(b.tones.dark, 300), 14)


def furnish_train(b: Backdrop, room: Room) -> None:
    """A compartment with seats and two windows."""
    for x in (-0.56, 0.56):
        box = (room.right * x - 150, room.above(2.0), room.right * x + 150, room.above(1.0))
        b.block((box[0] - 14, box[1] - 14, box[2] + 14, box[3] + 14), b.tones.metal)
        fittings.view(b, box)
        b.sheet.frame(box, b.ink, 4)
    rack = room.above(2.35)
    b.block((room.left, rack, room.right, rack + 16), b.tones.metal)
    for side in (-1, 1):
        far, near = side * (room.right - 10), side * 90
        left, right = min(far, near), max(far, near)
        put(b, room, Solid(left, right, 0.1, 0.98, 1.02, 1.08), b.tones.fabric)
        put(b, room, Solid(left, right, 0.1, 0.48, 1.08, 1.3), lighter(b.tones.fabric, 70))
    if b.light.lamps:
        b.glow((0, HORIZON - 200), (700, 320), 300)


def furnish_theatre(b: Backdrop, room: Room) -> None:
    """Stage, curtain and rows of seats."""
    b.block((room.left, room.ceiling, room.right, room.floor), darker(b.tones.fabric, 120))
    red = mix(b.tones.accent, (150, 30, 40), 420)
    for side in (-1, 1):
        for k in range(5):
            x0, x1 = sorted((side * (room.right - k * 46), side * (room.right - k * 46 - 50)))
            b.block((x0, room.ceiling, x1, room.floor), darker(red, (k % 2) * 150 + 40))
    b.block((room.left, room.ceiling, room.right, room.ceiling + 66), red)
    put(b, room, Solid(room.left, room.right, 0, 0.3, 1.0, 1.16), b.tones.wood)
    b.glow((0, 430), (360, 420), 420)
    for depth in (1.4, 1.62, 1.9):
        fixtures.row_of(b, room, depth, darker(red, 280), tall=0.4)
