"""The people on a picture: drawn figures, or cut-outs of the show's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from renderers.plates.faces import Face
from renderers.plates.figures import draw_figure
from renderers.plates.ink import Colour, Glow, Sheet
from renderers.plates.limbs import Body
from renderers.plates.looks import look_of
from renderers.plates.moods import mood_of
from renderers.plates.palette import Light, darker, light_of, lighter, mix
from renderers.plates.pen import FigurePen
from renderers.plates.poses import FEET, UPRIGHT, pose_of
from renderers.plates.setting import LARGEST_DRAWN_PX, PictureFrame, shine
from renderers.plates.staging import Place
from renderers.plates.stature import STANDING, stature_of
from renderers.plates.theme import PLAIN, ink_of
from renderers.plates.vehicles import draw_dashboard
from renderers.plates.words import is_inside

if TYPE_CHECKING:
    from PIL.Image import Image

    from schemas.digest import Digest

FINE_FACE_PX = 54
"""A head this high in pixels has room for eyes with lids and a modelled nose."""

HEADS_IN_CUTOUT = 6.4
"""A cut-out shows a whole person and gets the height of a drawn one."""

BACKLIGHT_PERMILLE = 300
"""How much of the light from behind is seen at its middle."""

CUTOUT_TINT_PERMILLE = 620
"""How much of the light's tint an own cut-out takes: painted art has some light of its own."""


_EYES_SHUT = frozenset({"face", "praying"})
# How far a figure can reach from the middle of its head, backward and forward, in heads.
_STANDING_HEADS = (2.6, 3.0)
_LYING_HEADS = (1.6, 7.2)

SHAPES_FROM_BEHIND = 5
"""Across a cut-out seen from behind no more shapes than this are told apart: hair, coat, arm."""

BACK_LIGHT_PERMILLE = 260
"""How much of its own colours it keeps."""


def paint_company(
    frame: PictureFrame, image: Image, places: Sequence[Place], images: Callable[[Digest], Image]
) -> Image:
    """The image with everyone on it. It may be the same image or a new one."""
    own = dict(frame.spec.character_images)
    if frame.spec.framing not in {"EWS", "WS"}:
        _light_from_behind(frame, image, places)
    for group in _grouped(places, own):
        if group[0].character.id in own:
            _paste_cutout(frame, image, group[0], images(own[group[0].character.id]))
        else:
            image = _draw_figures(frame, image, group)
    return image


def paint_dashboard(frame: PictureFrame, image: Image, places: Sequence[Place]) -> None:
    """The front of a car before the people in it, drawn on the image."""
    ink = darker(light_of(frame.spec.time_of_day).ink, 100)
    sides = tuple(place.x for place in places if not place.near)
    if sides:
        draw_dashboard(_sheet_over(frame, image), frame.half, sides, ink)


def _light_from_behind(frame: PictureFrame, image: Image, places: Sequence[Place]) -> None:
    """A soft light behind head and shoulders lifts people off a ground of any colour."""

    sheet = _sheet_over(frame, image)
    light = light_of(frame.spec.time_of_day)
    inside = is_inside(frame.spec.setting, frame.spec.place)
    colour = lighter(light.sky_low, 500) if inside or not light.lamps else light.sky_low
    for place in places:
        if place.near or pose_of(place.character.pose).lies:
            continue
        reach = (place.head * 2.2, place.head * 2.6)
        sheet.glows.append(Glow(place.x, place.y + place.head, *reach, colour, BACKLIGHT_PERMILLE))
    shine(image, sheet, 1.0)


def _sheet_over(frame: PictureFrame, image: Image) -> Sheet:
    from PIL import ImageDraw

    draw, ink = ImageDraw.Draw(image), ink_of(frame.spec.theme)
    return Sheet(image, draw, frame.unit, frame.left, frame.top, ink=ink)


def _grouped(places: Sequence[Place], own: dict[str, Digest]) -> list[list[Place]]:
    """Neighbours in depth that can be drawn in one go; a cut-out is alone."""
    groups: list[list[Place]] = []
    for place in places:
        alone = place.character.id in own
        if groups and not alone and groups[-1][0].character.id not in own:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _draw_figures(frame: PictureFrame, image: Image, places: Sequence[Place]) -> Image:
    """Figures drawn on the picture at twice its size and reduced, which smooths their lines and
    leaves every other pixel as it was."""
    from PIL import Image as Images
    from PIL import ImageDraw

    factor = 2 if max(image.size) * 2 <= LARGEST_DRAWN_PX else 1
    left, right = _span(frame, places)
    part = image.crop((left, 0, right, image.height))
    if factor == 2:
        part = part.resize((part.width * 2, part.height * 2), Images.Resampling.NEAREST)
    sheet = Sheet(
        image=part,
        draw=ImageDraw.Draw(part),
        scale=frame.unit * factor,
        left=(frame.left - left) * factor,
        top=frame.top * factor,
        ink=ink_of(frame.spec.theme),
    )
    for place in places:
        _draw_one(frame, sheet, place)
    image.paste(part.reduce(2) if factor == 2 else part, (left, 0))
    return image


