"""Asset manifest and library to render plan: every need met, or a placeholder that says why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schemas.asset_manifest import AssetManifest, AssetNeed, Attribute, NeedKind, VoItem
from schemas.digest import Digest
from schemas.errors import PipelineError
from schemas.license import GENERATED_LOCAL, License
from schemas.project import Project
from schemas.render_plan import (
    ChosenTake,
    MarkStyle,
    PictureStyle,
    RenderPlan,
    Resolution,
    VoResolution,
)
from schemas.scratch_track import ScratchLine, ScratchTrack
from schemas.shot_list import ShotList
from stages.assets.library_choice import LibraryItem, candidates
from stages.assets.own_props import own_props
from stages.caption_style import caption_style
from stages.shots.timing_lock import check_timing_lock

__all__ = ["LibraryItem", "RenderPlanRequest", "plan_render"]

PLACEHOLDER: Final = "placeholder"
_PROFILE: Final = re.compile(r"preview_local|standard_local|hq_[a-z0-9_-]+")
_FOLDERS: Final[dict[NeedKind, str]] = {
    "background": "assets/backgrounds",
    "character": "assets/characters",
    "prop": "assets/props",
    "sfx": "assets/sfx",
    "music": "assets/music",
}


@dataclass(frozen=True, slots=True)
class RenderPlanRequest:
    """What a render plan is made from. `fonts` are digests, first choice first.

    With `shot_list` given, its timing lock is checked against the manifest, the scratch track and
    the project's frame rate. `lut` and `watermark` are what the show's own files became.
    """

    manifest: AssetManifest
    scratch: ScratchTrack
    library: tuple[LibraryItem, ...]
    project: Project
    profile: str
    fonts: tuple[Digest, ...]
    shot_list: ShotList | None = None
    takes: tuple[ChosenTake, ...] = ()
    lut: Digest | None = None
    watermark: MarkStyle | None = None


def plan_render(request: RenderPlanRequest) -> RenderPlan:
    """The plan under the given profile. Another profile changes this artifact and none before it.

    Raises PipelineError `unknown-profile`, or `timing-lock` when the parts were not made for each
    other.
    """
    _refuse_unknown_profile(request.profile)
    check_timing_lock(request.manifest, request.scratch, request.shot_list)
    _refuse_other_rate(request)
    recorded = {line.line_id: line for line in request.scratch.lines}
    project = request.project
    return RenderPlan.create(
        profile=request.profile,
        format=project.format,
        timing_lock_hash=request.manifest.timing_lock_hash,
        resolutions=tuple(
            _resolve(need, request.library)
            for need in (*request.manifest.needs, *own_props(request.library, request.shot_list))
            if need.kind != "music" or project.music != "none"
        ),
        vo=tuple(_vo(item, recorded) for item in request.manifest.vo_items),
        captions=caption_style(project),
        loudness=project.loudness,
        style=PictureStyle(
            placeholder_tag=project.placeholder_tag,
            fonts=request.fonts,
            theme=project.picture.theme,
            grade=project.picture.grade,
            lut=request.lut,
            watermark=request.watermark,
        ),
        stems=project.stems,
        takes=request.takes,
    )


def _resolve(need: AssetNeed, library: tuple[LibraryItem, ...]) -> Resolution:
    found = candidates(need, library)
    usable = [item for item in found if item.usable]
    broken = next((item for item in found if not item.usable), None)
    if not usable:
        return Resolution(
            asset_key=need.asset_key,
            kind=need.kind,
            subject_id=need.subject_id,
            status="placeholder",
            source_name=broken.source_name if broken else "",
            license=License(license_type=GENERATED_LOCAL),
            reason=_problem(broken) if broken else _missing(need, library),
            look=_look(need),
        )
    best = usable[0]
    return Resolution(
        asset_key=need.asset_key,
        kind=need.kind,
        subject_id=need.subject_id,
        status="resolved",
        blob=best.blob,
        found=best.found,
        source_name=best.source_name,
        license=best.license,
        reason=_problem(broken) if broken and found[0] is broken else "",
        fallbacks=(*(item.source_name for item in usable[1:] if item.source_name), PLACEHOLDER),
        look=_look(need),
    )


def _look(need: AssetNeed) -> tuple[Attribute, ...]:
    return need.attributes if need.kind == "character" else ()


def _problem(item: LibraryItem) -> str:
    return item.problem or f"{item.source_name} could not be read"


def _missing(need: AssetNeed, library: tuple[LibraryItem, ...]) -> str:
    if need.kind == "music":
        return "no music in the library"
    others = sorted(
        {
            item.variant
            for item in library
            if item.kind == need.kind and item.subject_id == need.subject_id and item.variant
        }
    )
    only = f" at this time of day (there is {', '.join(others)})" if others else ""
    return f"no file for {need.subject_id}{only} in {_FOLDERS[need.kind]}"


def _vo(item: VoItem, recorded: Mapping[str, ScratchLine]) -> VoResolution:
    """The recording of a line; a lyric nobody voices has none, and lasts as long as its shot."""
    line = recorded.get(item.line_id)
    return VoResolution(
        asset_key=item.asset_key,
        line_id=item.line_id,
        audio=line.audio if line else None,
        duration_samples=line.duration_samples if line else 0,
        words=line.words if line else (),
        heard_through=item.heard_through,
        delivery=item.delivery,
    )


def _refuse_unknown_profile(profile: str) -> None:
    if not _PROFILE.fullmatch(profile):
        raise PipelineError(
            "unknown-profile",
            "the render profile",
            f"expected preview_local, standard_local or hq_<provider>, found {profile!r}",
            "name one of these under `render_profiles` in project.yaml or on the command line",
        )


def _refuse_other_rate(request: RenderPlanRequest) -> None:
    planned = request.shot_list.fps if request.shot_list else request.project.format.fps
    wanted = request.project.format.fps
    if planned.num * wanted.den != wanted.num * planned.den:
        raise PipelineError(
            "timing-lock",
            "the shot list",
            f"it is timed at {planned.text()} frames a second, the project wants {wanted.text()}",
            "plan the shots again, or set the frame rate in project.yaml back",
        )
