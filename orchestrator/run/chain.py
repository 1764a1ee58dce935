"""The chain itself: which stage follows which, and what each leaves in the checkpoint folder."""

from __future__ import annotations

from orchestrator.run.context import RunContext
from orchestrator.run.delivery import REVIEW, deliver
from orchestrator.run.film_notes import note_film, note_reading
from orchestrator.run.stage_runner import StageRunner
from orchestrator.run.upgrade import film_of, free_what_was_never_sent, upgrade
from orchestrator.shows.rights import refuse_ended_assets
from orchestrator.store.checkpoint import CheckpointFolder
from orchestrator.work.film_sources import Parents
from orchestrator.work.gate_canon import gate_canon, refuse_contradictions
from orchestrator.work.plan import list_assets, plan_render, plan_shots
from orchestrator.work.read_script import read_script
from orchestrator.work.record_scratch import record_scratch
from orchestrator.work.render import render
from orchestrator.work.review import review_page
from orchestrator.work.settle_canon import settle_canon
from schemas.asset_manifest import AssetManifest
from schemas.canon import CanonDiff
from schemas.digest import Digest
from schemas.errors import PipelineError
from schemas.render_output import RenderOutput
from schemas.render_plan import RenderPlan
from schemas.run_summary import WorkItem
from schemas.scratch_track import ScratchTrack
from schemas.script import Script
from schemas.shot_list import ShotList


def walk(
    context: RunContext, stage: StageRunner, folder: CheckpointFolder
) -> tuple[RenderOutput, bool]:
    """Script to film. Returns the RenderOutput, and whether something waits for approval.

    Raises GateBlocked on a contradiction, before anything is spoken or drawn.
    """
    free_what_was_never_sent(context)
    script = stage("read_script", "script.json", Script, lambda: read_script(context))
    note_reading(context, context.load(Script, script))
    diff = _check_canon(context, stage, script)
    scratch = stage(
        "record_scratch",
        "scratch_track.json",
        ScratchTrack,
        lambda: record_scratch(context, script),
    )
    shots = stage(
        "plan_shots", "shot_list.json", ShotList, lambda: plan_shots(context, script, scratch)
    )
    manifest = stage(
        "list_assets",
        "asset_manifest.json",
        AssetManifest,
        lambda: list_assets(context, script, shots),
    )
    waiting = upgrade(context, stage, folder, film_of(context, shots, manifest, scratch))
    plan = stage(
        "plan_render",
        "render_plan.json",
        RenderPlan,
        lambda: plan_render(context, shots, manifest, scratch),
        lambda digest: refuse_ended_assets(context.load(RenderPlan, digest)),
    )
    parents = Parents(script, scratch, shots, manifest, plan)
    film = stage("render", "render_output.json", RenderOutput, lambda: render(context, parents))
    output = context.load(RenderOutput, film)
    deliver(context, output, folder)
    folder.put_copy(REVIEW, context.resolve, review_page(context, film, parents.named()))
    note_film(
        context,
        output,
        context.load(ShotList, shots),
        context.load(ScratchTrack, scratch),
        context.load(RenderPlan, plan),
    )
    _account_for_reused_shots(context, output)
    return output, _settle_canon(context, stage, folder, script, diff) or waiting


def _settle_canon(
    context: RunContext, stage: StageRunner, folder: CheckpointFolder, script: Digest, diff: Digest
) -> bool:
    """Put what the episode changes to a person or into canon; whether somebody has to approve."""
    while True:
        try:
            asks = settle_canon(context, stage, folder, context.load(CanonDiff, diff))
        except PipelineError as moved:
            if moved.code != "canon-stale":
                raise
            # Another episode became true while this one was made: it is checked once more.
            again = _check_canon(context, stage, script)
            if again == diff:
                raise
            diff = again
        else:
            return asks


def _check_canon(context: RunContext, stage: StageRunner, script: Digest) -> Digest:
    """The canon gate; what contradicts the story ends here."""
    return stage(
        "gate_canon",
        "canon_diff.json",
        CanonDiff,
        lambda: gate_canon(context, script),
        lambda made: refuse_contradictions(context, context.load(CanonDiff, made)),
    )


def _account_for_reused_shots(context: RunContext, output: RenderOutput) -> None:
    """When the whole render was reused, so was every shot: `explain` names them all the same."""
    seen = {item.name for item in context.memo.items if item.kind == "shot"}
    for shot in output.shots:
        if shot.shot_id not in seen:
            context.memo.items.append(
                WorkItem(
                    kind="shot",
                    name=shot.shot_id,
                    key=shot.clip,
                    hit=True,
                    reason="the render stage had nothing to do",
                    elapsed_ms=0,
                )
            )
