"""The light on people and their own things, and the shadow that they cast."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from renderers.plates.ink import Colour, Sheet
from renderers.plates.palette import Light, light_of, mix
from renderers.plates.people.poses import UPRIGHT, pose_of
from renderers.plates.people.staging import Place
from renderers.plates.setting import PictureFrame
from renderers.plates.theme import PLAIN, ink_of
from renderers.plates.words import is_inside

if TYPE_CHECKING:
    from PIL.Image import Image

CUTOUT_TINT_PERMILLE = 620
"""How much of the light's tint an own cut-out takes: painted art has some light of its own."""


def sheet_over(frame: PictureFrame, image: Image) -> Sheet:
    """A sheet to draw on an image of the picture's size, in its units."""
    from PIL import ImageDraw

    draw, ink = ImageDraw.Draw(image), ink_of(frame.spec.theme)
    return Sheet(image, draw, frame.unit, frame.left, frame.top, ink=ink)


def light_on_people(frame: PictureFrame, light: Light, *, near: bool) -> Colour:
    """The light on people, each channel in 1/1000."""
    if near:
        # Someone close to the camera with their back to it stands outside the light.
        return (620, 600, 640)
    inside = is_inside(frame.spec.setting, frame.spec.place)
    return (900, 815, 755) if inside and light.lamps else light.people_permille


def cast_shadow(sheet: Sheet, place: Place) -> None:
    """The shadow at someone's feet, or along the body, in the colour of the ground there."""
    at, wide = (place.x + place.head * 0.16, place.ground), 0.98
    pose = pose_of(place.character.pose)
    if pose.lies:
        at, wide = (place.x + place.turn * place.head * 2.6, place.ground), 3.5
    elif pose.posture not in UPRIGHT:
        at, wide = (place.x + place.turn * place.head * 0.2, place.ground), 1.3
    x, y = sheet.at(at)
    x = min(max(x, 0), sheet.image.width - 1)
    y = min(max(y + 4, 0), sheet.image.height - 1)
    ground = sheet.image.getpixel((x, y))
    if isinstance(ground, tuple):
        tone = mix((ground[0], ground[1], ground[2]), (30, 22, 40), 330)
        # The ground has the colours of the theme already.
        plain = replace(sheet, ink=PLAIN)
        plain.oval(at, place.head * wide, place.head * 0.16, tone)


def in_light(frame: PictureFrame, figure: Image, *, near: bool = False) -> Image:
    """A cut-out in the light of the time of day, each channel scaled."""
    tint = light_on_people(frame, light_of(frame.spec.time_of_day), near=near)
    keep = [1000 - (1000 - min(part, 1000)) * CUTOUT_TINT_PERMILLE // 1000 for part in tint]
    return figure.point([value * part // 1000 for part in keep for value in range(256)])
