"""A clip that is to be bought, one that was, and why none was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Generic

from orchestrator.spend.caps import Caps
from renderers.providers.contract import Estimate, Job
from schemas.digest import digest_bytes

# A price that was guessed is put aside with a quarter more.
GUESS_MARGIN_PERCENT: Final = 25


@dataclass(frozen=True, slots=True)
class Purchase(Generic[Job]):
    """A clip to buy: for which piece of work, in which run, within which caps.

    `about` is what the ledger keeps of it, for a run that has only the ledger to go by.
    """

    run: str
    work: str
    job: Job
    caps: Caps
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bought:
    """A clip that was fetched, and what it cost in millionths of a US dollar.

    `overrun` says so when that passed the budget and nothing could be done about it.
    """

    clip: Path
    job: str
    cost_microusd: int
    resumed: bool
    overrun: str = ""


class NotBought(Exception):
    """No clip came of it. `kind` is plan §22.4's class, or `parked`, `closed`, `budget`,
    `timeout`.

    `cost_microusd` is what the attempt cost all the same.
    """

    def __init__(self, kind: str, reason: str, cost_microusd: int = 0) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.cost_microusd = cost_microusd


def amount_to_reserve(estimate: Estimate) -> int:
    """The estimate, with a margin when it was a guess, in millionths of a US dollar."""
    if estimate.exact:
        return estimate.cost_microusd
    return -(-estimate.cost_microusd * (100 + GUESS_MARGIN_PERCENT) // 100)


def job_name(run: str, work: str, attempt: int) -> str:
    """The client token of an attempt: the same after a restart, another for a new attempt."""
    return digest_bytes(f"{run}\n{work}\n{attempt}".encode())[:32]
