"""A transition between two shots, through the memo: keyed by what both show there, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Product, Work
from orchestrator.toolchain import transition_toolchain
from orchestrator.work.overlays import burned_captions, captions_of, font_inputs, mark_of_show
from orchestrator.work.render_shot import OUR_CLIP
from orchestrator.work.seen_part import seen_part
from orchestrator.work.shot_job import ShotJob
from renderers.film.shot_parts import Join, film_parts
from renderers.pictures.finish import Finish
from schemas.render_output import RenderedTransition
from schemas.render_plan import RenderPlan
from schemas.shot_list import ShotList

if TYPE_CHECKING:
    from renderers.captions.cues import Cue

ENCODE_TRANSITION_VERSION = 1


@dataclass(frozen=True, slots=True)
class TransitionJob:
    """A transition and the shots on both sides of it."""

    join: Join
    before: ShotJob
    after: ShotJob


def transition_jobs(shots: ShotList, jobs: Sequence[ShotJob]) -> list[TransitionJob]:
    """A job for each transition between two shots, in the order of the film."""
    joins = [part for part in film_parts(shots.shots) if isinstance(part, Join)]
    return [TransitionJob(join, jobs[join.number - 1], jobs[join.number]) for join in joins]


def render_transition(
    context: RunContext, plan: RenderPlan, cues: tuple[Cue, ...], job: TransitionJob
) -> RenderedTransition:
    """Encode a transition, or reuse the clip of one between the same pictures."""
    join = job.join
    before = seen_part(context, plan, job.before, join.before)
    after = seen_part(context, plan, job.after, join.after)
    burned = burned_captions(context, plan, cues, (join.film_frame, join.before.count))
    finish = Finish(plan.style, plan.format)
    work = Work(
        kind="transition",
        label=job.after.shot.shot_id,
        operation="encode_transition",
        version=ENCODE_TRANSITION_VERSION,
        inputs={f"before: {name}": digest for name, digest in before.inputs.items()}
        | {f"after: {name}": digest for name, digest in after.inputs.items()}
        | font_inputs(plan)
        | finish.mark_inputs(),
        settings={
            "before": before.settings,
            "after": after.settings,
            "transition": [join.kind, join.leaving_frames],
            "burned": burned.decode("utf-8") if burned else "",
        }
        | finish.mark_settings(),
        toolchain=transition_toolchain(context.ffmpeg),
    )

    def make(folder: Path) -> Made:
        from renderers.film.transitions import TransitionRequest, encode_transition

        request = TransitionRequest(
            kind=join.kind,
            before=before.ready(context, folder, "before"),
            after=after.ready(context, folder, "after"),
            leaving_frames=join.leaving_frames,
            captions=captions_of(context, plan, burned),
            mark=mark_of_show(context, plan),
        )
        clip = encode_transition(request, context.tools(folder), folder)
        return Made({"clip": Product(clip, "clip", license=OUR_CLIP)})

    done = context.memo.remember(work, make)
    return RenderedTransition(
        shot_id=job.after.shot.shot_id,
        kind=join.kind,
        clip=done.outputs["clip"],
        duration_frames=join.before.count,
        leaving_frames=join.leaving_frames,
    )
