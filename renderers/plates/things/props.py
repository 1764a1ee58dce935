"""The show's own props: on the ground of a wide shot, or large where nobody is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from renderers.plates.people.people_light import in_light
from renderers.plates.setting import PictureFrame

if TYPE_CHECKING:
    from PIL.Image import Image

    from schemas.digest import Digest

# Heights and the ground in 1/1000 of the safe frame's height. A prop in a wide shot reaches to a
# person's knee; without people, and closer than a wide shot, it is what the shot is about.
_WIDE_HEIGHT: Final = 150
_WIDE_GROUND: Final = 846
_LARGE_HEIGHT: Final = 470
_LARGE_GROUND: Final = 740
# An insert is of nothing else.
_INSERT_HEIGHT: Final = 620
_INSERT_GROUND: Final = 742
_WIDE: Final = frozenset({"EWS", "WS"})


def paint_props(frame: PictureFrame, image: Image, images: Callable[[Digest], Image]) -> Image:
    """The image with the spec's props on it, side by side, each in the light of the time of day."""
    props = frame.spec.props
    wide = frame.spec.framing in _WIDE
    height = _WIDE_HEIGHT if wide else _LARGE_HEIGHT
    ground = _WIDE_GROUND if wide else _LARGE_GROUND
    if frame.spec.insert:
        height, ground = _INSERT_HEIGHT, _INSERT_GROUND
    slot = frame.half * (0.5 if wide else 1.7) / max(len(props), 1)
    first = _middle(frame, wide) - slot * (len(props) - 1) / 2
    for number, (_, digest) in enumerate(props):
        _paste(frame, image, images(digest), (first + slot * number, ground, height, slot))
    return image


def _middle(frame: PictureFrame, wide: bool) -> float:
    """Beside a single person, on the side they look to; between two, and alone, in the middle."""
    sides = {who.side for who in frame.spec.characters}
    if not wide or len(sides) != 1:
        return 0.0
    return frame.half * {"left": 0.1, "center": 0.34, "right": -0.1}[next(iter(sides))]


def _paste(
    frame: PictureFrame, image: Image, plate: Image, at: tuple[float, float, float, float]
) -> None:
    """One prop: `at` is its middle, its ground, its height and the width it may take, in units."""
    from PIL import Image as Images

    x, ground, tall, room = at
    box = plate.getbbox(alpha_only=True) if plate.mode == "RGBA" else None
    thing = plate.crop(box) if box else plate
    height = max(1, int(tall * frame.unit))
    width = max(1, height * thing.width // thing.height)
    widest = max(1, int(room * 0.92 * frame.unit))
    if width > widest:
        width, height = widest, max(1, widest * thing.height // thing.width)
    scaled = thing.resize((width, height), Images.Resampling.BICUBIC)
    left = int(x * frame.unit + frame.left) - width // 2
    top = int(ground * frame.unit + frame.top) - height
    mask = scaled if scaled.mode == "RGBA" else None
    image.paste(in_light(frame, scaled.convert("RGB")), (left, top), mask)
