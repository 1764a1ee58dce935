"""A canvas in whole numbers: paint through masks, light it, add glow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from paintbox.noise import FULL
from paintbox.shapes import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from paintbox.shapes import Mask, Outline

    Field = NDArray[np.int32]


def rgb(text: str) -> tuple[int, int, int]:
    """A colour such as `f2e6c8` as three numbers from 0 to 255."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def ramp(tone: Field, colours: Sequence[str]) -> Field:
    """Colours for tones 0 to 65535, blended between the given ones, in 1/16 of a level."""
    table = np.array([rgb(c) for c in colours], dtype=np.int32) * 16
    place = np.clip(tone, 0, FULL) * (len(colours) - 1)
    low = np.minimum(place >> 16, len(colours) - 2)
    part = ((place - (low << 16)) >> 8)[..., None]
    colour: Field = table[low] + ((table[low + 1] - table[low]) * part >> 8)
    return colour


def brushed(tone: Field, noise: Field, amount: int, steps: int) -> Field:
    """A tone laid down in `steps` flat coats whose borders wander by `amount` (of 65535)."""
    moved = np.clip(tone + ((noise - FULL // 2) * (amount >> 6) >> 10), 0, FULL)
    coats: Field = np.minimum(moved * steps >> 16, steps - 1) * (FULL // (steps - 1))
    return coats


def down(size: tuple[int, int], top: int, bottom: int) -> Field:
    """A tone that rises from 0 at the row `top` to 65535 at the row `bottom`."""
    rows = np.arange(size[1], dtype=np.int64)[:, None]
    tone = np.clip((rows - top) * FULL // max(1, bottom - top), 0, FULL).astype(np.int32)
    return np.broadcast_to(tone, (size[1], size[0])).copy()


def falloff(size: tuple[int, int], at: tuple[int, int], reach: tuple[int, int]) -> Field:
    """Light from a point, 65535 at the point, a quarter of it at `reach` (pixels, x and y)."""
    dx = (np.arange(size[0], dtype=np.int64) - at[0]) * 256 // reach[0]
    dy = (np.arange(size[1], dtype=np.int64) - at[1]) * 256 // reach[1]
    square = (dx * dx)[None, :] + (dy * dy)[:, None]
    near = 65536 * FULL // (65536 + square)
    light: Field = (near * near >> 16).astype(np.int32)
    return light


class Canvas:
    """A picture being painted: red, green and blue in 1/16 of a level, and how opaque it is."""

    def __init__(self, width: int, height: int, ground: str = "") -> None:
        self.size = (width, height)
        self.colour = np.zeros((height, width, 3), dtype=np.int32)
        self.colour[:] = np.array(rgb(ground or "000000"), dtype=np.int32) * 16
        self.opaque = np.full((height, width), 255 if ground else 0, dtype=np.int32)

    def fill(self, colour: Field) -> None:
        """Cover everything."""
        self.colour[:] = colour

    def lay(self, mask: Mask, paint: str | Field, strength: int = 255) -> None:
        """Paint through a mask: one colour, or a field of colours as large as the canvas."""
        width, height = self.size
        x0, y0 = max(0, mask.x), max(0, mask.y)
        x1 = min(width, mask.x + mask.cover.shape[1])
        y1 = min(height, mask.y + mask.cover.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        cover = mask.cover[y0 - mask.y : y1 - mask.y, x0 - mask.x : x1 - mask.x] * strength // 255
        under = self.colour[y0:y1, x0:x1]
        if isinstance(paint, str):
            over: Field = np.array(rgb(paint), dtype=np.int32) * 16
        else:
            over = paint[y0:y1, x0:x1]
        alpha = self.opaque[y0:y1, x0:x1]
        total = cover + alpha * (255 - cover) // 255
        share = (cover * 4096 // np.maximum(total, 1))[..., None]
        under += (over - under) * share >> 12
        self.opaque[y0:y1, x0:x1] = total

    def lay_all(self, parts: Sequence[tuple[Outline, str]]) -> None:
        """Paint filled outlines, each in its colour, one over the other."""
        for outline, colour in parts:
            self.lay(cut(outline), colour)

    def glow(self, light: Field, colour: str, percent: int) -> None:
        """Add light (0 to 65535) of a colour; highlights roll off instead of clipping."""
        added = (light[..., None] >> 4) * np.array(rgb(colour), dtype=np.int32) * percent // 25600
        room = 4080 - self.colour
        self.colour += np.minimum(added, 4080) * np.maximum(room, 0) // 4080

    def light(self, strength: Field) -> None:
        """Multiply by light, three channels, 256 meaning unchanged."""
        self.colour[:] = np.minimum(self.colour * strength >> 8, 4080)

    def picture(self) -> Image.Image:
        """The finished picture: RGB, or RGBA where anything was left bare."""
        whole = np.clip((self.colour + 8) >> 4, 0, 255)
        if int(self.opaque.min()) == 255:
            return Image.fromarray(whole.astype(np.uint8), "RGB")
        bare = self.opaque[..., None] == 0
        layers = np.concatenate([np.where(bare, 0, whole), self.opaque[..., None]], axis=2)
        return Image.fromarray(layers.astype(np.uint8), "RGBA")
