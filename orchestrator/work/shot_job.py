"""What there is to render: a job for each shot, and about how long it takes."""

from __future__ import annotations

from dataclasses import dataclass

from renderers.film.repeated_groups import Repeat, groups_alike
from renderers.film.shot_parts import Body, film_parts
from schemas.asset_manifest import AssetManifest
from schemas.render_plan import ChosenTake, RenderPlan, Resolution
from schemas.shot_list import Shot, ShotList
from schemas.timing import FrameRate

_SEEN = ("background", "character", "prop")
# Sampling and encoding a frame that moves, against encoding one more of the same.
_MOVING_EFFORT = 3


@dataclass(frozen=True, slots=True)
class ShotJob:
    """A shot, the part of it that it has alone, and what its needs were resolved to.

    `taken` is the take that is shown instead of the preview, one that may enter the film.
    """

    shot: Shot
    body: Body
    shown: tuple[Resolution, ...]
    taken: ChosenTake | None = None


def shot_jobs(shots: ShotList, manifest: AssetManifest, plan: RenderPlan) -> list[ShotJob]:
    """A job for each shot, in the order of the film."""
    resolved = {resolution.asset_key: resolution for resolution in plan.resolutions}
    shown: dict[str, list[Resolution]] = {shot.shot_id: [] for shot in shots.shots}
    for need in manifest.needs:
        for shot_id in need.used_by if need.kind in _SEEN else ():
            if shot_id in shown:
                shown[shot_id].append(resolved[need.asset_key])
    bodies = [part for part in film_parts(shots.shots) if isinstance(part, Body)]
    return [
        ShotJob(shot, body, tuple(shown[shot.shot_id]))
        for shot, body in zip(shots.shots, bodies, strict=True)
    ]


def effort(shot: Shot, fps: FrameRate) -> int:
    """About how long a shot takes to encode, in frames of a still one; groups of a still that are
    all the same are encoded once."""
    if shot.movement.kind != "static":
        return shot.duration_frames * _MOVING_EFFORT
    alike = groups_alike(shot.duration_frames, fps)
    return Repeat(shot.shot_id, shot.duration_frames, fps, alike).encoded_frames
