"""The background of a picture: an own plate, or a set drawn for the place and its light."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from renderers.plates.choice import Chooser
from renderers.plates.ink import Glow, Sheet
from renderers.plates.palette import light_of, palette_of, tones_of
from renderers.plates.people.staging import background_view
from renderers.plates.places.backdrop import Backdrop
from renderers.plates.places.exteriors import draw_exterior
from renderers.plates.places.interiors import draw_interior
from renderers.plates.places.limbo import draw_limbo
from renderers.plates.places.vehicles import draw_car_seats
from renderers.plates.slate import paint_slate
from renderers.plates.theme import ink_of, on_paper
from renderers.plates.words import is_inside, is_limbo, kind_of_place

if TYPE_CHECKING:
    from PIL.Image import Image

    from renderers.plates.picture import PictureSpec
    from schemas.digest import Digest

LARGEST_DRAWN_PX = 5760
"""A canvas longer than this is drawn smaller and enlarged: its lines stay smooth."""

# Framing: how many pixels the background behind it is out of focus, in 1/1000 of the height, and
# how much of its contrast it loses.
_SOFTNESS = {"MS": (3, 60), "MCU": (6, 130), "CU": (9, 190), "ECU": (13, 240), "MLS": (0, 30)}


@dataclass(frozen=True, slots=True)
class PictureFrame:
    """A spec with its units: one unit is `unit` pixels, (0, 0) is the middle of the safe frame's
    upper edge, and the safe frame is 1000 high and twice `half` wide."""

    spec: PictureSpec
    unit: float
    half: float
    left: float
    top: float

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return (self.spec.width, self.spec.height)


def paint_title_ground(frame: PictureFrame, lines: tuple[str, ...]) -> Image:
    """The ground of a title card, without letters."""
    sheet = _sheet(frame, zoom=1.0, middle=(0.0, 500.0), fine=True)
    paint_slate(sheet, frame.half, lines)
    return _vignetted(on_paper(_to_size(sheet.image, frame.size), sheet.ink))


def paint_background(frame: PictureFrame, images: Callable[[Digest], Image]) -> Image:
    """The place, without people; an own plate fills the frame without being stretched."""
    spec = frame.spec
    soft_permille, soften = _SOFTNESS.get(spec.framing, (0, 0))
    if spec.background is not None:
        return _own_background(frame, images(spec.background).convert("RGB"), soft_permille)
    zoom, aim, height = background_view(spec.framing, spec.characters)
    sheet = _sheet(frame, zoom, (aim * frame.half, height), fine=not soft_permille)
    _draw_place(frame, sheet, soften)
    image = sheet.image
    if soft_permille:
        image = _softened(image.reduce(max(2, spec.height * soft_permille // 1000)))
    image = _to_size(image, frame.size)
    shine(image, sheet, image.width / sheet.image.width)
    return _vignetted(on_paper(image, sheet.ink))


def _own_background(frame: PictureFrame, plate: Image, soft_permille: int) -> Image:
    """An own plate behind the people: like a drawn set, a closer framing sees a part of it."""
    spec = frame.spec
    zoom, aim, _ = background_view(spec.framing, spec.characters)
    # Half of the drawn sets' zoom: a painting has its own composition, and only so many pixels.
    zoom = 1.0 if spec.framing in {"EWS", "TITLE"} else 1.0 + (zoom - 1.0) * 0.5
    if zoom > 1.0:
        width, height = int(plate.width / zoom), int(plate.height / zoom)
        left = int((plate.width - width) * (1 + aim) / 2)
        # A little above the middle, where the faces are.
        top = (plate.height - height) * 42 // 100
        plate = plate.crop((left, top, left + width, top + height))
    if not soft_permille:
        return covered(plate, frame.size)
    # Out of focus: made small at once, which is cheaper than to make it large first.
    part = max(2, spec.height * soft_permille // 1600)
    small = (-(-spec.width // part), -(-spec.height // part))
    return _to_size(_softened(covered(plate, small)), frame.size)


def is_manned_car(spec: PictureSpec) -> bool:
    """Whether people are in a car that is drawn: then the camera looks at them from its front."""
    inside = is_inside(spec.setting, spec.place)
    drawn = spec.background is None and bool(spec.characters)
    return drawn and inside and kind_of_place(spec.place, inside=True) == "car"


def _draw_place(frame: PictureFrame, sheet: Sheet, soften: int) -> None:
    spec = frame.spec
    subject = spec.location_id or spec.place or "nowhere"
    inside = is_inside(spec.setting, spec.place)
    light = light_of(spec.time_of_day)
    backdrop = Backdrop(
        sheet=sheet,
        tones=tones_of(palette_of(subject), light, inside=inside, soften_permille=soften),
        light=light,
        choose=Chooser(subject),
        half=frame.half,
    )
    if is_limbo(spec.setting, spec.place):
        draw_limbo(backdrop, spec.place)
        return
    if is_manned_car(spec):
        draw_car_seats(backdrop)
        return
    kind = kind_of_place(spec.place, inside=inside)
    wide = spec.framing in {"EWS", "WS"}
    (draw_interior if inside else draw_exterior)(backdrop, kind, wide=wide)


def _sheet(frame: PictureFrame, zoom: float, middle: tuple[float, float], *, fine: bool) -> Sheet:
    """An empty sheet that looks at part of the set; a `fine` one has twice the pixels."""
    from PIL import Image as Images
    from PIL import ImageDraw

    width, height = frame.size
    longest = max(width, height)
    if fine and longest * 2 <= LARGEST_DRAWN_PX:
        size, factor = (width * 2, height * 2), 2.0
    elif longest > LARGEST_DRAWN_PX:
        size = (width * LARGEST_DRAWN_PX // longest, height * LARGEST_DRAWN_PX // longest)
        factor = LARGEST_DRAWN_PX / longest
    else:
        size, factor = (width, height), 1.0
    image = Images.new("RGB", size)
    scale = frame.unit * factor * zoom
    return Sheet(
        image=image,
        draw=ImageDraw.Draw(image),
        scale=scale,
        left=frame.left * factor - middle[0] * scale,
        top=(frame.top + 500 * frame.unit) * factor - middle[1] * scale,
        ink=ink_of(frame.spec.theme),
    )


def _to_size(image: Image, size: tuple[int, int]) -> Image:
    from PIL import Image as Images

    if image.size == size:
        return image
    if image.width == size[0] * 2 and image.height == size[1] * 2:
        return image.reduce(2)
    return image.resize(size, Images.Resampling.BICUBIC)


def covered(image: Image, size: tuple[int, int]) -> Image:
    """The image scaled and cropped to fill a size, its middle kept, nothing stretched."""
    from PIL import Image as Images

    width, height = size
    # The part of the source with the wanted shape, in whole pixels.
    part_width = min(image.width, max(1, image.height * width // height))
    part_height = min(image.height, max(1, image.width * height // width))
    left, top = (image.width - part_width) // 2, (image.height - part_height) // 2
    box = (left, top, left + part_width, top + part_height)
    if (part_width, part_height) == size:
        return image.crop(box)
    # Bicubic needs only the four basic operations; Lanczos would ask the maths library for sines.
    return image.resize(size, Images.Resampling.BICUBIC, box=box)


def shine(image: Image, sheet: Sheet, ratio: float) -> None:
    """Lay the sheet's glows over an image that is `ratio` times as large as the sheet."""
    for glow in sheet.glows:
        _shine_one(image, sheet, glow, ratio)


