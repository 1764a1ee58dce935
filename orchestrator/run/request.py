"""What is asked of a run, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.shows.show import EpisodePlace
from schemas.errors import ExitCode, PipelineError
from schemas.run_summary import RunSummary

if TYPE_CHECKING:
    from orchestrator.work.upgrade_wish import UpgradeWish


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a person asked for. `workers` 0 means one per core.

    Without `buys` nothing is paid for: a line or shot that would cost something is done without.
    """

    place: EpisodePlace
    profile: str
    workers: int = 0
    strict: bool = False
    upgrade: UpgradeWish | None = None
    buys: bool = True


@dataclass(frozen=True, slots=True)
class RunResult:
    """How it ended: the summary, and the error when there was one."""

    summary: RunSummary
    exit_code: ExitCode
    build: Path
    error: PipelineError | None = None
