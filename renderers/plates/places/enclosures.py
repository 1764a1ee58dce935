"""Insides that are not a box with four walls: a car, a cave, a long corridor."""

from __future__ import annotations

from renderers.plates.ink import Point, curve
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places.backdrop import HORIZON, Backdrop
from renderers.plates.places.fittings import view
from renderers.plates.places.room import Room, build_shell


def draw_car(b: Backdrop) -> None:
    """The front of a car from the back seat: windscreen, road, wheel."""
    half = b.half + 200
    view(b, (-half, -100, half, HORIZON + 80))
    land = b.far(b.tones.leaf, 200)
    b.sheet.rect((-half, HORIZON + 20, half, 760), land)
    road = mix(b.tones.metal, b.tones.dark, 480)
    b.sheet.fill([(-26, HORIZON + 20), (26, HORIZON + 20), (420, 760), (-420, 760)], road)
    for y, tall in ((470, 12), (510, 24), (570, 44)):
        b.sheet.fill([(-3, y), (3, y), (8, y + tall), (-8, y + tall)], b.tones.paper)
    body = mix(b.tones.dark, b.tones.fabric, 260)
    b.shape([(-half, -100), (half, -100), (half, 130), (-half, 130)], body)
    reach = min(b.half * 0.86, 760.0)
    for side in (-1, 1):
        b.shape([(side * reach, 110), (side * (reach - 50), 130), (side * (reach + 30), 640),
                 (side * (reach + 110), 640)], body)  # fmt: skip
        b.sheet.fill([(side * (reach + 110), 640), (side * half, 640), (side * half, 600)], body)
    dash: list[Point] = [(-half, 650), (-half * 0.4, 606), (half * 0.4, 606), (half, 650),
            (half, 1200), (-half, 1200)]  # fmt: skip
    b.shape(dash, darker(body, 160))
    b.sheet.line(
        [(-half, 690), (-half * 0.4, 644), (half * 0.4, 644), (half, 690)], lighter(body, 120), 5
    )
    wheel = (-min(330.0, b.half * 0.5), 790.0)
    b.sheet.inked_oval(wheel, (190, 176), darker(body, 420), (b.ink, 6))
    b.sheet.oval(wheel, 152, 140, darker(body, 160))
    b.sheet.line([(wheel[0] - 160, wheel[1]), (wheel[0] + 160, wheel[1])], darker(body, 420), 34)
    b.sheet.oval(wheel, 46, 42, darker(body, 420))
    b.block((-70, 138, 70, 184), darker(body, 300))
    if b.light.lamps:
        b.glow((wheel[0], 690), (260, 150), 260)


def draw_cave(b: Backdrop) -> None:
    """A cave with its mouth in the distance."""
    half = b.half + 200
    rock = mix(b.tones.wall, b.tones.dark, 560)
    b.sheet.rect((-half, -200, half, 1200), darker(rock, 420))
    mouth = curve(
        [(-150, 640), (-190, 470), (-110, 300), (40, 250), (170, 340), (200, 520), (150, 640)]
    )
    for grow, depth in ((2.6, 300), (2.0, 180), (1.5, 60)):
        ring = [(x * grow, 470 + (y - 470) * grow * 0.94) for x, y in mouth]
        b.sheet.shape(ring, darker(rock, depth), darker(rock, depth + 200), 3)
    b.sheet.fill(mouth, b.light.sky_low)
    b.sheet.shape([(-150, 620), (-40, 560), (90, 590), (160, 640), (100, 700), (-120, 700)],
                  b.far(b.tones.leaf, 400), b.ink, 2)  # fmt: skip
    floor = [
        (-half, 720),
        (-300, 650),
        (0, 668),
        (320, 640),
        (half, 730),
        (half, 1200),
        (-half, 1200),
    ]
    b.shape(curve(floor), darker(rock, 260))
    glare = mix(rock, b.light.sky_low, 360)
    b.sheet.fill(
        [(-110, 672), (120, 668), (230, 860), (-260, 880)], mix(darker(rock, 260), glare, 420)
    )
    for k in range(9):
        x = -b.half + (k + 0.5) * b.half * 2 / 9 + (k * 37) % 40
        tall = 70 + (k * 53) % 130
        b.shape([(x - 30, -60), (x + 30, -60), (x + 4, tall)], darker(rock, 330))
    for k in range(4):
        x = (-0.8, -0.5, 0.55, 0.85)[k] * b.half
        b.shape(curve([(x - 90, 800 + k * 10), (x - 40, 700), (x + 50, 690), (x + 100, 800),
                (x, 830)]), darker(rock, 200))  # fmt: skip
    if b.light.lamps:
        b.glow((0, 620), (620, 360), 260)


def draw_corridor(b: Backdrop) -> None:
    """A long corridor with doors on both sides and lights in a row."""
    room = Room(-150, 150, HORIZON - 130, HORIZON + 92)
    build_shell(b, room, "plain")
    door = darker(mix(b.tones.wood, b.tones.accent, 200), 60)
    for side in (-1, 1):
        x = room.left if side < 0 else room.right
        for near, far in ((1.55, 1.25), (2.6, 2.05), (4.4, 3.5)):
            path = [room.seen(x, HORIZON - 84, far), room.seen(x, HORIZON - 84, near),
                    room.seen(x, room.floor, near), room.seen(x, room.floor, far)]  # fmt: skip
            b.shape(path, door if side < 0 else darker(door, 90))
            knob = room.seen(x, HORIZON + 10, far + (near - far) * 0.2)
            b.sheet.oval(knob, 3.4 * near, 3.4 * near, b.tones.metal)
    b.block((-62, HORIZON - 84, 62, room.floor), door)
    b.sheet.rect((-40, HORIZON - 64, 40, HORIZON - 4), mix(b.light.sky_low, b.tones.trim, 300))
    b.sheet.frame((-40, HORIZON - 64, 40, HORIZON - 4), b.ink, 2)
    for depth in (1.2, 1.8, 2.9):
        y = room.seen(0, room.ceiling, depth)[1]
        b.shape([(-34 * depth, y), (34 * depth, y), (44 * depth, y - 16 * depth),
            (-44 * depth, y - 16 * depth)], mix(b.tones.trim, (255, 244, 206), 700))  # fmt: skip
        b.glow((0, y + 40 * depth), (200 * depth, 150 * depth), 320 if b.light.lamps else 120)
    runner = mix(b.tones.accent, b.tones.floor, 250)
    b.sheet.fill([room.seen(-64, room.floor, 1.02), room.seen(64, room.floor, 1.02),
                  room.seen(64, room.floor, 7), room.seen(-64, room.floor, 7)], runner)  # fmt: skip
