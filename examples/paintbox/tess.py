"""Tess, 19, learning: a jumper too large, headphones round her neck, a sentence stuck in her."""

from __future__ import annotations

from paintbox.canvas import Canvas
from paintbox.figure import form, line
from paintbox.nora import INK
from paintbox.shapes import curve, cut, disc, stroke

SKIN, SKIN_DARK, CHEEK = "d9a27c", "b3764f", "cf6f55"
HAIR, HAIR_DARK, HAIR_LIGHT = "3a2a2a", "241a1c", "6a4b42"
WOOL, WOOL_DARK, WOOL_LIGHT = "b9533b", "86362a", "d9775a"
JEANS, JEANS_DARK = "4c6a82", "334a5e"


def paint() -> Canvas:
    """The cut-out, facing the viewer's right, on nothing."""
    canvas = Canvas(900, 1600)
    _legs(canvas)
    _jumper(canvas)
    _head(canvas)
    _face(canvas)
    _expression(canvas)
    _headphones(canvas)
    _arms(canvas)
    _sleeve_stripes(canvas)
    return canvas


def _legs(canvas: Canvas) -> None:
    for x, dark in ((348, True), (470, False)):
        leg = [
            (x, 960),
            (x - 6, 1180),
            (x + 6, 1430),
            (x + 118, 1430),
            (x + 128, 1180),
            (x + 132, 960),
        ]
        form(canvas, curve(leg), (JEANS_DARK if dark else JEANS, JEANS_DARK), (24, -6))
        canvas.lay(
            cut(
                curve(
                    [
                        (x - 2, 1396),
                        (x + 60, 1388),
                        (x + 126, 1396),
                        (x + 128, 1440),
                        (x + 60, 1450),
                        (x - 4, 1440),
                    ]
                )
            ),
            "7f9bb0",
        )
        boot = [
            (x + 4, 1436),
            (x - 4, 1520),
            (x + 6, 1558),
            (x + 172, 1560),
            (x + 182, 1520),
            (x + 134, 1490),
            (x + 118, 1436),
        ]
        form(canvas, curve(boot), ("6b4636", "452b22"), (26, -6))
        canvas.lay(cut([(x - 4, 1544), (x + 184, 1544), (x + 184, 1566), (x - 4, 1566)]), "201714")
        for k in range(3):
            line(
                canvas,
                [(x + 80 + k * 14, 1456 + k * 14), (x + 118 + k * 14, 1452 + k * 14)],
                6,
                "e2c48f",
            )
    line(canvas, [(500, 1040), (520, 1200), (510, 1380)], 8, JEANS_DARK, 200)
    line(canvas, [(580, 1060), (588, 1200), (580, 1370)], 9, "7f9bb0", 170)


def _jumper(canvas: Canvas) -> None:
    body = [
        (412, 470),
        (340, 506),
        (310, 620),
        (316, 800),
        (304, 1000),
        (330, 1044),
        (470, 1060),
        (600, 1042),
        (626, 1000),
        (612, 800),
        (616, 620),
        (580, 506),
        (506, 470),
    ]
    form(canvas, curve(body), (WOOL, WOOL_DARK), (44, -12))
    for row, y in enumerate((590, 616)):
        canvas.lay(
            cut(
                curve(
                    [(318, y), (460, y + 16), (610, y), (610, y + 12), (460, y + 28), (318, y + 12)]
                )
            ),
            ("ead9b0", "ead9b0")[row],
        )
    for x in range(330, 610, 22):
        line(canvas, [(x, 1010), (x + 1, 1046)], 6, WOOL_DARK, 190)
    line(canvas, [(312, 996), (460, 1014), (616, 996)], 7, WOOL_DARK, 200)
    line(canvas, [(372, 700), (392, 850), (380, 980)], 8, WOOL_DARK, 160)


def _head(canvas: Canvas) -> None:
    canvas.lay(cut(curve([(420, 400), (416, 480), (462, 516), (512, 480), (512, 400)])), SKIN_DARK)
    form(
        canvas,
        curve(
            [
                (336, 420),
                (316, 300),
                (336, 180),
                (420, 116),
                (520, 124),
                (590, 196),
                (596, 300),
                (580, 392),
                (520, 410),
                (400, 440),
            ]
        ),
        (HAIR, HAIR_DARK),
        (30, -8),
    )
    line(canvas, [(360, 250), (346, 330), (362, 410)], 10, HAIR_LIGHT, 150)


