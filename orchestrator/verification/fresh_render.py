"""A film made again from its script with nothing remembered, beside the show and not in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from orchestrator.reporting.report import Reporter
from orchestrator.run.engine import run_episode
from orchestrator.run.request import RunRequest
from orchestrator.seams.durable_files import storage_error
from orchestrator.shows.show import BUILDS, EpisodePlace, project_file
from orchestrator.spend.ledger_file import FOLDER as LEDGER_FOLDER
from orchestrator.store.registry import FOLDER, Registry
from orchestrator.work.speak_line import NOT_BOUGHT
from schemas.digest import Digest
from schemas.errors import ExitCode, PipelineError
from schemas.render_output import RenderOutput
from schemas.scratch_track import ScratchTrack

# All that an episode outside any show can read; its folder may hold anything else.
_OF_A_BARE_EPISODE = ("assets", "canon")


@dataclass(frozen=True, slots=True)
class FreshFilm:
    """A finished film in a registry of its own, which lives as long as `fresh_render` is open.

    `artifacts` are digests by stage, in chain order; `accounts` says what each piece of work
    was keyed by.
    """

    place: EpisodePlace
    profile: str
    registry: Registry
    output: RenderOutput
    artifacts: Mapping[str, Digest]
    accounts: Mapping[str, Mapping[str, str]]


@contextmanager
def fresh_render(
    place: EpisodePlace, profile: str, workers: int, reporter: Reporter
) -> Iterator[FreshFilm]:
    """Render an episode from a copy of its show that has no registry and no builds.

    The show's canon is read and not moved on, and nothing is bought. Raises the error the run
    ended with, PipelineError `speech-is-paid` for a film whose lines would have to be bought
    again, and KeyboardInterrupt when it was stopped.
    """
    keeper = Registry(place.show)
    keeper.prepare()
    with keeper.in_use(), keeper.scratch() as folder:
        copy = _copied(place, folder / "show")
        result = run_episode(RunRequest(copy, profile, workers, buys=False), reporter)
        if result.exit_code is ExitCode.INTERRUPTED:
            raise KeyboardInterrupt
        if result.error is not None:
            raise result.error
        registry = Registry(copy.show)
        run = registry.latest_run(copy.episode_id) or {}
        artifacts = _artifacts(run)
        if "render" not in artifacts:
            raise PipelineError(
                "nothing-to-compare",
                place.episode_id,
                "the fresh render left no film",
                "run the episode once with `pipeline run` and read what it says",
            )
        _refuse_unbought(registry.load(ScratchTrack, artifacts["record_scratch"]), place)
        yield FreshFilm(
            place=copy,
            profile=profile,
            registry=registry,
            output=registry.load(RenderOutput, artifacts["render"]),
            artifacts=artifacts,
            accounts=run["accounts"],
        )


def _refuse_unbought(track: ScratchTrack, place: EpisodePlace) -> None:
    unbought = [line.line_id for line in track.lines if line.stand_in == NOT_BOUGHT]
    if unbought:
        raise PipelineError(
            "speech-is-paid",
            place.episode_id,
            f"{len(unbought)} of its {len(track.lines)} lines are spoken by a service that is paid "
            "and would have to be bought again to be compared",
            "verify episodes whose voices are recorded, or speak on this machine",
        )


def _artifacts(run: Mapping[str, Any]) -> dict[str, Digest]:
    stages = run["summary"]["stages"] if run else []
    return {stage["stage"]: stage["artifact"] for stage in stages if stage["artifact"]}


def _copied(place: EpisodePlace, to: Path) -> EpisodePlace:
    """The place of the same episode in a copy of what it can read."""
    show = place.show
    try:
        to.mkdir(parents=True)
        for entry in sorted(show.iterdir()):
            if _is_read(entry, place):
                _mirror(entry, to / entry.name, show, to)
        source = to / place.source.relative_to(show)
        source.parent.mkdir(parents=True, exist_ok=True)
        source.unlink(missing_ok=True)
        shutil.copyfile(place.source, source)
    except OSError as error:
        raise storage_error(error, to) from None
    return replace(place, source=source, show=to)


def _is_read(entry: Path, place: EpisodePlace) -> bool:
    if project_file(place.show) is None:
        return entry.name in _OF_A_BARE_EPISODE
    return not entry.name.startswith(".") and entry.name not in (FOLDER, BUILDS, LEDGER_FOLDER)


def _mirror(original: Path, copy: Path, show: Path, to: Path) -> None:
    """The same tree with the same bytes. Files are shared where the file system can do it.

    A link keeps pointing at the same part of the show, or out of it as before.
    """
    if original.is_symlink():
        target = original.resolve()
        inside = target.is_relative_to(show.resolve())
        copy.symlink_to(to / target.relative_to(show.resolve()) if inside else target)
    elif original.is_dir():
        copy.mkdir()
        for entry in sorted(original.iterdir()):
            _mirror(entry, copy / entry.name, show, to)
    elif original.is_file() and original.name != ".lock":
        try:
            os.link(original, copy)
        except OSError:
            shutil.copyfile(original, copy)
