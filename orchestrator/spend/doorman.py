"""How many jobs a provider gets at once and how fast, and when it gets none for a while.

One doorman stands before each provider for the length of a run.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

# So many jobs in a row that failed for want of a working service close the door for this run.
FAILURES_THAT_CLOSE: Final = 3


class Doorman:
    """Lets `max_concurrent` jobs in at a time, and `submits_per_minute` submits a minute through.

    `now_ms` and `wait_ms` are the clock's; a submit that comes too early waits outside its lock.
    """

    def __init__(
        self,
        max_concurrent: int,
        submits_per_minute: int,
        now_ms: Callable[[], int],
        wait_ms: Callable[[int], None],
    ) -> None:
        self._room = threading.BoundedSemaphore(max_concurrent)
        self._gap_ms = -(-60_000 // submits_per_minute)
        self._now_ms = now_ms
        self._wait_ms = wait_ms
        self._guard = threading.Lock()
        self._next_ms = 0
        self._failures = 0

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Hold one of the places for a job, from submit to clip."""
        with self._room:
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

    def broke(self) -> None:
        """The service did not work, after every retry."""
        with self._guard:
            self._failures += 1

    @property
    def closed(self) -> bool:
        """Whether the provider is taken for down, and gets no more jobs in this run."""
        with self._guard:
            return self._failures >= FAILURES_THAT_CLOSE
