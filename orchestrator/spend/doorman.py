"""How many jobs a provider gets at once and how fast, and when it gets none for a while.

One doorman stands before each provider for the length of a run; what he found of a provider that is
down is kept for the next one (`orchestrator.spend.outage`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from orchestrator.spend.outage import Outages, moment

# So many jobs in a row that failed for want of a working service close the door.
FAILURES_THAT_CLOSE: Final = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """What earlier runs found of a provider, and where this run records what it finds."""

    provider: str
    outages: Outages

    @property
    def on_trial(self) -> bool:
        """Whether the provider was down and has not been seen to work since."""
        return self.outages.on_trial(self.provider)

    @property
    def resting_until(self) -> str:
        """Until when it is left alone, empty when it may be asked."""
        outage = self.outages.resting(self.provider)
        return moment(outage.ask_again_s) if outage else ""


class Doorman:
    """Lets `max_concurrent` jobs in at a time, and `submits_per_minute` submits a minute through.

    `now_ms` and `wait_ms` are the clock's; a submit that comes too early waits outside its lock.
    With a `standing`, a provider that an earlier run found down gets nothing for a while, and then
    one job at a time until it works; without one, what is found is forgotten with the run.
    """

    def __init__(
        self,
        max_concurrent: int,
        submits_per_minute: int,
        now_ms: Callable[[], int],
        wait_ms: Callable[[int], None],
        standing: Standing | None = None,
    ) -> None:
        self._room = threading.BoundedSemaphore(max_concurrent)
        self._gap_ms = -(-60_000 // submits_per_minute)
        self._now_ms = now_ms
        self._wait_ms = wait_ms
        self._standing = standing
        self._trial = threading.Lock()
        self._guard = threading.Lock()
        self._next_ms = 0
        self._failures = 0

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Hold one of the places for a job, from submit to clip."""
        with self._room:
            if not self._on_trial:
                yield
                return
            with self._trial:
                yield

    def before_submit(self) -> None:
        """Return when the next submit is due."""
        with self._guard:
            due = max(self._next_ms, self._now_ms())
            self._next_ms = due + self._gap_ms
        left = due - self._now_ms()
        if left > 0:
            self._wait_ms(left)

    def worked(self) -> None:
        """The service did its work; earlier failures do not count any more."""
        with self._guard:
            self._failures = 0
        if self._standing is not None:
            self._standing.outages.works(self._standing.provider)

    def broke(self) -> None:
        """The service did not work, after every retry."""
        most = 1 if self._on_trial else FAILURES_THAT_CLOSE
        with self._guard:
            self._failures += 1
            closing = self._failures >= most
        if closing and self._standing is not None:
            self._standing.outages.found_down(self._standing.provider)

    @property
    def closed(self) -> bool:
        """Whether the provider is taken for down, and gets no more jobs now."""
        with self._guard:
            broken = self._failures >= FAILURES_THAT_CLOSE
        return broken or bool(self.closed_until)

    @property
    def closed_until(self) -> str:
        """Until when the provider is left alone, also by other runs; empty when nobody said."""
        return self._standing.resting_until if self._standing is not None else ""

    @property
    def _on_trial(self) -> bool:
        return self._standing is not None and self._standing.on_trial
