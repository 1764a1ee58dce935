"""One log file per stage in the checkpoint folder, newest run only."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

from orchestrator.reporting.redaction import redacted
from orchestrator.seams.clock import utc_now
from orchestrator.store.checkpoint import LOGS
from schemas.errors import PipelineError
from schemas.run_summary import StageTiming, WorkItem


class StageLogs:
    """Appends lines with a time to `logs/STAGE.log`. A log that cannot be written is let go."""

    def __init__(self, build: Path) -> None:
        self._folder = build / LOGS
        self._file: Path | None = None
        self._guard = threading.Lock()

    def begin(self, stage: str) -> None:
        """Start the stage's log anew."""
        self._file = self._folder / f"{stage}.log"
        # Never into what is there: it may be a link that came with the show.
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        self._write(f"{stage} begins", os.O_EXCL)

    def worked(self, item: WorkItem) -> None:
        """A piece of work."""
        what = "reused" if item.hit else f"done in {item.elapsed_ms} ms"
        self._write(f"{item.kind} {item.name}: {what} ({item.reason}) key {item.key[:12]}")

    def end(self, timing: StageTiming) -> None:
        """The stage's end."""
        digest = timing.artifact[:12] if timing.artifact else "nothing"
        self._write(f"{timing.stage} {timing.outcome} in {timing.elapsed_ms} ms, made {digest}")

    def failed(self, error: PipelineError) -> None:
        """Why the stage failed, in full."""
        self._write(f"{error.code}: {error}\n{error.hint}")

    def _write(self, text: str, anew: int = 0) -> None:
        if self._file is None:
            return
        with self._guard:
            try:
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
                log = os.open(self._file, flags | anew, 0o644)
                with os.fdopen(log, "a", encoding="utf-8") as stream:
                    stream.write(f"{utc_now()} {redacted(text)}\n")
            except OSError:
                # A full disk must not turn a log line into the error of the run.
                self._file = None
