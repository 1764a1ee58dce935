"""Which ffmpeg makes the film, and the name of its build."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from renderers.seams import Command, Executor
from schemas.errors import PipelineError

PINNED_PACKAGE = "imageio-ffmpeg"


@dataclass(frozen=True, slots=True)
class Ffmpeg:
    """An ffmpeg binary. `build` goes into every key; golden hashes hold for the pinned one only."""

    path: Path
    build: str
    pinned: bool


def pinned_ffmpeg() -> Ffmpeg:
    """The static build inside the pinned wheel. Raises PipelineError when it is not installed."""
    spec = find_spec("imageio_ffmpeg")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else None
    found = sorted(folder.glob("binaries/ffmpeg-*")) if folder else []
    if not found:
        raise PipelineError(
            "program-missing", "ffmpeg", "the pinned ffmpeg is not installed", "run `make install`"
        )
    return Ffmpeg(found[0], f"{PINNED_PACKAGE} {version(PINNED_PACKAGE)} {found[0].name}", True)


def chosen_ffmpeg(path: str, executor: Executor) -> Ffmpeg:
    """The ffmpeg at `path`, asked for its version; the pinned one when `path` is empty."""
    if not path:
        return pinned_ffmpeg()
    answer = executor.run(Command((path, "-version"), "ask ffmpeg for its version")).stdout
    first = answer.decode("utf-8", "replace").splitlines()[:2]
    if not first or not first[0].startswith("ffmpeg version"):
        raise PipelineError(
            "program-missing",
            f"PIPELINE_FFMPEG={path}",
            f"is no ffmpeg: asked for its version, it says {' '.join(first)[:80]!r}",
            "name an ffmpeg there, or leave it out to use the one that is installed",
        )
    return Ffmpeg(Path(path), " ".join(first), False)
