"""Cut-outs of the show's own: one picture of a whole person, upright, for everything they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renderers.plates.palette import darker, light_of
from renderers.plates.people.looks import look_of
from renderers.plates.people.people_light import cast_shadow, in_light, sheet_over
from renderers.plates.people.poses import pose_of
from renderers.plates.people.staging import Place
from renderers.plates.people.stature import STANDING, cutout_of
from renderers.plates.setting import PictureFrame

if TYPE_CHECKING:
    from PIL.Image import Image

SHAPES_FROM_BEHIND = 5
"""Across a cut-out seen from behind no more shapes than this are told apart: hair, coat, arm."""

BACK_LIGHT_PERMILLE = 260
"""How much of its own colours it keeps."""


def paste_cutout(frame: PictureFrame, image: Image, place: Place, plate: Image) -> None:
    """A cut-out with its feet on the ground, or cropped by the frame in a closer framing; along
    the ground for someone who lies. What they hold is not drawn: nobody knows where a painted
    person has their hands, and a thing before the coat looks pinned to it."""
    from PIL import Image as Images

    who, spec = place.character, frame.spec
    box = plate.getbbox(alpha_only=True) if plate.mode == "RGBA" else None
    figure = plate.crop(box) if box else plate
    whole = figure.mode == "RGBA"
    if whole and place.turn < 0:
        # Cut-outs look to the viewer's right as painted; on the right they look back inside.
        figure = figure.transpose(Images.Transpose.FLIP_LEFT_RIGHT)
    at = cutout_of(look_of(who.id, spec.look(who.id)), place, spec.framing, len(spec.characters))
    height = max(1, int(at.tall * frame.unit))
    width = max(1, height * figure.width // figure.height)
    limit = int((frame.half if whole else place.head) * 2 * frame.unit)
    if width > limit > 0:
        width, height = limit, max(1, limit * figure.height // figure.width)
    top = int(at.top * frame.unit + frame.top)
    if spec.framing in STANDING:
        top = int(place.ground * frame.unit + frame.top) - height
    left = int(place.x * frame.unit + frame.left) - width // 2
    scaled = figure.resize((width, height), Images.Resampling.BICUBIC)
    if not whole:
        image.paste(scaled.convert("RGB"), (left, top))
        return
    lies = pose_of(who.pose).lies
    if spec.framing in STANDING or lies:
        cast_shadow(sheet_over(frame, image), place)
    if lies:
        scaled, (left, top) = _laid_down(frame, place, scaled)
    lit = in_light(frame, scaled.convert("RGB"), near=place.near)
    if place.near:
        lit = from_behind(frame, lit)
    image.paste(lit, (left, top), scaled)


def _laid_down(frame: PictureFrame, place: Place, figure: Image) -> tuple[Image, tuple[int, int]]:
    """The cut-out on its back, and where it is put: its head at the place, its feet ahead."""
    from PIL import Image as Images

    turns = Images.Transpose.ROTATE_90 if place.turn > 0 else Images.Transpose.ROTATE_270
    laid = figure.transpose(turns)
    crown = int((place.x - place.turn * place.head * 0.55) * frame.unit + frame.left)
    left = crown if place.turn > 0 else crown - laid.width
    return laid, (left, int(place.ground * frame.unit + frame.top) - laid.height)


def from_behind(frame: PictureFrame, figure: Image) -> Image:
    """A cut-out as someone close to the camera and out of focus with their back to it: it was
    painted from the front, so that only its large shapes may be seen, and those dimly."""
    from PIL import Image as Images

    across = SHAPES_FROM_BEHIND
    small = (across, max(across * figure.height // figure.width, 1))
    soft = figure.resize(small, Images.Resampling.BOX)
    soft = soft.resize(figure.size, Images.Resampling.BICUBIC)
    shade = darker(light_of(frame.spec.time_of_day).ink, 300)
    return soft.point(
        [
            (value * BACK_LIGHT_PERMILLE + part * (1000 - BACK_LIGHT_PERMILLE)) // 1000
            for part in shade
            for value in range(256)
        ]
    )
