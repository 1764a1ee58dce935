"""What stands on the desk of the tide station, and its two lights."""

from __future__ import annotations

from paintbox.canvas import Canvas, falloff
from paintbox.shapes import box, curve, cut, disc, stroke

SIZE = (1920, 1080)
LAMP = (1290, 540)
LANTERN = (1636, 428)
DESK = 664


def desk(canvas: Canvas) -> None:
    """The desk, drawers on the right."""
    canvas.lay_all(
        [
            (box(410, DESK, 1490, DESK + 22), "9a7146"),
            (box(410, DESK, 1490, DESK + 5), "cf9f66"),
            (box(424, DESK + 22, 1476, DESK + 58), "6d4c32"),
            (box(430, DESK + 58, 470, 946), "5d412c"),
            (box(1430, DESK + 58, 1470, 946), "5d412c"),
            (box(1120, DESK + 58, 1430, 860), "6d4c32"),
            (box(1136, DESK + 72, 1414, 758), "7d5838"),
            (box(1136, 772, 1414, 848), "7d5838"),
            (box(430, DESK + 58, 438, 946), "8a6342"),
            (box(1136, DESK + 72, 1414, DESK + 76), "a97c50"),
            (box(1136, 772, 1414, 776), "a97c50"),
        ],
    )
    for y in (718, 810):
        canvas.lay(disc(1275, y, 11), "d2a85a")


def supper(canvas: Canvas) -> None:
    """Notes, a mug, and the toast on its plate."""
    canvas.lay_all(
        [
            ([(880, DESK - 6), (1000, DESK - 6), (1016, DESK + 4), (868, DESK + 4)], "efe4c6"),
            (box(842, DESK - 44, 880, DESK), "a9553f"),
            (box(842, DESK - 44, 850, DESK), "c77a5c"),
        ],
    )
    canvas.lay(
        cut(
            stroke(
                curve(
                    [(880, DESK - 36), (896, DESK - 30), (894, DESK - 14), (880, DESK - 8)],
                    closed=False,
                ),
                [6],
            )
        ),
        "a9553f",
    )
    canvas.lay(disc(482, DESK - 4, 54, 8), "e3dcc6")
    canvas.lay_all(
        [
            (
                curve(
                    [
                        (452, DESK - 8),
                        (450, DESK - 30),
                        (482, DESK - 38),
                        (512, DESK - 28),
                        (510, DESK - 8),
                    ]
                ),
                "8a5a2e",
            ),
            (
                curve(
                    [
                        (458, DESK - 10),
                        (457, DESK - 26),
                        (482, DESK - 32),
                        (505, DESK - 24),
                        (504, DESK - 10),
                    ]
                ),
                "d9a457",
            ),
        ],
    )


def recorder(canvas: Canvas) -> None:
    """The tape recorder; the red key is the square one."""
    canvas.lay_all(
        [
            (box(560, DESK - 176, 822, DESK), "2a2724"),
            (box(568, DESK - 168, 814, DESK - 8), "b9a98a"),
            (box(568, DESK - 168, 814, DESK - 164), "e6d9b6"),
            (box(580, DESK - 52, 802, DESK - 16), "4a443d"),
        ],
    )
    for x in (632, 750):
        canvas.lay(disc(x + 3, DESK - 104, 52), "7d7059")
        for radius, colour in ((52, "3c2a22"), (46, "5b3d2d"), (30, "d8ccb0")):
            canvas.lay(disc(x, DESK - 108, radius), colour)
        for dx, dy in ((0, -19), (17, 10), (-17, 10)):
            canvas.lay(disc(x + dx, DESK - 108 + dy, 8), "3c2a22")
        canvas.lay(disc(x, DESK - 108, 5), "3c2a22")
    canvas.lay(
        cut(stroke([(600, DESK - 70), (660, DESK - 56), (724, DESK - 56), (784, DESK - 70)], [4])),
        "3c2a22",
    )
    for index, colour in enumerate(("cfc3a6", "cfc3a6", "cfc3a6", "a93f2e")):
        x = 592 + index * 42
        canvas.lay_all(
            [
                (box(x, DESK - 44, x + 34, DESK - 22), "1d1a18"),
                (box(x + 2, DESK - 44, x + 32, DESK - 28), colour),
            ],
        )
    canvas.lay(disc(782, DESK - 34, 11), "e6d9b6")


