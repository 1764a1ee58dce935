"""Places at the water."""

from __future__ import annotations

from renderers.plates.ink import curve
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places import land, scenery
from renderers.plates.places.backdrop import LINE, Backdrop


def draw_sea(b: Backdrop) -> None:
    """The open sea from the deck of a ship."""
    scenery.water(b, LINE, 1240)
    scenery.boat(b, -b.side * b.half * 0.42, LINE + 40, 70)
    deck = b.tones.wood
    rail = [
        (-b.half - 80, 890),
        (0, 872),
        (b.half + 80, 890),
        (b.half + 80, 1240),
        (-b.half - 80, 1240),
    ]
    b.shape(rail, deck)
    for k in range(-6, 7):
        b.stroke([(k * 120, 884), (k * 190, 1240)], darker(deck, 240), 3)
    for k in range(-5, 6):
        b.stroke([(k * 190, 880), (k * 190, 770)], b.tones.trim, 11)
    b.stroke([(-b.half - 80, 770), (b.half + 80, 770)], b.ink, 18)
    b.stroke([(-b.half - 80, 770), (b.half + 80, 770)], b.tones.trim, 12)


def draw_harbour(b: Backdrop) -> None:
    """A quay, boats, houses on the other shore."""
    side = b.side
    land.ridge(b, (LINE, 120), b.far(b.tones.leaf, 560), name="far hills")
    for k in range(6):
        scenery.house(b, side * b.half * (0.2 + k * 0.16), LINE + 16, (96, 58 + (k * 17) % 30), k)
    scenery.water(b, LINE + 14, 1240)
    scenery.boat(b, -side * b.half * 0.5, LINE + 70, 84)
    scenery.boat(b, side * b.half * 0.12, LINE + 40, 46)
    quay = mix(b.tones.metal, b.tones.wall, 420)
    b.shape(
        [(-b.half - 80, 760), (b.half + 80, 730), (b.half + 80, 1240), (-b.half - 80, 1240)], quay
    )
    b.sheet.fill(
        [(-b.half - 80, 790), (b.half + 80, 762), (b.half + 80, 778), (-b.half - 80, 806)],
        darker(quay, 240),
    )
    for x in (-0.7, 0.62):
        at = (b.half * x, 772.0)
        b.block((at[0] - 20, at[1] - 62, at[0] + 20, at[1]), b.tones.dark)
        b.sheet.inked_oval((at[0], at[1] - 64), (30, 12), b.tones.dark, (b.ink, 3))
    scenery.street_lamp(b, side * b.half * 0.78, 800, 430)


def draw_beach(b: Backdrop) -> None:
    """Sand, surf, a headland."""
    side = b.side
    cliff = mix(b.tones.wall, b.tones.wood, 240)
    scenery.water(b, LINE, 760)
    b.shape([(side * b.half * 1.4, LINE + 60), (side * b.half * 0.46, LINE + 44),
            (side * b.half * 0.58, LINE - 70), (side * b.half * 0.74, LINE - 150),
            (side * b.half * 1.4, LINE - 190)], cliff)  # fmt: skip
    scenery.boat(b, -side * b.half * 0.4, LINE + 22, 40)
    sand = mix(b.tones.trim, b.outside((230, 198, 142)), 640)
    shore = [(-b.half - 80, 690), (-b.half * 0.3, 650), (b.half * 0.3, 668), (b.half + 80, 640)]
    foam = [(x, y - 14) for x, y in shore]
    b.sheet.fill(
        [*curve(foam, closed=False), (b.half + 80, 1240), (-b.half - 80, 1240)], lighter(sand, 420)
    )
    b.shape([*curve(shore, closed=False), (b.half + 80, 1240), (-b.half - 80, 1240)], sand)
    scenery.rocks(b, -side * b.half * 0.68, 800, 120, mix(b.tones.metal, b.tones.dark, 220))


def draw_river(b: Backdrop) -> None:
    """A river or lake between wooded banks."""
    land.hills(b)
    scenery.water(b, LINE + 10, 1240)
    for side in (-1, 1):
        wood = [(side * b.half * 1.5, LINE), (side * b.half * 0.2, LINE + 26),
                (side * b.half * 0.34, LINE + 120), (side * b.half * 0.74, 760),
                (side * b.half * 0.8, 1240), (side * b.half * 1.5, 1240)]  # fmt: skip
        b.shape(wood, darker(b.tones.leaf, 60 if side < 0 else 0))
        scenery.tree(b, side * b.half * 0.8, LINE + 130, 360)
        scenery.pine(b, side * b.half * 0.46, LINE + 60, 190, 240)
    # The bank that people stand on.
    shore = [(-b.half - 80, 800), (-b.half * 0.4, 776), (b.half * 0.2, 786), (b.half + 80, 764)]
    bank = mix(b.tones.leaf, b.tones.floor, 260)
    b.shape([*curve(shore, closed=False), (b.half + 80, 1240), (-b.half - 80, 1240)], bank)


def draw_lighthouse(b: Backdrop) -> None:
    """A lighthouse on its cliff."""
    side = b.side
    scenery.water(b, LINE, 1240)
    rock = mix(b.tones.metal, b.tones.wood, 380)
    cliff = [(side * b.half * 1.5, LINE - 10), (side * b.half * 0.62, LINE + 10),
            (side * b.half * 0.24, LINE + 60), (side * b.half * 0.1, LINE + 150),
            (-side * b.half * 0.3, 770), (-side * b.half * 1.5, 840),
            (-side * b.half * 1.5, 1240), (side * b.half * 1.5, 1240)]  # fmt: skip
    scenery.lighthouse(b, side * b.half * 0.52, LINE + 60, 440)
    b.shape(cliff, rock)
    b.sheet.fill([(side * b.half * 1.5, LINE - 4), (side * b.half * 0.62, LINE + 14),
            (side * b.half * 0.34, LINE + 60), (side * b.half * 0.5, LINE + 110),
            (side * b.half * 1.5, LINE + 130)], b.tones.leaf)  # fmt: skip
    scenery.house(b, side * b.half * 0.84, LINE + 70, (190, 100), 1)
    scenery.rocks(b, -side * b.half * 0.66, 850, 130, darker(rock, 160))
