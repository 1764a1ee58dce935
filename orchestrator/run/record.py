"""What is kept of a run: its summary, and what is known of each piece of work by its label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from orchestrator.reporting.summary import Spent
from orchestrator.shows.show import EpisodePlace
from orchestrator.store.memo import Memo
from orchestrator.store.registry import Registry
from schemas.digest import Digest
from schemas.run_summary import RunSummary, WorkItem

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class KnownWork:
    """By kind and label of a piece of work: the parts of its key, and the key."""

    accounts: Mapping[str, Mapping[str, str]]
    keys: Mapping[str, Digest]


def known_work(registry: Registry, episode: str) -> KnownWork:
    """What the latest run of an episode left; nothing before the first."""
    latest = registry.latest_run(episode) or {}
    return KnownWork(latest.get("accounts", {}), latest.get("keys", {}))


def write_run(registry: Registry, summary: RunSummary, earlier: KnownWork, memo: Memo) -> None:
    """Keep a run in the registry. Raises PipelineError where nothing can be written."""
    run = {
        "summary": summary.payload(),
        "accounts": _carried(earlier.accounts, memo.accounts),
        "keys": _carried(earlier.keys, memo.keys),
    }
    registry.write_run(summary.run_id, summary.episode, run)


def spent_in(run: str, place: EpisodePlace) -> Spent:
    """What a run's jobs outside came to: shots, and lines that a service speaks."""
    from orchestrator.spend.ledger_file import has_ledger

    if not has_ledger(place.show):
        return Spent()
    from orchestrator.spend.ledger import Ledger

    book = Ledger(place.show).book()
    jobs = [job for job in book.jobs.values() if job.run == run and job.standing != "released"]
    if not jobs:
        return Spent()
    from orchestrator.spend.routing import is_local

    project = place.settings.project
    outside = [job for job in jobs if not is_local(job.provider, project)]
    return Spent(len(outside), book.spoken_for(run=run), book.paid(run=run))


def latest_items(items: list[WorkItem]) -> list[WorkItem]:
    """Each piece of work once: after healing, the account that did the work counts."""
    kept: dict[tuple[str, str], WorkItem] = {}
    for item in items:
        known = kept.get((item.kind, item.name))
        if known is None or known.hit or known.key != item.key:
            kept[(item.kind, item.name)] = item
    return list(kept.values())


def _carried(earlier: Mapping[str, Value], now: Mapping[str, Value]) -> dict[str, Value]:
    """What is known of this run's pieces, and of earlier ones that it had no need to look at."""
    looked_at = {name.split(" ", 1)[0] for name in now}
    kept = {
        name: known
        for name, known in earlier.items()
        if name.split(" ", 1)[0] not in looked_at or name.startswith("stage ")
    }
    return kept | dict(now)
