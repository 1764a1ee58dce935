"""What hangs on the walls and from the ceiling of a room."""

from __future__ import annotations

from renderers.plates.ink import Colour, curve
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places.backdrop import Backdrop
from renderers.plates.places.room import Room

Box = tuple[float, float, float, float]


def view(b: Backdrop, box: Box, *, land: bool = True) -> None:
    """What is seen through a pane: sky, far land or roofs, stars."""
    left, top, right, low = box
    b.sheet.shade_down(box, b.light.sky_top, b.light.sky_low)
    width, height = right - left, low - top
    if b.light.stars:
        for i in range(9):
            x = left + 8 + (i * 67 % 100) / 100 * (width - 16)
            y = top + 8 + (i * 41 % 100) / 100 * height * 0.5
            b.sheet.oval((x, y), 1.8, 1.8, (236, 236, 214))
    if not land:
        return
    tint = mix(b.light.sky_low, b.light.sky_top, 420)
    if b.choose.chance("view of roofs", 50):
        x, i = float(left), 0
        while x < right:
            step = min(18.0 + (i * 13) % 22, right - x)
            roof = low - height * (0.16 + ((i * 29) % 17) / 70)
            b.sheet.rect((x, roof, x + step, low), darker(tint, 160))
            if b.light.lamps and step > 14:
                b.sheet.rect((x + 5, roof + 8, x + 9, roof + 14), (250, 208, 128))
            x += step
            i += 1
    else:
        crest = [(left, low - height * 0.24), (left + width * 0.3, low - height * 0.36),
                (left + width * 0.62, low - height * 0.2), (right, low - height * 0.3)]  # fmt: skip
        b.sheet.fill([*curve(crest, closed=False), (right, low), (left, low)], darker(tint, 120))


def window(b: Backdrop, room: Room, x: float, width: float = 190.0) -> Box:
    """A window with curtains in the back wall, centred on x; its light on the floor by day."""
    box = (x - width / 2, room.above(2.25), x + width / 2, room.above(0.95))
    left, top, right, low = box
    if not b.light.stars:
        _sunlight(b, room, box)
    b.block((left - 12, top - 12, right + 12, low + 12), b.tones.trim)
    view(b, box)
    middle = (left + right) / 2
    bars = mix(b.tones.trim, b.tones.wood, 120)
    for path in ([(middle, top), (middle, low)], [(left, top + (low - top) * 0.36),
            (right, top + (low - top) * 0.36)]):  # fmt: skip
        b.stroke(path, b.ink, 11)
        b.stroke(path, bars, 6)
    b.sheet.frame(box, b.ink, b.line)
    b.block((left - 24, low + 10, right + 24, low + 24), b.tones.trim)
    if b.choose.chance("curtains", 70):
        _curtains(b, box)
    return box


def _sunlight(b: Backdrop, room: Room, box: Box) -> None:
    left, _, right, _ = box
    slant = 120 if b.choose.chance("sun from the left", 50) else -120
    glare = mix(b.tones.floor, b.light.sun, 380)
    middle = (left + right) / 2
    for x0, x1 in ((left, middle - 5), (middle + 5, right)):
        path = [
            room.seen(x0 + slant * 0.3, room.floor, 1.12),
            room.seen(x1 + slant * 0.3, room.floor, 1.12),
            room.seen(x1 + slant, room.floor, 1.62),
            room.seen(x0 + slant, room.floor, 1.62),
        ]
        b.sheet.fill(path, glare)


def _curtains(b: Backdrop, box: Box) -> None:
    left, top, right, low = box
    cloth = b.tones.fabric
    for side, edge in ((-1, left), (1, right)):
        outer, inner = edge + side * 34, edge - side * 22
        path = [(outer, top - 24), (inner, top - 24), (inner - side * 4, (top + low) / 2),
                (inner + side * 16, low + 40), (outer + side * 4, low + 40)]  # fmt: skip
        b.shape(path, cloth)
        for k in (0.35, 0.65):
            x = outer + (inner - outer) * k
            b.sheet.line([(x, top - 20), (x + side * 5, low + 38)], darker(cloth, 220), 2.5)
    b.stroke([(left - 50, top - 26), (right + 50, top - 26)], b.tones.wood, 8)


def door(b: Backdrop, room: Room, x: float, *, glazed: bool = False) -> None:
    """A door in the back wall, centred on x."""
    half, top = 82.0, room.above(2.08)
    b.block((x - half - 14, top - 14, x + half + 14, room.floor), b.tones.trim)
    leaf = mix(b.tones.wood, b.tones.accent, 220)
    b.block((x - half, top, x + half, room.floor), leaf)
    for y0, y1 in ((top + 26, top + 190), (top + 216, room.floor - 30)):
        pane = mix(b.tones.trim, b.light.sky_low, 400) if glazed and y0 < top + 100 else leaf
        b.sheet.rect((x - half + 24, y0, x + half - 24, y1), lighter(pane, 60))
        b.sheet.frame((x - half + 24, y0, x + half - 24, y1), darker(leaf, 330), 2.4)
    b.sheet.inked_oval((x + half - 15, room.above(1.02)), (7, 7), b.tones.metal, (b.ink, 2))


def side_door(b: Backdrop, room: Room, side: int) -> None:
    """A door in the left (-1) or right (+1) wall, in perspective."""
    x = room.left if side < 0 else room.right
    top = room.above(2.08)
    for near, far, grow, colour in ((1.66, 1.2, 12, b.tones.trim), (1.62, 1.24, 0, b.tones.wood)):
        path = [room.seen(x, top - grow, far), room.seen(x, top - grow, near),
                room.seen(x, room.floor, near), room.seen(x, room.floor, far)]  # fmt: skip
        b.shape(path, darker(colour, 140))
    b.sheet.oval(room.seen(x, room.above(1.02), 1.3), 7, 9, b.tones.metal)


