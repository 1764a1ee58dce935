"""A show on disk: where its parts are, found from whatever path a person typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from orchestrator.settings import PROJECT_FILES, Settings, default_settings, read_settings
from schemas.errors import PipelineError
from schemas.ids import slug

SCREENPLAY_SUFFIXES = (".fountain", ".spmd", ".txt", ".json", ".yaml", ".yml")
BUILDS = "builds"


@dataclass(frozen=True, slots=True)
class EpisodePlace:
    """An episode file, the show around it, and where its build goes."""

    source: Path
    show: Path
    episode_id: str
    settings: Settings

    @property
    def name(self) -> str:
        """The source's path inside the show, with forward slashes: what artifacts may hold."""
        return self.source.relative_to(self.show).as_posix()

    @property
    def build(self) -> Path:
        """The checkpoint folder."""
        return self.show / BUILDS / self.episode_id


def find_episode(typed: Path) -> EpisodePlace:
    """The episode a person named. Raises PipelineError when there is none or it may not be read."""
    source = _existing_file(typed)
    show = find_show(source.parent)
    if show is None:
        settings = default_settings(source.stem)
        return EpisodePlace(source, source.parent, _episode_id(source), settings)
    settings = read_settings(project_file(show) or show)
    return EpisodePlace(source, show, _episode_id(source), settings)


def find_show(folder: Path) -> Path | None:
    """The nearest folder, from `folder` upwards, that holds a project file."""
    for candidate in (folder, *folder.parents):
        if project_file(candidate) is not None:
            return candidate
    return None


def project_file(show: Path) -> Path | None:
    """The show's project file, or None."""
    for name in PROJECT_FILES:
        if (show / name).is_file():
            return show / name
    return None


def show_of_build(build: Path) -> Path:
    """The show a checkpoint folder belongs to. Raises PipelineError when it is none."""
    folder = build.resolve()
    if folder.parent.name != BUILDS or not folder.name:
        raise PipelineError(
            "not-a-build",
            str(build),
            f"a checkpoint folder is called {BUILDS}/EPISODE inside a show",
            "give that folder, for example `pipeline resume my-show/builds/s01e01`",
        )
    return folder.parent.parent


def _existing_file(typed: Path) -> Path:
    if typed.is_dir():
        raise PipelineError(
            "not-found",
            str(typed),
            "this is a folder; one episode file is needed",
            _suggest(typed),
        )
    if not typed.exists():
        raise PipelineError(
            "not-found", str(typed), "there is no such file", _suggest(typed.parent, typed.stem)
        )
    if not typed.is_file():
        raise PipelineError("not-found", str(typed), "this is not a regular file", "give a file")
    if typed.suffix.lower() not in SCREENPLAY_SUFFIXES:
        raise PipelineError(
            "not-a-screenplay",
            str(typed),
            f"`{typed.suffix or 'no ending'}` is not one of {' '.join(SCREENPLAY_SUFFIXES)}",
            "export the screenplay as Fountain (plain text) and run that",
        )
    return typed.resolve()


def _suggest(folder: Path, stem: str = "") -> str:
    if not folder.is_dir():
        return "check the path"
    places = (folder, folder / "episodes")
    found = sorted(path for place in places for path in place.glob("*.fountain"))
    close = [path for path in found if slug(stem) in slug(path.stem)] or found
    if not close:
        return "check the path; an episode is a .fountain file"
    return "did you mean " + " or ".join(str(path) for path in close[:3]) + "?"


def _episode_id(source: Path) -> str:
    """The file's name without its ending, kept readable and safe as a folder name."""
    safe = re.sub(r"[^\w.-]+", "_", source.stem).strip("._-")
    return safe or "episode"
