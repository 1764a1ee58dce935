"""The causeway at night: bare sand, a stone road, one lit window."""

from __future__ import annotations

import numpy as np

from paintbox import causeway_road
from paintbox.canvas import Canvas, brushed, down, falloff, ramp
from paintbox.noise import FULL, scatter, value_noise
from paintbox.shapes import Outline, box, curve, cut, disc, rough

SIZE = (1920, 1080)
HORIZON = 486
MOON = (520, 196)
WINDOW = (1346, 383)
SKY = ("0c1a2c", "122b40", "1d4355", "376470", "6d928c", "a9b89f")
SAND = ("8fa79a", "55797f", "355c69", "23434f", "182f3c", "101f2b")


def paint() -> Canvas:
    """The finished picture."""
    canvas = Canvas(*SIZE, ground="0c1a2c")
    _sky(canvas)
    _stars_and_moon(canvas)
    _clouds_and_coast(canvas)
    _sand(canvas)
    _pools(canvas)
    _moon_path(canvas)
    _island(canvas)
    _house(canvas)
    _window_path(canvas)
    causeway_road.road(canvas)
    causeway_road.refuge(canvas)
    causeway_road.poles(canvas)
    causeway_road.foreground(canvas)
    canvas.glow(falloff(SIZE, WINDOW, (150, 110)), "ffb640", 34)
    return canvas