def radio(canvas: Canvas) -> None:
    """The receiver."""
    canvas.lay_all(
        [
            (box(1040, DESK - 112, 1216, DESK), "2a2724"),
            (box(1046, DESK - 106, 1210, DESK - 6), "4d6a66"),
            (box(1046, DESK - 106, 1210, DESK - 102), "8fb0a5"),
            (box(1058, DESK - 94, 1138, DESK - 54), "1d1a18"),
        ],
    )
    for x in (1164, 1192):
        canvas.lay(disc(x, DESK - 76, 12), "1d2322")
        canvas.lay(cut(stroke([(x, DESK - 76), (x + 5, DESK - 85)], [3])), "e6d9b6")
    for y in range(DESK - 44, DESK - 14, 8):
        canvas.lay(cut(box(1060, y, 1196, y + 3)), "24302f")


def microphone(canvas: Canvas) -> None:
    """The microphone, leaning towards whoever dares."""
    canvas.lay(disc(950, DESK - 4, 46, 10), "1d1a18")
    canvas.lay(
        cut(stroke([(950, DESK - 6), (952, DESK - 80), (938, DESK - 112)], [8, 7, 7])), "39342f"
    )
    head = [
        (906, DESK - 152),
        (936, DESK - 166),
        (962, DESK - 128),
        (948, DESK - 104),
        (922, DESK - 112),
    ]
    canvas.lay(cut(curve(head)), "2a2724")
    canvas.lay(
        cut(
            curve(
                [
                    (910, DESK - 150),
                    (934, DESK - 160),
                    (950, DESK - 138),
                    (932, DESK - 122),
                    (918, DESK - 130),
                ]
            )
        ),
        "8f8878",
    )
    for k in range(4):
        canvas.lay(
            cut(
                stroke([(912 + k * 10, DESK - 150 - k * 2), (926 + k * 8, DESK - 120 - k * 3)], [3])
            ),
            "4d483f",
        )


def lamp_and_lantern(canvas: Canvas) -> None:
    """The desk lamp, and the lantern on its hook."""
    canvas.lay(disc(1352, DESK - 4, 56, 11), "22302f")
    canvas.lay(
        cut(stroke([(1352, DESK - 8), (1404, DESK - 128), (1330, DESK - 220)], [9, 9, 9])), "31504f"
    )
    shade = [
        (1250, DESK - 138),
        (1286, DESK - 214),
        (1322, DESK - 232),
        (1348, DESK - 214),
        (1360, DESK - 176),
    ]
    canvas.lay(cut(shade), "3c6a64")
    canvas.lay(
        cut(
            [
                (1250, DESK - 138),
                (1286, DESK - 214),
                (1322, DESK - 232),
                (1300, DESK - 200),
                (1278, DESK - 148),
            ]
        ),
        "5b8f82",
    )
    x, y = LANTERN
    canvas.lay(cut(stroke([(x, y - 132), (x, y - 106), (x + 12, y - 98)], [8])), "2b211c")
    handle = curve(
        [(x - 34, y - 40), (x - 30, y - 84), (x, y - 104), (x + 30, y - 84), (x + 34, y - 40)],
        closed=False,
    )
    canvas.lay(cut(stroke(handle, [6])), "6b4d12")
    canvas.lay_all(
        [
            (box(x - 40, y - 52, x + 40, y - 34), "c9931f"),
            (box(x - 28, y - 66, x + 28, y - 52), "8f6614"),
            (box(x - 34, y - 34, x + 34, y + 38), "ffe9a8"),
            (box(x - 44, y + 38, x + 44, y + 66), "c9931f"),
            (box(x - 44, y + 38, x - 30, y + 66), "edbd4a"),
            (box(x - 36, y + 66, x + 36, y + 74), "6b4d12"),
        ],
    )
    for dx in (-34, -4, 28):
        canvas.lay(cut(box(x + dx, y - 34, x + dx + 6, y + 38)), "8f6614")


def small_lights(canvas: Canvas) -> None:
    """Bulb, lantern and dial: what shines by itself."""
    canvas.glow(falloff(SIZE, (LAMP[0] + 12, LAMP[1] - 4), (86, 66)), "ffcf86", 78)
    canvas.lay(
        cut([(1256, DESK - 138), (1352, DESK - 172), (1336, DESK - 150), (1290, DESK - 130)]),
        "fff0c8",
    )
    canvas.glow(falloff(SIZE, LANTERN, (100, 100)), "ffbe4a", 66)
    canvas.lay(cut(box(1062, DESK - 90, 1134, DESK - 58)), "e89a3c")
    for k in range(7):
        canvas.lay(
            cut(box(1068 + k * 9, DESK - 86, 1070 + k * 9, DESK - 76 + (k % 2) * 6)), "5a2f12"
        )
    canvas.lay(cut(box(1108, DESK - 90, 1111, DESK - 58)), "c23a22")
    canvas.glow(falloff(SIZE, (1098, DESK - 74), (44, 30)), "ff9a3a", 40)
