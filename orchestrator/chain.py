"""The chain itself: which stage follows which, and what each leaves in the checkpoint folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from orchestrator.checkpoint import CheckpointFolder
from orchestrator.context import RunContext
from orchestrator.memo import Remembered
from orchestrator.rights import refuse_ended_assets
from orchestrator.work.ask_approval import CHECKPOINTS, ask, request_file
from orchestrator.work.gate_canon import (
    gate_canon,
    refuse_contradictions,
)
from orchestrator.work.plan import list_assets, plan_render, plan_shots
from orchestrator.work.read_script import read_script
from orchestrator.work.record_scratch import record_scratch
from orchestrator.work.render import Parents, render
from orchestrator.work.review import review_page
from orchestrator.work.settle_canon import settle_canon
from schemas.artifact import Artifact
from schemas.asset_manifest import AssetManifest
from schemas.canon import CanonDiff
from schemas.digest import Digest
from schemas.errors import PipelineError
from schemas.render_output import RenderOutput
from schemas.render_plan import RenderPlan, Resolution
from schemas.run_summary import WorkItem
from schemas.scratch_track import ScratchTrack
from schemas.script import Script
from schemas.shot_list import ShotList

if TYPE_CHECKING:
    from orchestrator.work.upgrade_setting import Film

ARTIFACT_FILES = (
    "script.json",
    "canon_diff.json",
    "scratch_track.json",
    "shot_list.json",
    "asset_manifest.json",
    "render_plan.json",
    "render_output.json",
)
CAPTION_ENDINGS = ("srt", "vtt", "ass")
STILLS = ("poster.png", "thumbnail.png", "contact_sheet.png")
REVIEW = "review.html"
STEMS = tuple(f"stems/{part}.flac" for part in ("dialogue", "music", "effects", "mix"))


class StageRunner(Protocol):
    """Runs one stage, shows its artifact as a file, and returns the artifact's digest."""

    def __call__(
        self,
        name: str,
        artifact: str,
        model: type[Artifact],
        work: Callable[[], Remembered],
        accept: Callable[[Digest], None] = ...,
    ) -> Digest:
        """Run the stage. `accept` may refuse, by raising, what the stage made and showed."""
        ...


def checkpoint_files(episode: str) -> tuple[str, ...]:
    """Every file a finished run leaves in the checkpoint folder, besides summary and logs."""
    captions = (f"{episode}.{ending}" for ending in CAPTION_ENDINGS)
    asked = map(request_file, CHECKPOINTS)
    return (
        *ARTIFACT_FILES,
        *asked,
        f"{episode}.mp4",
        *captions,
        *STILLS,
        REVIEW,
        *STEMS,
    )


def walk(
    context: RunContext, stage: StageRunner, folder: CheckpointFolder
) -> tuple[RenderOutput, bool]:
    """Script to film. Returns the RenderOutput, and whether something waits for approval.

    Raises GateBlocked on a contradiction, before anything is spoken or drawn.
    """
    _free_what_was_never_sent(context)
    script = stage("read_script", "script.json", Script, lambda: read_script(context))
    _tell_reading(context, context.load(Script, script))
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
    _tell_captions(context, output)
    _tell_pacing(context, context.load(ShotList, shots))
    _tell_shots(context, context.load(ShotList, shots), context.load(ScratchTrack, scratch))
    _tell_placeholders(context, context.load(RenderPlan, plan))
    _account_for_reused_shots(context, output)
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
            return output, asks or waiting


def upgrade(
    context: RunContext, stage: StageRunner, folder: CheckpointFolder, film: Callable[[], Film]
) -> bool:
    """Make the takes that were asked for, now or when their cost was not approved yet; whether
    that waits for a person's approval."""
    from orchestrator.takes import TakeStore

    store = TakeStore(context.place.show, context.place.episode_id)
    wish = context.upgrade or store.waiting_wish(context.profile)
    if wish is None:
        _settle_left_behind(context)
        return False
    from orchestrator.work.upgrade_shots import upgrade_shots

    request = upgrade_shots(context, wish, film(), lambda asked: ask(context, stage, folder, asked))
    store.keep_wish(wish if request else None, context.profile)
    if request is None:
        return False
    build = context.place.build.relative_to(context.place.show).as_posix()
    context.warnings.append(
        f"to {request.title} waits for approval: `pipeline approve {build} --by NAME`"
    )
    return True


def _free_what_was_never_sent(context: RunContext) -> None:
    """Before anything is bought, so that a dead run does not count against this one's budget."""
    from orchestrator.spend.ledger_file import has_ledger

    if has_ledger(context.place.show):
        from orchestrator.spend.unsent import release_unsent_of

        place = context.place
        for freed in release_unsent_of(place.show, place.episode_id, context.run_id):
            context.reporter.note(freed)


