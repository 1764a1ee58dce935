"""Things in a landscape: trees, houses, water, boats, lamps."""

from __future__ import annotations

from renderers.plates.ink import Colour, curve
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places.backdrop import Backdrop

WINDOW_LIGHT: Colour = (252, 206, 122)


def tree(b: Backdrop, x: float, foot: float, tall: float, haze: int = 0) -> None:
    """A broad-leaved tree."""
    trunk = b.far(b.tones.wood, haze)
    crown = b.far(b.tones.leaf, haze)
    wide = tall * 0.055
    b.sheet.oval(
        (x + tall * 0.06, foot), tall * 0.26, tall * 0.035, darker(b.far(b.tones.leaf, haze), 330)
    )
    b.shape([(x - wide, foot), (x - wide * 0.6, foot - tall * 0.5),
            (x + wide * 0.6, foot - tall * 0.5), (x + wide, foot)], trunk)  # fmt: skip
    form = [(-0.34, -0.46), (-0.4, -0.62), (-0.28, -0.74), (-0.24, -0.9), (-0.04, -1.0),
            (0.16, -0.92), (0.3, -0.82), (0.36, -0.64), (0.38, -0.5), (0.2, -0.38), (0.0, -0.42),
            (-0.18, -0.36)]  # fmt: skip
    b.shape(curve([(x + px * tall, foot + py * tall) for px, py in form]), darker(crown, 160))
    lit = [(-0.36, -0.56), (-0.26, -0.74), (-0.2, -0.88), (-0.04, -0.96), (0.12, -0.88),
            (0.06, -0.72), (0.16, -0.62), (0.02, -0.52), (-0.16, -0.54)]  # fmt: skip
    b.sheet.fill(curve([(x + px * tall, foot + py * tall) for px, py in lit]), lighter(crown, 60))


def pine(b: Backdrop, x: float, foot: float, tall: float, haze: int = 0) -> None:
    """A fir tree."""
    needles = darker(b.far(b.tones.leaf, haze), 140)
    trunk = b.far(b.tones.wood, haze)
    b.sheet.rect((x - tall * 0.025, foot - tall * 0.2, x + tall * 0.025, foot), trunk)
    for low, high, wide in ((0.1, 0.5, 0.23), (0.32, 0.75, 0.18), (0.55, 1.0, 0.12)):
        skirt = [(x, foot - tall * high), (x + tall * wide, foot - tall * low),
                (x + tall * wide * 0.3, foot - tall * (low + 0.03)),
                (x - tall * wide, foot - tall * low)]  # fmt: skip
        b.shape(skirt, needles)
        b.sheet.fill([skirt[0], (x - tall * wide * 0.3, foot - tall * (low + 0.02)), skirt[3]],
                     lighter(needles, 90))  # fmt: skip


def house(b: Backdrop, x: float, foot: float, size: tuple[float, float], tint: int = 0) -> None:
    """A house with a gabled roof, a door and windows; `size` is width and wall height."""
    wide, tall = size
    walls = (b.tones.wall, b.tones.trim, mix(b.tones.wall, b.tones.accent, 300))[tint % 3]
    roof = (b.tones.accent, mix(b.tones.wood, b.tones.accent, 400), b.tones.fabric)[tint % 3]
    left, right, top = x - wide / 2, x + wide / 2, foot - tall
    b.block((left, top, right, foot), walls)
    b.sheet.rect((left + wide * 0.72, top, right, foot), darker(walls, 130))
    b.block((left + wide * 0.16, top - wide * 0.42, left + wide * 0.26, top), darker(walls, 220))
    b.shape([(left - wide * 0.07, top), (x - wide * 0.2, top - wide * 0.34),
             (x + wide * 0.24, top - wide * 0.34), (right + wide * 0.07, top)], roof)  # fmt: skip
    lamp = WINDOW_LIGHT if b.light.lamps else mix(b.light.sky_top, b.tones.trim, 260)
    for k in (0.2, 0.78):
        wx = left + wide * k
        b.block((wx - wide * 0.08, top + tall * 0.22, wx + wide * 0.08, top + tall * 0.58), lamp)
        b.stroke([(wx, top + tall * 0.22), (wx, top + tall * 0.58)], b.ink, 2)
    b.block((x - wide * 0.08, foot - tall * 0.56, x + wide * 0.1, foot), b.tones.wood)
    if b.light.lamps:
        b.glow((left + wide * 0.2, top + tall * 0.4), (wide * 0.5, wide * 0.4), 260)


def tower_block(
    b: Backdrop, box: tuple[float, float, float, float], colour: Colour, lamp: Colour
) -> None:
    """A city building with rows of windows."""
    left, top, right, low = box
    b.block(box, colour)
    b.sheet.rect((left + (right - left) * 0.76, top, right, low), darker(colour, 130))
    b.sheet.rect((left - 4, top - 8, right + 4, top + 8), darker(colour, 220))
    step = 42.0
    dark = mix(colour, b.light.sky_top, 420)
    row, y = 0, top + 34
    while y + 30 < low:
        column, x = 0, left + 16
        while x + 20 < right - 6:
            on = b.light.lamps and (row * 7 + column * 5 + int(left)) % 3 == 0
            b.sheet.rect((x, y, x + 18, y + 28), lamp if on else dark)
            x += step - 6
            column += 1
        y += step + 10
        row += 1


