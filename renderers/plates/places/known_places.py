"""Places painted a moment ago: the shots of a talk look at the same wall again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from renderers.plates.people.staging import background_view
from renderers.plates.setting import PictureFrame, is_manned_car, paint_background

if TYPE_CHECKING:
    from PIL.Image import Image

    from schemas.digest import Digest

# Some twenty pictures of 720p, or two of 2160p.
_KEPT_BYTES: Final = 64 << 20
_BYTES_PER_PIXEL: Final = 3

_guard = threading.Lock()
# What was painted, and the own plate it was made from.
_painted: OrderedDict[tuple[Any, ...], tuple[Image, Image | None]] = OrderedDict()


def known_background(frame: PictureFrame, images: Callable[[Digest], Image]) -> Image:
    """As `paint_background`, which paints nothing that was painted just before; a copy to draw on.

    People count only for where they make the camera look, and words not at all.
    """
    digest = frame.spec.background
    plate = images(digest) if digest is not None else None
    key = _seen(frame)
    with _guard:
        image, made_from = _painted.get(key, (None, None))
        if image is not None:
            _painted.move_to_end(key)
    if image is None or made_from is not plate:
        image = paint_background(frame, lambda again: plate or images(again))
        with _guard:
            _painted[key] = image, plate
            while len(_painted) > 1 and sum(_bytes(each) for each, _ in _painted.values()) > (
                _KEPT_BYTES
            ):
                _painted.popitem(last=False)
    return image.copy()


def _seen(frame: PictureFrame) -> tuple[Any, ...]:
    spec = frame.spec
    bare = replace(
        spec, characters=(), character_images=(), looks=(), action_beat="", title_lines=(), tag=""
    )
    return bare, background_view(spec.framing, spec.characters), is_manned_car(spec)


def _bytes(image: Image) -> int:
    return image.width * image.height * _BYTES_PER_PIXEL
