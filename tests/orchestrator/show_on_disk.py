"""Small shows for tests, written to a temporary folder, and the real command run on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

SHORT = """Title: Short

INT. KITCHEN - DAY

Mara waits by the door.

MARA
Is it open?

TOM
It was never shut.
"""

TWO_SCENES = """INT. KITCHEN - DAY

Mara waits by the door.

MARA
Is it open?

TOM
It was never shut.

EXT. GARDEN - NIGHT

Tom runs.

TOM
Wait for me.
"""


@dataclass(frozen=True)
class Ended:
    """A finished command."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def pipeline(*arguments, cwd=None, env=None, timeout=300) -> Ended:
    """Run the `pipeline` command as a user would."""
    done = subprocess.run(
        [sys.executable, "-c", "from orchestrator.cli.main import run_program; run_program()"]
        + [str(argument) for argument in arguments],
        cwd=cwd or ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        capture_output=True,
        check=False,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def make_show(folder: Path, script: str = SHORT, project: str = "", name: str = "s01e01") -> Path:
    """A show with one episode; returns the episode's path. Small frames keep tests quick."""
    folder.mkdir(parents=True, exist_ok=True)
    small = "format: {width: 320, height: 180}\n"
    settings = project or small
    named = settings if settings.startswith("id: ") else f"id: test\n{settings}"
    (folder / "project.yaml").write_text(named, encoding="utf-8")
    episode = folder / "episodes" / f"{name}.fountain"
    episode.parent.mkdir(exist_ok=True)
    episode.write_text(script, encoding="utf-8")
    return episode


def episode_of(show: Path, name: str = "s01e01") -> Path:
    """The file of an episode."""
    return show / "episodes" / f"{name}.fountain"


def edit(show: Path, old: str, new: str) -> None:
    """Change words of the show's first episode that are in it."""
    text = episode_of(show).read_text()
    assert old in text
    episode_of(show).write_text(text.replace(old, new))


def digests(build: Path) -> dict[str, str]:
    """Content digest of every delivered file of a build, without the account of the run."""
    from schemas.digest import digest_file

    return {
        path.name: digest_file(path)
        for path in sorted(build.iterdir())
        if path.is_file() and path.name != "run_summary.json"
    }
