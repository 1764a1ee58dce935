"""Places under the open sky."""

from __future__ import annotations

from collections.abc import Callable

from renderers.plates.ink import Colour, curve
from renderers.plates.palette import darker, mix
from renderers.plates.places import corners_of_town, land, scenery
from renderers.plates.places.backdrop import LINE, Backdrop
from renderers.plates.places.street import draw_street
from renderers.plates.places.waterside import (
    draw_beach,
    draw_harbour,
    draw_lighthouse,
    draw_river,
    draw_sea,
)

# No grass grows close to the camera there.
_PAVED = frozenset(
    {"street", "roof", "harbour", "sea", "desert", "phone box", "market", "parking", "car", "lock"}
    | {"bridge"}
)


def draw_exterior(b: Backdrop, kind: str, *, wide: bool) -> None:
    """A whole landscape; `wide` adds something close to the camera for depth."""
    land.sky(b, LINE + 40)
    _PLACES.get(kind, _PLACES[""])(b)
    if wide and kind not in _PAVED:
        _leaves(b)


def _leaves(b: Backdrop) -> None:
    side = -1 if b.choose.chance("foreground on the left", 50) else 1
    dark = darker(mix(b.tones.leaf, b.ink, 600), 260)
    base_x = side * (b.half + 30)
    for k in range(9):
        x = base_x - side * (k % 5) * 62
        y = 1040 - (k * 47 % 100)
        lean = -side * (30 + (k * 31) % 80)
        tall = 150 + (k * 67) % 170
        blade = [(x - 16, y + 90), (x + lean * 0.4 - 8, y - tall * 0.5), (x + lean, y - tall),
                 (x + lean * 0.5 + 14, y - tall * 0.45), (x + 22, y + 90)]  # fmt: skip
        b.sheet.fill(curve(blade, steps=4), dark)


def _path(b: Backdrop, colour: Colour, bend: float, width: float = 1.0) -> None:
    """A way that runs from the camera to the horizon."""
    left = curve([(bend - 10, LINE + 6), (bend * 0.3 - 30 * width, LINE + 70), (-110 * width, 720),
                  (-420 * width, 1240)], closed=False, steps=8)  # fmt: skip
    right = curve([(bend + 10, LINE + 6), (bend * 0.3 + 30 * width, LINE + 70), (130 * width, 720),
                   (420 * width, 1240)], closed=False, steps=8)  # fmt: skip
    b.sheet.fill([*left, *right[::-1]], colour)
    b.stroke(left, darker(colour, 260))
    b.stroke(right, darker(colour, 260))


def _field(b: Backdrop) -> None:
    side = b.side
    land.hills(b)
    crop = mix(b.tones.leaf, b.outside((222, 188, 96)), 520)
    land.ground(b, LINE, crop)
    for k in range(-7, 8):
        b.sheet.line([(k * 34, LINE + 4), (k * 330, 1240)], darker(crop, 120), 3)
    scenery.house(b, side * b.half * 0.55, LINE + 40, (150, 84), 2)
    scenery.tree(b, side * b.half * 0.78, LINE + 60, 190, 160)
    scenery.tree(b, -side * b.half * 0.72, LINE + 120, 330)


def _open(b: Backdrop) -> None:
    """Outside, and no more is known: sky, land, a tree."""
    land.hills(b)
    land.ground(b, LINE, mix(b.tones.leaf, b.tones.floor, 160))
    scenery.tree(b, b.side * b.half * 0.66, LINE + 80, 290)
    scenery.tree(b, -b.side * b.half * 0.84, LINE + 44, 170, 140)


def _road(b: Backdrop) -> None:
    side = b.side
    land.hills(b)
    land.ground(b, LINE, b.tones.leaf)
    _path(b, mix(b.tones.metal, b.tones.dark, 330), side * 120.0)
    for y, wide, tall in ((560, 4, 26), (640, 7, 44), (770, 12, 80), (930, 18, 120)):
        x = side * 8.0 * (900 - y) / 100
        b.sheet.fill([(x - wide * 0.7, y), (x + wide * 0.7, y), (x + wide, y + tall),
                (x - wide, y + tall)], b.tones.paper)  # fmt: skip
    for k, x in enumerate((0.24, 0.42, 0.78)):
        scenery.street_lamp(b, -side * b.half * x, LINE + 40 + k * 70, 210 + k * 130)
    scenery.tree(b, side * b.half * 0.66, LINE + 90, 300)


