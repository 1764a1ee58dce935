"""Takes for people: listed, looked at, picked, compared."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.reporting.quantities import dollars
from orchestrator.shows.show import show_of_build
from orchestrator.upgrades.takes import PREVIEW, Choice, TakeStore
from schemas.documents import AnyArtifact, read_document
from schemas.errors import PipelineError
from schemas.render_output import RenderOutput
from schemas.shot_list import ShotList, shot_lock_hash
from schemas.take import Take

if TYPE_CHECKING:
    from PIL.Image import Image


def takes_of(build: Path) -> dict[str, Any]:
    """Every take of an episode, with what speaks for and against it."""
    store, shot_list = _store(build), _shot_list(build)
    locks = {shot.shot_id: shot_lock_hash(shot_list.fps, shot) for shot in shot_list.shots}
    choices = store.choices()
    takes = [
        {
            **take.payload(),
            "shown": _is_shown(take, choices.shots),
            "stale": locks.get(take.shot_id) != take.shot_lock_hash,
        }
        for take in store.takes()
    ]
    refused = {
        shot: choice.reason
        for shot, choice in choices.shots.items()
        if choice.number == PREVIEW and choice.reason
    }
    return {
        "episode": store.episode,
        "profile": choices.profile,
        "takes": takes,
        "not_upgraded": refused,
    }


def takes_text(found: dict[str, Any]) -> str:
    """`takes_of` for people."""
    rows = []
    for take in found["takes"]:
        marks = [mark for mark in ("shown", "stale") if take[mark]]
        marks += [f"does not fit: {take['unfit']}"] if take["unfit"] else []
        said = f" ({'; '.join(marks)})" if marks else ""
        rows.append(
            f"{take['shot_id']} take {take['number']}: {take['provider']} {take['model']}, "
            f"{take['quality']}, {dollars(take['cost_microusd'])}{said}"
        )
    rows += [f"{shot}: {reason}" for shot, reason in found["not_upgraded"].items()]
    return "\n".join(rows) or "no take was made yet: pipeline upgrade BUILD"


def take_view(build: Path, shot: str, number: int) -> dict[str, Any]:
    """One take, and where its file lies."""
    store = _store(build)
    take = store.take(shot, number)
    return take.payload() | {"path": str(store.path(take))}


def take_text(found: dict[str, Any]) -> str:
    """`take_view` for people."""
    prompt = "; ".join(f"{name}: {said}" for name, said in found["prompt"].items() if said)
    rows = [
        f"{found['shot_id']} take {found['number']}, {found['made_at']}",
        f"  by {found['provider']} {found['model']}, quality {found['quality']}, "
        f"{dollars(found['cost_microusd'])}",
        f"  asked for: {prompt}",
        f"  lock {found['shot_lock_hash'][:12]}, {found['duration_frames']} frames",
        f"  {found['path']}",
    ]
    return "\n".join(rows + ([f"  does not fit: {found['unfit']}"] if found["unfit"] else []))


def pick_take(build: Path, shot: str, number: int) -> str:
    """Choose a take for a shot. Raises PipelineError for one that is not there or does not fit."""
    store = _store(build)
    if number == PREVIEW:
        _require_shot(build, shot)
        store.choose({shot: Choice(PREVIEW)})
        return f"{shot} shows its preview from the next run on"
    take = store.take(shot, number)
    if take.unfit:
        raise PipelineError(
            "take-unfit",
            f"{shot} take {number}",
            f"this take may not enter the film: {take.unfit}",
            "pick another one, or make a new one with `pipeline upgrade --again`",
        )
    profile = "" if store.choices().profile else _profile_of(take)
    store.choose({shot: Choice(number, take.provider)}, profile)
    return f"{shot} shows take {number} by {take.provider} from the next run on"


def compare_takes(build: Path, shot: str, numbers: tuple[int, int], out: Path) -> Path:
    """Write a picture of the beginning, middle and end of two takes, one above the other."""
    from PIL import Image as Images

    from orchestrator.seams.environment import chosen_ffmpeg
    from orchestrator.seams.executor import SubprocessExecutor
    from renderers.ffmpeg.binary import chosen_ffmpeg as find
    from renderers.providers.conform import ForeignClip, stills_of
    from renderers.seams import Tools

    executor = SubprocessExecutor()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            tools = Tools(executor, lambda _digest: Path(), Path(scratch))
            ffmpeg = find(chosen_ffmpeg(), executor)
            length = _require_shot(build, shot)
            frames = (0, length // 2, length - 1)
            rows = []
            for row, number in enumerate(numbers):
                clip = ForeignClip(_clip(build, shot, number), ffmpeg, tools)
                rows.append([_opened(path) for path in stills_of(clip, frames, f"row{row}")])
            width, height = 480, 480 * rows[0][0].height // rows[0][0].width
            sheet = Images.new("RGB", (width * len(frames), height * len(rows)))
            for down, pictures in enumerate(rows):
                for across, picture in enumerate(pictures):
                    sheet.paste(picture.resize((width, height)), (across * width, down * height))
            sheet.save(out, "PNG")
    except OSError as error:
        raise PipelineError(
            "output", str(out), f"could not be written: {error.strerror}", "give another --out"
        ) from None
    finally:
        executor.stop_all()
    return out


def _opened(path: Path) -> Image:
    from PIL import Image as Images

    with Images.open(path) as picture:
        return picture.convert("RGB")


def _clip(build: Path, shot: str, number: int) -> Path:
    from orchestrator.store.registry import Registry

    store = _store(build)
    if number != PREVIEW:
        return store.path(store.take(shot, number))
    output = _read(build, "render_output.json", RenderOutput)
    shown = next((one for one in output.shots if one.shot_id == shot and not one.take), None)
    if shown is None:
        raise PipelineError(
            "no-preview",
            f"{build}, shot {shot}",
            "the film shows a take there, and keeps no preview of it",
            f"`pipeline takes pick {build} {shot} 0` and a run make the preview again",
        )
    return Registry(show_of_build(build)).blobs.resolve(shown.clip)


def _is_shown(take: Take, choices: Any) -> bool:
    choice = choices.get(take.shot_id)
    return choice is not None and choice.number == take.number


def _profile_of(take: Take) -> str:
    return f"hq_{take.provider}" if take.tier == "hq" else "standard_local"


def _store(build: Path) -> TakeStore:
    return TakeStore(show_of_build(build), build.resolve().name)


def _require_shot(build: Path, shot: str) -> int:
    """The shot's length in frames. Raises PipelineError `no-shot`."""
    lengths = {one.shot_id: one.duration_frames for one in _shot_list(build).shots}
    if shot not in lengths:
        raise PipelineError(
            "no-shot", shot, "the film has no such shot", f"there is {', '.join(list(lengths)[:5])}"
        )
    return lengths[shot]


def _shot_list(build: Path) -> ShotList:
    return _read(build, "shot_list.json", ShotList)


def _read(build: Path, name: str, model: type[AnyArtifact]) -> AnyArtifact:
    path = build / name
    try:
        data = path.read_bytes()
    except OSError:
        raise PipelineError(
            "not-a-build",
            str(path),
            "is not there",
            "run the episode first: `pipeline run EPISODE.fountain`",
        ) from None
    return read_document(data, model, name)
