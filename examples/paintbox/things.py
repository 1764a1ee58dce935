"""The things that the story turns on, each alone and near."""

from __future__ import annotations

from paintbox.canvas import Canvas, falloff
from paintbox.figure import form
from paintbox.shapes import Outline, Point, box, curve, cut, disc, stroke

INK = "1d1a18"
BRASS, BRASS_DARK, BRASS_LIGHT = "c9931f", "8f6614", "edbd4a"


def paint_recorder() -> Canvas:
    """The tape recorder from the desk; the red key is the square one."""
    canvas = Canvas(1040, 760)
    canvas.lay_all([(_plate(20, 60, 1020, 740, 34), "2a2724")])
    form(canvas, _plate(44, 84, 996, 716, 24), ("b9a98a", "998a6c"), (-30, -16))
    canvas.lay(cut(box(70, 92, 970, 104)), "e6d9b6")
    # The handle.
    handle = curve([(320, 84), (340, 30), (520, 14), (700, 30), (720, 84)], closed=False)
    canvas.lay(cut(stroke(handle, [22])), "2a2724")
    canvas.lay(cut(stroke(handle, [8])), "5d554b")
    for x in (290, 750):
        _reel(canvas, (x, 310))
    tape: list[Point] = [(168, 440), (330, 520), (462, 520), (520, 508), (578, 520), (710, 520)]
    canvas.lay(cut(stroke([*tape, (872, 440)], [9])), "3c2a22")
    canvas.lay(cut(_plate(448, 476, 592, 556, 10)), "4a443d")
    canvas.lay(cut(box(460, 486, 580, 492)), "756c60")
    _keys(canvas)
    # The meter, and the needle that shows that it is listening.
    canvas.lay(cut(_plate(800, 580, 956, 686, 10)), INK)
    canvas.lay(cut(_plate(808, 588, 948, 678, 8)), "f0c47a")
    for k in range(6):
        canvas.lay(cut(stroke([(826 + k * 21, 608 - (k % 2) * 4), (829 + k * 20, 626)], [4])), INK)
    canvas.lay(cut(stroke([(878, 672), (916, 606)], [5])), "a93f2e")
    return canvas


def _reel(canvas: Canvas, at: tuple[int, int]) -> None:
    x, y = at
    canvas.lay(disc(x + 8, y + 12, 182), "7d7059")
    for radius, colour in ((180, "3c2a22"), (164, "5b3d2d"), (112, "d8ccb0"), (104, "ece2c8")):
        canvas.lay(disc(x, y, radius), colour)
    for radius in (138, 150):
        canvas.lay(disc(x, y, radius), "6f4b38", 60)
    canvas.lay(disc(x, y, 112), "d8ccb0")
    for dx, dy in ((0, -66), (57, 33), (-57, 33)):
        canvas.lay(disc(x + dx, y + dy, 29), "3c2a22")
        canvas.lay(disc(x + dx + 3, y + dy + 4, 24), "5b3d2d")
    canvas.lay(disc(x, y, 20), "3c2a22")
    canvas.lay(disc(x - 4, y - 5, 9), "b9a98a")


def _keys(canvas: Canvas) -> None:
    canvas.lay(cut(_plate(84, 570, 776, 696, 12)), "4a443d")
    for index, colour in enumerate(("cfc3a6", "cfc3a6", "cfc3a6", "cfc3a6", "a93f2e")):
        x = 104 + index * 132
        canvas.lay(cut(_plate(x, 588, x + 116, 680, 8)), INK)
        canvas.lay(cut(_plate(x + 6, 588, x + 110, 660, 8)), colour)
        canvas.lay(cut(box(x + 14, 592, x + 102, 598)), "efe6cc" if index < 4 else "d9705c")
    ink = "3c2a22"
    canvas.lay(cut([(142, 604), (182, 624), (142, 644)]), ink)
    for x in (276, 300):
        canvas.lay(cut([(x, 604), (x + 26, 624), (x, 644)]), ink)
    for x in (434, 410):
        canvas.lay(cut([(x + 26, 604), (x, 624), (x + 26, 644)]), ink)
    canvas.lay(disc(558, 624, 20), ink)
    canvas.lay(cut(box(672, 604, 712, 644)), "f3e3d0")