def _shine_one(image: Image, sheet: Sheet, glow: Glow, ratio: float) -> None:
    from PIL import Image as Images

    x, y = sheet.at((glow.x, glow.y))
    reach_x = max(2, int(glow.radius_x * sheet.scale * ratio))
    reach_y = max(2, int(glow.radius_y * sheet.scale * ratio))
    left, top = int(x * ratio) - reach_x, int(y * ratio) - reach_y
    box = (max(0, left), max(0, top), min(image.width, left + 2 * reach_x),
           min(image.height, top + 2 * reach_y))  # fmt: skip
    if box[2] <= box[0] or box[3] <= box[1]:
        return
    disc = _disc(glow.strength_permille)
    # Where the visible part of the light lies on the small disc.
    scale_x, scale_y = disc.width / (2 * reach_x), disc.height / (2 * reach_y)
    part = ((box[0] - left) * scale_x, (box[1] - top) * scale_y,
            (box[2] - left) * scale_x, (box[3] - top) * scale_y)  # fmt: skip
    veil = disc.resize((box[2] - box[0], box[3] - box[1]), Images.Resampling.BILINEAR, box=part)
    image.paste(sheet.ink.tone(glow.colour), box, veil)


def _softened(image: Image) -> Image:
    """The image blurred over three pixels (1, 2, 1 in both directions), in whole numbers."""
    import numpy as np
    from PIL import Image as Images

    part = np.asarray(image).astype(np.uint16)
    for axis in (0, 1):
        edge = [(1, 1) if axis == each else (0, 0) for each in (0, 1, 2)]
        wide = np.pad(part, edge, mode="edge")
        size = part.shape[axis]
        first, middle, last = (wide.take(range(k, k + size), axis=axis) for k in (0, 1, 2))
        part = (first + 2 * middle + last + 2) // 4
    return Images.fromarray(part.astype(np.uint8))


def _disc(strength_permille: int) -> Image:
    """A round light that fades out, small: it is enlarged where it is used."""
    import numpy as np
    from PIL import Image as Images

    side = np.arange(-32, 32, dtype=np.int32) * 2 + 1
    away = np.minimum(side[:, None] ** 2 + side[None, :] ** 2, 4096)
    near = 4096 - away
    # (1 - r^2)^2, which has no edge, in whole numbers.
    light = (near.astype(np.int64) ** 2 * (strength_permille * 255)) // (4096 * 4096 * 1000)
    return Images.fromarray(light.astype(np.uint8))


def _vignetted(image: Image) -> Image:
    """The picture a little darker towards its corners, which leads the eye inside."""
    from PIL import ImageChops

    return ImageChops.multiply(image, _corner_shade(image.size))


@lru_cache(maxsize=4)
def _corner_shade(size: tuple[int, int]) -> Image:
    import numpy as np
    from PIL import Image as Images

    side = np.arange(-16, 16, dtype=np.int32) * 2 + 1
    away = side[:, None] ** 2 + side[None, :] ** 2
    shade = 255 - np.maximum(away - 620, 0) * 46 // 1428
    full = Images.fromarray(shade.astype(np.uint8)).resize(size, Images.Resampling.BICUBIC)
    return Images.merge("RGB", (full, full, full))