def water(b: Backdrop, top: float, low: float) -> None:
    """Open water with light on it."""
    half = b.half + 260
    deep = mix(b.tones.fabric, b.light.sky_top, 420)
    b.sheet.shade_down((-half, top, half, low), mix(b.light.sky_low, deep, 380), deep)
    shine = mix(b.light.sun, b.light.sky_low, 300)
    sun = b.half * b.choose.spread("sun", -62, 62) / 100
    for k in range(34):
        depth = (k * 29 % 100) / 100
        y = top + 6 + depth * depth * (low - top)
        near_sun = k % 3 == 0
        x = (
            sun + ((k * 53) % 100 - 50) * (0.6 + depth)
            if near_sun
            else ((k * 617) % 1000 / 500 - 1) * b.half
        )
        long = 16 + 70 * depth
        colour = mix(deep, shine, 720 if near_sun else 260)
        b.sheet.brush(
            curve([(x - long, y), (x, y + 2), (x + long, y)], closed=False), colour, 2.5 + 6 * depth
        )


def boat(b: Backdrop, x: float, line: float, size: float) -> None:
    """A small sailing boat on the water."""
    b.shape([(x - size, line - size * 0.18), (x + size, line - size * 0.26),
            (x + size * 0.74, line + size * 0.1), (x - size * 0.7, line + size * 0.1)],
            b.tones.accent)  # fmt: skip
    b.stroke([(x, line - size * 0.2), (x, line - size * 1.7)], b.tones.wood, max(3.0, size * 0.06))
    b.shape(
        [
            (x + 4, line - size * 1.62),
            (x + size * 0.8, line - size * 0.4),
            (x + 4, line - size * 0.34),
        ],
        b.tones.paper,
    )
    b.shape([(x - 4, line - size * 1.5), (x - size * 0.52, line - size * 0.4),
            (x - 4, line - size * 0.36)], darker(b.tones.paper, 110))  # fmt: skip


def lighthouse(b: Backdrop, x: float, foot: float, tall: float) -> None:
    """A lighthouse with stripes; its beam shines when lamps are lit."""
    wide = tall * 0.11
    top = foot - tall
    stripes = 6
    for k in range(stripes):
        a, c = k / stripes, (k + 1) / stripes
        path = [(x - wide * (1 - 0.4 * c), foot - tall * 0.82 * c),
                (x + wide * (1 - 0.4 * c), foot - tall * 0.82 * c),
                (x + wide * (1 - 0.4 * a), foot - tall * 0.82 * a),
                (x - wide * (1 - 0.4 * a), foot - tall * 0.82 * a)]  # fmt: skip
        b.shape(path, b.tones.accent if k % 2 else b.tones.trim)
        b.sheet.fill([(x + wide * 0.3, path[0][1]), path[1], path[2],
                (x + wide * 0.36, path[3][1])], darker(b.tones.accent if k % 2 else b.tones.trim,
                190))  # fmt: skip
    lamp = (x, top + tall * 0.11)
    if b.light.lamps:
        beam = mix(b.light.sky_top, (255, 236, 180), 300)
        b.sheet.fill([lamp, (x - b.half * 2, lamp[1] - 150), (x - b.half * 2, lamp[1] + 20)], beam)
        b.glow(lamp, (420, 320), 640)
    b.block((x - wide * 0.82, top + tall * 0.16, x + wide * 0.82, top + tall * 0.2), b.tones.dark)
    b.block((x - wide * 0.44, top + tall * 0.06, x + wide * 0.44, top + tall * 0.16),
            WINDOW_LIGHT if b.light.lamps else b.light.sky_low)  # fmt: skip
    b.shape(
        [(x - wide * 0.58, top + tall * 0.06), (x, top), (x + wide * 0.58, top + tall * 0.06)],
        b.tones.accent,
    )


def street_lamp(b: Backdrop, x: float, foot: float, tall: float) -> None:
    """A street lamp."""
    b.stroke([(x, foot), (x, foot - tall)], b.tones.dark, max(4.0, tall * 0.028))
    lamp = WINDOW_LIGHT if b.light.lamps else b.tones.paper
    top, low = foot - tall, foot - tall * 0.9
    wide, narrow = tall * 0.05, tall * 0.035
    b.shape([(x - wide, top), (x + wide, top), (x + narrow, low), (x - narrow, low)], lamp)
    if b.light.lamps:
        b.glow((x, foot - tall * 0.94), (tall * 0.7, tall * 0.6), 520)


def rocks(b: Backdrop, x: float, y: float, size: float, colour: Colour) -> None:
    """A heap of stones."""
    for dx, k in ((-0.7, 0.6), (0.75, 0.5), (0.0, 1.0)):
        form = [(-0.6, 0.1), (-0.5, -0.3), (-0.1, -0.55), (0.4, -0.4), (0.62, 0.1)]
        path = [(x + (dx + px * k) * size, y + py * k * size) for px, py in form]
        b.shape(path, colour)
        b.sheet.fill([path[1], path[2], (x + (dx - 0.05) * size, y), path[0]], lighter(colour, 150))
