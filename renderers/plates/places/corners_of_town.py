"""Small places out of doors that people meet at: a telephone box, a market, a lock, a bridge."""

from __future__ import annotations

from renderers.plates.ink import Colour, curve
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places import land, scenery
from renderers.plates.places.backdrop import LINE, Backdrop
from renderers.plates.places.vehicles import draw_car_outside


def _paved(b: Backdrop, top: float, colour: Colour) -> None:
    b.sheet.shade_down((-b.half - 260, top, b.half + 260, 1260), b.far(colour, 260), colour)


def _skyline(b: Backdrop, tall: int) -> None:
    x, k = -b.half - 60.0, 0
    while x < b.half + 60:
        wide = b.choose.spread(f"block {k}", 80, 150)
        top = LINE + 20 - b.choose.spread(f"height {k}", tall // 3, tall)
        colour = b.far((b.tones.wall, b.tones.trim, b.tones.fabric)[k % 3], 460)
        scenery.tower_block(b, (x, top, x + wide, LINE + 40), colour, scenery.WINDOW_LIGHT)
        x += wide + 4
        k += 1


def draw_phone_box(b: Backdrop) -> None:
    """A telephone box at a road, lit at night."""
    land.hills(b)
    _paved(b, LINE + 30, mix(b.tones.metal, b.tones.trim, 300))
    scenery.tree(b, -b.side * b.half * 0.7, LINE + 60, 240)
    scenery.street_lamp(b, b.side * b.half * 0.72, LINE + 120, 470)
    red: Colour = b.outside((178, 50, 46))
    left, right, top, low = -170.0, 170.0, 96.0, 838.0
    inside = mix(b.light.sky_low, b.tones.trim, 400)
    if b.light.lamps:
        inside = mix(scenery.WINDOW_LIGHT, b.tones.trim, 300)
    b.block((left, top, right, low), red)
    b.block((left + 26, top + 92, right - 26, low - 96), inside)
    b.block((left - 14, top - 34, right + 14, top + 8), darker(red, 120))
    b.block((left + 30, top + 26, right - 30, top + 74), b.tones.paper)
    b.block((left + 62, 330, left + 150, 520), b.tones.dark)
    b.sheet.oval((left + 106, 400), 30, 30, b.tones.metal)
    b.stroke([(left + 74, 350), (left + 138, 350)], b.ink, 16)
    for k in range(1, 3):
        x = left + 26 + (right - left - 52) * k / 3
        b.stroke([(x, top + 92), (x, low - 96)], red, 9)
    for k in range(1, 6):
        y = top + 92 + (low - top - 188) * k / 6
        b.stroke([(left + 26, y), (right - 26, y)], red, 7)
    if b.light.lamps:
        b.glow((0, 440), (520, 560), 420)


def draw_market(b: Backdrop) -> None:
    """Stalls with awnings on both sides of a paved way."""
    _skyline(b, 260)
    _paved(b, LINE + 40, mix(b.tones.trim, b.tones.metal, 300))
    cloths = (b.tones.accent, b.tones.fabric, b.tones.leaf, mix(b.tones.accent, b.tones.paper, 500))
    for n, depth in enumerate((0.42, 0.6, 0.86, 1.24)):
        for side in (-1, 1):
            x = side * (360 + 250) * depth
            foot = LINE - 20 + 250 * depth
            _stall(b, (x, foot), 330 * depth, cloths[(n * 2 + (side > 0)) % 4], n + side)
    if b.light.lamps:
        for x in (-0.6, 0.0, 0.6):
            b.glow((b.half * x, 330), (320, 260), 360)


def _stall(b: Backdrop, at: tuple[float, float], wide: float, cloth: Colour, number: int) -> None:
    x, foot = at
    u = wide / 100
    top, counter = foot - 84 * u, foot - 34 * u
    for px in (-46, 46):
        b.stroke([(x + px * u, foot), (x + px * u, top)], b.tones.wood, 3 * u)
    b.block((x - 48 * u, counter, x + 48 * u, foot), b.tones.wood)
    b.block((x - 50 * u, counter - 5 * u, x + 50 * u, counter), lighter(b.tones.wood, 140))
    goods = ((206, 84, 60), (232, 180, 72), (116, 150, 84), (214, 134, 92))
    for k in range(9):
        tone = b.outside(goods[(k // 3 + number) % 4])
        b.sheet.inked_oval(
            (x + (k - 4) * 10.4 * u, counter - 9 * u), (5.6 * u, 5.6 * u), tone, (b.ink, 1.6)
        )
    steps = 6
    for k in range(steps):
        left, right = x - 54 * u + 108 * u * k / steps, x - 54 * u + 108 * u * (k + 1) / steps
        tone = cloth if k % 2 == 0 else b.tones.paper
        b.shape([(left * 0.92 + x * 0.08, top - 10 * u), (right * 0.92 + x * 0.08, top - 10 * u),
                 (right, top + 12 * u), (left, top + 12 * u)], tone)  # fmt: skip


def draw_parking(b: Backdrop) -> None:
    """Parked cars before blocks of houses."""
    _skyline(b, 300)
    tar = mix(b.tones.metal, b.tones.dark, 400)
    _paved(b, LINE + 30, tar)
    for k in range(-5, 6):
        b.stroke([(k * 190, 600), (k * 300, 740)], mix(b.tones.paper, tar, 240), 5)
    for k in range(-3, 4):
        if k and b.choose.chance(f"parked {k}", 85):
            draw_car_outside(b, k * 292 + 40, 654, 250, k + 3)
    scenery.street_lamp(b, b.side * b.half * 0.8, 690, 470)
    scenery.street_lamp(b, -b.side * b.half * 0.34, 600, 300)


def draw_road_car(b: Backdrop) -> None:
    """A car that stands at a country road."""
    land.hills(b)
    land.ground(b, LINE, b.tones.leaf)
    tar = mix(b.tones.metal, b.tones.dark, 330)
    b.shape([(-b.half - 200, 650), (b.half + 200, 610), (b.half + 200, 960), (-b.half - 200, 980)],
            tar)  # fmt: skip
    for k in range(-6, 7):
        b.sheet.fill([(k * 200 - 50, 802 - k * 3), (k * 200 + 50, 799 - k * 3),
                      (k * 200 + 54, 812 - k * 3), (k * 200 - 54, 815 - k * 3)],
                     b.tones.paper)  # fmt: skip
    scenery.tree(b, -b.side * b.half * 0.7, LINE + 90, 320)
    draw_car_outside(b, b.side * b.half * 0.16, 716, 620, b.choose.number("car", 4))


def draw_lock(b: Backdrop) -> None:
    """A lock of a canal: black and white beams, walls of stone, water between."""
    land.hills(b)
    scenery.water(b, LINE + 10, 760)
    stone = mix(b.tones.metal, b.tones.wall, 420)
    for side in (-1, 1):
        bank = [(side * b.half * 1.5, LINE + 4), (side * 120, LINE + 12), (side * 330, 760),
                (side * b.half * 1.5, 760)]  # fmt: skip
        b.shape(bank, darker(b.tones.leaf, 60 if side < 0 else 0))
        b.shape([(side * 120, LINE + 12), (side * 96, LINE + 12), (side * 250, 770),
                 (side * 330, 760)], darker(stone, 60))  # fmt: skip
        scenery.tree(b, side * b.half * 0.8, LINE + 90, 300)
        b.shape([(side * 6, 560), (side * 168, 548), (side * 190, 690), (side * 6, 706)],
                darker(b.tones.wood, 120))  # fmt: skip
        b.stroke([(side * 8, 548), (side * 520, 520)], b.ink, 30)
        b.stroke([(side * 8, 548), (side * 440, 524)], darker(b.tones.dark, 100), 22)
        b.stroke([(side * 440, 524), (side * 516, 520)], b.tones.paper, 22)
    _quay(b, stone)
    scenery.street_lamp(b, b.side * b.half * 0.74, 790, 430)


def _quay(b: Backdrop, stone: Colour) -> None:
    half = b.half + 90
    b.shape([(-half, 752), (half, 740), (half, 1240), (-half, 1240)], stone)
    b.sheet.fill([(-half, 776), (half, 766), (half, 780), (-half, 790)], darker(stone, 200))
    for k in range(-6, 7):
        b.stroke([(k * 170, 790), (k * 260, 1240)], darker(stone, 130), 3)


def draw_bridge(b: Backdrop) -> None:
    """On a bridge: its way and its parapet, the river and the town beyond."""
    _skyline(b, 200)
    scenery.water(b, LINE + 30, 800)
    stone = mix(b.tones.wall, b.tones.metal, 480)
    half = b.half + 90
    b.shape([(-half, 740), (half, 740), (half, 1240), (-half, 1240)], darker(stone, 120))
    for seam in range(-7, 8):
        b.stroke([(seam * 150, 744), (seam * 260, 1240)], darker(stone, 230), 2.4)
    b.block((-half, 610, half, 642), lighter(stone, 160))
    k = -float(half)
    while k < half:
        b.shape(curve([(k - 13, 642), (k + 13, 642), (k + 22, 690), (k + 13, 742), (k - 13, 742),
                       (k - 22, 690)], steps=3), stone)  # fmt: skip
        k += 84
    b.block((-half, 730, half, 762), lighter(stone, 60))
    for x in (-0.62, 0.62):
        scenery.street_lamp(b, b.half * x, 640, 420)
