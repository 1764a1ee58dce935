"""A room in one-point perspective, and solid things standing in it."""

from __future__ import annotations

from dataclasses import dataclass

from renderers.plates.ink import Colour, Point
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places.backdrop import HORIZON, METRE, Backdrop


@dataclass(frozen=True, slots=True)
class Room:
    """The box of a room. Places in it are given at the size they have on the back wall (depth 1);
    a greater depth is nearer to the camera."""

    left: float
    right: float
    ceiling: float = 95.0
    floor: float = HORIZON + 210.0

    def seen(self, x: float, y: float, depth: float) -> Point:
        """Where a place in the room appears on the picture."""
        return (x * depth, HORIZON + (y - HORIZON) * depth)

    def above(self, metres: float) -> float:
        """The height at depth 1 that lies so far above the floor."""
        return self.floor - metres * METRE


@dataclass(frozen=True, slots=True)
class Solid:
    """A block: from `left` to `right` and `low` to `high` metres, between two depths."""

    left: float
    right: float
    low: float
    high: float
    back: float
    front: float


def build_shell(b: Backdrop, room: Room, style: str) -> None:
    """Walls, ceiling and floor. `style` is plain, panelled, tiled, stone, boards or metal."""
    far = 9.0
    tones = b.tones
    walls = tones.wall
    shade = darker(walls, 130)
    left_top, left_low = (room.left, room.ceiling), (room.left, room.floor)
    right_top, right_low = (room.right, room.ceiling), (room.right, room.floor)
    out = [room.seen(x, y, far) for x, y in (left_top, left_low, right_top, right_low)]
    b.sheet.fill([left_top, right_top, out[2], out[0]], lighter(walls, 330))
    b.sheet.fill([left_top, left_low, out[1], out[0]], shade)
    b.sheet.fill([right_top, right_low, out[3], out[2]], darker(walls, 60))
    b.sheet.shade_down(
        (room.left, room.ceiling, room.right, room.floor), walls, lighter(walls, 110)
    )
    b.sheet.fill([left_low, right_low, out[3], out[1]], tones.floor)
    _lay_floor(b, room, style)
    _dress_walls(b, room, style)
    for start, end in zip((left_top, left_low, right_top, right_low), out, strict=True):
        b.stroke([start, end])
    b.stroke([left_top, right_top, right_low, left_low, left_top])


def _lay_floor(b: Backdrop, room: Room, style: str) -> None:
    seam = darker(b.tones.floor, 150)
    if style in {"tiled", "stone", "metal"}:
        for depth in (1.12, 1.28, 1.48, 1.74, 2.1, 2.6):
            y = room.seen(0, room.floor, depth)[1]
            b.sheet.line([(room.left * depth, y), (room.right * depth, y)], seam, 1.4 + depth * 0.4)
        count = 11
    else:
        count = 15
    step = (room.right - room.left) / count
    for i in range(1, count):
        x = room.left + step * i
        b.sheet.line([(x, room.floor), room.seen(x, room.floor, 9.0)], seam, 1.8)
        if style not in {"tiled", "stone", "metal"}:
            depth = 1.15 + ((i * 7) % 10) * 0.14
            ends = [room.seen(x, room.floor, depth), room.seen(x + step, room.floor, depth)]
            b.sheet.line(ends, seam, 1.8)


def _dress_walls(b: Backdrop, room: Room, style: str) -> None:
    walls = b.tones.wall
    trim = mix(b.tones.trim, walls, 250)
    if style == "stone":
        seam = darker(walls, 170)
        for row in range(9):
            y = room.ceiling + 40 + row * 58
            for k in range(7):
                x = room.left + ((k * 173 + row * 97) % 1000) / 1000 * (room.right - room.left - 60)
                b.sheet.line([(x, y), (x + 38, y)], seam, 2)
                if k % 3 == 0:
                    b.sheet.line([(x + 38, y), (x + 38, y + 20)], seam, 2)
        return
    if style in {"boards", "metal"}:
        seam = darker(walls, 140)
        x = room.left
        while x < room.right:
            b.sheet.line([(x, room.ceiling), (x, room.floor)], seam, 2)
            x += 62
        return
    top = room.above(1.0)
    if style == "panelled":
        panel = mix(b.tones.wood, walls, 350)
        _band(b, room, top, room.floor, panel)
        x = room.left + 30
        while x + 70 < room.right:
            b.sheet.frame((x, top + 24, x + 70, room.floor - 34), darker(panel, 190), 2)
            x += 92
    elif style == "tiled":
        _band(b, room, top - 30, room.floor, lighter(b.tones.trim, 100))
        seam = darker(b.tones.trim, 110)
        for row in range(1, 5):
            y = top - 30 + row * 46
            b.sheet.line([(room.left, y), (room.right, y)], seam, 1.4)
        x = room.left + 46
        while x < room.right:
            b.sheet.line([(x, top - 30), (x, room.floor)], seam, 1.4)
            x += 46
    _band(b, room, room.floor - 18, room.floor, trim)


def _band(b: Backdrop, room: Room, top: float, low: float, colour: Colour) -> None:
    """A stripe round the three walls between two heights."""
    far = 9.0
    b.sheet.rect((room.left, top, room.right, low), colour)
    for x, shade in ((room.left, 150), (room.right, 70)):
        wall = [(x, top), (x, low), room.seen(x, low, far), room.seen(x, top, far)]
        b.sheet.fill(wall, darker(colour, shade))
        b.sheet.line([(x, top), room.seen(x, top, far)], darker(colour, 300), 2)
    b.sheet.line([(room.left, top), (room.right, top)], darker(colour, 300), 2)


def put(b: Backdrop, room: Room, solid: Solid, colour: Colour) -> None:
    """A block in the room: the sides that the camera sees, each with its own light."""
    low, high = room.above(solid.low), room.above(solid.high)

    def face(points: list[tuple[float, float, float]], shade: Colour) -> None:
        b.shape([room.seen(*point) for point in points], shade)

    near, back = solid.front, solid.back
    if high > HORIZON:
        face(
            [
                (solid.left, high, back),
                (solid.right, high, back),
                (solid.right, high, near),
                (solid.left, high, near),
            ],
            lighter(colour, 190),
        )
    for x, seen in ((solid.right, solid.right < 0), (solid.left, solid.left > 0)):
        if seen:
            face([(x, high, near), (x, high, back), (x, low, back), (x, low, near)],
                 darker(colour, 240))  # fmt: skip
    face(
        [
            (solid.left, high, near),
            (solid.right, high, near),
            (solid.right, low, near),
            (solid.left, low, near),
        ],
        colour,
    )


def cast(b: Backdrop, room: Room, solid: Solid) -> None:
    """The shadow that a block leaves on the floor."""
    reach = 0.12
    path = [
        room.seen(solid.left - 14, room.floor, solid.back),
        room.seen(solid.right + 26, room.floor, solid.back),
        room.seen(solid.right + 30, room.floor, solid.front + reach * 0.4),
        room.seen(solid.left - 6, room.floor, solid.front + reach * 0.4),
    ]
    b.sheet.fill(path, darker(b.tones.floor, 230))
