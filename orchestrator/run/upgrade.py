"""An upgrade inside a run: what was asked for now or waits, and what earlier ones left behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from orchestrator.run.context import RunContext
from orchestrator.run.stage_runner import StageRunner
from orchestrator.store.checkpoint import CheckpointFolder
from orchestrator.work.ask_approval import ask
from orchestrator.work.plan import plan_render
from schemas.asset_manifest import AssetManifest
from schemas.digest import Digest
from schemas.render_output import RenderOutput
from schemas.render_plan import RenderPlan
from schemas.shot_list import ShotList

if TYPE_CHECKING:
    from orchestrator.work.upgrade_setting import Film


def upgrade(
    context: RunContext, stage: StageRunner, folder: CheckpointFolder, film: Callable[[], Film]
) -> bool:
    """Make the takes that were asked for, now or when their cost was not approved yet; whether
    that waits for a person's approval."""
    from orchestrator.upgrades.takes import TakeStore

    if not context.buys:
        return False
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


def free_what_was_never_sent(context: RunContext) -> None:
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
