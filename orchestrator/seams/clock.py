"""The clock: the only file that asks what time it is."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def utc_now() -> str:
    """The current time, UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def utc_day(at_s: int | None = None) -> str:
    """The day of a moment in seconds since 1970, or today; UTC, ISO 8601."""
    moment = datetime.now(UTC) if at_s is None else datetime.fromtimestamp(at_s, UTC)
    return moment.date().isoformat()


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


def seconds_until(retry_after: str) -> int | None:
    """What a Retry-After header asks for: whole seconds from now, 0 for a time that is past.

    None when it is neither a number nor a date (RFC 9110, 10.2.3).
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return int(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    left = (when if when.tzinfo else when.replace(tzinfo=UTC)) - datetime.now(UTC)
    return max(0, -int(-left.total_seconds() // 1))


def sleep_ms(milliseconds: int) -> None:
    """Wait, for another machine to get on with its work."""
    time.sleep(max(milliseconds, 0) / 1000)