def paint_square_key() -> Canvas:
    """The red key of the recorder, the square one, between its neighbours."""
    canvas = Canvas(1000, 620)
    canvas.lay(cut(_plate(20, 30, 980, 590, 30)), "2a2724")
    form(canvas, _plate(40, 50, 960, 570, 24), ("4a443d", "38332e"), (-18, -10))
    for left, right, colour, light in (
        (72, 268, "cfc3a6", "efe6cc"),
        (732, 928, "cfc3a6", "efe6cc"),
        (304, 696, "a93f2e", "d9705c"),
    ):
        canvas.lay(cut(_plate(left, 108, right, 516, 24)), INK)
        canvas.lay(cut(_plate(left + 12, 108, right - 12, 468, 22)), colour)
        canvas.lay(cut(box(left + 34, 122, right - 34, 136)), light)
        canvas.lay(cut(_plate(left + 12, 424, right - 12, 468, 18)), "2a2724", 70)
    canvas.lay(disc(170, 290, 46), "3c2a22")
    for y in (236, 304):
        canvas.lay(cut(box(790, y, 870, y + 40)), "3c2a22")
    canvas.lay(cut(box(416, 206, 588, 378)), "86301f")
    canvas.lay(cut(box(410, 198, 582, 370)), "f3e3d0")
    # Worn where fingers have been.
    canvas.lay(disc(500, 284, 120, 96), "ffffff", 26)
    return canvas


