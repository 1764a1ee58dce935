"""The stone road of the causeway, its poles and what stands beside it."""

from __future__ import annotations

from itertools import pairwise

from paintbox.canvas import Canvas
from paintbox.noise import scatter
from paintbox.shapes import Outline, box, curve, cut, disc, rough, stroke

# The middle of the road and half its width, from the near edge of the picture to the island.
BEND = ((1080, 760, 520), (940, 808, 356), (800, 880, 226), (690, 990, 136), (610, 1098, 80))
FAR_BEND = ((560, 1178, 48), (528, 1232, 28), (506, 1272, 16), (492, 1300, 8), (480, 1316, 3))


def _edges(y: int) -> tuple[int, int]:
    """The middle of the road and half its width at a row of the picture."""
    line = BEND + FAR_BEND
    for (y0, x0, w0), (y1, x1, w1) in pairwise(line):
        if y >= y1:
            return x1 + (x0 - x1) * (y - y1) // (y0 - y1), w1 + (w0 - w1) * (y - y1) // (y0 - y1)
    return line[-1][1], line[-1][2]


def road(canvas: Canvas) -> None:
    """Wet stones in perspective, from the near edge of the picture to the island."""
    rows = [*range(1100, 600, -20), *range(600, 478, -6)]
    left = [(_edges(y)[0] - _edges(y)[1], y) for y in rows]
    right = [(_edges(y)[0] + _edges(y)[1], y) for y in rows[::-1]]
    wet = [(x - 26 * (y - 470) // 300, y + 3) for x, y in left] + [
        (x + 26 * (y - 470) // 300, y + 3) for x, y in right
    ]
    canvas.lay(cut(rough(wet, 4, 40, 30)), "0e1d29", 200)
    canvas.lay(cut(left + right), "14232e")
    y, row = 486, 0
    while y < 1110:
        tall = 3 + (y - 480) * (y - 480) // 9000 + (y - 480) // 22
        _cobbles(canvas, y, tall, row)
        y, row = y + tall, row + 1


def _cobbles(canvas: Canvas, y: int, tall: int, row: int) -> None:
    middle, half = _edges(min(1080, y + tall // 2))
    count = 7
    shift = row % 2
    for k in range(count + shift):
        x0 = middle - half + (2 * k - shift) * half // count
        x1 = x0 + 2 * half // count
        x0, x1 = max(x0, middle - half), min(x1, middle + half)
        if x1 - x0 < 3:
            continue
        gap = 1 + tall // 12
        jitter = (scatter(k, row, 51) - 32768) * tall // 400000
        stone = [
            (x0 + gap, y + gap + jitter),
            (x1 - gap, y + gap - jitter),
            (x1 - gap, y + tall - gap),
            (x0 + gap, y + tall - gap),
        ]
        shade = scatter(k, row, 52) >> 14
        if tall < 9:
            canvas.lay(cut(stone), ("3c5963", "47666d", "547479", "2f4a56")[shade])
            continue
        soft = _rounded(stone, max(2, tall // 4))
        canvas.lay(cut(soft), ("25404d", "2c4955", "33525d", "203845")[shade])
        lit = _rounded(
            [(x, py - (0 if i < 2 else tall * 4 // 9)) for i, (x, py) in enumerate(stone)],
            max(2, tall // 6),
        )
        canvas.lay(
            cut([(x - tall // 8, py) for x, py in lit]),
            ("46646c", "527279", "5f8083", "3a5963")[shade],
            170,
        )
        if scatter(k, row, 53) > 40000:
            cx, cy = (x0 + x1) // 2, y + gap + tall // 6
            canvas.lay(disc(cx - tall // 3, cy, (x1 - x0) // 5, max(1, tall // 14)), "a7b9ac", 150)


def _rounded(corners: Outline, by: int) -> Outline:
    (ax, ay), (bx, by1), (cx, cy), (dx, dy) = corners
    return [
        (ax + by, ay),
        (bx - by, by1),
        (bx, by1 + by),
        (cx, cy - by),
        (cx - by, cy),
        (dx + by, dy),
        (dx, dy - by),
        (ax, ay + by),
    ]


def poles(canvas: Canvas) -> None:
    """Marker poles on both sides; they stand on land that is not always land."""
    for side in (-1, 1):
        for y in (1062, 868, 752, 676, 622, 582, 554, 533, 518, 506):
            middle, half = _edges(y)
            scale = y - 466
            x = middle + side * (half + 10 + scale // 12)
            tall, thick = scale * 13 // 16, max(2, scale // 30)
            lean = side * scale // 60
            pole = stroke([(x, y), (x + lean, y - tall)], [thick + 1, thick])
            canvas.lay(cut(pole), "0a1620")
            canvas.lay(
                cut(
                    stroke(
                        [(x - thick // 3, y), (x + lean - thick // 3, y - tall)],
                        [max(1, thick // 4)],
                    )
                ),
                "5e7f84",
                190,
            )
            band = stroke(
                [
                    (x + lean * 7 // 10, y - tall * 7 // 10),
                    (x + lean * 9 // 10, y - tall * 9 // 10),
                ],
                [thick + 1],
            )
            canvas.lay(cut(band), "d8d6c0", 235)
            foot = [(x - thick * 3, y), (x, y - thick), (x + thick * 3, y), (x, y + thick)]
            canvas.lay(cut(curve(foot)), "0c1a25", 200)


def refuge(canvas: Canvas) -> None:
    """The hut on stilts for people whom the sea overtakes."""
    for x in (556, 600, 648, 690):
        canvas.lay(cut(stroke([(x + (620 - x) // 9, 520), (x, 634)], [7])), "0b1823")
    canvas.lay(cut(stroke([(566, 606), (684, 552)], [4])), "0b1823")
    canvas.lay(cut(stroke([(566, 552), (684, 606)], [4])), "0b1823")
    parts = (
        ([(552, 524), (556, 440), (690, 440), (694, 524)], "132735"),
        ([(552, 524), (556, 440), (584, 440), (582, 524)], "3c5f69"),
        ([(540, 444), (560, 408), (686, 408), (706, 444)], "0b1823"),
        (box(540, 524, 708, 534), "0b1823"),
        (box(618, 462, 650, 524), "0a141d"),
        (box(562, 462, 578, 486), "0a141d"),
    )
    for outline, colour in parts:
        canvas.lay(cut(rough(outline, 1, 60)), colour)
    for x in (628, 646):
        canvas.lay(cut(stroke([(x, 530), (x + 8, 640)], [4])), "0b1823")
    for y in range(546, 636, 15):
        canvas.lay(cut(box(630, y, 652, y + 3)), "0b1823")
    canvas.lay(
        cut(curve([(520, 638), (620, 630), (720, 638), (640, 652), (560, 650)])), "14303d", 200
    )


def foreground(canvas: Canvas) -> None:
    """A few rocks in the lower corners, for depth."""
    for side, base in ((1, 0), (-1, 1920)):
        for index in range(11):
            reach = 46 + (scatter(index, side & 1, 70) * 90 >> 16)
            x = base + side * (scatter(index, side & 3, 71) * 270 >> 16)
            y = 1084 - (scatter(index, side & 3, 72) * 26 >> 16) + index * 2
            tall = reach * 5 // 8
            peak = x + side * reach // 5
            rock = [
                (x - reach, y + 30),
                (x - reach * 5 // 6, y - tall // 3),
                (peak - reach // 3, y - tall),
                (peak + reach // 4, y - tall * 5 // 6),
                (x + reach, y - tall // 6),
                (x + reach, y + 30),
            ]
            canvas.lay(cut(rough(rock, 2, index)), "0b1822")
            facet = [
                rock[1],
                rock[2],
                (peak - reach // 8, y - tall * 3 // 8),
                (x - reach // 2, y - tall // 8),
            ]
            canvas.lay(cut(rough(facet, 1, index)), "1c3742")
            canvas.lay(
                cut(
                    [
                        rock[2],
                        rock[3],
                        (peak + reach // 8, y - tall * 5 // 8),
                        (peak - reach // 8, y - tall * 3 // 4),
                    ]
                ),
                "3c5f67",
            )
