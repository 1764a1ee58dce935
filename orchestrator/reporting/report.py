"""What a run tells whoever watches it."""

from __future__ import annotations

from typing import Protocol

from schemas.run_summary import StageTiming, WorkItem


class Reporter(Protocol):
    """Receives the events of a run, from any thread, in order of time."""

    def stage_started(self, stage: str) -> None:
        """A stage begins."""

    def expect(self, stage: str, count: int) -> None:
        """A stage will do `count` pieces of work."""

    def worked(self, item: WorkItem) -> None:
        """A piece of work was done or reused."""

    def stage_ended(self, timing: StageTiming) -> None:
        """A stage came to an end, good or bad."""

    def note(self, text: str) -> None:
        """Something a person should know; not an error."""

    def close(self) -> None:
        """The run is over."""


class SilentReporter:
    """Tells nobody."""

    def stage_started(self, stage: str) -> None:
        """Ignored."""

    def expect(self, stage: str, count: int) -> None:
        """Ignored."""

    def worked(self, item: WorkItem) -> None:
        """Ignored."""

    def stage_ended(self, timing: StageTiming) -> None:
        """Ignored."""

    def note(self, text: str) -> None:
        """Ignored."""

    def close(self) -> None:
        """Ignored."""
