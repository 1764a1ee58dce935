"""Where a transformation goes in the show: a picture of its own, or a take of a shot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.run.context import RunContext
from orchestrator.seams.durable_files import make_folder, replace_file
from orchestrator.seams.foreign_file import refuse_outside
from orchestrator.seams.lock import locked
from orchestrator.shows.library import ASSETS, PICTURES
from orchestrator.store.memo import Made, Product, Work
from orchestrator.upgrades.takes import Choice, TakeStore
from orchestrator.work.make_variation import license_of
from orchestrator.work.transform_setting import Transformation
from orchestrator.work.transform_wish import KINDS, ShotTarget, Target
from renderers.media_ingest import INVALID_INPUT
from renderers.pictures.image_ingest import ingest_image, open_plate
from renderers.providers.conform import ForeignClip, Unfit, require_fit
from renderers.providers.contract import Medium
from schemas.digest import digest_bytes
from schemas.documents import read_document
from schemas.errors import PipelineError
from schemas.shot_list import Shot, ShotList, shot_lock_hash
from schemas.take import Take, TakePrompt
from schemas.transform import Transform

PLACE_VERSION = 1
_PLACED_SIDE = 4096


@dataclass(frozen=True, slots=True)
class Film:
    """The shot that a clip is made for, and the list that locks its length."""

    episode: str
    shot_list: ShotList
    shot: Shot


def check_place(
    context: RunContext, target: Target, medium: Medium, held: Transform | None
) -> None:
    """Refuse, before anything is bought, what could not be put there afterwards.

    `held` is the variation that would go there, if it is made already. Raises PipelineError
    `INVALID_INPUT` for a clip, `there-already` for a place that another picture has.
    """
    if medium == "video":
        raise PipelineError(
            INVALID_INPUT,
            "--as",
            "a clip cannot become a picture of the show",
            "give a JPG or PNG, or make it a take with --shot",
        )
    there = _there(context.place.show, target)
    if there is not None and (held is None or not _is_ours(there, held)):
        raise PipelineError(
            "there-already",
            there.relative_to(context.place.show).as_posix(),
            "the show has this picture already, and it is not written over",
            f"move it away, or make a variant: --as {target.kind}:{target.subject}.NAME",
        )


def place_picture(asked: Transformation, made: Transform, target: Target) -> tuple[str, str]:
    """The picture's file in the show, and a warning or nothing; its licence lies beside it.

    A character is cut out of its ground when that is plain.
    """
    show = asked.context.place.show
    there = _there(show, target)
    folder = show / ASSETS / KINDS[target.kind]
    refuse_outside(folder, show, folder.relative_to(show).as_posix())
    if there is not None:
        return there.relative_to(show).as_posix(), ""
    data, cut = _as_png(asked, made, target)
    file = folder / f"{target.stem}.png"
    make_folder(folder)
    with locked(asked.context.registry.root / "locks" / "assets.lock", exclusive=True):
        replace_file(Path(f"{file}.license.yaml"), _license_text(asked, made).encode())
        replace_file(file, data)
    warning = ""
    if target.kind == "character" and not cut:
        warning = (
            f"{file.name} has no plain ground to be cut from; it stands in the film as it is, a "
            "rectangle: cut it out yourself, or ask for another variation"
        )
    return file.relative_to(show).as_posix(), warning


def film_of_shot(context: RunContext, wanted: ShotTarget) -> Film:
    """The shot that is meant. Raises PipelineError `no-shot`."""
    where = f"--shot {wanted.episode}:{wanted.shot}"
    path = context.place.show / "builds" / wanted.episode / "shot_list.json"
    if not path.resolve().is_relative_to(context.place.show) or not path.is_file():
        raise PipelineError(
            "no-shot",
            where,
            f"there is no build of {wanted.episode} with a shot list",
            "run the episode first: its shots are locked then",
        )
    shot_list = read_document(path.read_bytes(), ShotList, path.name)
    found = [s for s in shot_list.shots if s.shot_id == wanted.shot]
    if not found and wanted.shot.isdigit() and 1 <= int(wanted.shot) <= len(shot_list.shots):
        found = [shot_list.shots[int(wanted.shot) - 1]]
    found = found or [s for s in shot_list.shots if s.shot_id.startswith(wanted.shot)]
    if len(found) != 1:
        some = ", ".join(s.shot_id for s in found or shot_list.shots[:3])
        raise PipelineError(
            "no-shot",
            where,
            f"{len(found) or 'no'} shots are called so",
            f"there is {some}; `pipeline takes list` names them, or give a number from 1 to "
            f"{len(shot_list.shots)}",
        )
    return Film(wanted.episode, shot_list, found[0])


def check_length(asked: Transformation, film: Film) -> None:
    """Refuse, before anything is bought, a clip that is too short for the shot.

    Raises PipelineError `INVALID_INPUT`, for a picture as well.
    """
    where = f"--shot {film.episode}:{film.shot.shot_id}"
    if asked.media.medium == "image":
        raise PipelineError(
            INVALID_INPUT,
            where,
            "a take is a clip, and this is a picture",
            "give an MP4 or MOV, or make it a picture of the show with --as",
        )
    fps = film.shot_list.fps
    needed_ms = -(-film.shot.duration_frames * fps.den * 1000 // fps.num)
    longest = [shop.scenes.longest_ms for shop in asked.order if shop.buyer is not None]
    most = max((ms or asked.media.shown.duration_ms for ms in longest), default=0)
    given_ms = min(asked.media.shown.duration_ms, most or asked.media.shown.duration_ms)
    # One frame is lost where two clocks meet.
    if given_ms + fps.den * 1000 // fps.num < needed_ms:
        raise PipelineError(
            INVALID_INPUT,
            where,
            f"the shot lasts {needed_ms / 1000:.1f} s, of the clip {given_ms / 1000:.1f} s can "
            "be transformed",
            "give a longer clip, or choose a shorter shot: no shot changes its length for a take",
        )


def place_takes(asked: Transformation, every: tuple[Transform, ...], film: Film) -> list[Take]:
    """Each variation as a take of the shot; the first that fits is the one that is shown."""
    store = TakeStore(asked.context.place.show, film.episode)
    takes = [_take(asked, store, made, film) for made in every]
    fitting = [take for take in takes if not take.unfit]
    if fitting:
        first = fitting[0]
        choice = Choice(first.number, first.provider)
        store.choose({film.shot.shot_id: choice}, f"hq_{first.provider}")
    return takes


def _take(asked: Transformation, store: TakeStore, made: Transform, film: Film) -> Take:
    path, fps = asked.store.path(made), film.shot_list.fps
    external = asked.is_outside(made.provider)
    with asked.context.registry.scratch() as folder:
        clip = ForeignClip(path, asked.context.ffmpeg, asked.context.tools(folder))
        unfit = ""
        try:
            require_fit(clip, film.shot.duration_frames, fps)
        except Unfit as reason:
            unfit = reason.problem
        return store.add(
            path,
            shot_id=film.shot.shot_id,
            tier="hq" if external else "standard",
            provider=made.provider,
            model=made.model,
            quality="high",
            duration_frames=film.shot.duration_frames,
            shot_lock_hash=shot_lock_hash(fps, film.shot),
            timing_lock_hash=film.shot_list.timing_lock_hash,
            prompt=TakePrompt(
                subject=made.scene_description, motion="", style=made.style_preset, mood=""
            ),
            first_frame=digest_bytes(asked.media.shown.poster),
            job=made.job,
            cost_microusd=made.cost_microusd,
            unfit=unfit,
        )


def _there(show: Path, target: Target) -> Path | None:
    folder = show / ASSETS / KINDS[target.kind]
    found = (folder / f"{target.stem}{ending}" for ending in PICTURES)
    return next((path for path in found if path.exists() or path.is_symlink()), None)


def _is_ours(there: Path, made: Transform) -> bool:
    """Whether the picture that is there was put there from this very variation."""
    beside = Path(f"{there}.license.yaml")
    return beside.is_file() and f"transform: {made.media}" in beside.read_text("utf-8", "replace")


def _as_png(asked: Transformation, made: Transform, target: Target) -> tuple[bytes, bool]:
    """The picture, cut out for a character when it can be; and whether it was."""
    path, context = asked.store.path(made), asked.context
    work = Work(
        kind="asset",
        label=f"{target.kind} {target.stem}",
        operation="place_transform",
        version=PLACE_VERSION,
        inputs={"media": made.media},
        settings={"kind": target.kind},
    )

    def make(folder: Path) -> Made:
        from renderers.pictures.plain_ground import cut_out
        from renderers.providers.reference import png_of

        plate = folder / "plate"
        ingest_image(path, plate, context.tools(folder), _PLACED_SIDE, _PLACED_SIDE)
        picture = open_plate(plate)
        alone = cut_out(picture) if target.kind != "place" and picture.mode == "RGB" else None
        license_ = license_of(made, external=asked.is_outside(made.provider))
        product = Product(png_of(alone or picture), "placed picture", license=license_)
        return Made({"picture": product}, {"cut": alone is not None or picture.mode == "RGBA"})

    done = context.memo.remember(work, make)
    return context.registry.blobs.read(done.outputs["picture"]), bool(done.facts["cut"])


def _license_text(asked: Transformation, made: Transform) -> str:
    import yaml

    license_ = license_of(made, external=asked.is_outside(made.provider))
    said: dict[str, Any] = {
        "license_type": license_.license_type,
        "provider_or_model": license_.provider_or_model,
        "retrieval_date": license_.retrieval_date,
    }
    origin = f"# transform: {made.media}\n"
    return origin + str(yaml.safe_dump(said, sort_keys=False, allow_unicode=True))
