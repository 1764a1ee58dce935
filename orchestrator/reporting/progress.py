"""Showing a run: a live display for a terminal, plain lines for a pipe."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from orchestrator.reporting.report import Reporter, SilentReporter
from orchestrator.seams.console import printable, remark
from orchestrator.seams.environment import is_terminal
from schemas.run_summary import StageTiming, WorkItem

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

STAGE_TITLES = {
    "read_script": "reading the script",
    "gate_canon": "checking the canon",
    "record_scratch": "speaking the lines",
    "plan_shots": "planning the shots",
    "list_assets": "listing what they need",
    "plan_render": "finding pictures and sounds",
    "render": "rendering the film",
    "approve_canon_diff": "asking about the canon",
    "approve_character_packs": "asking about the characters",
    "approve_shotlist_timing_lock": "asking about the timing",
    "approve_external_spend": "asking about the money",
}


def make_reporter(quiet: bool) -> Reporter:
    """The reporter that fits where standard error goes."""
    if quiet:
        return SilentReporter()
    return LiveReporter() if is_terminal() else LineReporter()


class LineReporter:
    """One line on standard error when a stage ends, and one per note."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._done = 0
        self._reused = 0

    def stage_started(self, stage: str) -> None:
        """Counts anew."""
        self._done = self._reused = 0

    def expect(self, stage: str, count: int) -> None:
        """Ignored: lines are printed when a stage ends."""

    def worked(self, item: WorkItem) -> None:
        """Counts pieces of work below the stage."""
        if item.kind != "stage":
            with self._guard:
                self._done += not item.hit
                self._reused += item.hit

    def stage_ended(self, timing: StageTiming) -> None:
        """Prints the stage, how it ended and how long it took."""
        pieces = ""
        if self._done or self._reused:
            pieces = f" ({self._done} made, {self._reused} reused)"
        title = STAGE_TITLES.get(timing.stage, timing.stage)
        seconds = timing.elapsed_ms / 1000
        remark(f"{title}: {timing.outcome}{pieces} in {seconds:.1f} s")

    def note(self, text: str) -> None:
        """Prints the note."""
        remark(f"note: {text}")

    def close(self) -> None:
        """Nothing to close."""


class LiveReporter:
    """A bar per stage on a terminal, counting shots and lines. Shown once a stage begins."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeElapsedColumn as Elapsed

        self._progress: Progress = Progress(
            TextColumn("{task.description:<32}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            Elapsed(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, TaskID] = {}
        self._current = ""

    def stage_started(self, stage: str) -> None:
        """Adds the stage's bar; a stage that is done once more keeps its own."""
        self._progress.start()
        self._current = stage
        title = STAGE_TITLES.get(stage, stage)
        if stage in self._tasks:
            self._progress.reset(self._tasks[stage], total=1, description=title)
        else:
            self._tasks[stage] = self._progress.add_task(title, total=1)

    def expect(self, stage: str, count: int) -> None:
        """Sets how many pieces the stage has."""
        if stage in self._tasks:
            self._progress.update(self._tasks[stage], total=max(count, 1))

    def worked(self, item: WorkItem) -> None:
        """Moves the bar, and its end when there is more to do than was expected."""
        if item.kind != "stage" and self._current in self._tasks:
            task = self._progress.tasks[self._tasks[self._current]]
            self._progress.update(
                task.id, advance=1, total=max(task.total or 1, int(task.completed) + 1)
            )

    def stage_ended(self, timing: StageTiming) -> None:
        """Fills the bar, or says that the stage did not come to its end."""
        task = self._tasks.get(timing.stage)
        if task is None:
            return
        title = STAGE_TITLES.get(timing.stage, timing.stage)
        if timing.outcome == "done":
            self._progress.update(task, completed=self._progress.tasks[task].total)
        elif timing.outcome == "reused":
            total = self._progress.tasks[task].total
            self._progress.update(task, completed=total, description=f"{title} (reused)")
        else:
            self._progress.update(task, description=f"{title} ({timing.outcome})")
            self._progress.stop_task(task)

    def note(self, text: str) -> None:
        """Prints the note above the bars, as it is."""
        self._progress.console.print(f"note: {printable(text)}", markup=False, highlight=False)

    def close(self) -> None:
        """Ends the display."""
        self._progress.stop()