def _face(canvas: Canvas) -> None:
    face = [
        (392, 270),
        (420, 216),
        (520, 206),
        (578, 250),
        (588, 318),
        (574, 378),
        (526, 428),
        (476, 434),
        (420, 402),
        (390, 340),
    ]
    form(canvas, curve(face), (SKIN, SKIN_DARK), (18, -8))
    fringe = [
        (352, 330),
        (344, 220),
        (410, 142),
        (510, 140),
        (580, 200),
        (598, 290),
        (570, 246),
        (520, 258),
        (470, 244),
        (424, 268),
        (396, 256),
        (384, 340),
        (372, 392),
    ]
    canvas.lay(cut(curve(fringe)), HAIR)
    for lock in (
        [(430, 246), (450, 190), (500, 156)],
        [(530, 244), (536, 200), (516, 158)],
        [(390, 250), (400, 200), (446, 160)],
    ):
        line(canvas, lock, 7, HAIR_LIGHT, 170)
    canvas.lay(cut(stroke([(316, 338), (404, 300)], [11])), "e3b341")
    canvas.lay(cut(stroke([(404, 300), (420, 293)], [10, 2])), "ead9b0")
    canvas.lay(disc(394, 330, 20, 27), SKIN)
    line(canvas, [(390, 316), (402, 330), (394, 344)], 6, SKIN_DARK)
    canvas.lay(disc(446, 366, 26, 17), CHEEK, 110)
    canvas.lay(disc(566, 362, 15, 15), CHEEK, 110)


def _expression(canvas: Canvas) -> None:
    for x, wide in ((484, 30), (556, 23)):
        canvas.lay(cut(curve([(x - wide, 316), (x, 292), (x + wide, 314), (x, 336)])), "f7ecdd")
        canvas.lay(disc(x + 8, 314, 15, 18), "4a342a")
        canvas.lay(disc(x + 9, 315, 8, 10), INK)
        canvas.lay(disc(x + 13, 307, 4), "ffffff")
        line(canvas, [(x - wide - 4, 314), (x - 4, 291), (x + wide + 3, 308)], 9, INK)
    # The inner ends of the brows are raised: she is about to ask, and afraid to.
    line(canvas, [(448, 284), (480, 270), (512, 262)], 12, HAIR)
    line(canvas, [(540, 262), (562, 268), (584, 282)], 10, HAIR)
    line(canvas, [(526, 322), (548, 356), (528, 366)], 8, SKIN_DARK)
    canvas.lay(cut(curve([(496, 394), (524, 388), (550, 392), (528, 408), (508, 406)])), "7c2f2a")
    canvas.lay(cut(curve([(502, 393), (524, 389), (544, 392), (524, 397)])), "f3e6d8")
    line(canvas, [(512, 420), (526, 424), (540, 419)], 5, SKIN_DARK)


def _headphones(canvas: Canvas) -> None:
    collar = [
        (392, 468),
        (420, 446),
        (470, 470),
        (520, 448),
        (540, 474),
        (520, 516),
        (462, 530),
        (404, 512),
    ]
    form(canvas, curve(collar), (WOOL_LIGHT, WOOL_DARK), (16, -10))
    line(canvas, [(366, 470), (380, 540), (462, 566), (548, 540), (566, 472)], 14, "2d3338")
    for x in (364, 568):
        canvas.lay(disc(x, 492, 34, 44), "20262b")
        canvas.lay(disc(x + 5, 490, 24, 34), "4d565c")
        canvas.lay(disc(x + 8, 486, 10, 16), "e3b341")
    line(canvas, [(566, 534), (600, 640), (570, 760), (604, 900), (590, 990)], 7, "20262b")


def _arms(canvas: Canvas) -> None:
    far = [
        (576, 512),
        (622, 570),
        (652, 700),
        (650, 800),
        (590, 846),
        (520, 836),
        (506, 780),
        (560, 756),
        (574, 700),
        (566, 600),
    ]
    near = [
        (344, 510),
        (300, 580),
        (276, 720),
        (288, 820),
        (350, 866),
        (470, 860),
        (500, 812),
        (474, 772),
        (390, 772),
        (368, 720),
        (396, 600),
    ]
    form(canvas, curve(far), (WOOL, WOOL_DARK), (16, -14))
    hands = [(470, 770), (500, 740), (548, 742), (566, 784), (552, 830), (508, 846), (474, 826)]
    form(canvas, curve(hands), (SKIN, SKIN_DARK), (14, -10))
    for k in range(4):
        line(
            canvas,
            [(494 + k * 14, 752 + k * 2), (502 + k * 14, 782), (496 + k * 14, 806)],
            5,
            SKIN_DARK,
        )
    form(canvas, curve(near), (WOOL, WOOL_DARK), (30, -14))
    line(canvas, [(400, 600), (376, 720), (396, 770), (470, 772)], 8, WOOL_DARK, 230)
    for x in range(446, 496, 14):
        line(canvas, [(x, 776), (x + 4, 818), (x - 2, 854)], 6, WOOL_DARK, 200)


def _sleeve_stripes(canvas: Canvas) -> None:
    for y in (600, 628):
        canvas.lay(
            cut(
                curve(
                    [
                        (296, y),
                        (340, y + 16),
                        (386, y + 14),
                        (384, y + 26),
                        (338, y + 28),
                        (292, y + 12),
                    ]
                )
            ),
            "ead9b0",
        )
        canvas.lay(
            cut(
                curve(
                    [
                        (572, y + 10),
                        (600, y + 6),
                        (632, y - 8),
                        (634, y + 4),
                        (604, y + 18),
                        (574, y + 22),
                    ]
                )
            ),
            "ead9b0",
        )
