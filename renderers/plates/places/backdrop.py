"""What every piece of scenery is drawn with: the sheet, the colours, the light, the choices."""

from __future__ import annotations

from dataclasses import dataclass

from renderers.plates.choice import Chooser
from renderers.plates.ink import Colour, Glow, Path, Point, Sheet, corners
from renderers.plates.palette import Light, Tones, lit, mix

HORIZON = 430.0
"""Height of the camera's eye in picture units: 0 is the top of the frame, 1000 its bottom."""

LINE = HORIZON + 60.0
"""Where land meets sky, a little under the eye so that figures stand in the land."""

METRE = 204.0
"""One metre in picture units where a room's back wall stands (depth 1)."""


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A set being built. `half` is half the frame's width in picture units."""

    sheet: Sheet
    tones: Tones
    light: Light
    choose: Chooser
    half: float
    line: float = 3.0

    @property
    def ink(self) -> Colour:
        """The colour of the pen."""
        return self.tones.ink

    @property
    def side(self) -> int:
        """-1 or +1: some places are seen mirrored."""
        return -1 if self.choose.chance("mirrored", 50) else 1

    def outside(self, colour: Colour) -> Colour:
        """A colour in the light of the open air."""
        return lit(colour, self.light.outside_permille)

    def shape(self, path: Path, colour: Colour) -> None:
        """A flat shape with the pen round it."""
        self.sheet.shape(path, colour, self.tones.ink, self.line)

    def block(self, box: tuple[float, float, float, float], colour: Colour) -> None:
        """An upright rectangle with the pen round it."""
        self.shape(corners(box), colour)

    def stroke(self, path: Path, colour: Colour | None = None, width: float = 0.0) -> None:
        """A line with the pen."""
        self.sheet.line(path, colour or self.tones.ink, width or self.line)

    def glow(self, centre: Point, radius: tuple[float, float], strength_permille: int) -> None:
        """Warm lamp light around a point."""
        self.sheet.glows.append(
            Glow(centre[0], centre[1], radius[0], radius[1], (255, 206, 132), strength_permille)
        )

    def far(self, colour: Colour, permille: int) -> Colour:
        """A colour with that much of the sky's haze in front of it."""
        return mix(colour, self.light.sky_low, permille)
