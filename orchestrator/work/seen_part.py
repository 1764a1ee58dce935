"""A part of a shot as the encoder is asked for it, drawn or out of a take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.run.context import RunContext
from orchestrator.work.drawing import draw
from orchestrator.work.letter_shot import lettering_of, lettering_settings
from orchestrator.work.shot_job import ShotJob
from renderers.film.shot_parts import ShotPart
from renderers.pictures.finish import Finish
from renderers.pictures.motion import canvas_size
from schemas.digest import Digest
from schemas.render_plan import RenderPlan

if TYPE_CHECKING:
    from PIL.Image import Image

    from renderers.film.segments import SegmentRequest


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
            draw=lambda: finish.graded(draw(context, spec), context.resolve),
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
