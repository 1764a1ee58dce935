"""Sky, hills and open ground."""

from __future__ import annotations

from renderers.plates.ink import Colour, Glow, Point, curve
from renderers.plates.palette import darker, mix
from renderers.plates.places.backdrop import LINE, Backdrop


def sky(b: Backdrop, horizon: float) -> None:
    """Sky down to the horizon with its sun or moon, clouds or stars."""
    half = b.half + 260
    b.sheet.shade_down((-half, -260, half, horizon), b.light.sky_top, b.light.sky_low)
    x = b.half * b.choose.spread("sun", -62, 62) / 100
    y = horizon - 60 - (horizon - 120) * b.light.sun_height_permille / 1000
    if b.light.stars:
        for i in range(70):
            star = ((b.choose.number(f"star x {i}", 1000) / 500 - 1) * b.half,
                    b.choose.number(f"star y {i}", 1000) / 1000 * horizon * 0.85)  # fmt: skip
            size = 1.4 + (i % 7 == 0) * 1.4
            b.sheet.oval(
                star, size, size, mix(b.light.sky_top, (255, 252, 230), 500 + (i * 97) % 450)
            )
        b.sheet.oval((x, y), 46, 46, b.light.sun)
        b.sheet.oval((x - 17, y - 8), 40, 40, mix(b.light.sky_top, b.light.sky_low, 150))
        b.sheet.glows.append(Glow(x, y, 260, 260, (190, 206, 255), 240))
    else:
        size = 74 if b.light.sun_height_permille < 300 else 50
        b.sheet.oval((x, y), size, size, mix(b.light.sun, b.light.sky_low, 120))
        b.sheet.glows.append(Glow(x, y, 460, 400, b.light.sun, 460))
    for k in range(b.choose.spread("clouds", 2, 4)):
        _cloud(b, k, horizon)


def _cloud(b: Backdrop, k: int, horizon: float) -> None:
    x = (b.choose.spread(f"cloud {k} x", -95, 95) / 100) * b.half
    y = 60 + b.choose.spread(f"cloud {k} y", 0, 100) / 100 * (horizon - 230)
    wide = b.choose.spread(f"cloud {k} width", 110, 210)
    white = mix(b.light.sky_low, b.light.sun, 500)
    colour = mix(white, b.light.sky_top, 720 if b.light.stars else 180)
    low = mix(colour, b.light.sky_top, 260)
    puffs = [(-wide, 16), (-wide * 0.6, -16), (-wide * 0.2, -20), (0.0, -48), (wide * 0.36, -28),
             (wide * 0.6, -10), (wide, 14), (wide * 0.6, 22), (-wide * 0.5, 22)]  # fmt: skip
    b.sheet.fill(curve([(x + px, y + py) for px, py in puffs]), colour)
    base = [
        (-wide, 16),
        (-wide * 0.3, 4),
        (wide * 0.4, 8),
        (wide, 14),
        (wide * 0.6, 22),
        (-wide * 0.5, 22),
    ]
    b.sheet.fill(curve([(x + px, y + py) for px, py in base]), low)


def ridge(
    b: Backdrop, span: tuple[float, float], colour: Colour, *, name: str, sharp: bool = False
) -> None:
    """A line of hills, or of peaks when `sharp`, down to far below. `span` is the height
    of its foot on the picture, and how high it rises."""
    base, height = span
    half = b.half + 260
    count = 9 if sharp else 6
    points: list[Point] = []
    for k in range(count + 1):
        lift = b.choose.spread(f"{name} {k}", 0, 100) / 100
        if sharp and k % 2:
            lift *= 0.4
        points.append((-half + 2 * half * k / count, base - height * (0.25 + 0.75 * lift)))
    crest = points if sharp else curve(points, closed=False, steps=10)
    b.sheet.fill([*crest, (half, 1300), (-half, 1300)], colour)
    b.sheet.line(crest, darker(colour, 260), b.line)
    if sharp:
        for k in range(2, count, 2):
            x, y = points[k]
            (px, py), (nx, ny) = points[k - 1], points[k + 1]
            if y < base - height * 0.55 and y < min(py, ny):
                left = (x + (px - x) * 0.3, y + (py - y) * 0.3)
                right = (x + (nx - x) * 0.36, y + (ny - y) * 0.36)
                reach = (right[0] - left[0]) / 2
                low = min(left[1], right[1])
                snow = [(x, y), right, (x + reach * 0.45, low - 8), (x + reach * 0.1, low + 16),
                        (x - reach * 0.3, low - 6), left]  # fmt: skip
                b.sheet.fill(snow, mix(colour, (255, 252, 246), 560))


def ground(b: Backdrop, horizon: float, colour: Colour) -> None:
    """Open ground from the horizon to the camera, with a few strokes of the brush."""
    half = b.half + 260
    b.sheet.shade_down((-half, horizon, half, 1260), b.far(colour, 320), darker(colour, 90))
    for k in range(26):
        depth = (k * 37 % 100) / 100
        y = horizon + 30 + depth * depth * 560
        x = ((k * 611) % 1000 / 500 - 1) * b.half
        long = 26 + 90 * depth
        tuft = [(x - long, y), (x, y - 5 - 7 * depth), (x + long, y)]
        b.sheet.brush(curve(tuft, closed=False), darker(colour, 170), 2 + 4 * depth)


def hills(b: Backdrop) -> None:
    """Two lines of soft hills on the horizon."""
    ridge(b, (LINE + 10, 190), b.far(b.tones.leaf, 620), name="far hills")
    ridge(b, (LINE + 20, 96), b.far(b.tones.leaf, 380), name="near hills")
