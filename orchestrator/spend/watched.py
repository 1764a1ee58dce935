"""A provider whose jobs are told of while they are waited for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic

from renderers.providers.contract import (
    Capabilities,
    Estimate,
    Job,
    JobState,
    Provider,
    Submission,
)


class Watched(Generic[Job]):
    """The same provider; `tell` hears of each change in how a job stands."""

    def __init__(self, provider: Provider[Job], tell: Callable[[str], None]) -> None:
        self._provider = provider
        self._tell = tell
        self._told = ""

    @property
    def capabilities(self) -> Capabilities:
        """See `Provider`."""
        return self._provider.capabilities

    def estimate(self, job: Job) -> Estimate:
        """See `Provider`."""
        return self._provider.estimate(job)

    def submit(self, job: Job) -> Submission:
        """See `Provider`."""
        self._say("handing the job in")
        return self._provider.submit(job)

    def poll(self, handle: str) -> JobState:
        """See `Provider`."""
        state = self._provider.poll(handle)
        percent = state.progress_permille // 10
        running = state.phase == "running" and percent
        self._say(f"running, {percent} %" if running else state.phase)
        return state

    def fetch(self, state: JobState, into: Path) -> None:
        """See `Provider`."""
        self._provider.fetch(state, into)

    def cancel(self, handle: str) -> None:
        """See `Provider`."""
        self._provider.cancel(handle)

    def _say(self, words: str) -> None:
        if words != self._told:
            self._told = words
            self._tell(words)
