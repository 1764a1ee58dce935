"""Where the espeak-ng wheel keeps its library, its data and its list of digests."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from blake3 import blake3

from schemas.errors import PipelineError

WHEEL: Final = "espeakng-loader"
_PACKAGE: Final = "espeakng_loader"
_LIBRARIES: Final = (("win32", "espeak-ng.dll"), ("darwin", "libespeak-ng.dylib"))
_ENGINE_VERSION = re.compile(r"libespeak-ng\.(?:so\.)?(\d+\.\d+(?:\.\d+)?)")
# Wheels are installed with their own digests in RECORD (PyPA, "Recording installed projects").
_DIGEST_CHARS: Final = 16


@dataclass(frozen=True, slots=True)
class EngineFiles:
    """The shared library and the folder of voices and dictionaries."""

    library: Path
    data: Path


@cache
def engine_files() -> EngineFiles:
    """The files of the installed wheel. Raises PipelineError `program-missing`."""
    spec = find_spec(_PACKAGE)
    roots = list(spec.submodule_search_locations or ()) if spec else []
    name = next((file for system, file in _LIBRARIES if system == sys.platform), "libespeak-ng.so")
    for root in roots:
        files = EngineFiles(Path(root) / name, Path(root) / "espeak-ng-data")
        if files.library.is_file() and files.data.is_dir():
            return files
    raise _missing()


@cache
def engine_build() -> str:
    """Engine and wheel versions and a digest over the wheel's files: `espeak-ng 1.52.0 (...)`.

    The digest is taken from the digests the installer recorded, so it costs no reading of the
    data itself. Raises PipelineError `program-missing`.
    """
    try:
        wheel = distribution(WHEEL)
    except PackageNotFoundError:
        raise _missing() from None
    recorded = sorted(
        line
        for line in (wheel.read_text("RECORD") or "").splitlines()
        if line.startswith(f"{_PACKAGE}/") and ",sha256=" in line
    )
    found = _ENGINE_VERSION.search("\n".join(recorded))
    digest = blake3("\n".join(recorded).encode()).hexdigest()[:_DIGEST_CHARS]
    return f"espeak-ng {found[1] if found else '?'} ({WHEEL} {wheel.version}, {digest})"


def _missing() -> PipelineError:
    return PipelineError(
        "program-missing",
        "espeak-ng",
        f"the package {WHEEL} with the speech engine is not installed",
        "run `make install`, or set `voice: none` in the project to work without speech",
    )
