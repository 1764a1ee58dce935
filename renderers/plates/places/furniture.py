"""What stands in a room."""

from __future__ import annotations

from renderers.plates.ink import corners, curve
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places.backdrop import Backdrop
from renderers.plates.places.fittings import lamp_colour
from renderers.plates.places.room import Room, Solid, cast, put


def rug(b: Backdrop, room: Room, x: float = 0.0) -> None:
    """A carpet in the middle of the floor."""
    outer = [room.seen(x - 190, room.floor, 1.22), room.seen(x + 190, room.floor, 1.22),
             room.seen(x + 190, room.floor, 1.8), room.seen(x - 190, room.floor, 1.8)]  # fmt: skip
    inner = [room.seen(x - 165, room.floor, 1.28), room.seen(x + 165, room.floor, 1.28),
            room.seen(x + 165, room.floor, 1.71), room.seen(x - 165, room.floor, 1.71)]  # fmt: skip
    b.shape(outer, mix(b.tones.accent, b.tones.floor, 200))
    b.sheet.fill(inner, mix(b.tones.fabric, b.tones.floor, 250))


def table(b: Backdrop, room: Room, x: float, depth: float = 1.3, width: float = 250.0) -> None:
    """A table with four legs."""
    wood = b.tones.wood
    back = depth - 0.2
    cast(b, room, Solid(x - width / 2, x + width / 2, 0, 0, back, depth))
    for side in (-1, 1):
        for at in (back + 0.02, depth - 0.02):
            leg = x + side * (width / 2 - 14)
            put(b, room, Solid(leg - 8, leg + 8, 0, 0.7, at - 0.02, at), darker(wood, 120))
    put(b, room, Solid(x - width / 2, x + width / 2, 0.7, 0.77, back, depth), wood)


def chair(b: Backdrop, room: Room, x: float, depth: float, side: int = 1) -> None:
    """A wooden chair seen from the side; its back is on the side -1 or +1."""
    wood = mix(b.tones.wood, b.tones.accent, 160)
    for leg in (-30, 30):
        put(
            b,
            room,
            Solid(x + leg - 5, x + leg + 5, 0, 0.44, depth - 0.03, depth),
            darker(wood, 120),
        )
    back = x + side * 32
    put(b, room, Solid(back - 6, back + 6, 0.44, 0.98, depth - 0.13, depth), wood)
    put(b, room, Solid(x - 38, x + 38, 0.43, 0.49, depth - 0.13, depth), wood)


def sofa(b: Backdrop, room: Room, x: float, width: float = 300.0) -> None:
    """A sofa against the back wall."""
    cloth = b.tones.fabric
    half = width / 2
    cast(b, room, Solid(x - half, x + half, 0, 0, 1.0, 1.3))
    put(b, room, Solid(x - half, x + half, 0.05, 0.9, 1.02, 1.08), cloth)
    put(b, room, Solid(x - half + 30, x + half - 30, 0.05, 0.46, 1.08, 1.28), lighter(cloth, 60))
    for side in (-1, 1):
        arm = x + side * (half - 16)
        put(b, room, Solid(arm - 18, arm + 18, 0.05, 0.64, 1.06, 1.29), cloth)
    for dx, colour in ((-half * 0.5, b.tones.accent), (half * 0.42, b.tones.trim)):
        at = room.seen(x + dx, room.above(0.66), 1.12)
        cushion = [(at[0] - 40, at[1] - 34), (at[0] + 38, at[1] - 38), (at[0] + 44, at[1] + 38),
                   (at[0] - 44, at[1] + 36)]  # fmt: skip
        b.shape(curve(cushion), colour)


def bed(b: Backdrop, room: Room, x: float) -> None:
    """A double bed with its head against the back wall."""
    half = 150.0
    cast(b, room, Solid(x - half, x + half, 0, 0, 1.0, 1.62))
    put(b, room, Solid(x - half - 8, x + half + 8, 0, 1.15, 1.0, 1.04), b.tones.wood)
    put(b, room, Solid(x - half, x + half, 0.12, 0.52, 1.04, 1.58), b.tones.paper)
    put(b, room, Solid(x - half - 3, x + half + 3, 0.1, 0.56, 1.22, 1.59), b.tones.fabric)
    for side in (-1, 1):
        at = room.seen(x + side * 76, room.above(0.64), 1.08)
        pillow = [(at[0] - 58, at[1] - 24), (at[0] + 58, at[1] - 24), (at[0] + 64, at[1] + 26),
                  (at[0] - 64, at[1] + 26)]  # fmt: skip
        b.shape(curve(pillow), lighter(b.tones.paper, 300))