def _village(b: Backdrop) -> None:
    side = b.side
    land.hills(b)
    land.ground(b, LINE, b.tones.leaf)
    for k, x in enumerate((-0.28, 0.1, 0.36)):
        scenery.house(b, side * b.half * x, LINE + 26, (120, 66), k)
    _path(b, mix(b.tones.floor, b.tones.trim, 350), -side * 60.0, 0.8)
    scenery.tree(b, -side * b.half * 0.5, LINE + 60, 210, 100)
    scenery.house(b, side * b.half * 0.72, LINE + 150, (380, 220), b.choose.number("house", 3))
    scenery.house(b, -side * b.half * 0.82, LINE + 110, (280, 160), b.choose.number("other", 3))
    scenery.tree(b, side * b.half * 0.34, LINE + 110, 260)


def _forest(b: Backdrop) -> None:
    land.ridge(b, (LINE, 150), b.far(b.tones.leaf, 600), name="far hills")
    land.ground(b, LINE, mix(b.tones.leaf, b.tones.floor, 260))
    _path(b, mix(b.tones.floor, b.tones.leaf, 240), b.side * 40.0, 0.6)
    for haze, foot, tall, count in ((420, 24, 260, 13), (220, 70, 430, 8)):
        for k in range(count):
            x = (
                -b.half
                + (k + 0.5) * 2 * b.half / count
                + b.choose.spread(f"pine {foot} {k}", -30, 30)
            )
            if abs(x) > 60 + foot:
                scenery.pine(b, x, LINE + foot + (k * 7) % 14, tall + (k * 31) % 70, haze)
    for x, foot, tall in ((-0.8, 190, 800), (0.86, 200, 860), (-0.55, 150, 640)):
        scenery.pine(b, b.half * x, LINE + foot, tall)


def _mountain(b: Backdrop) -> None:
    rock = mix(b.tones.wall, b.light.sky_top, 400)
    land.ridge(b, (LINE, 400), b.far(rock, 420), name="far peaks", sharp=True)
    land.ridge(b, (LINE + 30, 240), darker(b.far(rock, 160), 160), name="near peaks", sharp=True)
    land.ridge(b, (LINE + 60, 70), b.far(b.tones.leaf, 220), name="meadow")
    for k in range(9):
        x = b.half * (b.choose.spread(f"pine {k}", -96, 96) / 100)
        if abs(x) > 120:
            scenery.pine(b, x, LINE + 90 + k * 9, 130 + k * 14, 140)
    scenery.rocks(b, -b.side * b.half * 0.6, 800, 130, mix(b.tones.metal, b.tones.wall, 300))


def _desert(b: Backdrop) -> None:
    sand = mix(b.tones.wall, b.outside((232, 190, 122)), 640)
    land.ridge(b, (LINE, 170), b.far(darker(sand, 200), 420), name="mesas")
    for k, (base, tall) in enumerate(((LINE + 70, 90), (LINE + 190, 120), (LINE + 360, 130))):
        land.ridge(b, (base, tall), darker(b.far(sand, 240 - k * 110), k * 50), name=f"dune {k}")
    scenery.rocks(b, b.side * b.half * 0.62, 850, 110, darker(sand, 220))


def _garden(b: Backdrop) -> None:
    side = b.side
    land.ridge(b, (LINE, 110), b.far(b.tones.leaf, 520), name="far trees")
    land.ground(b, LINE, b.tones.leaf)
    scenery.house(b, side * b.half * 0.62, LINE + 70, (360, 210), b.choose.number("house", 3))
    hedge = darker(b.tones.leaf, 200)
    b.shape(curve([(-side * b.half * 1.2, LINE + 70), (-side * b.half * 1.1, LINE - 20),
            (-side * b.half * 0.6, LINE - 30), (-side * b.half * 0.1, LINE - 16),
            (-side * b.half * 0.06, LINE + 60)]), hedge)  # fmt: skip
    _path(b, mix(b.tones.floor, b.tones.trim, 400), side * 160.0, 0.5)
    scenery.tree(b, -side * b.half * 0.62, LINE + 130, 420)
    for k in range(22):
        x = ((k * 617) % 1000 / 500 - 1) * b.half
        y = 700 + (k * 71) % 200
        if abs(x) > 170:
            b.sheet.line([(x, y), (x, y + 26)], darker(b.tones.leaf, 240), 3)
            b.sheet.oval((x, y), 9, 9, (b.tones.accent, b.tones.trim, b.tones.paper)[k % 3])