def _settle_left_behind(context: RunContext) -> None:
    """Keep the clips of jobs that were paid for and that no run asks for any more."""
    from orchestrator.spend.ledger_file import has_ledger

    if has_ledger(context.place.show):
        from orchestrator.spend.open_jobs import settle_left_behind

        settle_left_behind(context)


def film_of(
    context: RunContext, shots: Digest, manifest: Digest, scratch: Digest
) -> Callable[[], Film]:
    """What an upgrade starts from: the plan as it is, and the latest film if there is one."""

    def film() -> Film:
        from orchestrator.work.upgrade_setting import Film

        plan = plan_render(context, shots, manifest, scratch).outputs["artifact"]
        latest = context.registry.latest_run(context.place.episode_id) or {}
        stages = latest.get("summary", {}).get("stages", ())
        made = {timing["stage"]: timing["artifact"] for timing in stages}.get("render")
        return Film(
            context.load(ShotList, shots),
            context.load(AssetManifest, manifest),
            context.load(RenderPlan, plan),
            context.load(RenderOutput, made) if made else None,
            shots,
        )

    return film


def _check_canon(context: RunContext, stage: StageRunner, script: Digest) -> Digest:
    """The canon gate; what contradicts the story ends here."""
    return stage(
        "gate_canon",
        "canon_diff.json",
        CanonDiff,
        lambda: gate_canon(context, script),
        lambda made: refuse_contradictions(context, context.load(CanonDiff, made)),
    )


def deliver(context: RunContext, output: RenderOutput, folder: CheckpointFolder) -> None:
    """Copy the film, its captions, stems and stills into the checkpoint folder."""
    episode = context.place.episode_id
    files = {f"{episode}.mp4": output.film.blob}
    files |= {f"{episode}.{caption.name}": caption.blob for caption in output.captions}
    files |= {f"stems/{stem.name}": stem.blob for stem in output.stems}
    stills = (output.poster, output.thumbnail, output.contact_sheet)
    files |= {still.name: still.blob for still in stills if still}
    for name, blob in files.items():
        folder.put_copy(name, context.resolve, blob)
    for name in STEMS:
        if name not in files:
            folder.take_out(name)


def _tell_reading(context: RunContext, script: Script) -> None:
    """What the writer may have meant otherwise than it is read."""
    from stages.reading_advice import reading_advice

    context.warnings += reading_advice(script)


def _tell_captions(context: RunContext, output: RenderOutput) -> None:
    check = output.caption_check
    if check is None or not check.violations:
        return
    from renderers.captions.verdict import summary_of

    build = context.place.build.relative_to(context.place.show).as_posix()
    context.warnings.append(f"{summary_of(check)}; `pipeline lint {build}` lists them")


def _tell_pacing(context: RunContext, shots: ShotList) -> None:
    """How long the film is against its target; a word only when it is outside."""
    from stages.pacing import pacing_advice, pacing_of, pacing_text

    context.pacing = pacing_of(shots, context.project.target_duration)
    if said := pacing_text(context.pacing):
        context.warnings += (said, *pacing_advice(shots, context.pacing))


def _tell_shots(context: RunContext, shots: ShotList, scratch: ScratchTrack) -> None:
    """Broken rules of the cutting room: a pin can bring them about."""
    from stages.check_shots import check_shots

    broken = check_shots(shots, scratch)
    if broken:
        more = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
        build = context.place.build.relative_to(context.place.show).as_posix()
        said = f"shots break a rule: {broken[0].text}{more}; `pipeline lint {build}` lists them"
        context.warnings.append(said)


def _tell_placeholders(context: RunContext, plan: RenderPlan) -> None:
    context.placeholders = [
        f"{r.kind} {r.subject_id}: {r.reason}"
        for r in plan.resolutions
        if r.status == "placeholder"
    ]
    # A plan that is reused still stands for files that could not be used.
    troubles = [_trouble(r) for r in plan.resolutions if r.source_name and r.reason]
    context.warnings += dict.fromkeys(troubles)


def _trouble(resolution: Resolution) -> str:
    """What a person should know of a file that was there and could not be used."""
    if resolution.status != "placeholder":
        instead = f"{resolution.source_name} is used instead"
        return f"{resolution.kind} {resolution.subject_id}: {resolution.reason}; {instead}"
    without = resolution.kind in ("music", "sfx", "prop")
    instead = "the film does without it" if without else "a placeholder stands in"
    return f"{resolution.source_name}: {resolution.reason}; {instead}"


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
