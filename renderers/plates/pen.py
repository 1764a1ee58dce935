"""Drawing one figure: local units (a head is 100 high) mirrored and placed on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from renderers.plates.ink import Colour, Path, Point, Sheet, curve, leaned, ribbon
from renderers.plates.palette import darker, lit

HIPS = 250.0
"""Where a body that leans is bent, in local units below the middle of the head."""


@dataclass(frozen=True, slots=True)
class FigurePen:
    """The middle of the head lies at `x`, `y`; `unit` picture units are one local unit.

    `turn` is +1 when the figure looks to the right. `tint` is the light on people. Above the hips
    a body is shifted by `lean` of the height over them. Someone `lying` has their face up and their
    feet where they would look to.
    """

    sheet: Sheet
    x: float
    y: float
    unit: float
    turn: int
    ink: Colour
    tint: Colour
    width: float
    lean: float = 0.0
    lying: bool = False

    def place(self, path: Path) -> list[Point]:
        """Local points as picture points."""
        step = self.unit * self.turn
        if self.lying:
            return [(self.x + py * step, self.y - px * self.unit) for px, py in path]
        if self.lean:
            path = [(px + self.lean * (HIPS - py), py) for px, py in path]
        return [(self.x + px * step, self.y + py * self.unit) for px, py in path]

    def within(self, middle: Point, scale: float) -> FigurePen:
        """A pen for something `scale` times as large at a point of the figure; its lines are as
        wide as the figure's."""
        x, y = self.place([middle])[0]
        return replace(self, x=x, y=y, unit=self.unit * scale, width=self.width / scale, lean=0.0)

    def colour(self, colour: Colour) -> Colour:
        """A local colour in the light of the scene."""
        return lit(colour, self.tint)

    def form(self, path: Path, colour: Colour, *, shade: float = 0.0) -> None:
        """A shape with ink; with `shade` that much of its width, on the side away from the face,
        lies in shadow."""
        placed = self.place(path)
        base = self.colour(colour)
        if shade:
            self.sheet.fill(placed, darker(base, 190))
            self.sheet.fill(leaned(placed, self.turn, 1.0 - shade), base)
        else:
            self.sheet.fill(placed, base)
        self.sheet.line(placed, self.ink, self.width * self.unit, closed=True)

    def flat(self, path: Path, colour: Colour) -> None:
        """A shape without ink."""
        self.sheet.fill(self.place(path), self.colour(colour))

    def _across(self, radius: Point) -> Point:
        wide, tall = radius[0] * self.unit, radius[1] * self.unit
        return (tall, wide) if self.lying else (wide, tall)

    def oval(self, centre: Point, radius: Point, colour: Colour) -> None:
        """An ellipse without ink."""
        at = self.place([centre])[0]
        wide, tall = self._across(radius)
        self.sheet.oval(at, wide, tall, self.colour(colour))

    def inked_oval(self, centre: Point, radius: Point, colour: Colour) -> None:
        """An ellipse with ink."""
        at = self.place([centre])[0]
        self.sheet.inked_oval(
            at, self._across(radius), self.colour(colour), (self.ink, self.width * self.unit)
        )

    def stroke(self, path: Path, width: float, colour: Colour | None = None) -> None:
        """A tapering ink stroke through the points."""
        smooth = self.place(curve(path, closed=False, steps=5))
        tone = self.ink if colour is None else self.colour(colour)
        self.sheet.brush(smooth, tone, width * self.unit)

    def limb(self, joints: Path, widths: Sequence[float], colour: Colour, *, bare: int = 1) -> None:
        """An arm or leg with a round beginning: a band through its joints, so wide at each."""
        steps = 5
        centre = curve(joints, closed=False, steps=steps)
        spread = [
            widths[i // steps]
            + (widths[min(i // steps + 1, len(widths) - 1)] - widths[i // steps])
            * (i % steps)
            / steps
            for i in range(len(centre))
        ]
        tone = self.colour(colour)
        outline = ribbon(centre, spread)
        last = len(centre) - 1
        near, far = outline[: last + 1], outline[last + 1 :][::-1]
        for i in range(last):
            # Piece by piece: in a sharp bend the whole band would cross itself.
            self.sheet.fill(self.place([near[i], near[i + 1], far[i + 1], far[i]]), tone)
            if i:
                self.oval(centre[i], (spread[i] * 0.49, spread[i] * 0.49), colour)
        self.oval(centre[0], (spread[0] / 2, spread[0] / 2), colour)
        for side, other in ((near, far), (far, near)):
            # No ink across the joint on the body's side: the limb grows out of the body.
            start = bare if abs(side[0][0]) < abs(other[0][0]) else 0
            edge = [point for point in side[start:] if _outside(point, centre, spread)]
            self.sheet.line(self.place(edge), self.ink, self.width * self.unit)


def _outside(point: Point, centre: Path, widths: Sequence[float]) -> bool:
    """Whether a point of a limb's edge is not inside another part of the same limb."""
    for (x, y), width in zip(centre, widths, strict=True):
        dx, dy = point[0] - x, point[1] - y
        if dx * dx + dy * dy < width * width * 0.216:
            return False
    return True
