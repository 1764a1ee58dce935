"""Nora, 68, tide keeper: oilskin, spectacles, and the stick she measures the sand with."""

from __future__ import annotations

from paintbox.canvas import Canvas
from paintbox.figure import form, line
from paintbox.shapes import box, curve, cut, disc, shade

SKIN, SKIN_DARK, CHEEK = "e6b08c", "cb8563", "d9795f"
HAIR, HAIR_DARK = "dfe0d6", "a9b0ad"
COAT, COAT_DARK, COAT_LIGHT, SEAM = "d29a32", "a06d22", "ecbf58", "7d5219"
BOOT, BOOT_DARK = "3c5648", "27392f"
INK = "2a2420"


def paint() -> Canvas:
    """The cut-out, facing the viewer's right, on nothing."""
    canvas = Canvas(900, 1600)
    _stick(canvas)
    _boots(canvas)
    _coat(canvas)
    _pocket_arm(canvas)
    _head(canvas)
    _face(canvas)
    _spectacles(canvas)
    _expression(canvas)
    _scarf(canvas)
    _stick_arm(canvas)
    return canvas


def _stick(canvas: Canvas) -> None:
    canvas.lay(cut(box(752, 330, 776, 1560)), "e8dfc8")
    for y in range(390, 1500, 180):
        canvas.lay(cut(box(752, y, 776, y + 90)), "b4472f")
    canvas.lay(cut(box(752, 330, 759, 1560)), INK, 80)
    canvas.lay(cut(box(750, 1536, 778, 1566)), INK)


def _boots(canvas: Canvas) -> None:
    for x in (300, 490):
        boot = [
            (x, 1210),
            (x + 4, 1440),
            (x - 4, 1540),
            (x + 80, 1560),
            (x + 214, 1560),
            (x + 218, 1512),
            (x + 166, 1468),
            (x + 150, 1420),
            (x + 152, 1210),
        ]
        form(canvas, curve(boot), (BOOT, BOOT_DARK), (34, -8))
        canvas.lay(cut(box(x - 4, 1546, x + 216, 1566)), "1c2822")
        line(canvas, [(x + 6, 1440), (x + 70, 1452), (x + 146, 1438)], 8, BOOT_DARK)
        line(canvas, [(x + 128, 1260), (x + 132, 1340), (x + 128, 1410)], 10, "6d8a74", 190)


def _coat(canvas: Canvas) -> None:
    body = [
        (410, 470),
        (318, 510),
        (262, 640),
        (232, 900),
        (196, 1180),
        (214, 1262),
        (380, 1292),
        (560, 1292),
        (700, 1256),
        (712, 1170),
        (684, 900),
        (660, 640),
        (616, 512),
        (520, 470),
    ]
    form(canvas, curve(body), (COAT, COAT_DARK), (64, -14))
    line(canvas, [(520, 520), (536, 800), (548, 1284)], 7, SEAM)
    line(canvas, [(640, 700), (664, 940), (684, 1200)], 16, COAT_LIGHT, 200)
    line(canvas, [(420, 860), (396, 1060), (372, 1270)], 9, SEAM, 150)
    line(canvas, [(610, 940), (622, 1100), (626, 1270)], 8, SEAM, 150)
    for y in (640, 780, 920, 1060):
        canvas.lay(disc(498, y + 3, 14), SEAM)
        canvas.lay(disc(496, y, 14), "f0e3bf")
        canvas.lay(disc(496, y, 4), SEAM)
    line(canvas, [(206, 1216), (400, 1258), (560, 1260), (704, 1222)], 8, SEAM, 170)


def _pocket_arm(canvas: Canvas) -> None:
    flap = [(286, 960), (420, 974), (414, 1018), (280, 1002)]
    arm = [
        (322, 516),
        (254, 590),
        (206, 740),
        (190, 880),
        (232, 966),
        (300, 1006),
        (372, 1000),
        (386, 962),
        (326, 920),
        (296, 862),
        (322, 760),
        (368, 620),
    ]
    form(canvas, curve(arm), (COAT, COAT_DARK), (30, -14))
    line(canvas, [(372, 620), (330, 760), (304, 860), (336, 922)], 7, SEAM, 220)
    line(canvas, [(214, 860), (256, 880), (290, 862)], 7, SEAM, 160)
    canvas.lay(cut(flap), COAT_LIGHT)
    canvas.lay(cut([(286, 1000), (414, 1012), (414, 1020), (280, 1004)]), SEAM)


def _head(canvas: Canvas) -> None:
    canvas.lay(cut(curve([(430, 420), (424, 500), (480, 540), (536, 500), (534, 420)])), SKIN_DARK)
    canvas.lay(disc(392, 158, 66, 60), HAIR)
    canvas.lay(shade(curve([(326, 160), (392, 98), (458, 158), (392, 218)]), 18, -12), HAIR_DARK)
    line(canvas, [(352, 130), (392, 150), (432, 128)], 6, HAIR_DARK)
    line(canvas, [(346, 172), (390, 186), (436, 168)], 6, HAIR_DARK)
    form(
        canvas,
        curve(
            [
                (352, 380),
                (330, 280),
                (372, 190),
                (470, 158),
                (560, 190),
                (590, 262),
                (560, 400),
                (420, 430),
            ]
        ),
        (HAIR, HAIR_DARK),
        (26, -6),
    )