def _span(frame: PictureFrame, places: Sequence[Place]) -> tuple[int, int]:
    """The columns of pixels that the figures can touch."""
    reach = {True: _LYING_HEADS, False: _STANDING_HEADS}
    lie = [pose_of(place.character.pose).lies for place in places]
    sides = [
        sorted(
            (place.x - place.turn * place.head * back, place.x + place.turn * place.head * ahead)
        )
        for place, (back, ahead) in zip(places, map(reach.__getitem__, lie), strict=True)
    ]
    left = min(side[0] for side in sides) * frame.unit + frame.left
    right = max(side[1] for side in sides) * frame.unit + frame.left
    width = frame.spec.width
    low = min(max(int(left), 0), width - 1)
    return low, min(max(int(right) + 1, low + 1), width)


def _draw_one(frame: PictureFrame, sheet: Sheet, place: Place) -> None:
    spec = frame.spec
    light = light_of(spec.time_of_day)
    who = place.character
    look = look_of(who.id, spec.look(who.id))
    head_px = place.head * frame.unit
    pose = pose_of(who.pose)
    if spec.framing in STANDING or pose.lies:
        _shadow(sheet, place)
    at = stature_of(look, place, spec.framing, len(spec.characters))
    head_pen = FigurePen(
        sheet=sheet,
        x=at.head_x,
        y=at.head_y,
        unit=at.head_unit,
        turn=place.turn,
        ink=darker(light.ink, 100),
        tint=_tint(frame, light, near=place.near),
        width=3.0 if head_px < FINE_FACE_PX else 2.3,
        lying=at.lying,
    )
    pen = replace(head_pen, x=at.body_x, y=at.body_y, unit=at.body_unit, lean=at.lean)
    bottom = (spec.height - frame.top) / frame.unit
    reach = FEET if at.lying else (bottom - at.body_y) / at.body_unit
    mood = mood_of(who.expression)
    if pose.gesture in _EYES_SHUT:
        mood = replace(mood, eye=0.0, marks=mood.marks - {"merry"})
    face = Face(look, mood, who.speaking, head_px >= FINE_FACE_PX)
    draw_figure(pen, head_pen, Body(look, face, pose, reach, who.holding))


def _tint(frame: PictureFrame, light: Light, *, near: bool) -> Colour:
    if near:
        # Someone close to the camera with their back to it stands outside the light.
        return (620, 600, 640)
    inside = is_inside(frame.spec.setting, frame.spec.place)
    return (900, 815, 755) if inside and light.lamps else light.people_permille


def _shadow(sheet: Sheet, place: Place) -> None:
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


def _paste_cutout(frame: PictureFrame, image: Image, place: Place, plate: Image) -> None:
    """A cut-out with its feet on the ground, or cropped by the frame in a closer framing."""
    from PIL import Image as Images

    # A cut-out is a picture of somebody standing, whatever they are said to do.
    tall_units = place.head * HEADS_IN_CUTOUT
    if frame.spec.framing not in {"EWS", "WS"}:
        tall_units = place.head * HEADS_IN_CUTOUT
    box = plate.getbbox(alpha_only=True) if plate.mode == "RGBA" else None
    figure = plate.crop(box) if box else plate
    if figure.mode == "RGBA" and place.turn < 0:
        # Cut-outs look to the viewer's right as painted; on the right they look back inside.
        figure = figure.transpose(Images.Transpose.FLIP_LEFT_RIGHT)
    height = max(1, int(tall_units * frame.unit))
    width = max(1, height * figure.width // figure.height)
    limit = (
        int(frame.half * 2 * frame.unit)
        if figure.mode == "RGBA"
        else int(place.head * 2 * frame.unit)
    )
    if width > limit > 0:
        width, height = limit, max(1, limit * figure.height // figure.width)
    top = int((place.y - place.head * 0.55) * frame.unit + frame.top)
    if frame.spec.framing in {"EWS", "WS"}:
        top = int(place.ground * frame.unit + frame.top) - height
    left = int(place.x * frame.unit + frame.left) - width // 2
    scaled = figure.resize((width, height), Images.Resampling.BICUBIC)
    if scaled.mode != "RGBA":
        image.paste(scaled.convert("RGB"), (left, top))
        return
    if frame.spec.framing in {"EWS", "WS"}:
        _cutout_shadow(frame, image, place)
    lit = in_light(frame, scaled.convert("RGB"), near=place.near)
    if place.near:
        lit = from_behind(frame, lit)
    image.paste(lit, (left, top), scaled)


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


def in_light(frame: PictureFrame, figure: Image, *, near: bool = False) -> Image:
    """A cut-out in the light of the time of day, each channel scaled."""
    tint = _tint(frame, light_of(frame.spec.time_of_day), near=near)
    keep = [1000 - (1000 - min(part, 1000)) * CUTOUT_TINT_PERMILLE // 1000 for part in tint]
    return figure.point([value * part // 1000 for part in keep for value in range(256)])


def _cutout_shadow(frame: PictureFrame, image: Image, place: Place) -> None:

    sheet = _sheet_over(frame, image)
    _shadow(sheet, place)
