"""A city street in perspective: facades on both sides, pavements, lamps."""

from __future__ import annotations

from dataclasses import dataclass

from renderers.plates.ink import Colour, Point
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places import scenery
from renderers.plates.places.backdrop import HORIZON, Backdrop

_FAR = 0.22
_GROUND = 210.0
"""How far the pavement lies under the camera's eye where the depth is 1."""


@dataclass(frozen=True, slots=True)
class _Facade:
    """A house front on one side of the street, from one depth to another; heights in units at
    depth 1 above the pavement."""

    x: float
    near: float
    far: float
    height: float
    colour: Colour

    def seen(self, along: float, up: float) -> Point:
        """A place on the front: 0 to 1 from the far to the near edge, `up` above the ground."""
        # Depth runs evenly along the wall in space, so its inverse does on the picture.
        depth = 1 / (1 / self.far + (1 / self.near - 1 / self.far) * along)
        return (self.x * depth, HORIZON + (_GROUND - up) * depth)


def draw_street(b: Backdrop) -> None:
    """Houses, roadway, pavements and lamps; the street runs away from the camera."""
    side = -1 if b.choose.chance("mirrored", 50) else 1
    _far_end(b)
    _ground(b)
    width = min(b.half * 0.62, 520.0)
    colours = (
        b.tones.wall,
        mix(b.tones.wall, b.tones.accent, 330),
        mix(b.tones.trim, b.tones.wall, 300),
        mix(b.tones.wall, b.tones.fabric, 330),
    )
    cuts = (0.26, 0.36, 0.5, 0.72, 1.05, 1.7, 3.4)
    for turn in (-1, 1):
        first = b.choose.number(f"first facade {turn}", 4)
        for n in range(len(cuts) - 1):
            haze = (520, 400, 280, 160, 60, 0)[n]
            height = 360.0 + b.choose.spread(f"storeys {turn} {n}", 0, 4) * 92
            colour = b.far(colours[(first + n) % 4], haze)
            shade = darker(colour, 150 if turn == side else 20)
            _front(b, _Facade(turn * width, cuts[n + 1], cuts[n], height, shade), n)
    for depth in (0.5, 0.8, 1.3):
        x = side * width * 0.74 * depth
        scenery.street_lamp(b, x, HORIZON + _GROUND * depth, 420 * depth)


def _far_end(b: Backdrop) -> None:
    x, k = -b.half * 0.3, 0
    far = b.far(b.tones.fabric, 640)
    while x < b.half * 0.3:
        wide = b.choose.spread(f"far block {k}", 26, 60)
        top = HORIZON - b.choose.spread(f"far height {k}", 20, 130)
        b.sheet.rect((x, top, x + wide, HORIZON + 60), mix(far, b.light.sky_low, (k * 137) % 260))
        x += wide
        k += 1


def _ground(b: Backdrop) -> None:
    half = b.half + 260
    pavement = mix(b.tones.metal, b.tones.trim, 380)
    top = HORIZON + _GROUND * _FAR
    b.sheet.shade_down((-half, top, half, 1260), b.far(pavement, 260), pavement)
    road = mix(b.tones.metal, b.tones.dark, 420)
    width = min(b.half * 0.62, 520.0) * 0.62

    def strip(left: float, right: float, colour: Colour) -> None:
        path = [(left * _FAR, top), (right * _FAR, top)]
        path += [(right * 4, HORIZON + _GROUND * 4), (left * 4, HORIZON + _GROUND * 4)]
        b.sheet.fill(path, colour)

    strip(-width * 1.04, width * 1.04, darker(pavement, 260))
    strip(-width, width, road)
    for near, far in ((0.34, 0.28), (0.48, 0.4), (0.72, 0.58), (1.15, 0.9), (2.0, 1.5)):
        dash = [(-7 * far, HORIZON + _GROUND * far), (7 * far, HORIZON + _GROUND * far),
        (7 * near, HORIZON + _GROUND * near), (-7 * near, HORIZON + _GROUND * near)]  # fmt: skip
        b.sheet.fill(dash, mix(b.tones.paper, road, 300))
    for depth in (0.4, 0.62, 0.95, 1.45):
        y = HORIZON + _GROUND * depth
        for turn in (-1, 1):
            b.sheet.line([(turn * width * 1.06 * depth, y), (turn * width * 1.7 * depth, y)],
                         darker(pavement, 140), 2)  # fmt: skip


def _front(b: Backdrop, front: _Facade, n: int) -> None:
    wall = [
        front.seen(0, 0),
        front.seen(0, front.height),
        front.seen(1, front.height),
        front.seen(1, 0),
    ]
    b.shape(wall, front.colour)
    b.sheet.fill([front.seen(0, front.height), front.seen(1, front.height),
                  front.seen(1, front.height - 20), front.seen(0, front.height - 20)],
                 lighter(front.colour, 160))  # fmt: skip
    _shop(b, front, n)
    dark = mix(front.colour, b.light.sky_top, 480)
    columns, rows = 3, int((front.height - 150) / 92)
    for row in range(rows):
        low = 142.0 + row * 92
        for column in range(columns):
            start = (column + 0.28) / columns
            on = b.light.lamps and (row * 5 + column * 3 + n * 7 + int(front.x > 0)) % 3 == 0
            pane = scenery.WINDOW_LIGHT if on else dark
            _panel(b, front, (start, start + 0.44 / columns, low, low + 56), pane)


def _shop(b: Backdrop, front: _Facade, n: int) -> None:
    """The ground floor: a shop window with an awning, or a door between two windows."""
    glass = (
        mix(scenery.WINDOW_LIGHT, front.colour, 250)
        if b.light.lamps
        else mix(front.colour, b.light.sky_low, 520)
    )
    _panel(b, front, (0.1, 0.62, 22, 96), glass)
    _panel(b, front, (0.72, 0.9, 0, 92), darker(b.tones.wood, 60))
    if (n + int(front.x > 0)) % 2:
        out = -38.0 if front.x > 0 else 38.0
        start, end = front.seen(0.06, 122), front.seen(0.66, 122)
        reach = (front.near + front.far) / 2
        low_start, low_end = front.seen(0.06, 96), front.seen(0.66, 96)
        awning = [
            start,
            end,
            (low_end[0] + out * reach, low_end[1]),
            (low_start[0] + out * reach * 0.8, low_start[1]),
        ]
        b.shape(awning, (b.tones.accent, b.tones.fabric, b.tones.leaf)[n % 3])


def _panel(
    b: Backdrop, front: _Facade, part: tuple[float, float, float, float], colour: Colour
) -> None:
    start, end, low, high = part
    path = [
        front.seen(start, low),
        front.seen(start, high),
        front.seen(end, high),
        front.seen(end, low),
    ]
    b.sheet.shape(path, colour, mix(b.ink, front.colour, 300), 2)
