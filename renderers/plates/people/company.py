"""The people on a picture: drawn figures, or cut-outs of the show's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from renderers.plates.ink import Glow, Sheet
from renderers.plates.palette import darker, light_of, lighter
from renderers.plates.pen import FigurePen
from renderers.plates.people.cutouts import paste_cutout
from renderers.plates.people.faces import Face
from renderers.plates.people.figures import draw_figure
from renderers.plates.people.limbs import Body
from renderers.plates.people.looks import look_of
from renderers.plates.people.moods import mood_of
from renderers.plates.people.people_light import cast_shadow, light_on_people, sheet_over
from renderers.plates.people.poses import FEET, pose_of
from renderers.plates.people.staging import Place
from renderers.plates.people.stature import STANDING, stature_of
from renderers.plates.places.vehicles import draw_dashboard
from renderers.plates.setting import LARGEST_DRAWN_PX, PictureFrame, shine
from renderers.plates.theme import ink_of
from renderers.plates.words import is_inside

if TYPE_CHECKING:
    from PIL.Image import Image

    from schemas.digest import Digest

FINE_FACE_PX = 54
"""A head this high in pixels has room for eyes with lids and a modelled nose."""

BACKLIGHT_PERMILLE = 300
"""How much of the light from behind is seen at its middle."""

_EYES_SHUT = frozenset({"face", "praying"})
# How far a figure can reach from the middle of its head, backward and forward, in heads.
_REACHES = {"": (2.6, 3.0), "lying": (1.6, 7.2), "bed": (1.6, 7.2), "propped": (2.6, 4.6)}


def paint_company(
    frame: PictureFrame, image: Image, places: Sequence[Place], images: Callable[[Digest], Image]
) -> Image:
    """The image with everyone on it. It may be the same image or a new one."""
    own = dict(frame.spec.character_images)
    if frame.spec.framing not in {"EWS", "WS"}:
        _light_from_behind(frame, image, places)
    for group in _grouped(places, own):
        if group[0].character.id in own:
            paste_cutout(frame, image, group[0], images(own[group[0].character.id]))
        else:
            image = _draw_figures(frame, image, group)
    return image


def paint_dashboard(frame: PictureFrame, image: Image, places: Sequence[Place]) -> None:
    """The front of a car before the people in it, drawn on the image."""
    ink = darker(light_of(frame.spec.time_of_day).ink, 100)
    sides = tuple(place.x for place in places if not place.near)
    if sides:
        draw_dashboard(sheet_over(frame, image), frame.half, sides, ink)


def _light_from_behind(frame: PictureFrame, image: Image, places: Sequence[Place]) -> None:
    """A soft light behind head and shoulders lifts people off a ground of any colour."""

    sheet = sheet_over(frame, image)
    light = light_of(frame.spec.time_of_day)
    inside = is_inside(frame.spec.setting, frame.spec.place)
    colour = lighter(light.sky_low, 500) if inside or not light.lamps else light.sky_low
    for place in places:
        if place.near or pose_of(place.character.pose).lies:
            continue
        reach = (place.head * 2.2, place.head * 2.6)
        sheet.glows.append(Glow(place.x, place.y + place.head, *reach, colour, BACKLIGHT_PERMILLE))
    shine(image, sheet, 1.0)


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
    if sheet.glows:
        lamps = sheet_over(frame, image)
        lamps.glows.extend(sheet.glows)
        shine(image, lamps, 1.0)
    return image


def _span(frame: PictureFrame, places: Sequence[Place]) -> tuple[int, int]:
    """The columns of pixels that the figures can touch."""
    sides = []
    for place in places:
        back, ahead = _REACHES.get(pose_of(place.character.pose).posture, _REACHES[""])
        ends = (place.x - place.turn * place.head * back, place.x + place.turn * place.head * ahead)
        sides.append(sorted(ends))
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
        cast_shadow(sheet, place)
    at = stature_of(look, place, spec.framing, len(spec.characters))
    head_pen = FigurePen(
        sheet=sheet,
        x=at.head_x,
        y=at.head_y,
        unit=at.head_unit,
        turn=place.turn,
        ink=darker(light.ink, 100),
        tint=light_on_people(frame, light, near=place.near),
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
