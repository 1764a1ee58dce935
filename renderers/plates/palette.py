"""Colour and light: a palette for each place, changed by the time of day."""

from __future__ import annotations

from dataclasses import dataclass

from renderers.plates.choice import Chooser
from renderers.plates.ink import Colour
from renderers.plates.words import words_of


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that belong to one place in plain daylight."""

    wall: Colour
    trim: Colour
    floor: Colour
    wood: Colour
    accent: Colour
    fabric: Colour
    leaf: Colour


PALETTES = (
    Palette((226, 190, 156), (246, 230, 204), (164, 108, 74), (124, 76, 52), (198, 88, 60),
            (86, 118, 112), (104, 124, 76)),
    Palette((190, 200, 172), (236, 234, 212), (178, 138, 98), (120, 86, 58), (214, 136, 72),
            (86, 108, 96), (96, 124, 80)),
    Palette((170, 192, 202), (236, 236, 226), (180, 148, 112), (110, 80, 62), (224, 148, 84),
            (70, 96, 126), (92, 122, 88)),
    Palette((228, 198, 130), (248, 234, 200), (150, 100, 66), (104, 66, 46), (66, 104, 112),
            (166, 74, 60), (110, 122, 62)),
    Palette((224, 184, 174), (248, 230, 218), (170, 122, 96), (118, 78, 66), (108, 92, 124),
            (190, 98, 88), (112, 126, 88)),
    Palette((132, 170, 164), (226, 232, 216), (168, 124, 90), (98, 70, 58), (226, 144, 88),
            (52, 88, 96), (82, 118, 84)),
    Palette((234, 218, 188), (250, 242, 222), (158, 116, 80), (112, 80, 56), (178, 70, 58),
            (98, 112, 86), (116, 126, 74)),
    Palette((182, 160, 178), (238, 226, 226), (142, 106, 92), (96, 68, 70), (226, 156, 90),
            (92, 76, 112), (100, 118, 92)),
    Palette((200, 192, 178), (240, 234, 222), (148, 128, 110), (104, 84, 72), (190, 100, 66),
            (90, 104, 124), (106, 120, 86)),
    Palette((182, 178, 132), (238, 230, 196), (148, 104, 70), (100, 72, 50), (192, 84, 62),
            (62, 92, 98), (98, 112, 60)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Light:
    """The light of a time of day. The tints are 1/1000 of each colour channel."""

    name: str
    sky_top: Colour
    sky_low: Colour
    outside_permille: Colour
    inside_permille: Colour
    people_permille: Colour
    sun: Colour
    sun_height_permille: int
    ink: Colour
    lamps: bool = False
    stars: bool = False


DAY = Light("day", (124, 178, 208), (232, 236, 220), (1000, 1000, 1000), (1000, 990, 965),
            (1000, 1000, 1000), (255, 250, 226), 780, (48, 38, 44))  # fmt: skip
MORNING = Light("morning", (142, 188, 208), (252, 230, 194), (1000, 970, 910), (1000, 970, 915),
                (1000, 975, 935), (255, 240, 196), 480, (50, 38, 44))  # fmt: skip
DAWN = Light("dawn", (112, 124, 170), (250, 196, 164), (850, 785, 800), (865, 800, 800),
             (930, 870, 860), (255, 222, 176), 120, (42, 34, 48))  # fmt: skip
DUSK = Light("dusk", (78, 74, 130), (246, 156, 98), (800, 665, 650), (870, 750, 690),
             (930, 815, 770), (255, 196, 120), 110, (40, 28, 44), lamps=True)  # fmt: skip
NIGHT = Light("night", (18, 26, 56), (58, 78, 120), (330, 400, 570), (680, 596, 590),
              (760, 735, 790), (236, 238, 220), 700, (20, 20, 36), lamps=True,
              stars=True)  # fmt: skip

# English, French, German, Spanish, Italian and Portuguese words of slug lines.
_TIMES = (
    (
        NIGHT,
        """night midnight nuit minuit nacht mitternacht noche medianoche notte noite nachts
        nighttime mezzanotte avond natt noc ночь ніч полночь 夜 深夜 晚上 夜晚 밤
        gece ليل לילה""",
    ),
    (
        DAWN,
        """dawn sunrise daybreak aube aurore morgengrauen sonnenaufgang amanecer alba madrugada
        amanhecer sunup рассвет 清晨 새벽 فجر שחר""",
    ),
    (
        DUSK,
        """dusk sunset evening twilight crepuscule soir soiree abend dammerung sonnenuntergang
        daemmerung anochecer atardecer ocaso crepusculo sera tramonto entardecer magic
        sundown nightfall abends golden вечер закат сумерки 夕 夕方 傍晚 黄昏 저녁
        aksam مساء غروب ערב שקיעה""",
    ),
    (
        MORNING,
        """morning matin matinee morgen vormittag manana mattina manha morgens mattino утро 朝
        早晨 아침 sabah صباح בוקר""",
    ),
)


def light_of(time_of_day: str) -> Light:
    """The light that a slug line's time asks for; anything unknown is day."""
    words = words_of(time_of_day)
    for light, names in _TIMES:
        if any(word in names.split() for word in words):
            return light
    return DAY


def palette_of(location: str) -> Palette:
    """A place's own palette, the same in every shot and every episode."""
    return Chooser(location).pick("palette", PALETTES)


def mix(first: Colour, second: Colour, permille: int) -> Colour:
    """From `first` (0) towards `second` (1000)."""
    keep = 1000 - permille
    return (
        (first[0] * keep + second[0] * permille + 500) // 1000,
        (first[1] * keep + second[1] * permille + 500) // 1000,
        (first[2] * keep + second[2] * permille + 500) // 1000,
    )


def lit(colour: Colour, permille: Colour) -> Colour:
    """A colour under a tinted light."""
    return (
        min(255, colour[0] * permille[0] // 1000),
        min(255, colour[1] * permille[1] // 1000),
        min(255, colour[2] * permille[2] // 1000),
    )


def darker(colour: Colour, permille: int = 200) -> Colour:
    """Towards a warm black."""
    return mix(colour, (38, 26, 44), permille)


def lighter(colour: Colour, permille: int = 200) -> Colour:
    """Towards a warm white."""
    return mix(colour, (255, 248, 230), permille)


@dataclass(frozen=True, slots=True)
class Tones:
    """A palette as it looks under one light."""

    wall: Colour
    trim: Colour
    floor: Colour
    wood: Colour
    accent: Colour
    fabric: Colour
    leaf: Colour
    metal: Colour
    paper: Colour
    dark: Colour
    ink: Colour


def tones_of(palette: Palette, light: Light, *, inside: bool, soften_permille: int = 0) -> Tones:
    """The palette under a light; `soften_permille` takes contrast away behind a close face."""
    tint = light.inside_permille if inside else light.outside_permille
    haze = lit(palette.wall, tint) if inside else light.sky_low

    def tone(colour: Colour) -> Colour:
        return mix(lit(colour, tint), haze, soften_permille)

    return Tones(
        wall=tone(palette.wall),
        trim=tone(palette.trim),
        floor=tone(palette.floor),
        wood=tone(palette.wood),
        accent=tone(palette.accent),
        fabric=tone(palette.fabric),
        leaf=tone(palette.leaf),
        metal=tone((150, 154, 160)),
        paper=tone((246, 240, 226)),
        dark=tone((58, 48, 54)),
        ink=mix(light.ink, haze, soften_permille),
    )
