"""The clock: the only file that asks what time it is."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def utc_now() -> str:
    """The current time, UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Stopwatch:
    """Counts milliseconds from its creation."""

    def __init__(self) -> None:
        self._start = time.monotonic_ns()

    def elapsed_ms(self) -> int:
        """Whole milliseconds since the start."""
        return (time.monotonic_ns() - self._start) // 1_000_000


def epoch_s() -> int:
    """Whole seconds since 1970, UTC, to compare with the times of files."""
    return int(time.time())
