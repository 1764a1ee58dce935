"""The choice of takes as the RenderPlan holds it: those that still fit, and why others do not."""

from __future__ import annotations

from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.seams.foreign_file import take_copy
from orchestrator.store.memo import Made, Product, Work
from orchestrator.upgrades.takes import PREVIEW, PREVIEW_PROFILE, Choice, TakeStore
from schemas.digest import Digest
from schemas.errors import PipelineError
from schemas.license import GENERATED_LOCAL, PROVIDER_TERMS, License
from schemas.render_plan import ChosenTake
from schemas.shot_list import Shot, ShotList, shot_lock_hash
from schemas.take import Take

KEEP_VERSION = 1


def choose_takes(context: RunContext, shot_list: ShotList) -> tuple[ChosenTake, ...]:
    """An entry for each shot that was upgraded or was to be, in the order of the film."""
    if context.profile == PREVIEW_PROFILE:
        return ()
    store = TakeStore(context.place.show, context.place.episode_id)
    choices = store.choices().shots
    return tuple(
        _chosen(context, store, shot_list, shot, choices[shot.shot_id])
        for shot in shot_list.shots
        if shot.shot_id in choices
        and (choices[shot.shot_id].reason or choices[shot.shot_id].number)
    )


def _chosen(
    context: RunContext, store: TakeStore, shot_list: ShotList, shot: Shot, choice: Choice
) -> ChosenTake:
    if choice.number == PREVIEW:
        return ChosenTake(shot_id=shot.shot_id, provider=choice.provider, reason=choice.reason)
    try:
        take = store.take(shot.shot_id, choice.number)
    except PipelineError as error:
        # A take that is gone is no reason to make no film.
        reason = f"take {choice.number}: {error.problem}"
        return ChosenTake(shot_id=shot.shot_id, provider=choice.provider, reason=reason)
    clip, reason = None, take.unfit
    if take.shot_lock_hash != shot_lock_hash(shot_list.fps, shot):
        reason = f"take {take.number} was made for another timing of this shot"
    if not reason:
        clip, reason = _kept(context, store, take)
    return ChosenTake(
        shot_id=shot.shot_id,
        provider=take.provider,
        tier=take.tier,
        number=take.number,
        clip=clip,
        cost_microusd=take.cost_microusd,
        reason=reason,
    )


def _kept(context: RunContext, store: TakeStore, take: Take) -> tuple[Digest | None, str]:
    """The clip as a blob of the registry, from its file beside the episodes."""
    path = store.path(take)
    name = path.relative_to(context.place.show).as_posix()
    try:
        found = context.registry.stamps.digest_of(path)
    except OSError:
        return None, f"{name} is missing"
    if found != take.clip:
        return None, f"{name} is not the clip that was kept there"
    license_ = License(
        license_type=PROVIDER_TERMS if take.tier == "hq" else GENERATED_LOCAL,
        provider_or_model=f"{take.provider} {take.model}".strip(),
        retrieval_date=take.made_at[:10],
    )
    work = Work(
        kind="asset",
        label=name,
        operation="keep_take",
        version=KEEP_VERSION,
        inputs={"file": take.clip},
        settings={"license": license_.model_dump(mode="json")},
    )

    def make(folder: Path) -> Made:
        copy = take_copy(path, context.place.show, take.clip, folder)
        return Made({"clip": Product(copy, "take", license=license_)})

    try:
        return context.memo.remember(work, make).outputs["clip"], ""
    except PipelineError as error:
        if error.code != "asset-changed":
            raise
        return None, f"{name}: {error.problem}"
