"""Which shots are shown by a take instead of their preview, and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Work
from orchestrator.work.shot_job import ShotJob
from schemas.digest import Digest
from schemas.render_plan import RenderPlan
from schemas.timing import FrameRate


def with_takes(
    context: RunContext, plan: RenderPlan, jobs: Sequence[ShotJob]
) -> tuple[list[ShotJob], Mapping[str, str]]:
    """The jobs, those whose take may enter the film with it; and by shot why others may not."""
    chosen = {take.shot_id: take for take in plan.takes}
    reasons: dict[str, str] = {}
    taken = []
    for job in jobs:
        take = chosen.get(job.shot.shot_id)
        if take is None:
            taken.append(job)
            continue
        reason = take.reason
        if take.clip is not None:
            reason = _unfit(context, job, take.clip, plan.format.fps)
        if reason:
            reasons[job.shot.shot_id] = reason
        taken.append(job if reason else replace(job, taken=take))
    return taken, reasons


def _unfit(context: RunContext, job: ShotJob, clip: Digest, fps: FrameRate) -> str:
    """Why a clip may not enter the film, empty when it may; remembered, since it is a verdict about
    these bytes."""
    from renderers.providers.conform import CONFORM_VERSION, ForeignClip, Unfit, require_fit

    shot = job.shot
    work = Work(
        kind="asset",
        label=f"take of {shot.shot_id}",
        operation="fit_take",
        version=CONFORM_VERSION,
        inputs={"take": clip},
        settings={"duration_frames": shot.duration_frames, "fps": fps.model_dump(mode="json")},
        toolchain={"ffmpeg": context.ffmpeg.build},
    )

    def make(folder: Path) -> Made:
        foreign = ForeignClip(context.resolve(clip), context.ffmpeg, context.tools(folder))
        try:
            require_fit(foreign, shot.duration_frames, fps)
        except Unfit as unfit:
            return Made({}, {"unfit": unfit.problem})
        return Made({}, {"unfit": ""})

    return str(context.memo.remember(work, make).facts["unfit"])
