"""One shot, through the memo: keyed by what is seen and how long, never by where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Product, Work
from orchestrator.toolchain import shot_toolchain
from orchestrator.work.letter_shot import lettering_of, lettering_settings
from renderers.film.shot_parts import Body, ShotPart, film_parts
from renderers.pictures.finish import Finish
from renderers.pictures.motion import canvas_size
from schemas.asset_manifest import AssetManifest
from schemas.digest import Digest
from schemas.license import GENERATED_LOCAL, License
from schemas.render_output import RenderedShot
from schemas.render_plan import ChosenTake, RenderPlan, Resolution
from schemas.shot_list import Shot, ShotList

if TYPE_CHECKING:
    from PIL.Image import Image

    from renderers.captions.burned import BurnedCaptions
    from renderers.captions.cues import Cue
    from renderers.film.encoded_picture import KeptPicture
    from renderers.film.segments import SegmentRequest
    from renderers.pictures.watermark import Mark
    from renderers.plates.picture import PictureSpec
    from renderers.providers.reference import Drawing

ENCODE_VERSION = 1
_SEEN = ("background", "character", "prop")
# Sampling and encoding a frame that moves, against encoding one more of the same.
_MOVING_EFFORT = 3
OUR_CLIP = License(license_type=GENERATED_LOCAL, provider_or_model="preview renderer")


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


def effort(shot: Shot) -> int:
    """About how long a shot takes to encode, in frames of a still one."""
    return shot.duration_frames * (1 if shot.movement.kind == "static" else _MOVING_EFFORT)


@dataclass(frozen=True, slots=True)
class SeenPart:
    """A part of a shot as the encoder is asked for it, and what its look depends on.

    `take` is the clip that its pictures come from, when it is not drawn, and `finish` what they
    get last.
    """

    request: SegmentRequest
    inputs: dict[str, Digest]
    settings: dict[str, Any]
    take: Digest | None = None
    finish: Finish | None = None

    def ready(self, context: RunContext, folder: Path, name: str) -> SegmentRequest:
        """The request, with the pictures of a take laid out in `folder` under `name`."""
        if self.take is None:
            return self.request
        from renderers.providers.conform import ForeignClip, raw_pictures

        request, shown = self.request, self.request.shown
        # A transition looks beyond the shot's end only as far as the take is locked.
        wanted = min(shown.first + shown.count, request.shot.duration_frames)
        clip = ForeignClip(context.resolve(self.take), context.ffmpeg, context.tools(folder))
        raw = raw_pictures(clip, max(wanted, 1), request.format, folder / f"{name}.raw")
        finish = self.finish
        if finish is not None and finish.grade_settings():
            from renderers.pictures.graded_take import grade_pictures

            plain, raw = raw, folder / f"{name}.graded"
            grade_pictures(
                plain, request.format, lambda image: finish.graded(image, context.resolve), raw
            )
            plain.unlink()
        return replace(request, taken=raw)


def render_shot(
    context: RunContext,
    plan: RenderPlan,
    cues: tuple[Cue, ...],
    job: ShotJob,
    kept: KeptPicture | None = None,
) -> RenderedShot:
    """Encode a shot, or reuse the clip of one that looks and lasts the same. `kept` is filled only
    when it is encoded."""
    shot, part = job.shot, job.body.part
    seen = seen_part(context, plan, job, part)
    burned = burned_captions(context, plan, cues, (job.body.film_frame, part.count))
    finish = Finish(plan.style, plan.format)
    work = Work(
        kind="shot",
        label=shot.shot_id,
        operation="encode_shot",
        version=ENCODE_VERSION,
        inputs=seen.inputs | font_inputs(plan) | finish.mark_inputs(),
        settings=seen.settings
        | {"burned": burned.decode("utf-8") if burned else ""}
        | finish.mark_settings(),
        toolchain=shot_toolchain(context.ffmpeg),
    )

    def make(folder: Path) -> Made:
        from renderers.film.segments import encode_segment

        request = replace(
            seen.ready(context, folder, "take"),
            captions=captions_of(context, plan, burned),
            mark=mark_of_show(context, plan),
            kept=kept,
        )
        clip = encode_segment(request, context.tools(folder), folder)
        return Made({"clip": Product(clip, "clip", license=OUR_CLIP)})

    done = context.memo.remember(work, make)
    rendered = RenderedShot(
        shot_id=shot.shot_id,
        clip=done.outputs["clip"],
        clip_first_frame=part.first,
        clip_frames=part.count,
        duration_frames=shot.duration_frames,
        tier="preview",
    )
    if job.taken is not None:
        return as_taken(rendered, job.taken)
    placeholders = tuple(sorted(r.asset_key for r in job.shown if r.status == "placeholder"))
    tier = "placeholder" if placeholders else "preview"
    return rendered.model_copy(update={"tier": tier, "placeholders": placeholders})


def as_taken(rendered: RenderedShot, taken: ChosenTake) -> RenderedShot:
    """The shot as one that a take is shown in."""
    return rendered.model_copy(
        update={
            "tier": taken.tier,
            "provider": taken.provider,
            "cost_microusd": taken.cost_microusd,
            "take": taken.number,
        }
    )


def seen_part(context: RunContext, plan: RenderPlan, job: ShotJob, part: ShotPart) -> SeenPart:
    """A part of a shot, without captions. Inputs and settings are what its pictures depend on."""
    from renderers.film.segments import SegmentRequest, fade_in_frames
    from renderers.pictures.shot_picture import picture_of
    from renderers.plates.picture import spec_payload

    shot, fmt = job.shot, plan.format
    canvas = canvas_size(fmt.width, fmt.height, shot.movement)
    spec = picture_of(shot, job.shown, plan, canvas)
    if job.taken is not None and job.taken.clip is not None:
        return _taken_part(context, plan, job, part)
    finish = Finish(plan.style, fmt)
    return SeenPart(
        request=SegmentRequest(
            shot=shot,
            format=fmt,
            ffmpeg=context.ffmpeg,
            draw=lambda: finish.graded(_draw(context, spec), context.resolve),
            canvas=canvas,
            part=part,
            lettering=lettering_of(context, shot, fmt),
        ),
        inputs={f"{r.kind} {r.subject_id}": r.blob for r in job.shown if r.blob}
        | finish.grade_inputs(),
        settings={
            "picture": spec_payload(spec),
            "movement": shot.movement.model_dump(mode="json"),
            "duration_frames": shot.duration_frames,
            "part": part.payload(),
            "fade_in_frames": fade_in_frames(shot),
            "fade_out_frames": shot.fade_out_frames,
            "format": fmt.model_dump(mode="json"),
        }
        | finish.grade_settings()
        | lettering_settings(shot),
    )


def _taken_part(context: RunContext, plan: RenderPlan, job: ShotJob, part: ShotPart) -> SeenPart:
    from renderers.film.segments import SegmentRequest, fade_in_frames
    from renderers.pictures.graded_take import GRADED_TAKE_VERSION
    from renderers.providers.conform import CONFORM_VERSION

    assert job.taken is not None and job.taken.clip is not None  # noqa: S101  as called
    shot, fmt = job.shot, plan.format
    finish = Finish(plan.style, fmt)
    graded = {"graded_take": GRADED_TAKE_VERSION} if finish.grade_settings() else {}
    return SeenPart(
        request=SegmentRequest(
            shot=shot,
            format=fmt,
            ffmpeg=context.ffmpeg,
            draw=_nothing_to_draw,
            canvas=(fmt.width, fmt.height),
            part=part,
            lettering=lettering_of(context, shot, fmt),
        ),
        inputs={"take": job.taken.clip} | finish.grade_inputs(),
        settings={
            "conform": CONFORM_VERSION,
            "duration_frames": shot.duration_frames,
            "part": part.payload(),
            "fade_in_frames": fade_in_frames(shot),
            "fade_out_frames": shot.fade_out_frames,
            "format": fmt.model_dump(mode="json"),
        }
        | finish.grade_settings()
        | graded
        | lettering_settings(shot),
        take=job.taken.clip,
        finish=finish,
    )


def _nothing_to_draw() -> Image:
    raise AssertionError("the pictures of a take are not drawn")


def font_inputs(plan: RenderPlan) -> dict[str, Digest]:
    """The fonts that letters in a picture and burned-in captions are set in."""
    return {f"font {n}": digest for n, digest in enumerate(plan.style.fonts)}


def mark_of_show(context: RunContext, plan: RenderPlan) -> Mark | None:
    """The mark that stands in a corner of every frame."""
    return Finish(plan.style, plan.format).mark(_plates(context), context.font_set)


def captions_of(
    context: RunContext, plan: RenderPlan, burned: bytes | None
) -> BurnedCaptions | None:
    """Captions with the font files that they need."""
    from renderers.captions.burned import BurnedCaptions

    if not burned:
        return None
    return BurnedCaptions(burned, tuple(context.resolve(font) for font in plan.style.fonts))


def _draw(context: RunContext, spec: PictureSpec) -> Image:
    from renderers.plates.picture import draw_picture

    return draw_picture(spec, _plates(context), context.font_set)


def drawing_of(context: RunContext) -> Drawing:
    """How the run's pictures are drawn: whole, their place alone, or their people alone."""
    from renderers.plates.picture import draw_people, draw_place
    from renderers.providers.reference import Drawing

    return Drawing(
        whole=lambda spec: _draw(context, spec),
        place=lambda spec: draw_place(spec, _plates(context)),
        people=lambda spec, ground: draw_people(spec, ground, _plates(context)),
    )


def _plates(context: RunContext) -> Callable[[Digest], Image]:
    return lambda digest: _opened(context.resolve(digest))


# An episode shows few plates, and each in many shots. A blob's path stands for its content, and
# nobody draws on a plate; at 1080p one is eight megabytes.
@lru_cache(maxsize=6)
def _opened(blob: Path) -> Image:
    from renderers.pictures.image_ingest import open_plate

    return open_plate(blob)


def burned_captions(
    context: RunContext, plan: RenderPlan, cues: tuple[Cue, ...], frames: tuple[int, int]
) -> bytes | None:
    """The captions to burn into a stretch of the film, its first frame and its length, or None."""
    after = frames[0] + frames[1]
    heard = [c for c in cues if c.start_frame < after and c.end_frame > frames[0]]
    if not plan.captions.burn_in or not heard:
        return None
    return substation(context, plan, tuple(heard), frames)


def substation(
    context: RunContext, plan: RenderPlan, cues: tuple[Cue, ...], frames: tuple[int, int]
) -> bytes:
    """The captions of a stretch of the film, its first frame and its length, as burned in."""
    from renderers.captions.ass import AssRequest, to_ass
    from renderers.fonts.font_names import family_name

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