def _cemetery(b: Backdrop) -> None:
    land.hills(b)
    land.ground(b, LINE, darker(b.tones.leaf, 120))
    stone = mix(b.tones.metal, b.tones.wall, 400)
    for k, (x, y, tall) in enumerate(
        (
            (-0.3, 560, 60),
            (0.22, 565, 64),
            (0.5, 580, 70),
            (-0.6, 620, 110),
            (0.72, 650, 130),
            (-0.86, 740, 190),
        )
    ):
        cx, wide = b.half * x, tall * 0.34
        form = [(cx - wide, y), (cx - wide, y - tall * 0.7), (cx - wide * 0.6, y - tall * 0.95),
                (cx, y - tall), (cx + wide * 0.6, y - tall * 0.95), (cx + wide, y - tall * 0.7),
                (cx + wide, y)]  # fmt: skip
        b.shape(form, darker(stone, (k % 3) * 70))
    scenery.tree(b, b.side * b.half * 0.6, LINE + 90, 380)


def _castle(b: Backdrop) -> None:
    land.hills(b)
    land.ground(b, LINE, b.tones.leaf)
    stone = mix(b.tones.wall, b.tones.metal, 400)
    x = b.side * b.half * 0.28
    for dx, wide, tall in ((-190, 110, 250), (190, 110, 280), (0, 300, 170), (-60, 90, 340)):
        left, right, top = x + dx - wide / 2, x + dx + wide / 2, LINE + 50 - tall
        b.block((left, top, right, LINE + 50), darker(stone, abs(dx) // 3))
        step = wide / 5
        for k in range(0, 5, 2):
            b.block((left + step * k, top - 22, left + step * (k + 1), top + 2), stone)
        lamp = scenery.WINDOW_LIGHT if b.light.lamps else b.tones.dark
        b.block((x + dx - 9, top + 44, x + dx + 9, top + 84), lamp)
    b.shape(
        [
            (x - 44, LINE + 50),
            (x - 44, LINE - 30),
            (x, LINE - 66),
            (x + 44, LINE - 30),
            (x + 44, LINE + 50),
        ],
        b.tones.dark,
    )
    _path(b, mix(b.tones.floor, b.tones.trim, 300), x, 0.7)
    scenery.tree(b, -b.side * b.half * 0.66, LINE + 110, 360)


def _roof(b: Backdrop) -> None:
    b.sheet.rect((-b.half - 260, LINE - 10, b.half + 260, 900), b.far(b.tones.fabric, 620))
    x, k = -b.half - 60, 0
    while x < b.half + 60:
        wide = b.choose.spread(f"block {k}", 90, 170)
        top = LINE - b.choose.spread(f"height {k}", 20, 320)
        colour = b.far(b.tones.wall if k % 2 else b.tones.fabric, 420)
        scenery.tower_block(b, (x, top, x + wide, 900), colour, scenery.WINDOW_LIGHT)
        x += wide + 8
        k += 1
    floor = mix(b.tones.metal, b.tones.floor, 460)
    b.shape(
        [(-b.half - 80, 690), (b.half + 80, 690), (b.half + 80, 1240), (-b.half - 80, 1240)], floor
    )
    b.block((-b.half - 80, 640, b.half + 80, 712), mix(b.tones.wall, b.tones.trim, 300))
    side = b.side
    b.block(
        (side * b.half * 0.66 - 90, 520, side * b.half * 0.66 + 90, 720),
        mix(b.tones.wood, b.tones.wall, 300),
    )
    b.shape(
        [
            (side * b.half * 0.66 - 104, 520),
            (side * b.half * 0.66, 450),
            (side * b.half * 0.66 + 104, 520),
        ],
        b.tones.accent,
    )


_PLACES: dict[str, Callable[[Backdrop], None]] = {
    "": _open,
    "field": _field,
    "road": _road,
    "village": _village,
    "street": draw_street,
    "forest": _forest,
    "mountain": _mountain,
    "desert": _desert,
    "sea": draw_sea,
    "harbour": draw_harbour,
    "beach": draw_beach,
    "river": draw_river,
    "phone box": corners_of_town.draw_phone_box,
    "market": corners_of_town.draw_market,
    "parking": corners_of_town.draw_parking,
    "car": corners_of_town.draw_road_car,
    "lock": corners_of_town.draw_lock,
    "bridge": corners_of_town.draw_bridge,
    "garden": _garden,
    "cemetery": _cemetery,
    "castle": _castle,
    "roof": _roof,
    "lighthouse": draw_lighthouse,
}
