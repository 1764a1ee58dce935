"""How patient buying is with a provider that is busy, slow or broken (plan §22.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from renderers.providers.contract import ProviderError
from schemas.digest import digest_bytes

Answer = TypeVar("Answer")

# Plan §22.4.
MAX_ATTEMPTS: Final = 3
MAX_BACKOFF_MS: Final = 60_000
_FIRST_BACKOFF_MS: Final = 2_000
GIVE_UP_AFTER_MS: Final = 20 * 60_000


@dataclass(frozen=True, slots=True)
class Pace:
    """How long and how often a provider is asked, by the run's clock.

    `look_every_ms` overrides what providers ask for, if given.
    """

    now_ms: Callable[[], int]
    wait_ms: Callable[[int], None]
    look_every_ms: int | None = None
    give_up_after_ms: int = GIVE_UP_AFTER_MS
    attempts: int = MAX_ATTEMPTS

    def retried(
        self, ask: Callable[[], Answer], token: str, *, even_if_accepted: bool = True
    ) -> Answer:
        """`ask`, up to three times while the provider is busy or broken.

        Raises the last ProviderError.
        """
        for attempt in range(1, self.attempts + 1):
            try:
                return ask()
            except ProviderError as error:
                passing = error.kind in ("transient", "rate_limit")
                unsure = error.maybe_accepted and not even_if_accepted
                if not passing or unsure or attempt == self.attempts:
                    raise
                delay = backoff_ms(attempt, token, error.retry_after_s)
                if delay is None:
                    raise
                self.wait_ms(delay)
        raise AssertionError("unreachable")


def backoff_ms(attempt: int, token: str, retry_after_s: int | None) -> int | None:
    """How long to wait after a failed attempt, counted from 1.

    What the provider asks for, or doubling from two seconds with up to half of it on top, by the
    job's name, so that jobs that failed together do not come back together. None when the provider
    asks for more than plan §22.4's cap of a minute: then it is not asked again now.
    """
    if retry_after_s is not None:
        wanted = retry_after_s * 1000
        return wanted if wanted <= MAX_BACKOFF_MS else None
    base = min(_FIRST_BACKOFF_MS * int(2 ** (attempt - 1)), MAX_BACKOFF_MS)
    jitter = int(digest_bytes(f"{token} {attempt}".encode())[:8], 16) % (base // 2 + 1)
    return min(base + jitter, MAX_BACKOFF_MS)
