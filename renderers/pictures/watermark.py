"""A show's mark in a corner of the film: it stands still while the picture behind it moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from renderers.fonts.font_files import FontSet, TextStyle
from renderers.pictures.pixels import planes_of
from renderers.plates.lettering import visual
from schemas.project import Corner

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

WATERMARK_VERSION: Final = 2
# Title-safe area: 90 % of width and height (SMPTE ST 2046-1).
_UNSAFE_DIVISOR: Final = 20
# A mark may be a word or an emblem, never a banner.
_WIDEST_DIVISOR: Final = 3


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a mark stands: the corner, its height in 1/100 of the film's, and how much of it is
    seen, in 1/100."""

    corner: Corner
    height_percent: int
    opacity_percent: int


@dataclass(frozen=True, slots=True)
class _Patch:
    """A part of one plane: what it is mixed with, already weighted, and what is kept of it."""

    rows: slice
    columns: slice
    added: NDArray[Any]
    kept: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark ready to be laid over raw 4:2:0 pictures of `width` by `height` pixels."""

    width: int
    height: int
    patches: tuple[_Patch, _Patch, _Patch]

    def over(self, raw: bytes) -> bytes:
        """The picture with the mark on it."""
        import numpy as np

        whole = np.frombuffer(raw, dtype=np.uint8).copy()
        luma = self.width * self.height
        ends = (0, luma, luma + luma // 4, luma + luma // 2)
        sides = ((self.height, self.width), *[(self.height // 2, self.width // 2)] * 2)
        for number, patch in enumerate(self.patches):
            plane = whole[ends[number] : ends[number + 1]].reshape(sides[number])
            seen = plane[patch.rows, patch.columns]
            seen[...] = (seen * patch.kept + patch.added) >> 8
        return whole.tobytes()


def mark_of(emblem: Image, placement: Placement, width: int, height: int) -> Mark:
    """An emblem (RGB or RGBA) in its corner of a picture of the given size in pixels, inside the
    title-safe area, its shape kept."""
    box = _box(emblem, placement, (width, height))
    return laid_at(emblem, box, placement.opacity_percent, (width, height))


def laid_at(
    emblem: Image, box: tuple[int, int, int, int], opacity_percent: int, size: tuple[int, int]
) -> Mark:
    """An emblem brought to a box of a picture of the given size: left, top, width and height, all
    of them even numbers of pixels."""
    import numpy as np
    from PIL import Image as Images

    left, top, wide, high = box
    small = emblem.convert("RGBA").resize((wide, high), Images.Resampling.BICUBIC)
    luma, blue, red = planes_of(small.convert("RGB"))
    alpha = np.asarray(small.getchannel("A")).astype(np.uint32)
    # From 255 at 100 percent to 256, so that an opaque mark is all there.
    weights = (alpha * opacity_percent * 256 + 12_750) // 25_500
    quarter = (
        weights[0::2, 0::2] + weights[0::2, 1::2] + weights[1::2, 0::2] + weights[1::2, 1::2] + 2
    ) // 4
    full = (slice(top, top + high), slice(left, left + wide))
    half = (slice(top // 2, (top + high) // 2), slice(left // 2, (left + wide) // 2))
    patches = (
        _patch(full, luma, weights),
        _patch(half, blue, quarter),
        _patch(half, red, quarter),
    )
    return Mark(*size, patches)


def lettered(text: str, height_px: int, fonts: FontSet) -> Image:
    """A text as an emblem, `height_px` high: white letters with a dark edge, transparent around.

    Raises PipelineError `missing-glyph` when no font has one of its characters.
    """
    from PIL import Image as Images
    from PIL import ImageDraw

    fonts.require(text, "picture.watermark.text")
    shown = visual(fonts.joined(text))
    # Drawn large and made smaller, so that the edges are smooth at any size.
    size = height_px * 2
    edge = max(2, size // 14)
    wide = fonts.width(text, size, bold=True) + 4 * edge
    masks = []
    for shifts in ([(0, 0)], [(x, y) for x in (-edge, 0, edge) for y in (-edge, 0, edge)]):
        mask = Images.new("RGB", (wide, size * 3 // 2))
        ink = ImageDraw.Draw(mask)
        for x, y in shifts:
            style = TextStyle((2 * edge + x, size * 11 // 10 + y), size, (255, 255, 255), bold=True)
            fonts.draw(ink, shown, style)
        masks.append(mask.getchannel("R"))
    letters, edges = masks
    emblem = Images.new("RGBA", letters.size, (20, 18, 24, 0))
    emblem.putalpha(edges.point([value * 170 // 255 for value in range(256)]))
    emblem.paste((255, 255, 255, 255), (0, 0), letters)
    box = edges.getbbox()
    return emblem.crop(box) if box else emblem


def _box(emblem: Image, placement: Placement, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, width and height in even pixels: colour has half the resolution."""
    width, height = size
    high = max(height * placement.height_percent // 100, 2)
    wide = max(high * emblem.width // emblem.height, 2)
    widest = width // _WIDEST_DIVISOR
    if wide > widest:
        wide, high = widest, max(widest * emblem.height // emblem.width, 2)
    wide, high = max(wide // 2 * 2, 2), max(high // 2 * 2, 2)
    aside, down = -(-width // _UNSAFE_DIVISOR), -(-height // _UNSAFE_DIVISOR)
    left = aside if placement.corner.endswith("left") else width - aside - wide
    top = down if placement.corner.startswith("top") else height - down - high
    rounding = 1 if placement.corner.endswith("left") else 0
    lower = 1 if placement.corner.startswith("top") else 0
    return (left + rounding) // 2 * 2, (top + lower) // 2 * 2, wide, high


def _patch(place: tuple[slice, slice], plane: NDArray[Any], weights: NDArray[Any]) -> _Patch:
    import numpy as np

    kept = (256 - weights).astype(np.uint16)
    # 255 times 256 and the half that rounds stay below 65 536.
    added = (plane.astype(np.uint32) * weights + 128).astype(np.uint16)
    return _Patch(*place, added=added, kept=kept)
