"""Providers that were found down, from one run to the next: `spend/down.json`, for people to read.

    {"runway": {"since": "2026-11-27T18:40:00Z", "ask_again": "2026-11-27T18:45:00Z", "found": 1}}

Until `ask_again` no run hands a provider any job. After that one job goes first (half-open): if the
service works, the entry goes away; if it does not, the provider is left alone for twice as long, up
to an hour. Deleting the file, or an entry, lets everybody in again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from orchestrator.seams.durable_files import make_folder, replace_file
from orchestrator.seams.lock import locked
from schemas.canonical import readable_bytes
from schemas.errors import PipelineError

DOWN: Final = "down.json"
_LOCK: Final = ".down.lock"
FIRST_PAUSE_S: Final = 5 * 60
LONGEST_PAUSE_S: Final = 60 * 60


@dataclass(frozen=True, slots=True)
class Outage:
    """A provider that is down: in seconds since 1970, since when and until when it is left alone;
    and how many times in a row it was `found` down."""

    since_s: int
    ask_again_s: int
    found: int


class Outages:
    """The outages of a show. Safe for threads and processes; `now_s` is the clock's."""

    def __init__(self, folder: Path, now_s: Callable[[], int]) -> None:
        self._folder = folder
        self._now_s = now_s

    def all(self) -> Mapping[str, Outage]:
        """The providers that were found down and have not worked since.

        Raises PipelineError `down-file` for a file that cannot be read.
        """
        path = self._folder / DOWN
        if not path.is_file():
            return {}
        try:
            written = json.loads(path.read_bytes())
            return {
                str(name): Outage(
                    _second(one["since"]), _second(one["ask_again"]), int(one["found"])
                )
                for name, one in written.items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise PipelineError(
                "down-file",
                f"{self._folder.name}/{DOWN}",
                "the list of providers that are down cannot be read",
                "delete it: every provider is asked again then",
            ) from None

    def resting(self, provider: str) -> Outage | None:
        """The outage for which a provider is left alone now, None when it may be asked."""
        outage = self.all().get(provider)
        return outage if outage is not None and self._now_s() < outage.ask_again_s else None

    def on_trial(self, provider: str) -> bool:
        """Whether a provider was down and nobody knows yet that it works again."""
        return provider in self.all()

    def found_down(self, provider: str) -> Outage:
        """Record that a provider is down; each time in a row it is left alone for twice as long."""
        with self._changing() as known:
            before, now = known.get(provider), self._now_s()
            if before is not None and now < before.ask_again_s:
                return before
            found = before.found + 1 if before else 1
            pause = min(FIRST_PAUSE_S * int(2 ** min(found - 1, 10)), LONGEST_PAUSE_S)
            known[provider] = Outage(before.since_s if before else now, now + pause, found)
            self._write(known)
            return known[provider]

    def works(self, provider: str) -> None:
        """Record that a provider works."""
        if not self.on_trial(provider):
            return
        with self._changing() as known:
            if known.pop(provider, None) is not None:
                self._write(known)

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Outage]]:
        make_folder(self._folder)
        with locked(self._folder / _LOCK, exclusive=True):
            yield dict(self.all())

    def _write(self, known: Mapping[str, Outage]) -> None:
        written = {name: outage_view(one) for name, one in sorted(known.items())}
        replace_file(self._folder / DOWN, readable_bytes(written))


def outage_view(outage: Outage) -> dict[str, str | int]:
    """An outage as it is written down and shown."""
    return {
        "since": moment(outage.since_s),
        "ask_again": moment(outage.ask_again_s),
        "found": outage.found,
    }


def moment(second: int) -> str:
    """Seconds since 1970 as people write it, UTC, ISO 8601."""
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _second(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())
