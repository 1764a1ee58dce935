"""Pen and brush: shapes in picture units put on a sheet of pixels.

Coordinates are turned into whole pixels before Pillow sees them, and curves use only
addition, multiplication and square roots, which IEEE 754 rounds the same way on every CPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

from renderers.plates.theme import PLAIN, Ink

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]
Path = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Glow:
    """A soft light laid over the finished drawing; radii in picture units, strength 0..1000."""

    x: float
    y: float
    radius_x: float
    radius_y: float
    colour: Colour
    strength_permille: int


@dataclass(slots=True)
class Sheet:
    """A picture being drawn. One unit is `scale` pixels; (0, 0) lies at (`left`, `top`).

    Colours and line widths are given as in the plain theme; `ink` makes them the show's.
    """

    image: Image
    draw: ImageDraw
    scale: float
    left: float
    top: float
    glows: list[Glow] = field(default_factory=list)
    ink: Ink = PLAIN

    def at(self, point: Point) -> tuple[int, int]:
        """The pixel under a point."""
        return (
            int(point[0] * self.scale + self.left + 65536.5) - 65536,
            int(point[1] * self.scale + self.top + 65536.5) - 65536,
        )

    def thickness(self, width: float) -> int:
        """A line width in pixels, at least one."""
        return max(1, int(self.ink.width(width) * self.scale + 0.5))

    def fill(self, path: Path, colour: Colour) -> None:
        """A flat shape without a line."""
        if len(path) > 2:
            self.draw.polygon([self.at(point) for point in path], fill=self.ink.tone(colour))

    def line(self, path: Path, colour: Colour, width: float, *, closed: bool = False) -> None:
        """A line of even width along a path."""
        points = [self.at(point) for point in path]
        if closed:
            points.append(points[0])
        pixels = self.thickness(width)
        colour = self.ink.tone(colour)
        self.draw.line(points, fill=colour, width=pixels)
        if pixels > 3:
            reach = pixels // 2
            for x, y in points:
                self.draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)

    def shape(self, path: Path, colour: Colour, ink: Colour, width: float) -> None:
        """A flat shape with an ink line round it."""
        self.fill(path, colour)
        self.line(path, ink, width, closed=True)

    def rect(self, box: tuple[float, float, float, float], colour: Colour) -> None:
        """A filled upright rectangle: left, top, right, bottom."""
        left, top = self.at((box[0], box[1]))
        right, bottom = self.at((box[2], box[3]))
        if right >= left and bottom >= top:
            self.draw.rectangle((left, top, right, bottom), fill=self.ink.tone(colour))

    def frame(self, box: tuple[float, float, float, float], ink: Colour, width: float) -> None:
        """The outline of an upright rectangle."""
        self.line(corners(box), ink, width, closed=True)

    def oval(self, centre: Point, radius_x: float, radius_y: float, colour: Colour) -> None:
        """A filled ellipse."""
        left, top = self.at((centre[0] - radius_x, centre[1] - radius_y))
        right, bottom = self.at((centre[0] + radius_x, centre[1] + radius_y))
        fill = self.ink.tone(colour)
        self.draw.ellipse((left, top, max(left, right), max(top, bottom)), fill=fill)

    def inked_oval(
        self, centre: Point, radius: tuple[float, float], fill: Colour, ink: tuple[Colour, float]
    ) -> None:
        """A filled ellipse with an ink line of the given colour and width round it."""
        reach = self.ink.width(ink[1]) / 2
        self.oval(centre, radius[0] + reach, radius[1] + reach, ink[0])
        self.oval(centre, radius[0] - reach, radius[1] - reach, fill)

    def brush(self, path: Path, colour: Colour, width: float) -> None:
        """A stroke that swells in the middle and runs out at both ends."""
        if len(path) < 3:
            self.line(path, colour, width)
            return
        last = len(path) - 1
        width = self.ink.width(width)
        widths = [width * (0.25 + 3.0 * i * (last - i) / (last * last)) for i in range(last + 1)]
        self.fill(ribbon(path, widths), colour)

    def shade_down(
        self, box: tuple[float, float, float, float], upper: Colour, lower: Colour
    ) -> None:
        """A rectangle that goes from one colour at the top to another at the bottom."""
        left, top = self.at((box[0], box[1]))
        right, bottom = self.at((box[2], box[3]))
        left, right = max(left, 0), min(right, self.image.width)
        upper, lower = self.ink.tone(upper), self.ink.tone(lower)
        height = bottom - top
        if height < 1 or right <= left:
            return
        draw = self.draw
        for y in range(max(top, 0), min(bottom, self.image.height)):
            part = y - top
            colour = (
                upper[0] + (lower[0] - upper[0]) * part // height,
                upper[1] + (lower[1] - upper[1]) * part // height,
                upper[2] + (lower[2] - upper[2]) * part // height,
            )
            draw.line((left, y, right, y), fill=colour)


def corners(box: tuple[float, float, float, float]) -> list[Point]:
    """The four corners of left, top, right, bottom, clockwise."""
    return [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])]


def curve(points: Path, *, closed: bool = True, steps: int = 6) -> list[Point]:
    """A smooth path through all points (Catmull-Rom); a doubled point makes a corner."""
    count = len(points)
    result: list[Point] = []
    spans = count if closed else count - 1
    for i in range(spans):
        if closed:
            before, start = points[i - 1], points[i]
            end, after = points[(i + 1) % count], points[(i + 2) % count]
        else:
            before, start = points[max(i - 1, 0)], points[i]
            end, after = points[i + 1], points[min(i + 2, count - 1)]
        if start == end:
            continue
        for step in range(steps):
            result.append(_between(before, start, end, after, step / steps))
    if not closed:
        result.append((points[-1][0], points[-1][1]))
    return result


def _between(before: Point, start: Point, end: Point, after: Point, t: float) -> Point:
    t2 = t * t
    t3 = t2 * t
    a, b = 2 * t2 - t3 - t, 3 * t3 - 5 * t2 + 2
    c, d = t + 4 * t2 - 3 * t3, t3 - t2
    return (
        (a * before[0] + b * start[0] + c * end[0] + d * after[0]) / 2,
        (a * before[1] + b * start[1] + c * end[1] + d * after[1]) / 2,
    )


def ribbon(path: Path, widths: Sequence[float]) -> list[Point]:
    """The outline of a band along a path, as wide at each point as `widths` says."""
    near: list[Point] = []
    far: list[Point] = []
    last = len(path) - 1
    for i, (x, y) in enumerate(path):
        ahead, behind = path[min(i + 1, last)], path[max(i - 1, 0)]
        dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
        length = sqrt(dx * dx + dy * dy) or 1.0
        reach = widths[i] / 2
        nx, ny = -dy / length * reach, dx / length * reach
        near.append((x + nx, y + ny))
        far.append((x - nx, y - ny))
    return near + far[::-1]


def moved(path: Path, dx: float, dy: float, scale: float = 1.0) -> list[Point]:
    """A path scaled about the origin and then moved."""
    return [(x * scale + dx, y * scale + dy) for x, y in path]


def leaned(path: Path, towards: int, keep: float) -> list[Point]:
    """A path squeezed against its left (-1) or right (+1) edge: where the light falls on it."""
    edge = min(x for x, _ in path) if towards < 0 else max(x for x, _ in path)
    return [(edge + (x - edge) * keep, y) for x, y in path]
