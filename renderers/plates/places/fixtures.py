"""Furniture that is built in or stands in rows: shelves, counters, pews, stacks."""

from __future__ import annotations

from renderers.plates.ink import Colour, curve
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places.backdrop import Backdrop
from renderers.plates.places.room import Room, Solid, put


def shelves(b: Backdrop, room: Room, x: float, width: float = 190.0, rows: int = 5) -> None:
    """A bookcase against the back wall, full of books."""
    top = room.above(2.15)
    left, right = x - width / 2, x + width / 2
    b.block((left, top, right, room.floor), b.tones.wood)
    gap = (room.floor - top - 20) / rows
    colours = (
        b.tones.accent,
        b.tones.fabric,
        b.tones.trim,
        b.tones.leaf,
        mix(b.tones.accent, b.tones.wood, 400),
    )
    for row in range(rows):
        shelf = (left + 8, top + 10 + row * gap, right - 8, top + row * gap + gap)
        b.sheet.rect(shelf, darker(b.tones.wood, 380))
        cursor = shelf[0] + 3
        k = row * 5
        while cursor < shelf[2] - 16:
            thick = 9 + (k * 7) % 8
            tall = gap * (0.55 + ((k * 11) % 7) / 22)
            colour = colours[(k * 3 + row) % len(colours)]
            b.sheet.rect((cursor, shelf[3] - tall, cursor + thick - 2, shelf[3]), colour)
            cursor += thick + (26 if (k * 13) % 9 == 0 else 0)
            k += 1
    b.sheet.frame((left, top, right, room.floor), b.ink, b.line)


def counter(b: Backdrop, room: Room, left: float, right: float) -> None:
    """Kitchen cupboards with a worktop, a stove and wall cupboards above."""
    front = mix(b.tones.fabric, b.tones.trim, 240)
    put(b, room, Solid(left, right, 0, 0.86, 1.0, 1.16), front)
    put(b, room, Solid(left - 4, right + 4, 0.86, 0.92, 1.0, 1.18), b.tones.wood)
    count = max(2, int((right - left) / 95))
    step = (right - left) / count
    for k in range(count):
        x0, x1 = left + step * k + 7, left + step * (k + 1) - 7
        path = [room.seen(x, room.above(y), 1.16) for x, y in
                ((x0, 0.8), (x1, 0.8), (x1, 0.1), (x0, 0.1))]  # fmt: skip
        b.sheet.line(path, darker(front, 300), 2.2, closed=True)
        knob = room.seen(x1 - 14, room.above(0.7), 1.16)
        b.sheet.oval(knob, 4, 4, b.tones.metal)
    _kettle(b, room, left + (right - left) * 0.3)


def _kettle(b: Backdrop, room: Room, x: float) -> None:
    foot = room.seen(x, room.above(0.92), 1.1)
    form = ((-30, 0), (-34, -22), (-14, -48), (14, -48), (34, -22), (30, 0))
    pot = [(foot[0] + dx, foot[1] + dy) for dx, dy in form]
    b.shape(curve(pot), b.tones.accent)
    b.stroke(curve([(foot[0] - 16, foot[1] - 46), (foot[0], foot[1] - 70),
            (foot[0] + 16, foot[1] - 46)], closed=False), None, 4)  # fmt: skip


def wall_cupboards(b: Backdrop, room: Room, left: float, right: float) -> None:
    """A row of cupboards on the back wall at head height."""
    colour = mix(b.tones.fabric, b.tones.trim, 240)
    top, low = room.above(2.35), room.above(1.65)
    count = max(1, int((right - left) / 95))
    step = (right - left) / count
    for k in range(count):
        x0 = left + step * k
        b.block((x0, top, x0 + step, low), colour)
        b.sheet.frame((x0 + 13, top + 13, x0 + step - 13, low - 13), darker(colour, 260), 2)
    b.sheet.rect((left, low, right, low + 8), darker(b.tones.wall, 190))


def bar_counter(b: Backdrop, room: Room) -> None:
    """A bar with stools, in front of shelves of bottles."""
    left, right = room.left + 40, room.right - 40
    top = room.above(2.2)
    b.block((left, top, right, room.above(1.0)), darker(b.tones.wood, 260))
    for row in range(3):
        y = top + 78 + row * 76
        x, k = left + 16, row * 3
        while x < right - 20:
            tall = 34 + (k * 9) % 24
            colour = (b.tones.accent, b.tones.leaf, b.tones.fabric, b.tones.trim)[k * 7 % 4]
            b.sheet.rect((x, y - tall, x + 13, y), colour)
            b.sheet.rect((x + 4, y - tall - 14, x + 9, y - tall), colour)
            x += 25 + (k * 5) % 13
            k += 1
        b.stroke([(left, y + 2), (right, y + 2)], b.tones.wood, 8)
    put(b, room, Solid(left - 20, right + 20, 0, 1.02, 1.1, 1.26), b.tones.wood)
    put(b, room, Solid(left - 30, right + 30, 1.02, 1.1, 1.06, 1.3), lighter(b.tones.wood, 100))
    x = left + 30
    while x < right:
        put(b, room, Solid(x - 4, x + 4, 0, 0.7, 1.44, 1.46), b.tones.metal)
        put(b, room, Solid(x - 28, x + 28, 0.7, 0.78, 1.38, 1.46), b.tones.accent)
        x += 128


def crates(b: Backdrop, room: Room, side: int) -> None:
    """A stack of wooden boxes on one side."""
    wall = room.left if side < 0 else room.right
    wood = lighter(b.tones.wood, 160)
    for inset, low, high, wide in ((70, 0, 0.62, 120), (195, 0, 0.48, 96), (76, 0.62, 1.12, 96)):
        x = wall - side * inset
        solid = Solid(x - wide / 2, x + wide / 2, low, high, 1.04, 1.22)
        put(b, room, solid, wood)
        ends = [
            room.seen(solid.left, room.above(high), 1.22),
            room.seen(solid.right, room.above(low), 1.22),
        ]
        b.stroke(ends, darker(wood, 250), 5)


def row_of(b: Backdrop, room: Room, depth: float, colour: Colour, *, tall: float = 0.85) -> None:
    """A row of benches with an aisle in the middle: pews, cinema seats, school desks."""
    for side in (-1, 1):
        near, far = side * 84, side * (room.right - 30)
        left, right = min(near, far), max(near, far)
        put(b, room, Solid(left, right, 0, tall, depth - 0.05, depth), colour)
        put(
            b,
            room,
            Solid(left - 4, right + 4, tall, tall + 0.05, depth - 0.06, depth),
            lighter(colour, 120),
        )
        end = room.seen((near + side * 14), room.above(tall * 0.5), depth)
        b.stroke([(end[0], end[1] - 20), (end[0], end[1] + 40)], darker(colour, 300), 3)
