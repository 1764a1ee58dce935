"""A show on disk: where its parts are, found from whatever path a person typed."""

from __future__ import annotations

import difflib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from orchestrator.shows.settings import PROJECT_FILES, Settings, default_settings, read_settings
from schemas.digest import digest_bytes
from schemas.errors import PipelineError
from schemas.ids import slug

SCREENPLAY_SUFFIXES = (".fountain", ".spmd", ".txt", ".json", ".yaml", ".yml")
BUILDS = "builds"
# The name also begins file names of ours, which most file systems end at 255 bytes.
MAX_EPISODE_BYTES = 120


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
    """The episode a person named. Raises PipelineError when there is none or it may not be read.

    A link inside the show is the episode of its own name; one that leads out of it is refused.
    """
    source = _existing_file(typed)
    show = find_show(source.parent)
    if show is None:
        settings = default_settings(source.stem)
        return EpisodePlace(source, source.parent, _episode_id(source), settings)
    target = source.resolve()
    if not target.is_relative_to(show):
        raise PipelineError(
            "outside-show",
            str(typed),
            f"this is a link to {target}, which lies outside the show",
            f"copy the file into {show / 'episodes'}",
        )
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
            f"this is not a checkpoint folder; one is called {BUILDS}/EPISODE inside a show",
            _suggest_build(build),
        )
    return folder.parent.parent


def _existing_file(typed: Path) -> Path:
    """The path, absolute and without links but for a last one. Raises PipelineError."""
    if any("\ud800" <= sign <= "\udfff" for sign in str(typed)):
        raise PipelineError(
            "file-name",
            str(typed),
            "this name is not UTF-8, or the system's language settings say that it is not",
            "rename the file, or set LC_ALL=C.UTF-8",
        )
    if typed.is_dir():
        hint = _suggest(typed)
        raise PipelineError(
            "not-found", str(typed), "this is a folder; one episode file is needed", hint
        )
    if not typed.exists():
        raise _missing(typed)
    if not typed.is_file():
        raise PipelineError(
            "not-found", str(typed), "this is not a regular file", "give a file with a screenplay"
        )
    if typed.name in PROJECT_FILES:
        hint = _suggest(typed.parent)
        raise PipelineError(
            "not-a-screenplay", str(typed), "these are the settings of a show, not an episode", hint
        )
    if typed.suffix.lower() not in SCREENPLAY_SUFFIXES:
        ending = f"`{typed.suffix}`" if typed.suffix else "a name without ending"
        raise PipelineError(
            "not-a-screenplay",
            str(typed),
            f"{ending} is not one of {' '.join(SCREENPLAY_SUFFIXES)}",
            "export the screenplay as Fountain (plain text) and run that",
        )
    return typed.parent.resolve() / typed.name


def _missing(typed: Path) -> PipelineError:
    problem, hint = "there is no such file", _suggest(typed.parent, typed.name)
    if typed.is_symlink():
        problem = f"this is a link to {typed.readlink()}, which is not there"
        hint = "mend the link, or put the file itself there"
    elif not typed.parent.is_dir():
        problem = f"there is no folder {typed.parent}"
        hint = "check the path"
    return PipelineError("not-found", str(typed), problem, hint)


def _suggest(folder: Path, wanted: str = "") -> str:
    """Episodes that may be meant: the most alike first, from the folder or its show."""
    show = find_show(folder.resolve())
    places = dict.fromkeys((folder, folder / "episodes", *((show / "episodes",) if show else ())))
    found = {
        os.path.relpath(path) if path.is_absolute() else str(path): slug(path.stem)
        for place in places
        for suffix in SCREENPLAY_SUFFIXES[:2]
        for path in sorted(place.glob(f"*{suffix}"))
        if path.is_file()
    }
    stem = slug(Path(wanted).stem) if wanted else ""
    likeness = {
        path: difflib.SequenceMatcher(None, stem, own).ratio() for path, own in found.items()
    }
    close = [path for path in found if stem and (stem in found[path] or likeness[path] > 0.6)]
    close.sort(key=lambda path: -likeness[path])
    if close:
        return "did you mean " + " or ".join(close[:3]) + "?"
    if found:
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        return f"there is {', '.join(list(found)[:3])}{more}"
    return "check the path; an episode is a .fountain file"


def _suggest_build(typed: Path) -> str:
    here = typed.resolve()
    show = find_show(here if here.is_dir() else here.parent)
    known = sorted((show / BUILDS).glob("*/")) if show else []
    if not known:
        return f"give one, for example my-show/{BUILDS}/s01e01"
    inside = [build for build in known if here.is_relative_to(build) or build.name == here.name]
    names = [os.path.relpath(build) for build in inside or known]
    return "did you mean " + " or ".join(names[:3]) + "?"


def _episode_id(source: Path) -> str:
    """The file's name without its ending, kept readable and safe as a folder name.

    A name too long for a file system keeps its beginning, and a digest tells it from its like.
    """
    safe = re.sub(r"[^\w.-]+", "_", source.stem).strip("._-") or "episode"
    encoded = safe.encode()
    if len(encoded) <= MAX_EPISODE_BYTES:
        return safe
    return (
        f"{encoded[: MAX_EPISODE_BYTES - 9].decode('utf-8', 'ignore')}-{digest_bytes(encoded)[:8]}"
    )
