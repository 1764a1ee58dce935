"""RGB pictures to the planes an encoder takes, in integers (ITU-R BT.709, limited range)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

# BT.709 luma and colour difference weights, scaled by 219/255 and 224/255, times 65536.
_LUMA = (11966, 40254, 4064)
_BLUE = (-6596, -22189, 28784)
_RED = (28784, -26145, -2639)
# Rows worked on at a time, an even number, so that what is between lies in the cache.
_ROWS_AT_ONCE = 64
# The way back, times 65536: 255/219, and 255/224 times 2(1-Kr), 2(1-Kb) and their share in green.
_FROM_LUMA = 76309
_RED_FROM_RED = 117489
_GREEN_FROM_BLUE = 13975
_GREEN_FROM_RED = 34925
_BLUE_FROM_BLUE = 138438


def planes_of(picture: Image) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Y, U, V of an RGB picture with even sides; U and V averaged over 2 × 2 pixels. uint8."""
    import numpy as np

    rgb = np.asarray(picture.convert("RGB"))
    height, width = rgb.shape[:2]
    luma = np.empty((height, width), dtype=np.uint8)
    blue = np.empty((height // 2, width // 2), dtype=np.uint8)
    red = np.empty_like(blue)
    for top in range(0, height, _ROWS_AT_ONCE):
        strip = slice(top, top + _ROWS_AT_ONCE)
        halved = slice(top // 2, (top + _ROWS_AT_ONCE) // 2)
        # Each colour by itself, without gaps: sums over three interleaved ones take longer by far.
        colours = [rgb[strip, :, n].astype(np.int32, order="C") for n in range(3)]
        luma[strip] = _weighted(colours, _LUMA, 16)
        # The four pixels of a block are summed first: the weights are linear, so it is the same.
        pairs = [each[0::2] + each[1::2] for each in colours]
        blocks = [each[:, 0::2] + each[:, 1::2] for each in pairs]
        blue[halved] = _weighted(blocks, _BLUE, 128, shift=18)
        red[halved] = _weighted(blocks, _RED, 128, shift=18)
    return luma, blue, red


def picture_of_planes(planes: Sequence[Image]) -> Image:
    """Y, U, V of one size, as grey pictures, back to RGB; rounded half up, clipped to 0 to 255."""
    import numpy as np
    from PIL import Image as Images

    luma, blue, red = (np.asarray(plane).astype(np.int32) for plane in planes)
    grey = (luma - 16) * _FROM_LUMA + (1 << 15)
    blue, red = blue - 128, red - 128
    rgb = np.stack(
        [
            grey + red * _RED_FROM_RED,
            grey - blue * _GREEN_FROM_BLUE - red * _GREEN_FROM_RED,
            grey + blue * _BLUE_FROM_BLUE,
        ],
        axis=-1,
    )
    return Images.fromarray(np.clip(rgb >> 16, 0, 255).astype(np.uint8), "RGB")


def dimmed(raw: bytes, luma_size: int, level: int, levels: int) -> bytes:
    """A raw 4:2:0 picture brought to `level`/`levels` of its brightness; level 0 is black.

    `luma_size` is the number of bytes of the Y plane, which comes first.
    """
    bright = _dimming(16, level, levels)
    colour = _dimming(128, level, levels)
    return raw[:luma_size].translate(bright) + raw[luma_size:].translate(colour)


def _dimming(black: int, level: int, levels: int) -> bytes:
    """What becomes of each of the 256 values."""
    return bytes(black + (value - black) * level // levels for value in range(256))


def _weighted(
    colours: Sequence[NDArray[Any]], weights: tuple[int, int, int], base: int, shift: int = 16
) -> NDArray[Any]:
    import numpy as np

    total = colours[0] * weights[0]
    for colour, weight in zip(colours[1:], weights[1:], strict=True):
        total += colour * weight
    total += (base << shift) + (1 << (shift - 1))
    total >>= shift
    clipped: NDArray[Any] = np.clip(total, 0, 255).astype(np.uint8)
    return clipped