def paint_clock() -> Canvas:
    """The wall clock, at four minutes to nine."""
    canvas = Canvas(760, 780)
    middle = (380, 390)
    canvas.lay(disc(*middle, 366), "2b211c")
    canvas.lay(disc(*middle, 352), "7d5838")
    canvas.lay(disc(372, 380, 346), "9a7146")
    canvas.lay(disc(*middle, 308), "2b211c")
    canvas.lay(disc(*middle, 300), "d9cfb2")
    canvas.lay(disc(374, 382, 290), "efe7cd")
    for minute in range(60):
        long = 40 if minute % 15 == 0 else 26 if minute % 5 == 0 else 12
        wide = 12 if minute % 5 == 0 else 4
        ends = [_on_dial(middle, minute, 276), _on_dial(middle, minute, 276 - long)]
        canvas.lay(cut(stroke(ends, [wide])), "2b211c")
    # Nine is marked by hand, in red: that is when the road shuts.
    canvas.lay(cut(stroke([(142, 352), (122, 390), (144, 430)], [9])), "a93f2e")
    hour, minute = _on_dial(middle, 45 - 1, 160), _on_dial(middle, 56, 236)
    for tip, wide in ((hour, 22), (minute, 14)):
        tail = (2 * middle[0] - tip[0], 2 * middle[1] - tip[1])
        end = (middle[0] + (tail[0] - middle[0]) // 4, middle[1] + (tail[1] - middle[1]) // 4)
        canvas.lay(
            cut(stroke([(end[0] + 5, end[1] + 7), (tip[0] + 5, tip[1] + 7)], [wide])), "c9bf9f"
        )
        canvas.lay(cut(stroke([end, tip], [wide, wide // 2])), "2b211c")
    canvas.lay(disc(*middle, 20), "2b211c")
    canvas.lay(disc(376, 385, 8), BRASS)
    shine = curve([(196, 210), (270, 140), (366, 112)], closed=False)
    canvas.lay(cut(stroke(shine, [16])), "fffaf0", 90)
    return canvas


# The sine of every sixth degree from 0 to 90, in 1/4096: one minute on a dial.
_SINES = (0, 428, 852, 1266, 1666, 2048, 2408, 2741, 3044, 3314, 3547, 3742, 3896, 4006, 4074, 4096)


def _on_dial(middle: tuple[int, int], minute: int, radius: int) -> Point:
    """A point of a dial: `minute` from the top, clockwise."""
    quarter, rest = divmod(minute % 60, 15)
    up, over = _SINES[15 - rest], _SINES[rest]
    x, y = ((over, -up), (up, over), (-over, up), (-up, -over))[quarter]
    return (middle[0] + x * radius // 4096, middle[1] + y * radius // 4096)


def paint_microphone() -> Canvas:
    """The microphone, leaning towards whoever dares."""
    canvas = Canvas(620, 900)
    canvas.lay(disc(330, 838, 230, 50), INK)
    canvas.lay(disc(330, 826, 218, 44), "39342f")
    canvas.lay(disc(312, 818, 150, 24), "57504a")
    stand = [(338, 830), (346, 560), (300, 430)]
    canvas.lay(cut(stroke(curve(stand, closed=False), [40])), INK)
    canvas.lay(cut(stroke(curve([(x - 6, y) for x, y in stand], closed=False), [12])), "6d655c")
    head = curve([(120, 190), (190, 80), (330, 70), (420, 190), (420, 330), (330, 440), (230, 420)])
    canvas.lay(cut(head), INK)
    inner = curve(
        [(142, 196), (204, 104), (322, 94), (398, 198), (396, 318), (322, 410), (244, 394)]
    )
    form(canvas, inner, ("a8a192", "7d7668"), (-34, -12))
    for k in range(7):
        y = 132 + k * 40
        row = curve([(150 + k * 12, y + 20), (270, y - 8), (398, y + 10)], closed=False)
        canvas.lay(cut(stroke(row, [9])), "4d483f")
    band = curve([(182, 322), (300, 300), (416, 250)], closed=False)
    canvas.lay(cut(stroke(band, [34])), BRASS_DARK)
    canvas.lay(cut(stroke([(x, y - 6) for x, y in band], [12])), BRASS_LIGHT)
    canvas.lay(cut(_plate(296, 690, 392, 746, 12)), INK)
    canvas.lay(cut(_plate(304, 694, 384, 730, 10)), "a93f2e")
    canvas.lay(cut(box(312, 698, 376, 704)), "d9705c")
    return canvas


def paint_lantern() -> Canvas:
    """The lantern, lit."""
    canvas = Canvas(640, 1000)
    handle = curve([(150, 330), (160, 150), (320, 50), (480, 150), (490, 330)], closed=False)
    canvas.lay(cut(stroke(handle, [26])), "6b4d12")
    canvas.lay(cut(stroke([(x - 5, y - 5) for x, y in handle], [9])), BRASS_LIGHT)
    form(
        canvas,
        curve([(214, 260), (230, 180), (320, 150), (410, 180), (426, 260)]),
        (BRASS, BRASS_DARK),
    )
    form(canvas, _plate(130, 250, 510, 330, 22), (BRASS, BRASS_DARK))
    canvas.lay(cut(box(146, 260, 480, 270)), BRASS_LIGHT)
    glass = curve(
        [
            (176, 330),
            (128, 470),
            (134, 640),
            (176, 760),
            (464, 760),
            (506, 640),
            (512, 470),
            (464, 330),
        ]
    )
    canvas.lay(cut(glass), "ffe09a")
    within = curve(
        [
            (196, 340),
            (156, 470),
            (160, 640),
            (196, 750),
            (444, 750),
            (480, 640),
            (484, 470),
            (444, 340),
        ]
    )
    canvas.lay(cut(within), "fff0c4")
    flame = curve([(320, 440), (366, 560), (372, 640), (320, 690), (268, 640), (274, 560)])
    canvas.lay(cut(flame), "ff9f2e")
    heart = curve([(320, 530), (342, 600), (342, 650), (320, 676), (298, 650), (298, 600)])
    canvas.lay(cut(heart), "fff6d8")
    canvas.glow(falloff((640, 1000), (320, 590), (180, 220)), "ffbe4a", 46)
    for x in (166, 474):
        bend = (x - 320) // 5
        bar = curve([(x, 330), (x + bend, 470), (x + bend, 630), (x, 760)], closed=False)
        canvas.lay(cut(stroke(bar, [15])), BRASS_DARK)
        canvas.lay(cut(stroke([(px - 3, py) for px, py in bar], [5])), BRASS_LIGHT)
    form(canvas, _plate(120, 750, 520, 870, 26), (BRASS, BRASS_DARK))
    canvas.lay(cut(box(140, 762, 486, 774)), BRASS_LIGHT)
    form(canvas, _plate(90, 862, 550, 950, 30), (BRASS_DARK, "6b4d12"))
    canvas.lay(disc(440, 812, 26), "6b4d12")
    canvas.lay(disc(434, 806, 16), BRASS_LIGHT)
    return canvas


def _plate(left: int, top: int, right: int, bottom: int, round_px: int) -> Outline:
    """A rectangle with its corners cut off."""
    r = round_px
    return [
        *((left + r, top), (right - r, top), (right - r // 3, top + r // 3), (right, top + r)),
        *((right, bottom - r), (right - r // 3, bottom - r // 3), (right - r, bottom)),
        *((left + r, bottom), (left + r // 3, bottom - r // 3), (left, bottom - r)),
        *((left, top + r), (left + r // 3, top + r // 3)),
    ]
