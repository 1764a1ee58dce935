"""The quay at the slipway: boathouse, wet stones, the bread van, a boat, the reeds."""

from __future__ import annotations

from paintbox.canvas import Canvas, brushed, down, ramp
from paintbox.noise import scatter, value_noise
from paintbox.shapes import box, curve, cut, disc, rough, stroke

SIZE = (1920, 1080)


def boathouse(canvas: Canvas) -> None:
    """A boathouse, its gable lit from the sea."""
    canvas.lay_all(
        [
            ([(-10, 760), (-10, 300), (210, 176), (420, 318), (420, 742)], "3a4752"),
            ([(210, 176), (420, 318), (420, 742), (392, 742), (392, 310)], "6d6a6b"),
            ([(-40, 330), (-40, 292), (210, 146), (452, 324), (446, 344), (210, 186)], "26323d"),
            ([(210, 146), (452, 324), (446, 334), (210, 158)], "c39478"),
        ],
    )
    for x in range(6, 420, 34):
        top = 300 - (x + 10) * 124 // 220 if x < 210 else 176 + (x - 210) * 142 // 210
        canvas.lay(cut(box(x, max(190, top + 14), x + 3, 750)), "2b3741", 220)
    canvas.lay_all(
        [
            (box(70, 440, 322, 752), "1d2831"),
            (box(62, 430, 330, 442), "55606a"),
            (box(70, 442, 76, 752), "55606a"),
            (box(150, 260, 250, 344), "1d2831"),
            (box(156, 266, 244, 338), "e7b98e"),
            (box(197, 266, 203, 338), "1d2831"),
            (box(156, 299, 244, 305), "1d2831"),
        ],
    )
    for radius, colour in ((30, "c9563c"), (17, "2b3741")):
        canvas.lay(disc(368, 470, radius), colour)
    for dx, dy in ((-30, 0), (23, 0), (-3, -30), (-3, 23)):
        canvas.lay(cut(box(368 + dx, 470 + dy, 375 + dx, 477 + dy)), "efe3c8")