def _sky(canvas: Canvas) -> None:
    strokes = value_noise(SIZE, (420, 60), 11, 4)
    tone = down(SIZE, -60, HORIZON + 30)
    tone = np.clip(tone + falloff(SIZE, MOON, (520, 250)) // 3, 0, FULL)
    canvas.fill(ramp(brushed(tone, strokes, 9000, 22), SKY))


def _stars_and_moon(canvas: Canvas) -> None:
    for index in range(110):
        x, y = scatter(index, 1, 5) * 1920 >> 16, scatter(index, 2, 5) * 330 >> 16
        size = 1 + (scatter(index, 3, 5) > 56000)
        canvas.lay(disc(x, y, size), "dfe6d2", 60 + (scatter(index, 4, 5) >> 9))
    canvas.glow(falloff(SIZE, MOON, (140, 140)), "d9e2c4", 46)
    canvas.lay(disc(*MOON, 62), "f4ecd2")
    for x, y, r in ((-22, -12, 17), (-4, -26, 9), (20, 16, 22), (27, -18, 8), (-20, 27, 11)):
        canvas.lay(disc(MOON[0] + x, MOON[1] + y, r), "e6dfc2", 200)


def _clouds_and_coast(canvas: Canvas) -> None:
    for index, (x, y, length) in enumerate(
        (
            (250, 232, 480),
            (640, 300, 520),
            (20, 350, 560),
            (1010, 120, 420),
            (1480, 250, 560),
            (-120, 130, 380),
        )
    ):
        _cloud(canvas, (x, y, length), index)
    canvas.lay(
        cut(
            rough(
                curve(
                    [
                        (-40, 520),
                        (-40, 462),
                        (150, 440),
                        (330, 452),
                        (520, 466),
                        (760, 480),
                        (860, 490),
                        (860, 520),
                    ]
                ),
                2,
                6,
            )
        ),
        "2c5360",
    )
    canvas.lay(
        cut(
            rough(
                curve(
                    [
                        (1980, 520),
                        (1980, 450),
                        (1850, 446),
                        (1700, 466),
                        (1560, 482),
                        (1500, 500),
                        (1600, 520),
                    ]
                ),
                2,
                8,
            )
        ),
        "2c5360",
    )


def _cloud(canvas: Canvas, place: tuple[int, int, int], seed: int) -> None:
    x, y, length = place
    lit = "b9c8ae" if abs(x + length // 2 - MOON[0]) < 560 else "5d858a"
    for part in range(4):
        long = length * (5 + part) // 8 - (scatter(part, seed, 3) * length >> 19)
        left = x + (scatter(part, seed, 4) * (length - long + 60) >> 16)
        thick = 7 + (scatter(part, seed, 5) * 13 >> 16)
        at = y + part * 8
        lens = [
            (left, at),
            (left + long // 5, at - thick // 2),
            (left + long // 2, at - thick),
            (left + long * 4 // 5, at - thick // 3),
            (left + long, at),
            (left + long // 2, at + thick // 2),
        ]
        canvas.lay(cut(rough(curve(lens), 1, seed)), lit, 120)
        canvas.lay(cut(rough(curve([(px, py + 4) for px, py in lens]), 1, seed)), "2b4f61", 215)


def _sand(canvas: Canvas) -> None:
    width, height = SIZE
    tone = down(SIZE, HORIZON, 1080)
    ripples = np.zeros((height, width), dtype=np.int32)
    # Ripples are drawn in strips whose cells grow towards the eye.
    for top, bottom, cell in (
        (486, 520, 3),
        (520, 580, 6),
        (580, 680, 12),
        (680, 840, 22),
        (840, 1080, 40),
    ):
        ripples[top:bottom] = value_noise((width, bottom - top), (cell * 16, cell), top, 2)
    moonlit = falloff(SIZE, (MOON[0], HORIZON), (150, 900))
    tone = tone - ((moonlit >> 2) * (ripples >> 2) >> 13)
    ground = ramp(brushed(tone, ripples, 26000, 24), SAND)
    canvas.lay(cut(box(0, HORIZON, width, height)), ground)


def _pools(canvas: Canvas) -> None:
    # Standing water keeps the sky: a few long pools.
    for index, (x, y, rx, ry) in enumerate(
        (
            (300, 520, 340, 5),
            (640, 548, 230, 6),
            (180, 586, 300, 9),
            (1560, 540, 300, 6),
            (1730, 600, 330, 12),
            (430, 668, 240, 12),
            (1690, 716, 300, 20),
            (110, 790, 260, 24),
        )
    ):
        rim = [
            (x + dx * rx // 100, y + dy * ry // 100)
            for dx, dy in (
                (-100, 10),
                (-60, -70),
                (0, -60),
                (70, -90),
                (100, 0),
                (50, 70),
                (-10, 60),
                (-70, 90),
            )
        ]
        lit = abs(x - MOON[0]) < 260
        canvas.lay(cut(rough(curve(rim), 2, index)), "b9c6b2" if lit else "4d7880", 150)
        canvas.lay(
            cut(rough(curve([(px, py + 2 + ry // 5) for px, py in rim]), 2, index + 9)),
            "8fa9a2" if lit else "396470",
            160,
        )


def _moon_path(canvas: Canvas) -> None:
    for index in range(70):
        y = HORIZON + 4 + (scatter(index, 7, 9) * 430 >> 16) * (scatter(index, 8, 9)) // 65536
        reach = 16 + (y - HORIZON) // 3
        x = MOON[0] + (scatter(index, 9, 9) - 32768) * reach // 16384
        long = 8 + (y - HORIZON) // 5
        canvas.lay(
            cut(
                curve(
                    [(x - long, y), (x, y - 1 - long // 20), (x + long, y), (x, y + 1 + long // 24)]
                )
            ),
            "eadfb8",
            190,
        )


def _island(canvas: Canvas) -> None:
    back = [
        (1040, 500),
        (1090, 474),
        (1180, 452),
        (1270, 428),
        (1350, 414),
        (1440, 418),
        (1520, 444),
        (1600, 470),
        (1680, 500),
    ]
    canvas.lay(cut(rough(curve([*back, (1400, 512)]), 3, 21)), "11293a")
    canvas.lay(
        cut(
            rough(
                curve(
                    [
                        (1080, 500),
                        (1160, 478),
                        (1260, 468),
                        (1330, 474),
                        (1420, 470),
                        (1520, 486),
                        (1600, 502),
                        (1340, 510),
                    ]
                ),
                3,
                22,
            )
        ),
        "0d2130",
    )


def _house(canvas: Canvas) -> None:
    house: tuple[tuple[Outline, str], ...] = (
        ([(1392, 424), (1392, 386), (1430, 362), (1470, 386), (1470, 424)], "10212f"),
        (box(1404, 352, 1412, 380), "10212f"),
        ([(1322, 428), (1326, 356), (1368, 356), (1372, 428)], "172f3f"),
        ([(1314, 358), (1347, 326), (1380, 358)], "0c1a27"),
        (box(1345, 292, 1348, 328), "0c1a27"),
        ([(1322, 428), (1326, 356), (1336, 356), (1334, 428)], "2b4b58"),
        (box(1330, 370, 1364, 396), "0c1a27"),
        (box(1333, 373, 1361, 393), "ffc857"),
        (box(1346, 373, 1348, 393), "7a5220"),
        (box(1440, 396, 1450, 408), "c98f3a"),
    )
    for outline, colour in house:
        canvas.lay(cut(outline), colour)


def _window_path(canvas: Canvas) -> None:
    for index in range(24):
        y = 502 + index * 7
        half = 22 - index * 3 // 4 + (scatter(index, 1, 31) >> 12)
        x = WINDOW[0] + (scatter(index, 2, 31) >> 11) - 16 - index * 2
        canvas.lay(
            cut(curve([(x - half, y), (x, y - 2), (x + half, y), (x, y + 2)])),
            "ffbf52",
            190 - index * 7,
        )
