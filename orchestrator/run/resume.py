"""From a checkpoint folder back to the episode it came from."""

from __future__ import annotations

import contextlib
from pathlib import Path

from orchestrator.seams.foreign_file import leads_out
from orchestrator.shows.settings import default_settings, read_settings
from orchestrator.shows.show import EpisodePlace, find_episode, project_file, show_of_build
from orchestrator.store.checkpoint import SUMMARY
from orchestrator.store.registry import Registry
from schemas.documents import read_document, read_payload
from schemas.errors import PipelineError
from schemas.run_summary import RunSummary


def find_build(build: Path) -> tuple[EpisodePlace, str]:
    """The episode and profile of a checkpoint folder.

    The folder's own summary says; the registry when that is gone; a lost screenplay is replaced
    by the folder's `script.json`. Raises PipelineError when none of them is there.
    """
    show = show_of_build(build)
    summary = _summary(build.resolve(), show)
    if summary is not None:
        source = show / summary.source
        if source.is_file() and source.parent.resolve().is_relative_to(show):
            return find_episode(source), summary.profile
    script = build.resolve() / "script.json"
    if script.is_file() and not leads_out(script, show):
        file = project_file(show)
        settings = read_settings(file) if file else default_settings(build.resolve().name)
        place = EpisodePlace(script, show, build.resolve().name, settings)
        return place, summary.profile if summary else "preview_local"
    raise PipelineError(
        "not-a-build",
        str(build),
        "holds no run_summary.json or script.json, and no run of it is known",
        "run the episode: `pipeline run EPISODE.fountain`",
    )


def _summary(build: Path, show: Path) -> RunSummary | None:
    path = build / SUMMARY
    if path.is_file():
        with contextlib.suppress(PipelineError):
            return read_document(path.read_bytes(), RunSummary, SUMMARY)
    run = Registry(show).latest_run(build.name)
    return read_payload(run["summary"], RunSummary, SUMMARY) if run else None
