"""The tide station at night: one lamp, a tape recorder, and the sea in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paintbox import tide_station_things as things
from paintbox import tide_station_wall as hung
from paintbox.canvas import Canvas, brushed, down, falloff, ramp
from paintbox.noise import FULL, scatter, value_noise
from paintbox.shapes import Mask, box, curve, cut, disc, rough, stroke
from paintbox.tide_station_things import DESK, LAMP, LANTERN, SIZE

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLOCK = (432, 246)
VIEW = (640, 150, 1210, 560)


def paint() -> Canvas:
    """The finished picture."""
    light = _lighting()
    wall = Canvas(*SIZE, ground="20303a")
    for paint_part in (_room, _clock, hung.shelf, hung.coat):
        paint_part(wall)
    wall.light(light)
    for paint_part in (_window, _bay, _path_and_poles, _frame):
        paint_part(wall)
    front = Canvas(*SIZE)
    for paint_part in (
        things.desk,
        things.supper,
        things.recorder,
        things.radio,
        things.microphone,
        things.lamp_and_lantern,
    ):
        paint_part(front)
    front.light(light)
    wall.lay(Mask(0, 0, front.opaque), front.colour)
    things.small_lights(wall)
    return wall


def _room(canvas: Canvas) -> None:
    wood = value_noise(SIZE, (240, 30), 3, 3)
    canvas.fill(
        ramp(brushed(down(SIZE, -200, 1100), wood, 16000, 14), ("5f8287", "557377", "48625f"))
    )
    for index, y in enumerate(range(26, 640, 62)):
        canvas.lay(cut(box(0, y, 1920, y + 3)), "3a565a", 190)
        canvas.lay(cut(box(0, y + 3, 1920, y + 5)), "7d9d9c", 120)
        for k in range(3):
            x = (scatter(index, k, 4) * 1920) >> 16
            canvas.lay(cut(box(x, y + 5, x + 2, y + 62)), "3a565a", 150)
    canvas.lay(
        cut(box(0, 612, 1920, 912)),
        ramp(
            brushed(value_noise(SIZE, (30, 340), 8, 3), wood, 9000, 9),
            ("54453c", "6b5747", "5d4b40"),
        ),
    )
    for x in range(20, 1920, 96):
        canvas.lay(cut(box(x, 624, x + 3, 900)), "3c302b", 220)
        canvas.lay(cut(box(x + 3, 624, x + 6, 900)), "8a7058", 110)
    canvas.lay_all(
        [
            (box(0, 604, 1920, 624), "80694f"),
            (box(0, 604, 1920, 608), "a98c66"),
            (box(0, 892, 1920, 914), "41342d"),
        ],
    )
    canvas.lay(
        cut(box(0, 914, 1920, 1080)),
        ramp(brushed(down(SIZE, 880, 1130), wood, 22000, 16), ("6b5340", "5a4536", "3b2e28")),
    )
    for k in range(-16, 17):
        canvas.lay(cut(stroke([(960 + k * 92, 914), (960 + k * 150, 1080)], [3, 5])), "30251f", 220)
    canvas.lay(cut(box(404, DESK + 44, 1500, 900)), "241b18", 150)
    rug = [(520, 962), (1400, 962), (1560, 1062), (360, 1062)]
    inner = [(556, 974), (1364, 974), (1500, 1050), (420, 1050)]
    canvas.lay_all(
        [
            (rug, "7c3f36"),
            (inner, "93503e"),
            ([(590, 984), (1330, 984), (1448, 1040), (472, 1040)], "7c3f36"),
        ],
    )


def _clock(canvas: Canvas) -> None:
    x, y = CLOCK
    canvas.lay(disc(x + 5, y + 8, 84), "2c4246", 200)
    for radius, colour in ((82, "3d2d24"), (76, "8a6842"), (68, "efe4c6")):
        canvas.lay(disc(x, y, radius), colour)
    # Twelve ticks; the numbers are 60 * sin and cos of 0, 30 and 60 degrees.
    for dx, dy in ((0, 60), (30, 52), (52, 30)):
        for sx, sy in ((dx, dy), (dy, -dx), (-dx, -dy), (-dy, dx)):
            canvas.lay(
                cut(stroke([(x + sx * 13 // 15, y + sy * 13 // 15), (x + sx, y + sy)], [5])),
                "3d2d24",
            )
    # Four minutes to nine.
    canvas.lay(cut(stroke([(x + 3, y), (x - 36, y + 2)], [8, 6])), "241a16")
    canvas.lay(cut(stroke([(x + 4, y + 9), (x - 22, y - 50)], [6, 4])), "241a16")
    canvas.lay(disc(x, y, 7), "9c3b2c")


def _lighting() -> NDArray[np.int32]:
    """Cold from the window, warm from the two lamps; 256 leaves a colour as it is."""
    edge = value_noise(SIZE, (90, 60), 77, 3)
    lamp = brushed(falloff(SIZE, (LAMP[0] - 10, LAMP[1] + 60), (600, 400)), edge, 5000, 20)
    glow = brushed(falloff(SIZE, LANTERN, (230, 230)), edge, 4000, 13)
    moon = brushed(falloff(SIZE, (925, 380), (620, 460)), edge, 5000, 14)
    strength = np.zeros((SIZE[1], SIZE[0], 3), dtype=np.int32)
    for channel, (base, warm, small, cool) in enumerate(
        ((66, 330, 290, 30), (80, 236, 200, 52), (104, 128, 84, 70))
    ):
        strength[..., channel] = base + (lamp * warm + glow * small + moon * cool) // (FULL + 1)
    return strength


def _window(canvas: Canvas) -> None:
    left, top, right, bottom = VIEW
    canvas.lay_all(
        [
            (box(left - 26, top - 26, right + 26, bottom + 22), "5a4a3c"),
            (box(left - 26, top - 26, right + 26, top - 20), "7f6a52"),
        ],
    )
    sky = ramp(
        brushed(
            np.clip(
                down(SIZE, top - 120, 400) + falloff(SIZE, (790, 262), (240, 150)) // 3, 0, FULL
            ),
            value_noise(SIZE, (260, 40), 5, 3),
            9000,
            16,
        ),
        ("0f2033", "1b3c50", "376470", "7a9c92"),
    )
    canvas.lay(cut(box(left, top, right, bottom)), sky)
    canvas.lay(disc(790, 262, 34), "f4ecd2")
    for x, y, long in ((700, 300, 220), (940, 230, 240), (1010, 320, 190)):
        canvas.lay(
            cut(curve([(x, y), (x + long // 2, y - 9), (x + long, y), (x + long // 2, y + 5)])),
            "2b4f61",
            210,
        )
    canvas.lay(
        cut(
            rough(
                [(left, 392), (760, 384), (900, 396), (right, 388), (right, 412), (left, 412)], 2, 4
            )
        ),
        "234756",
    )


def _bay(canvas: Canvas) -> None:
    left, _, right, bottom = VIEW
    sea = ramp(
        brushed(down(SIZE, 396, bottom), value_noise(SIZE, (200, 9), 6, 2), 20000, 14),
        ("86a39a", "4b7079", "2a4d5b", "1a3442"),
    )
    canvas.lay(cut(box(left, 398, right, bottom)), sea)
    canvas.lay(
        cut(
            [
                (1180, 560),
                (1010, 470),
                (900, 426),
                (840, 404),
                (846, 404),
                (915, 424),
                (1060, 470),
                (right, 520),
                (right, 560),
            ]
        ),
        "142733",
    )


def _path_and_poles(canvas: Canvas) -> None:
    for k in range(34):
        y = 402 + k * 4
        half = 6 + (scatter(k, 3, 2) * (14 + k) >> 16)
        x = 790 + ((scatter(k, 4, 2) - 32768) * (10 + k) >> 15)
        canvas.lay(
            cut(curve([(x - half, y), (x, y - 1), (x + half, y), (x, y + 2)])), "efe4c0", 210
        )
    for y in (548, 486, 450, 428, 414):
        x = 845 + (y - 404) * 22 // 10
        tall = (y - 396) * 9 // 10
        canvas.lay(cut(stroke([(x, y), (x, y - tall)], [2 + (y - 400) // 30])), "0a1620")
        canvas.lay(
            cut(stroke([(x, y - tall * 7 // 10), (x, y - tall * 9 // 10)], [2 + (y - 400) // 30])),
            "d8d6c0",
        )


def _frame(canvas: Canvas) -> None:
    left, top, right, bottom = VIEW
    frame = [
        (box(918, top, 932, bottom), "6d5844"),
        (box(918, top, 921, bottom), "93785a"),
        (box(left, 344, right, 356), "6d5844"),
        (box(left, 344, right, 347), "93785a"),
        (box(left - 40, bottom + 10, right + 40, bottom + 34), "7d6448"),
        (box(left - 40, bottom + 10, right + 40, bottom + 15), "ab8a60"),
    ]
    canvas.lay_all(frame)
