"""The theme of a show's drawings: its palette, its line and its paper.

Every colour that is drawn passes through here and nothing else does, so that a place or a person
keeps its own colours in every theme, and own pictures are left as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from schemas.project import STORYBOARD, Theme

if TYPE_CHECKING:
    from PIL.Image import Image

Colour = tuple[int, int, int]

# ITU-R BT.709 luma in 1/10000.
_LUMA: Final = (2126, 7152, 722)
# How far a drawn colour goes towards the show's own palette, in 1/1000.
_PULL: Final = 720
# Colours that are this near to one of the palette (squared) are hardly pulled to another.
_NEAR: Final = 900
_GRAIN_SIDE: Final = 128


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a named theme draws. `saturation` and `contrast` in 1/1000; `lift` in 1/1000 brightens
    what is neither dark nor light; `grain` is how much of its brightness the paper's tooth takes
    at most, in 1/256."""

    line: Colour
    paper: Colour
    saturation: int
    contrast: int
    lift: int
    line_percent: int
    grain: int


_MANNERS: Final = {
    "storyboard": _Manner((0, 0, 0), (255, 255, 255), 1000, 1000, 0, 100, 0),
    "ink": _Manner((16, 16, 24), (250, 247, 238), 140, 1180, 420, 130, 8),
    "pencil": _Manner((34, 34, 42), (248, 244, 234), 70, 1060, 860, 85, 18),
    "noir": _Manner((4, 5, 10), (236, 240, 248), 60, 1420, 60, 120, 0),
    "pastel": _Manner((52, 40, 66), (255, 250, 246), 700, 980, 640, 80, 10),
}


@dataclass(frozen=True, slots=True)
class Ink:
    """A theme ready to draw with."""

    line: Colour
    paper: Colour
    palette: tuple[Colour, ...]
    saturation: int
    contrast: int
    lift: int
    line_percent: int
    grain: int

    @property
    def plain(self) -> bool:
        """Whether every colour stays as it is."""
        return self == PLAIN

    def tone(self, colour: Colour) -> Colour:
        """What becomes of a drawn colour, 0 to 255 each."""
        return colour if self.plain else _toned(self, colour)

    def for_letters(self) -> Ink:
        """The same theme with nothing taken from the contrast that letters need."""
        return replace(self, contrast=max(self.contrast, 1000), lift=0)

    def width(self, width: float) -> float:
        """How wide a line is that is `width` wide in the plain theme."""
        return width * self.line_percent / 100


def ink_of(theme: Theme) -> Ink:
    """A show's theme: a named manner, with what the show sets of its own in place of it."""
    manner = _MANNERS[theme.name]
    return Ink(
        line=_rgb(theme.line) if theme.line else manner.line,
        paper=_rgb(theme.paper) if theme.paper else manner.paper,
        palette=tuple(_rgb(colour) for colour in theme.palette),
        saturation=manner.saturation,
        contrast=manner.contrast,
        lift=manner.lift,
        line_percent=theme.line_percent or manner.line_percent,
        grain=manner.grain,
    )


def _rgb(written: str) -> Colour:
    return int(written[1:3], 16), int(written[3:5], 16), int(written[5:7], 16)


PLAIN: Final = ink_of(STORYBOARD)


# A drawing has some hundred colours, used thousands of times.
@lru_cache(maxsize=4096)
def _toned(ink: Ink, colour: Colour) -> Colour:
    luma = _luma(colour)
    level = min(max(128_000 + (luma - 128) * ink.contrast, 0), 255_000)
    level += level * (255_000 - level) // 255_000 * ink.lift // 1000
    red, green, blue = (
        # From the line's colour to the paper's, and what is left of the colour itself on it.
        (line * (255_000 - level) + paper * level) // 255_000
        + (part - luma) * ink.saturation // 1000
        for part, line, paper in zip(colour, ink.line, ink.paper, strict=True)
    )
    toned = _clipped((red, green, blue))
    return _pulled(toned, ink.palette) if ink.palette else toned


def _pulled(colour: Colour, palette: tuple[Colour, ...]) -> Colour:
    """The colour drawn to those of the palette that are like it, as light or dark as it was."""
    weights = [
        1_000_000_000
        // (_NEAR + sum((a - b) ** 2 for a, b in zip(colour, own, strict=True))) ** 2
        * 1000
        + 1
        for own in palette
    ]
    total = sum(weights)
    red, green, blue = (
        sum(own[n] * weight for own, weight in zip(palette, weights, strict=True)) // total
        for n in range(3)
    )
    lift = _luma(colour) - _luma((red, green, blue))
    aim = (red + lift, green + lift, blue + lift)
    pulled = [
        (part * (1000 - _PULL) + wanted * _PULL) // 1000
        for part, wanted in zip(colour, aim, strict=True)
    ]
    return _clipped((pulled[0], pulled[1], pulled[2]))


def _luma(colour: Colour) -> int:
    return sum(part * weight for part, weight in zip(colour, _LUMA, strict=True)) // 10_000


def _clipped(colour: Colour) -> Colour:
    red, green, blue = (min(max(part, 0), 255) for part in colour)
    return red, green, blue


def on_paper(image: Image, ink: Ink) -> Image:
    """The drawing on its paper: the tooth of the paper takes a little of the light."""
    if not ink.grain:
        return image
    import numpy as np
    from PIL import Image as Images

    tooth = np.tile(_tooth(), (-(-image.height // _GRAIN_SIDE), -(-image.width // _GRAIN_SIDE)))
    kept = (256 - tooth[: image.height, : image.width].astype(np.uint16) * ink.grain // 255)[
        ..., np.newaxis
    ]
    pixels = (np.asarray(image.convert("RGB")) * kept) >> 8
    return Images.fromarray(pixels.astype(np.uint8))


@lru_cache(maxsize=1)
def _tooth() -> Any:
    """A tile of soft noise, 0 to 255, that meets itself at every edge."""
    import numpy as np
    from blake3 import blake3

    noise = blake3(b"the tooth of drawing paper").digest(length=_GRAIN_SIDE * _GRAIN_SIDE)
    tile = np.frombuffer(noise, dtype=np.uint8).reshape(_GRAIN_SIDE, _GRAIN_SIDE).astype(np.int32)
    for axis in (0, 1):
        # Means of three neighbours twice: fine enough for paper, soft enough for an encoder.
        for _ in range(2):
            tile = tile + np.roll(tile, 1, axis) + np.roll(tile, -1, axis)
            tile //= 3
    low, high = int(tile.min()), int(tile.max())
    return ((tile - low) * 255 // max(high - low, 1)).astype(np.uint8)
