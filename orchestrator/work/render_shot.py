"""One shot, through the memo: keyed by what is seen and how long, never by where it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Product, Work
from orchestrator.toolchain import shot_toolchain
from orchestrator.work.overlays import burned_captions, captions_of, font_inputs, mark_of_show
from orchestrator.work.seen_part import seen_part
from orchestrator.work.shot_job import ShotJob
from renderers.pictures.finish import Finish
from schemas.license import GENERATED_LOCAL, License
from schemas.render_output import RenderedShot
from schemas.render_plan import ChosenTake, RenderPlan

if TYPE_CHECKING:
    from renderers.captions.cues import Cue
    from renderers.film.encoded_picture import KeptPicture

ENCODE_VERSION = 1
OUR_CLIP = License(license_type=GENERATED_LOCAL, provider_or_model="preview renderer")


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
