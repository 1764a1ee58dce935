"""RGB pictures to the planes an encoder takes, in integers (ITU-R BT.709, limited range)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

# BT.709 luma and colour difference weights, scaled by 219/255 and 224/255, times 65536.
_LUMA = (11966, 40254, 4064)
_BLUE = (-6596, -22189, 28784)
_RED = (28784, -26145, -2639)


def planes_of(picture: Image) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Y, U, V of an RGB picture with even sides; U and V averaged over 2 × 2 pixels. uint8."""
    import numpy as np

    rgb = np.asarray(picture.convert("RGB")).astype(np.int32)
    luma = _weighted(rgb, _LUMA, 16)
    # The four pixels of a block are summed first: the weights are linear, so it is the same.
    blocks = rgb[0::2, 0::2] + rgb[0::2, 1::2] + rgb[1::2, 0::2] + rgb[1::2, 1::2]
    blue = _weighted(blocks, _BLUE, 128, shift=18)
    red = _weighted(blocks, _RED, 128, shift=18)
    return luma, blue, red


def dimmed(raw: bytes, luma_size: int, level: int, levels: int) -> bytes:
    """A raw 4:2:0 picture brought to `level`/`levels` of its brightness; level 0 is black.

    `luma_size` is the number of bytes of the Y plane, which comes first.
    """
    import numpy as np

    picture = np.frombuffer(raw, dtype=np.uint8).astype(np.int32)
    black = np.full(picture.shape, 128, dtype=np.int32)
    black[:luma_size] = 16
    return (black + (picture - black) * level // levels).astype(np.uint8).tobytes()


def _weighted(
    rgb: NDArray[Any], weights: tuple[int, int, int], base: int, shift: int = 16
) -> NDArray[Any]:
    import numpy as np

    total: NDArray[Any] = (
        rgb[..., 0] * weights[0] + rgb[..., 1] * weights[1] + rgb[..., 2] * weights[2]
    )
    value = ((total + (1 << (shift - 1))) >> shift) + base
    clipped: NDArray[Any] = np.clip(value, 0, 255).astype(np.uint8)
    return clipped
