"""One shot, through the memo: keyed by what is seen and how long, never by where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.context import RunContext
from orchestrator.memo import Made, Product, Work
from orchestrator.toolchain import shot_toolchain
from renderers.motion import canvas_size
from schemas.asset_manifest import AssetManifest
from schemas.digest import Digest
from schemas.license import GENERATED_LOCAL, License
from schemas.render_output import RenderedShot
from schemas.render_plan import RenderPlan, Resolution
from schemas.shot_list import Shot, ShotList

if TYPE_CHECKING:
    from PIL.Image import Image

    from renderers.captions import Cue
    from renderers.plates.picture import PictureSpec

ENCODE_VERSION = 1
_SEEN = ("background", "character", "prop")
# Sampling and encoding a frame that moves, against encoding one more of the same.
_MOVING_EFFORT = 3


@dataclass(frozen=True, slots=True)
class ShotJob:
    """A shot, the frame of the film it begins at, and what its needs were resolved to."""

    shot: Shot
    first_frame: int
    shown: tuple[Resolution, ...]


def shot_jobs(shots: ShotList, manifest: AssetManifest, plan: RenderPlan) -> list[ShotJob]:
    """A job for each shot, in the order of the film."""
    resolved = {resolution.asset_key: resolution for resolution in plan.resolutions}
    shown: dict[str, list[Resolution]] = {shot.shot_id: [] for shot in shots.shots}
    for need in manifest.needs:
        for shot_id in need.used_by if need.kind in _SEEN else ():
            if shot_id in shown:
                shown[shot_id].append(resolved[need.asset_key])
    jobs, at = [], 0
    for shot in shots.shots:
        jobs.append(ShotJob(shot, at, tuple(shown[shot.shot_id])))
        at += shot.duration_frames
    return jobs


def effort(shot: Shot) -> int:
    """About how long a shot takes to encode, in frames of a still one."""
    return shot.duration_frames * (1 if shot.movement.kind == "static" else _MOVING_EFFORT)


def render_shot(
    context: RunContext, plan: RenderPlan, cues: tuple[Cue, ...], job: ShotJob
) -> RenderedShot:
    """Encode a shot, or reuse the clip of one that looks and lasts the same."""
    from renderers.plates.picture import spec_payload
    from renderers.shot_picture import picture_of

    shot, shown, fmt = job.shot, job.shown, plan.format
    canvas = canvas_size(fmt.width, fmt.height, shot.movement)
    spec = picture_of(shot, shown, plan, canvas)
    burned = _burned(context, plan, cues, job)
    fonts = {f"font {n}": digest for n, digest in enumerate(plan.style.fonts)}
    pictures = {f"{r.kind} {r.subject_id}": r.blob for r in shown if r.blob}
    work = Work(
        kind="shot",
        label=shot.shot_id,
        operation="encode_shot",
        version=ENCODE_VERSION,
        inputs=pictures | fonts,
        settings={
            "picture": spec_payload(spec),
            "movement": shot.movement.model_dump(mode="json"),
            "duration_frames": shot.duration_frames,
            "fade_in_frames": shot.transition_in.duration_frames
            if shot.transition_in.kind == "fade_in"
            else 0,
            "fade_out_frames": shot.fade_out_frames,
            "format": fmt.model_dump(mode="json"),
            "burned": burned.decode("utf-8") if burned else "",
        },
        toolchain=shot_toolchain(context.ffmpeg),
    )

    def make(folder: Path) -> Made:
        from renderers.segments import BurnedCaptions, SegmentRequest, encode_segment

        font_files = tuple(context.resolve(digest) for digest in plan.style.fonts)
        request = SegmentRequest(
            shot=shot,
            format=fmt,
            ffmpeg=context.ffmpeg,
            draw=lambda: _draw(context, spec),
            canvas=canvas,
            captions=BurnedCaptions(burned, font_files) if burned else None,
        )
        clip = encode_segment(request, context.tools(folder), folder)
        ours = License(license_type=GENERATED_LOCAL, provider_or_model="preview renderer")
        return Made({"clip": Product(clip, "clip", license=ours)})

    done = context.memo.remember(work, make)
    placeholders = tuple(sorted(r.asset_key for r in shown if r.status == "placeholder"))
    return RenderedShot(
        shot_id=shot.shot_id,
        clip=done.outputs["clip"],
        duration_frames=shot.duration_frames,
        tier="placeholder" if placeholders else "preview",
        placeholders=placeholders,
    )


def _draw(context: RunContext, spec: PictureSpec) -> Image:
    from renderers.plates.picture import draw_picture

    def plate(digest: Digest) -> Image:
        from renderers.image_ingest import open_plate

        return open_plate(context.resolve(digest))

    return draw_picture(spec, plate, context.font_set)


def _burned(
    context: RunContext, plan: RenderPlan, cues: tuple[Cue, ...], job: ShotJob
) -> bytes | None:
    """The captions to burn into this shot, or None when there are none."""
    last_frame = job.first_frame + job.shot.duration_frames
    heard = [c for c in cues if c.start_frame < last_frame and c.end_frame > job.first_frame]
    if not plan.captions.burn_in or not heard:
        return None
    return substation(context, plan, tuple(heard), (job.first_frame, job.shot.duration_frames))


def substation(
    context: RunContext, plan: RenderPlan, cues: tuple[Cue, ...], frames: tuple[int, int]
) -> bytes:
    """The captions of a stretch of the film, its first frame and its length, as burned in."""
    from renderers.caption_ass import AssRequest, to_ass
    from renderers.font_names import family_name

    request = AssRequest(
        width=plan.format.width,
        height=plan.format.height,
        fps=plan.format.fps,
        font_name=family_name(context.resolve(plan.style.fonts[0])),
        first_frame=frames[0],
        frame_count=frames[1],
        highlight=plan.captions.highlight,
    )
    return to_ass(cues, request)
