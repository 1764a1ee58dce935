"""Captions keep clear of faces: one that would stand on a face in a close-up goes to the top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from renderers.captions.ass import text_box
from renderers.captions.cue import Cue
from renderers.pictures.motion import CameraPath, Window, canvas_size
from renderers.pictures.sampling import ONE
from renderers.pictures.shot_picture import picture_of
from renderers.plates.people.face_boxes import Box, face_boxes
from schemas.asset_manifest import AssetManifest
from schemas.render_plan import RenderPlan, Resolution
from schemas.shot_list import Framing, Shot, ShotList

_CLOSE: Final[frozenset[Framing]] = frozenset({"MS", "MCU", "CU", "ECU"})


@dataclass(frozen=True, slots=True)
class _Seen:
    """A shot from `first_frame` up to but not including `end_frame`, and the faces in it."""

    first_frame: int
    end_frame: int
    faces: tuple[Box, ...]


def clear_of_faces(
    cues: Sequence[Cue], shots: ShotList, manifest: AssetManifest, plan: RenderPlan
) -> tuple[Cue, ...]:
    """The cues, each at the top of the picture where less of a face in a close-up lies behind it
    there than below. A shot that a take is shown in has faces nobody knows of."""
    seen = tuple(_seen(shots, manifest, plan))
    return tuple(replace(cue, at_top=True) if _goes_up(cue, seen, plan) else cue for cue in cues)


def faces_shown(shot: Shot, resolutions: Sequence[Resolution], plan: RenderPlan) -> tuple[Box, ...]:
    """Where faces are in the first and the last frame of a shot, in pixels of the film's picture:
    left, top, right, bottom. `resolutions` are those of the shot's own needs."""
    fmt = plan.format
    canvas = canvas_size(fmt.width, fmt.height, shot.movement)
    faces = face_boxes(picture_of(shot, resolutions, plan, canvas))
    path = CameraPath(*canvas, fmt.width, fmt.height, shot.movement)
    ends = [Window(0, 0, fmt.width * ONE, fmt.height * ONE)]
    if path.moves:
        ends = [path.window(frame, 2) for frame in (0, 1)]
    return tuple(
        _through(window, face.box, (fmt.width, fmt.height)) for window in ends for face in faces
    )


def _through(window: Window, box: Box, size: tuple[int, int]) -> Box:
    """A box on the canvas as it is seen through a window of the camera."""
    width, height = size

    def across(x: int) -> int:
        return (x * ONE - window.left) * width // window.width

    def down(y: int) -> int:
        return (y * ONE - window.top) * height // window.height

    return across(box[0]), down(box[1]), across(box[2]), down(box[3])


def _seen(shots: ShotList, manifest: AssetManifest, plan: RenderPlan) -> Iterator[_Seen]:
    resolved = {resolution.asset_key: resolution for resolution in plan.resolutions}
    needed: dict[str, list[Resolution]] = {}
    for need in manifest.needs:
        if need.kind in ("background", "character"):
            for shot_id in need.used_by:
                needed.setdefault(shot_id, []).append(resolved[need.asset_key])
    taken = {take.shot_id for take in plan.takes if take.clip}
    at = 0
    for shot in shots.shots:
        end = at + shot.duration_frames
        if shot.framing in _CLOSE and shot.shot_id not in taken:
            yield _Seen(at, end, faces_shown(shot, needed.get(shot.shot_id, ()), plan))
        at = end


def _goes_up(cue: Cue, seen: Sequence[_Seen], plan: RenderPlan) -> bool:
    size = (plan.format.width, plan.format.height)
    below = text_box(cue, *size)
    above = text_box(replace(cue, at_top=True), *size)
    faces = [
        face
        for shot in seen
        if cue.start_frame < shot.end_frame and cue.end_frame > shot.first_frame
        for face in shot.faces
    ]
    return sum(_overlap(below, face) for face in faces) > sum(
        _overlap(above, face) for face in faces
    )


def _overlap(one: Box, other: Box) -> int:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0) * max(high, 0)