def _face(canvas: Canvas) -> None:
    face = [
        (404, 280),
        (440, 226),
        (530, 216),
        (590, 262),
        (600, 330),
        (590, 396),
        (548, 446),
        (486, 458),
        (430, 426),
        (398, 356),
    ]
    form(canvas, curve(face), (SKIN, SKIN_DARK), (20, -8))
    fringe = [
        (366, 330),
        (356, 250),
        (404, 186),
        (490, 166),
        (566, 196),
        (598, 266),
        (548, 236),
        (480, 246),
        (424, 280),
        (402, 340),
    ]
    canvas.lay(cut(curve(fringe)), HAIR)
    for lock in (
        [(404, 320), (410, 256), (470, 206)],
        [(430, 270), (480, 226), (548, 222)],
        [(372, 300), (384, 230), (430, 190)],
    ):
        line(canvas, lock, 6, HAIR_DARK)
    canvas.lay(disc(402, 348, 22, 30), SKIN)
    line(canvas, [(398, 332), (412, 346), (402, 364)], 6, SKIN_DARK)
    canvas.lay(disc(402, 384, 6), "e8c75a")
    canvas.lay(disc(456, 384, 30, 20), CHEEK, 130)
    canvas.lay(disc(576, 380, 18, 17), CHEEK, 130)


def _spectacles(canvas: Canvas) -> None:
    for x, radius in ((490, 44), (578, 38)):
        canvas.lay(disc(x, 326, radius), "5a3d2a")
        canvas.lay(disc(x, 326, radius - 6), "f5e3cc")
        canvas.lay(disc(x + 8, 330, 10, 12), INK)
        canvas.lay(disc(x + 11, 325, 3), "ffffff")
        canvas.lay(
            cut(curve([(x - radius + 6, 316), (x, 290), (x + radius - 6, 314), (x, 306)])), SKIN
        )
        line(canvas, [(x - 24, 312), (x + 4, 304), (x + 26, 312)], 6, "7b5038")
    line(canvas, [(534, 324), (540, 318), (546, 324)], 8, "5a3d2a")
    line(canvas, [(446, 324), (420, 328), (404, 334)], 7, "5a3d2a")


def _expression(canvas: Canvas) -> None:
    line(canvas, [(458, 272), (490, 262), (524, 274)], 13, HAIR_DARK)
    line(canvas, [(554, 272), (582, 264), (604, 276)], 11, HAIR_DARK)
    canvas.lay(
        cut(curve([(540, 336), (560, 366), (566, 384), (540, 392), (526, 382)])), SKIN_DARK, 190
    )
    canvas.lay(disc(550, 376, 8, 6), "f2c4a4")
    line(canvas, [(490, 412), (522, 424), (556, 420), (580, 404)], 8, "7f3b2e")
    line(canvas, [(476, 398), (482, 412), (480, 426)], 5, SKIN_DARK)
    line(canvas, [(516, 438), (534, 442), (550, 438)], 5, SKIN_DARK)


def _scarf(canvas: Canvas) -> None:
    tail = [(420, 520), (404, 640), (398, 780), (456, 790), (474, 650), (480, 530)]
    form(canvas, curve(tail), ("3f7d83", "2b5a61"), (18, -4))
    for y in (600, 660, 720):
        canvas.lay(
            cut(
                curve(
                    [(404, y), (440, y + 8), (474, y), (472, y + 18), (436, y + 26), (402, y + 18)]
                )
            ),
            "e8dfc8",
            230,
        )
    for x in range(400, 456, 12):
        line(canvas, [(x, 782), (x - 2, 812)], 6, "3f7d83")
    form(
        canvas,
        curve(
            [
                (372, 470),
                (400, 438),
                (480, 462),
                (570, 442),
                (596, 478),
                (580, 532),
                (490, 558),
                (400, 544),
                (366, 510),
            ]
        ),
        ("4b8f94", "2b5a61"),
        (22, -12),
    )
    line(canvas, [(390, 500), (480, 522), (578, 494)], 7, "2b5a61")
    line(canvas, [(400, 470), (480, 490), (572, 466)], 6, "7db4b2", 200)


def _stick_arm(canvas: Canvas) -> None:
    hand = [(728, 756), (738, 726), (786, 722), (802, 748), (798, 796), (770, 812), (736, 802)]
    arm = [
        (596, 520),
        (654, 570),
        (690, 680),
        (694, 752),
        (734, 742),
        (758, 772),
        (752, 836),
        (700, 868),
        (640, 850),
        (606, 770),
        (590, 660),
    ]
    form(canvas, curve(arm), (COAT, COAT_DARK), (20, -16))
    line(canvas, [(600, 640), (616, 760), (650, 842)], 7, SEAM, 200)
    line(canvas, [(664, 610), (690, 690), (694, 744)], 12, COAT_LIGHT, 200)
    form(
        canvas,
        curve([(706, 744), (742, 740), (762, 776), (754, 832), (716, 846), (700, 800)]),
        (COAT_LIGHT, COAT_DARK),
        (14, -10),
    )
    form(canvas, curve(hand), (SKIN, SKIN_DARK), (12, -8))
    for y in (746, 766, 786):
        line(canvas, [(764, y), (782, y + 2), (798, y)], 5, SKIN_DARK)