def picture(b: Backdrop, room: Room, x: float, size: float = 92.0) -> None:
    """A framed landscape on the back wall."""
    y = room.above(1.62)
    tall = size * (0.76 if b.choose.chance("wide pictures", 60) else 1.25)
    box = (x - size / 2, y - tall / 2, x + size / 2, y + tall / 2)
    b.block(box, b.tones.wood)
    inner = (box[0] + 9, box[1] + 9, box[2] - 9, box[3] - 9)
    b.sheet.rect(inner, mix(b.tones.paper, b.tones.fabric, 260))
    low = inner[3] - 2
    hill = [
        (inner[0], low - 14),
        (x - 10, low - tall * 0.4),
        (x + 14, low - 16),
        (inner[2], low - 26),
    ]
    b.sheet.fill([*curve(hill, closed=False), (inner[2], low), (inner[0], low)], b.tones.fabric)
    b.sheet.oval((x + size * 0.2, inner[1] + tall * 0.2), 8, 8, b.tones.accent)


def pendant(b: Backdrop, room: Room, x: float, drop: float = 150.0, depth: float = 1.15) -> None:
    """A hanging lamp; it shines when the light calls for lamps."""
    hook = room.seen(x, room.ceiling, depth)
    y = hook[1] + drop
    b.stroke([(hook[0], hook[1] - 260), (hook[0], y)], None, 3)
    shade = lamp_colour(b, b.tones.accent)
    b.shape([(hook[0] - 16, y), (hook[0] + 16, y), (hook[0] + 54, y + 46), (hook[0] - 54, y + 46)],
            shade)  # fmt: skip
    if b.light.lamps:
        b.sheet.oval((hook[0], y + 48), 24, 9, (255, 240, 196))
        b.glow((hook[0], y + 110), (520, 430), 400)


def lamp_colour(b: Backdrop, colour: Colour) -> Colour:
    """The colour of a lampshade: lit from within when the lamps are on."""
    return mix(colour, (255, 222, 150), 520) if b.light.lamps else colour


def floor_lamp(b: Backdrop, room: Room, x: float, depth: float = 1.12) -> None:
    """A standing lamp."""
    foot, top = room.seen(x, room.floor, depth), room.seen(x, room.above(1.5), depth)
    b.sheet.oval(foot, 30, 9, darker(b.tones.floor, 260))
    b.stroke([foot, top], b.ink, 7)
    b.sheet.inked_oval(foot, (24, 7), b.tones.metal, (b.ink, 2.5))
    b.shape([(top[0] - 24, top[1] - 58), (top[0] + 24, top[1] - 58), (top[0] + 46, top[1] + 8),
             (top[0] - 46, top[1] + 8)], lamp_colour(b, b.tones.trim))  # fmt: skip
    if b.light.lamps:
        b.glow((top[0], top[1]), (430, 400), 460)


def wall_clock(b: Backdrop, room: Room, x: float) -> None:
    """A round clock; it always says ten past ten."""
    centre = (x, room.above(2.1))
    b.sheet.inked_oval(centre, (34, 34), b.tones.paper, (b.ink, 5))
    b.stroke([(x - 15, centre[1] - 10), centre, (x + 20, centre[1] - 14)], b.ink, 3)


def arched_window(b: Backdrop, x: float, top: float, low: float, width: float) -> None:
    """A tall window with a round head and coloured panes."""
    half = width / 2
    arch = [(x - half, low), (x - half, top + half), (x - half * 0.7, top + half * 0.3),
            (x, top), (x + half * 0.7, top + half * 0.3), (x + half, top + half),
            (x + half, low)]  # fmt: skip
    glass = mix(b.light.sky_low, b.tones.accent, 250)
    b.shape(arch, glass)
    for k, colour in enumerate((b.tones.accent, b.tones.fabric, b.tones.leaf)):
        y = top + half + 26 + k * (low - top - half) / 3.2
        b.sheet.oval((x, y), half * 0.5, half * 0.5, mix(glass, colour, 620))
    b.stroke([(x, top), (x, low)], b.ink, 3)
    for part in (0.38, 0.66):
        y = top + (low - top) * part
        b.stroke([(x - half, y), (x + half, y)], b.ink, 3)


def porthole(b: Backdrop, room: Room, x: float, radius: float = 62.0) -> None:
    """A ship's window with the sea behind it."""
    y = room.above(1.62)
    b.sheet.inked_oval((x, y), (radius + 16, radius + 16), b.tones.metal, (b.ink, 4))
    b.sheet.oval((x, y), radius, radius, b.light.sky_low)
    sea = [(x - radius * 0.98, y + 8), (x + radius * 0.98, y + 8),
            (x + radius * 0.7, y + radius * 0.7), (x, y + radius),
            (x - radius * 0.7, y + radius * 0.7)]  # fmt: skip
    b.sheet.fill(sea, mix(b.light.sky_top, b.tones.fabric, 500))
    for k in range(8):
        dx = (1, 0.7, 0, -0.7, -1, -0.7, 0, 0.7)[k] * (radius + 8)
        dy = (0, 0.7, 1, 0.7, 0, -0.7, -1, -0.7)[k] * (radius + 8)
        b.sheet.oval((x + dx, y + dy), 4, 4, b.ink)
