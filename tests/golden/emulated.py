"""Other machines for the golden clip: CPUs emulated by qemu-user, another install folder.

Every program of a run is emulated, not only the first one. Speech and image decoding start what
`sys.executable` names, and ffmpeg is found in the package `imageio_ffmpeg`; both lead to small
scripts here that start the real program under qemu and note that they did.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from golden.clip import EPISODE, SHOW

ROOT = Path(__file__).parents[2]
QEMU = "qemu-x86_64-static"
DEBIAN_PACKAGE = "qemu-user-static"
# numpy needs x86-64-v2, of which Nehalem was the first; Haswell brought AVX2 and FMA.
CPUS = ("Nehalem", "Haswell", "max")
SOURCES = ("orchestrator", "stages", "schemas", "canon", "renderers")
_RUN = "from orchestrator.cli.main import run_program; run_program()"
_RUN_AS = "import sys; sys.executable = sys.argv.pop(1); " + _RUN


@dataclass(frozen=True, slots=True)
class Machine:
    """An emulated computer: scripts that start Python and ffmpeg on it, and their notes."""

    cpu: str
    folder: Path

    @property
    def python(self) -> Path:
        """Starts Python."""
        return self.folder / "python"

    @property
    def ffmpeg(self) -> Path:
        """Starts the pinned ffmpeg, under its own name."""
        name = Path(imageio_ffmpeg.get_ffmpeg_exe()).name
        return self.folder / "packages" / "imageio_ffmpeg" / "binaries" / name

    def started(self, program: Path) -> list[str]:
        """The arguments of every start of a program so far."""
        notes = self.folder / f"{program.name}.notes"
        return notes.read_text(encoding="utf-8").splitlines() if notes.is_file() else []


def missing() -> str:
    """Why nothing can be emulated here; empty when it can."""
    if shutil.which(QEMU) is None:
        return f"{QEMU} is not installed: apt-get install {DEBIAN_PACKAGE}"
    return ""


def machine(cpu: str, folder: Path) -> Machine:
    """Set up an emulated computer in a new folder."""
    made = Machine(cpu, folder)
    made.ffmpeg.parent.mkdir(parents=True)
    (made.ffmpeg.parents[1] / "__init__.py").touch()
    _write_starter(made, made.python, sys.executable)
    _write_starter(made, made.ffmpeg, imageio_ffmpeg.get_ffmpeg_exe())
    return made


def render_on(made: Machine, folder: Path) -> Path:
    """Run the golden show wholly on an emulated computer; returns its checkpoint folder."""
    shutil.copytree(SHOW, folder / "show")
    _pipeline(
        [str(made.python), "-c", _RUN_AS, str(made.python)],
        {"PYTHONPATH": os.pathsep.join((str(made.folder / "packages"), str(ROOT)))},
        folder,
    )
    return folder / "show" / "builds" / EPISODE


def media_programs_on(made: Machine | None) -> dict[str, str]:
    """The digests of `tests.golden.media_programs`, on an emulated computer or on this one."""
    python = str(made.python) if made else sys.executable
    paths = [str(made.folder / "packages")] if made else []
    ended = subprocess.run(
        [python, "-m", "tests.golden.media_programs", python],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((*paths, str(ROOT)))},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    digests: dict[str, str] = json.loads(ended.stdout)
    return digests


def render_installed_in(install: Path, folder: Path) -> Path:
    """Copy the sources to `install`, run the golden show with them; returns its build."""
    for name in SOURCES:
        shutil.copytree(ROOT / name, install / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(SHOW, folder / "show")
    _pipeline([sys.executable, "-P", "-c", _RUN], {"PYTHONPATH": str(install)}, folder)
    return folder / "show" / "builds" / EPISODE


def render_on_one_core(folder: Path) -> Path:
    """Run the golden show with one core of this computer; returns its checkpoint folder."""
    shutil.copytree(SHOW, folder / "show")
    alone = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
    _pipeline([sys.executable, "-c", alone + _RUN], {"PYTHONPATH": str(ROOT)}, folder)
    return folder / "show" / "builds" / EPISODE


def _write_starter(made: Machine, script: Path, program: str) -> None:
    notes = made.folder / f"{script.name}.notes"
    script.write_text(
        f"#!/bin/sh\necho \"$*\" | tr '\\n' ' ' >> '{notes}'; echo >> '{notes}'\n"
        # check=off: qemu would list each feature of the real CPU that it does not emulate.
        f"exec {shutil.which(QEMU)} -cpu {made.cpu},check=off '{program}' \"$@\"\n",
        encoding="utf-8",
    )
    script.chmod(0o755)


def _pipeline(start: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PIPELINE_")}
    ended = subprocess.run(
        [*start, "run", f"show/episodes/{EPISODE}.fountain", "--quiet"],
        cwd=folder,
        env=own | dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
