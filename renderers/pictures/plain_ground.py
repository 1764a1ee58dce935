"""A figure cut out of a picture that was taken or made before a plain ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

# A ground is plain when its edge pixels differ by less than this from their middle value, and
# nine tenths of them do. In steps of 255.
_PLAIN_STEPS: Final = 40
_PLAIN_PERMILLE: Final = 900
# What is no farther from the ground's colour is ground, where it hangs together with the edge.
_GROUND_STEPS: Final = 24
# An edge is mixed from ground and figure over a pixel or two.
_EDGE_WINDOW: Final = 5
# Which parts of the ground hang together with the edge is found on a smaller picture.
_COARSE_SIDE: Final = 256
_LEAST_FIGURE_PERMILLE, _MOST_FIGURE_PERMILLE = 20, 950


def cut_out(picture: Image) -> Image | None:
    """The figure with exact transparency around it, RGBA, cropped to it; None without a plain
    ground to cut it from.

    Only what hangs together with the picture's edge is taken away: a white shirt before a white
    wall keeps its middle.
    """
    import numpy as np
    from PIL import Image as Images

    colours = np.asarray(picture.convert("RGB")).astype(np.int32)
    rim = np.concatenate([colours[0], colours[:, 0], colours[:, -1]])
    ground = np.median(rim, axis=0).astype(np.int32)
    plain = (np.abs(rim - ground).max(axis=1) < _PLAIN_STEPS).sum()
    if plain * 1000 < len(rim) * _PLAIN_PERMILLE:
        return None
    apart = np.abs(colours - ground).max(axis=2)
    outside = _joined_to_edge(apart < _GROUND_STEPS)
    alpha = _alpha(apart, outside)
    figure = int((alpha > 127).sum()) * 1000 // alpha.size
    if not _LEAST_FIGURE_PERMILLE <= figure <= _MOST_FIGURE_PERMILLE:
        return None
    own = _without_ground(colours, ground, alpha)
    whole = np.concatenate([own, alpha[..., None]], axis=2).astype(np.uint8)
    cut = Images.fromarray(whole, "RGBA")
    return cut.crop(cut.getchannel("A").getbbox())


def _alpha(apart: NDArray[Any], outside: NDArray[Any]) -> NDArray[Any]:
    """Clear outside, solid inside; at the edge, how far a pixel has come from the ground towards
    the figure's own colour beside it."""
    import numpy as np
    from PIL import Image as Images
    from PIL import ImageFilter

    around = Images.fromarray(np.minimum(apart, 255).astype(np.uint8))
    own = np.asarray(around.filter(ImageFilter.MaxFilter(_EDGE_WINDOW))).astype(np.int32)
    edge = outside
    for _ in range(_EDGE_WINDOW // 2):
        edge = _spread(edge)
    mixed = np.minimum(apart * 255 // np.maximum(own, 1), 255)
    return np.where(outside, 0, np.where(edge, mixed, 255)).astype(np.int32)


def _without_ground(
    colours: NDArray[Any], ground: NDArray[Any], alpha: NDArray[Any]
) -> NDArray[Any]:
    """The colours with what shone through from the ground taken out of them again."""
    import numpy as np

    solid = np.maximum(alpha, 1)[..., None]
    own: NDArray[Any] = np.clip((colours * 255 - ground * (255 - solid)) // solid, 0, 255)
    return own


def _joined_to_edge(mask: NDArray[Any]) -> NDArray[Any]:
    """Which pixels that look like ground hang together with the top or a side of the picture."""
    import numpy as np
    from PIL import Image as Images

    image = Images.fromarray((mask * 255).astype(np.uint8))
    scale = max(1, -(-max(image.size) // _COARSE_SIDE))
    small = np.asarray(image.reduce(scale)) > 127
    reached = np.zeros_like(small)
    reached[0], reached[:, 0], reached[:, -1] = small[0], small[:, 0], small[:, -1]
    while True:
        spread = _spread(reached) & small
        if (spread == reached).all():
            break
        reached = spread
    # Two coarse pixels more, for what the smaller picture blurred; `mask` bounds it again.
    reached = _spread(_spread(reached))
    large = np.kron(reached, np.ones((scale, scale), dtype=bool))
    joined: NDArray[Any] = large[: mask.shape[0], : mask.shape[1]] & mask
    return joined


def _spread(reached: NDArray[Any]) -> NDArray[Any]:
    wider = reached.copy()
    wider[1:] |= reached[:-1]
    wider[:-1] |= reached[1:]
    wider[:, 1:] |= reached[:, :-1]
    wider[:, :-1] |= reached[:, 1:]
    return wider