def slip(canvas: Canvas) -> None:
    """The quay: courses of stone, pools that keep the sky, bollards."""
    quay = [(-10, 722), (430, 722), (640, 776), (1220, 884), (1150, 1090), (-10, 1090)]
    canvas.lay(cut(rough([(x + 26, y + 16) for x, y in quay], 3, 61)), "20343f", 190)
    slab = Canvas(*SIZE, ground="414f59")
    wet = value_noise(SIZE, (160, 26), 62, 3)
    slab.fill(
        ramp(
            brushed(down(SIZE, 690, 1100), wet, 26000, 16), ("9d938d", "7c7f82", "5b666d", "414f59")
        )
    )
    for row in range(13):
        y = 730 + row * row * 2 + row * 7
        slab.lay(
            cut(
                stroke(
                    [(-10, y), (430 + row * 40, y + 6 + row * 2), (1260, y + 150)], [2 + row // 3]
                )
            ),
            "3f4d57",
            200,
        )
        for k in range(9):
            x = k * 170 + (row % 2) * 80 + (scatter(k, row, 63) >> 11)
            sink = max(0, x - 430 - row * 40) * 144 // (830 - row * 40) + 6
            slab.lay(
                cut(stroke([(x, y + sink), (x - 10, y + sink + row * 4 + 9)], [2 + row // 4])),
                "3f4d57",
                200,
            )
        if row > 2:
            x, long = scatter(row, 1, 64) * 1000 >> 16, 60 + row * 12
            pool = curve(
                [(x, y + 12), (x + long, y + 5), (x + 2 * long, y + 14), (x + long, y + 18 + row)]
            )
            slab.lay(cut(rough(pool, 2, row)), "d9b596", 110)
            slab.lay(cut(rough([(px + 6, py + 4) for px, py in pool], 2, row)), "8c8f92", 130)
    canvas.lay(cut(rough(quay, 2, 61)), slab.colour)
    edge_line = [(430, 722), (640, 776), (1220, 884)]
    canvas.lay(cut(stroke(edge_line, [5, 7, 10])), "e0b792", 220)
    canvas.lay(cut(stroke([(x, y + 14) for x, y in edge_line], [12, 20, 34])), "2b3d47", 230)
    for x, y, r in ((604, 762, 12), (860, 812, 16), (1116, 858, 20)):
        canvas.lay(cut(box(x - r // 2, y - r * 2, x + r // 2, y)), "26323b")
        canvas.lay(disc(x, y - r * 2, r, r // 2), "26323b")
        canvas.lay(disc(x - r // 4, y - r * 2 - 2, r // 2, r // 5), "c79d82")


def van(canvas: Canvas) -> None:
    """The bread van, known by its loaf."""
    canvas.lay(disc(610, 872, 236, 18), "26333c", 200)
    body = [
        (398, 852),
        (398, 622),
        (402, 610),
        (414, 602),
        (698, 602),
        (710, 608),
        (718, 622),
        (738, 700),
        (800, 716),
        (814, 726),
        (822, 748),
        (826, 846),
        (818, 858),
        (406, 858),
    ]
    canvas.lay_all(
        [
            (body, "3f6d72"),
            ([(399, 620), (403, 609), (414, 602), (698, 602), (710, 608), (717, 620)], "9fb0a2"),
            (box(398, 764, 823, 778), "e7d7b4"),
            ([(398, 780), (823, 780), (826, 846), (818, 858), (406, 858), (398, 852)], "30565d"),
            ([(644, 636), (700, 636), (720, 704), (644, 704)], "243640"),
            ([(650, 642), (694, 642), (700, 664), (650, 690)], "d9a884"),
            (box(634, 630, 637, 850), "274a50"),
            (box(520, 630, 523, 850), "274a50"),
            (box(646, 726, 668, 732), "1f2e36"),
        ],
    )
    # A loaf on the side, since the van has no lettering.
    loaf = [(434, 736), (432, 700), (456, 676), (476, 684), (490, 676), (510, 700), (508, 736)]
    canvas.lay(cut(curve(loaf, steps=6)), "e7d7b4")
    for x in (452, 470, 488):
        canvas.lay(cut(stroke([(x - 4, 706), (x + 6, 688)], [5])), "3f6d72")
    for x in (478, 744):
        for radius, colour in ((46, "30565d"), (40, "182229"), (22, "8a8f8c"), (8, "182229")):
            canvas.lay(disc(x, 852, radius), colour)
    canvas.lay(disc(812, 762, 10, 14), "ffe9b0")
    canvas.lay(cut(stroke([(400, 640), (400, 850)], [6])), "27454c")
    canvas.lay(cut(stroke([(716, 622), (736, 700), (806, 722)], [5])), "f0c69c", 210)


def boat(canvas: Canvas) -> None:
    """A rowing boat, turned over for the night."""
    hull = [(70, 918), (60, 880), (96, 824), (196, 796), (300, 818), (346, 872), (344, 918)]
    canvas.lay(
        cut(curve([(40, 912), (200, 900), (372, 912), (340, 934), (80, 936)])), "2a363f", 210
    )
    canvas.lay(cut(curve(hull)), "84443a")
    canvas.lay(cut(curve([(110, 842), (196, 802), (296, 826), (330, 872), (200, 838)])), "b8654d")
    for lift in (0, 30, 58):
        canvas.lay(
            cut(
                stroke(
                    curve(
                        [
                            (66 + lift // 3, 900 - lift),
                            (190, 862 - lift // 2 - lift // 3),
                            (338 - lift // 4, 896 - lift),
                        ],
                        closed=False,
                    ),
                    [4],
                )
            ),
            "5c2f2b",
        )
    canvas.lay(cut(stroke([(198, 798), (206, 914)], [9])), "5c2f2b")


def near(canvas: Canvas) -> None:
    """Reeds close to the eye."""
    for k in range(60):
        x = 1240 + (scatter(k, 1, 91) * 720 >> 16)
        tall = 70 + (scatter(k, 2, 91) * 170 >> 16) * (x - 1180) // 740
        lean = ((scatter(k, 3, 91) - 32768) * 70 >> 15) - 10
        blade = curve(
            [(x, 1096), (x + lean // 4, 1090 - tall // 2), (x + lean, 1090 - tall)],
            closed=False,
            steps=8,
        )
        canvas.lay(
            cut(stroke(blade, [9, 9, 8, 8, 8, 7, 7, 7, 6, 6, 5, 5, 4, 4, 3, 2, 1])),
            ("1a2c36", "223843", "2e4650")[k % 3],
        )
        if k % 5 == 0:
            canvas.lay(
                cut(stroke([(x + lean, 1094 - tall), (x + lean + lean // 6, 1064 - tall)], [9, 5])),
                "6b5348",
            )
