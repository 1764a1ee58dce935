"""The shots to be upgraded: as providers are handed them, keyed as work, matched with takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from orchestrator.spend.shops import Shop
from orchestrator.work.drawing import drawing_of
from orchestrator.work.upgrade_setting import Upgrade
from orchestrator.work.upgrade_wish import wished_shots
from renderers.providers.contract import ClipJob
from renderers.providers.reference import REFERENCE_VERSION, first_frame, layers, prompt_of
from renderers.providers.sizes import finer_size
from schemas.digest import Digest, digest_bytes, tagged_digest
from schemas.render_plan import Resolution
from schemas.shot_list import Shot
from schemas.take import Take, TakePrompt


@dataclass(frozen=True, slots=True)
class Wanted:
    """A shot to be upgraded, as it is handed to whichever provider is asked."""

    shot: Shot
    job: ClipJob


def wanted_shots(upgrade: Upgrade) -> list[Wanted]:
    """The shots that the wish means, in the order of the film."""
    film = upgrade.film
    shots = wished_shots(upgrade.wish, film.shot_list, film.output)
    seen = _seen_by_shot(upgrade)
    return [_wanted(upgrade, shot, seen.get(shot.shot_id, [])) for shot in shots]


def clip_work(upgrade: Upgrade, one: Wanted, shop: Shop) -> Digest:
    """The key of the work of making this shot of this episode by that provider: the same work is
    bought once, unless a new take is asked for."""
    job = one.job
    taken = [t for t in upgrade.takes.takes(one.shot.shot_id) if t.provider == shop.name]
    return tagged_digest(
        "ClipWork",
        {
            "version": REFERENCE_VERSION,
            # Two shots that look and last alike are two takes: each is paid for by itself.
            "episode": upgrade.takes.episode,
            "shot": one.shot.shot_id,
            "provider": shop.name,
            "model": shop.model(job.quality),
            "quality": job.quality,
            "lock": upgrade.lock_of(one.shot),
            "format": job.format.model_dump(mode="json"),
            "prompt": list(take_prompt(job).model_dump().values()),
            "first_frame": digest_bytes(job.first_frame),
            "take": len(taken),
        },
    )


def shops_for(upgrade: Upgrade, one: Wanted) -> list[Shop]:
    """The providers in order; one that has a job for this shot already comes before all."""
    book = upgrade.shops.ledger.book()
    return sorted(
        upgrade.order, key=lambda shop: book.open_for(clip_work(upgrade, one, shop)) is None
    )


def fitting_take(upgrade: Upgrade, one: Wanted) -> Take | None:
    """The newest take of the shot that answers the wish."""
    if upgrade.wish.again:
        return None
    lock = upgrade.lock_of(one.shot)
    names = {shop.name for shop in upgrade.order}
    found = [
        take
        for take in upgrade.takes.takes(one.shot.shot_id)
        if take.shot_lock_hash == lock
        and not take.unfit
        and take.provider in names
        and take.quality == one.job.quality
        and take.first_frame == digest_bytes(one.job.first_frame)
    ]
    return found[-1] if found else None


def about_clip(upgrade: Upgrade, one: Wanted, shop: Shop) -> dict[str, Any]:
    """What a clip is bought for, as plain JSON values: all that a take of it has to say."""
    return {
        "episode": upgrade.takes.episode,
        "shot_id": one.shot.shot_id,
        "tier": "hq" if shop.external else "standard",
        "provider": shop.name,
        "model": shop.model(one.job.quality),
        "quality": one.job.quality,
        "duration_frames": one.shot.duration_frames,
        "fps": upgrade.film.shot_list.fps.model_dump(mode="json"),
        "shot_lock_hash": upgrade.lock_of(one.shot),
        "timing_lock_hash": upgrade.film.shot_list.timing_lock_hash,
        "prompt": take_prompt(one.job).model_dump(mode="json"),
        "first_frame": digest_bytes(one.job.first_frame),
    }


def job_for(job: ClipJob, shop: Shop) -> ClipJob:
    """The job as that provider is asked for it."""
    return replace(job, model=shop.model(job.quality))


def take_prompt(job: ClipJob) -> TakePrompt:
    """What was asked for, as a take records it."""
    asked = job.prompt
    return TakePrompt(
        subject=asked.subject, motion=asked.motion, style=asked.style, mood=asked.mood
    )


def _seen_by_shot(upgrade: Upgrade) -> dict[str, list[Resolution]]:
    resolved = {r.asset_key: r for r in upgrade.film.plan.resolutions}
    seen: dict[str, list[Resolution]] = {}
    for need in upgrade.film.manifest.needs:
        for shot_id in need.used_by:
            if need.asset_key in resolved:
                seen.setdefault(shot_id, []).append(resolved[need.asset_key])
    return seen


def _wanted(upgrade: Upgrade, shot: Shot, seen: list[Resolution]) -> Wanted:
    from renderers.pictures.shot_picture import picture_of

    plan, context = upgrade.film.plan, upgrade.context
    fmt = plan.format
    spec = picture_of(shot, seen, plan, (fmt.width, fmt.height))
    drawing = drawing_of(context)
    finer = finer_size(fmt, upgrade.wish.quality, shot.duration_frames)
    local = any(shop.row.local for shop in upgrade.order)
    job = ClipJob(
        shot_id=shot.shot_id,
        duration_frames=shot.duration_frames,
        format=fmt,
        timing_lock_hash=upgrade.film.shot_list.timing_lock_hash,
        prompt=prompt_of(shot, context.project),
        model="",
        quality=upgrade.wish.quality,
        seed=int(upgrade.lock_of(shot)[:8], 16) % (2**31),
        client_token="",
        first_frame=first_frame(spec, fmt, drawing),
        layers=layers(spec, finer, drawing) if local else (),
        finer=finer,
    )
    return Wanted(shot, job)
