"""The slipway in the low light that is dawn or dusk: wet stone, still water, a bread van."""

from __future__ import annotations

import numpy as np

from paintbox import slipway_quay
from paintbox.canvas import Canvas, brushed, down, falloff, ramp
from paintbox.noise import FULL, scatter, value_noise
from paintbox.shapes import box, curve, cut, rough, stroke
from paintbox.slipway_quay import SIZE

HORIZON = 520
SUN = (930, 512)
SKY = ("33506b", "4f7186", "83969a", "bda596", "e0b08a", "f3c795")
SEA = ("e8bd92", "bfa398", "86949c", "55717f", "36525f", "263f4c")


def paint() -> Canvas:
    """The finished picture."""
    canvas = Canvas(*SIZE, ground="33506b")
    _sky(canvas)
    _clouds(canvas)
    _gulls(canvas)
    _hills(canvas)
    _sea(canvas)
    _moorings(canvas)
    _mist(canvas)
    slipway_quay.boathouse(canvas)
    slipway_quay.slip(canvas)
    slipway_quay.van(canvas)
    slipway_quay.boat(canvas)
    slipway_quay.near(canvas)
    canvas.glow(falloff(SIZE, SUN, (520, 130)), "ffc98a", 26)
    return canvas


def _sky(canvas: Canvas) -> None:
    tone = np.clip(down(SIZE, -40, 560) + falloff(SIZE, SUN, (560, 240)) // 4, 0, FULL)
    canvas.fill(ramp(brushed(tone, value_noise(SIZE, (460, 56), 31, 4), 9000, 24), SKY))
    canvas.glow(falloff(SIZE, SUN, (180, 110)), "ffdca4", 60)


def _clouds(canvas: Canvas) -> None:
    for index, (x, y, length) in enumerate(
        (
            (140, 150, 620),
            (900, 96, 520),
            (1320, 214, 560),
            (420, 268, 520),
            (-60, 330, 420),
            (1180, 352, 420),
            (700, 404, 420),
        )
    ):
        for part in range(5):
            long = length * (4 + part) // 9
            left = x + (scatter(part, index, 33) * (length - long + 80) >> 16)
            at, thick = y + part * 8, 8 + (scatter(part, index, 34) * 14 >> 16)
            lens = [
                (left, at),
                (left + long // 4, at - thick // 2),
                (left + long // 2, at - thick),
                (left + long * 4 // 5, at - thick // 3),
                (left + long, at),
                (left + long // 2, at + thick // 3),
            ]
            canvas.lay(cut(rough(curve(lens), 1, index)), "64788a" if y < 250 else "9c9296", 190)
            canvas.lay(
                cut(rough(curve([(px, py + 5) for px, py in lens]), 1, index)),
                "e9b592" if y > 200 else "b99c97",
                150,
            )


def _gulls(canvas: Canvas) -> None:
    for x, y, span in ((612, 226, 20), (668, 204, 15), (704, 240, 13), (1250, 150, 16)):
        canvas.lay(
            cut(
                stroke(
                    curve(
                        [
                            (x - span, y - span // 3),
                            (x - span // 3, y - span // 2),
                            (x, y),
                            (x + span // 3, y - span // 2),
                            (x + span, y - span // 4),
                        ],
                        closed=False,
                    ),
                    [3],
                )
            ),
            "2d4356",
        )


def _hills(canvas: Canvas) -> None:
    far = [
        (-40, 540),
        (-40, 470),
        (180, 448),
        (420, 470),
        (640, 486),
        (760, 500),
        (900, 512),
        (1000, 518),
        (1140, 504),
        (1330, 478),
        (1560, 452),
        (1760, 446),
        (1980, 462),
        (1980, 540),
    ]
    near = [(-40, 540), (-40, 486), (120, 480), (300, 494), (470, 510), (560, 522), (560, 540)]
    canvas.lay(cut(rough(curve(far), 2, 4)), "8c919a")
    canvas.lay(cut(rough(curve(near), 2, 5)), "5f7684")
    canvas.lay(
        cut(
            rough(
                curve(
                    [(1300, 540), (1300, 522), (1440, 506), (1640, 488), (1980, 470), (1980, 540)]
                ),
                2,
                7,
            )
        ),
        "5f7684",
    )


def _sea(canvas: Canvas) -> None:
    width, height = SIZE
    ripples = np.zeros((height, width), dtype=np.int32)
    for top, bottom, cell in ((520, 560, 3), (560, 640, 7), (640, 780, 15), (780, 1080, 28)):
        ripples[top:bottom] = value_noise((width, bottom - top), (cell * 22, cell), top + 3, 2)
    shine = falloff(SIZE, (SUN[0], HORIZON), (260, 600))
    tone = down(SIZE, HORIZON, 960) - ((shine >> 2) * (ripples >> 2) >> 13) // 2
    canvas.lay(cut(box(0, HORIZON, width, height)), ramp(brushed(tone, ripples, 24000, 24), SEA))
    for k in range(64):
        y = HORIZON + 3 + k * k // 14
        half = 10 + (scatter(k, 1, 41) * (30 + k * 2) >> 16)
        x = SUN[0] + ((scatter(k, 2, 41) - 32768) * (30 + k * 3) >> 15)
        canvas.lay(
            cut(curve([(x - half, y), (x, y - 1 - k // 20), (x + half, y), (x, y + 1 + k // 16)])),
            "ffdfae",
            215 - k,
        )


def _moorings(canvas: Canvas) -> None:
    for x, y, tall in ((1190, 560, 64), (1096, 548, 46), (1034, 540, 34), (1320, 580, 92)):
        canvas.lay(cut(stroke([(x, y + 4), (x + 2, y - tall)], [tall // 7])), "2b4250")
        canvas.lay(
            cut(stroke([(x, y + 4), (x - 2, y + tall * 2 // 3)], [tall // 7, 2])), "2f4a58", 130
        )
    # The same marked poles stand along the drowned road.
    for k in range(7):
        x, y = 760 - k * 44, 532 + k * k // 2 + k * 2
        tall = 26 + k * 8
        canvas.lay(cut(stroke([(x, y), (x, y - tall)], [3 + k // 2])), "31495a")
        canvas.lay(
            cut(stroke([(x, y - tall * 7 // 10), (x, y - tall * 9 // 10)], [3 + k // 2])), "e9dfc6"
        )
        canvas.lay(cut(stroke([(x, y), (x, y + tall // 2)], [3 + k // 2, 1])), "31495a", 110)
    hull = [(1452, 600), (1470, 626), (1596, 626), (1630, 594), (1560, 604)]
    canvas.lay(cut(curve([(1466, 628), (1600, 628), (1560, 660), (1500, 664)])), "2f4a58", 130)
    canvas.lay(cut(rough(hull, 1, 9)), "324b5a")
    canvas.lay(
        cut([(1452, 600), (1560, 604), (1630, 594), (1628, 602), (1560, 612), (1456, 608)]),
        "d8b08e",
    )
    canvas.lay(cut(stroke([(1536, 604), (1540, 470)], [5])), "2b4250")
    canvas.lay(cut(stroke([(1540, 474), (1626, 594)], [2])), "2b4250")
    canvas.lay(cut(stroke([(1540, 474), (1458, 598)], [2])), "2b4250")


def _mist(canvas: Canvas) -> None:
    for index, (y, reach, strength) in enumerate(((512, 14, 120), (528, 10, 90), (560, 12, 60))):
        for k in range(4):
            x = scatter(k, index, 55) * 1900 >> 16
            long = 260 + (scatter(k, index, 56) * 420 >> 16)
            canvas.lay(
                cut(
                    curve(
                        [
                            (x - long, y),
                            (x - long // 2, y - reach),
                            (x + long // 2, y - reach),
                            (x + long, y),
                            (x, y + reach // 2),
                        ]
                    )
                ),
                "f0c9a4",
                strength,
            )
