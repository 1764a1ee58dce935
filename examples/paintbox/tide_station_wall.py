"""What hangs on the walls of the tide station."""

from __future__ import annotations

from paintbox.canvas import Canvas
from paintbox.noise import scatter
from paintbox.shapes import box, curve, cut, disc, stroke


def shelf(canvas: Canvas) -> None:
    """Boxes of tape on two boards, and the tide chart."""
    for row, y in enumerate((196, 330)):
        x = 1386
        while x < 1572:
            wide = 18 + (scatter(x, row, 12) * 14 >> 16)
            tall = 78 + (scatter(x, row, 13) * 20 >> 16)
            if scatter(x, row, 15) > 9000:
                colour = ("a9553f", "d2b377", "476d76", "c7bfa4", "77583f", "31525c")[
                    scatter(x, row, 14) * 6 >> 16
                ]
                canvas.lay_all(
                    [
                        (box(x, y - tall, x + wide - 2, y), colour),
                        (box(x + 4, y - tall + 12, x + wide - 6, y - tall + 34), "efe4c6"),
                    ],
                )
            x += wide
        canvas.lay_all(
            [
                (box(1368, y, 1592, y + 12), "6a4c34"),
                (box(1368, y, 1592, y + 3), "a97f52"),
                (box(1376, y + 12, 1584, y + 22), "334b4f"),
                ([(1390, y + 12), (1402, y + 12), (1390, y + 44)], "4c3727"),
                ([(1558, y + 12), (1570, y + 12), (1570, y + 44)], "4c3727"),
            ],
        )
    # The tide chart: a sheet with a wave on it, pinned by two corners.
    chart = [(1708, 150), (1872, 156), (1868, 376), (1704, 370)]
    canvas.lay_all([([(p[0] + 6, p[1] + 8) for p in chart], "2f474c"), (chart, "e6d9b6")])
    for band, y in enumerate((206, 256, 306)):
        wave = [
            (1722 + k * 17, y + (0, 12, 18, 12, 0, -12, -18, -12)[(k + band) % 8]) for k in range(9)
        ]
        canvas.lay(cut(stroke(curve(wave, closed=False, steps=6), [5])), "3e7480")
    canvas.lay(cut(stroke([(1734, 340), (1840, 344)], [3])), "a9553f")
    for pin in ((1716, 158), (1864, 164)):
        canvas.lay(disc(*pin, 6), "a9553f")


def coat(canvas: Canvas) -> None:
    """A spare oilskin and a scarf on the pegs."""
    canvas.lay_all([(box(56, 176, 330, 190), "6a4c34"), (box(56, 176, 330, 179), "a97f52")])
    for x in (96, 186, 290):
        canvas.lay(cut(stroke([(x, 184), (x, 206), (x + 10, 214)], [8, 8, 8])), "2b211c")
    oilskin = [
        (160, 214),
        (132, 250),
        (92, 420),
        (84, 566),
        (150, 586),
        (236, 580),
        (292, 560),
        (276, 400),
        (246, 252),
        (216, 214),
        (188, 206),
    ]
    canvas.lay(cut(curve([(x + 12, y + 8) for x, y in oilskin])), "2c4246", 190)
    canvas.lay(cut(curve(oilskin)), "c08a2e")
    canvas.lay(
        cut(
            curve(
                [(170, 222), (142, 270), (104, 430), (96, 560), (128, 576), (150, 430), (168, 290)]
            )
        ),
        "dba53f",
    )
    for fold in (
        [(196, 240), (190, 400), (200, 574)],
        [(232, 280), (250, 420), (246, 568)],
        [(146, 300), (130, 430), (128, 572)],
    ):
        canvas.lay(cut(stroke(curve(fold, closed=False), [5])), "8a5f22")
    canvas.lay(cut(curve([(164, 220), (188, 200), (216, 218), (204, 250), (176, 250)])), "6f4c1f")
    scarf = [(286, 210), (276, 330), (284, 470), (308, 470), (306, 330), (304, 212)]
    canvas.lay(cut(curve(scarf)), "8d3b34")
    for y in range(250, 460, 44):
        canvas.lay(cut(box(279, y, 307, y + 14)), "d2b377")