def bedside(b: Backdrop, room: Room, x: float) -> None:
    """A small cupboard with a lamp on it."""
    put(b, room, Solid(x - 44, x + 44, 0, 0.55, 1.02, 1.16), b.tones.wood)
    top = room.seen(x, room.above(0.55), 1.1)
    b.stroke([top, (top[0], top[1] - 40)], b.tones.metal, 9)
    b.shape([(top[0] - 20, top[1] - 82), (top[0] + 20, top[1] - 82), (top[0] + 36, top[1] - 34),
             (top[0] - 36, top[1] - 34)], lamp_colour(b, b.tones.trim))  # fmt: skip
    if b.light.lamps:
        b.glow((top[0], top[1] - 50), (360, 320), 480)


def desk(b: Backdrop, room: Room, x: float, depth: float = 1.34) -> None:
    """A desk with drawers, a lamp and papers."""
    wood = b.tones.wood
    cast(b, room, Solid(x - 150, x + 150, 0, 0, depth - 0.24, depth))
    put(b, room, Solid(x - 140, x - 62, 0, 0.7, depth - 0.2, depth), darker(wood, 90))
    put(b, room, Solid(x + 118, x + 138, 0, 0.7, depth - 0.2, depth), darker(wood, 90))
    put(b, room, Solid(x - 150, x + 150, 0.7, 0.77, depth - 0.24, depth), wood)
    lamp = room.seen(x + 96, room.above(0.77), depth - 0.14)
    b.stroke([lamp, (lamp[0] - 16, lamp[1] - 62), (lamp[0] - 44, lamp[1] - 92)], b.ink, 6)
    b.shape([(lamp[0] - 76, lamp[1] - 70), (lamp[0] - 56, lamp[1] - 108),
            (lamp[0] - 32, lamp[1] - 96), (lamp[0] - 34, lamp[1] - 62)],
            lamp_colour(b, b.tones.accent))  # fmt: skip
    if b.light.lamps:
        b.glow((lamp[0] - 60, lamp[1] - 40), (330, 260), 520)
    leaf = ((-70, depth - 0.16), (10, depth - 0.16), (6, depth - 0.05), (-84, depth - 0.05))
    sheet = [room.seen(x + dx, room.above(0.775), at) for dx, at in leaf]
    b.shape(sheet, b.tones.paper)


def plant(b: Backdrop, room: Room, x: float, depth: float = 1.15) -> None:
    """A potted plant."""
    foot = room.seen(x, room.floor, depth)
    k = depth
    b.sheet.oval((foot[0] + 8, foot[1]), 46 * k, 10 * k, darker(b.tones.floor, 240))
    for dx, dy, bend in (
        (-70, -150, -20),
        (64, -160, 22),
        (-26, -215, -14),
        (30, -225, 10),
        (-84, -92, -24),
        (82, -100, 24),
    ):
        tip = (foot[0] + dx * k, foot[1] + (dy - 40) * k)
        base = (foot[0], foot[1] - 62 * k)
        side = (base[0] + (dx + bend) * 0.52 * k, base[1] + dy * 0.62 * k)
        other = (base[0] + (dx - bend) * 0.36 * k, base[1] + dy * 0.36 * k)
        leaf = curve([base, base, side, tip, tip, other], steps=4)
        b.shape(leaf, b.tones.leaf if dx < 0 else darker(b.tones.leaf, 130))
    pot = [(-36, -66), (36, -66), (26, 0), (-26, 0)]
    b.shape([(foot[0] + px * k, foot[1] + py * k) for px, py in pot], b.tones.accent)


def foreground(b: Backdrop, half: float) -> None:
    """A dark shape close to the camera in a lower corner, for depth."""
    side = -1 if b.choose.chance("foreground on the left", 50) else 1
    dark = darker(mix(b.tones.wood, b.tones.ink, 620), 300)
    x = side * (half - 20)
    if b.choose.chance("foreground plant", 55):
        for dx, dy in ((-250, -150), (-180, -260), (-90, -330), (20, -360), (-270, -50)):
            tip = (x + side * -dx * -0.8, 1040 + dy)
            base = (x + side * 60, 1090.0)
            bend = ((tip[0] + base[0]) / 2 - side * 10, (tip[1] + base[1]) / 2 - 60)
            back = ((tip[0] + base[0]) / 2 + side * 24, (tip[1] + base[1]) / 2 + 14)
            b.sheet.fill(curve([base, base, bend, tip, tip, back], steps=5), dark)
    else:
        post = (x - 40, 760, x + 40, 1200)
        b.sheet.fill(corners(post), dark)
        top = [
            (x - side * 150, 742),
            (x + side * 90, 700),
            (x + side * 90, 750),
            (x - side * 146, 782),
        ]
        b.sheet.fill(top, dark)
        b.sheet.fill([(x - side * 146, 780), (x - side * 112, 776), (x - side * 112, 1200),
                      (x - side * 150, 1200)], dark)  # fmt: skip
