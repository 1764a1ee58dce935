"""Where the faces of a picture are, without drawing it."""

from __future__ import annotations

from dataclasses import dataclass

from renderers.plates.people.looks import look_of
from renderers.plates.people.poses import UPRIGHT, pose_of
from renderers.plates.people.staging import Frame, Place, stage
from renderers.plates.people.stature import cutout_of, stature_of
from renderers.plates.picture import PictureSpec, frame_of
from renderers.plates.setting import PictureFrame

# From the brows to the chin and from ear to ear of a head that is 100 high.
_BROW, _CHIN, _EAR = -26, 51, 40

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class FaceBox:
    """The face of a character, from the brows to the chin: left, top, right, bottom in pixels of
    the canvas, not cropped by its edges."""

    character_id: str
    box: Box


def face_boxes(spec: PictureSpec) -> tuple[FaceBox, ...]:
    """The faces of everyone who is not seen from behind, farthest first. The same for a drawn
    figure and for a cut-out, which is set where the figure would be."""
    if spec.framing == "TITLE":
        return ()
    frame = frame_of(spec)
    places = stage(Frame(frame.spec.framing, frame.half), frame.spec.characters)
    return tuple(
        FaceBox(place.character.id, _box(frame, place))
        for place in places
        if not place.near and not _from_behind(place)
    )


def _from_behind(place: Place) -> bool:
    pose = pose_of(place.character.pose)
    return pose.is_away or (pose.gesture == "turned" and pose.posture in UPRIGHT)


def _box(frame: PictureFrame, place: Place) -> Box:
    x, unit, y = place.x, place.head / 100, place.y
    spec = frame.spec
    lies = pose_of(place.character.pose).lies
    look = look_of(place.character.id, spec.look(place.character.id))
    if place.character.id not in dict(spec.character_images):
        at = stature_of(look, place, spec.framing, len(spec.characters))
        x, unit, y = at.head_x, at.head_unit, at.head_y
    elif not lies:
        y = cutout_of(look, place, spec.framing, len(spec.characters)).eyes
    box = (x - _EAR * unit, y + _BROW * unit, x + _EAR * unit, y + _CHIN * unit)
    if lies:
        ends = sorted((x + place.turn * _BROW * unit, x + place.turn * _CHIN * unit))
        box = (ends[0], y - _EAR * unit, ends[1], y + _EAR * unit)
    return (
        int(box[0] * frame.unit + frame.left),
        int(box[1] * frame.unit + frame.top),
        int(box[2] * frame.unit + frame.left) + 1,
        int(box[3] * frame.unit + frame.top) + 1,
    )
