"""What in a registry came in under a licence that has ended."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from orchestrator.shows.rights import has_ended
from orchestrator.store.inventory import Inventory, Sealed
from schemas.digest import Digest


@dataclass(frozen=True, slots=True)
class EndedAsset:
    """An asset that a film still stands on although its licence has ended."""

    episode: str
    name: str
    last_day: str  # of the licence, ISO 8601


def ended_entries(stock: Inventory, today: str) -> dict[Digest, str]:
    """Memo entries that brought in what may no longer be used, and the last day of each."""
    found = {}
    for key, entry in stock.memo.items():
        licenses = [said["license"] or {} for said in entry.payload["products"].values()]
        days = [day for each in licenses if has_ended(day := each.get("expires", ""), today)]
        if days:
            found[key] = min(days)
    return found


def outputs_of(entry: Sealed) -> set[Digest]:
    """The blobs that a piece of work made."""
    return set(entry.payload["outputs"].values())


def not_to_stay(stock: Inventory, ended: Collection[Digest]) -> set[Digest]:
    """These entries, and the blobs that no other entry has brought in as well."""
    free = set().union(*(outputs_of(e) for key, e in stock.memo.items() if key not in ended))
    return set(ended).union(*(outputs_of(stock.memo[key]) - free for key in ended))


def still_needed(
    stock: Inventory, runs: Collection[str], ended: Mapping[Digest, str]
) -> tuple[EndedAsset, ...]:
    """What these runs used of it, by episode and name."""
    found = {
        (stock.runs[run].payload["summary"]["episode"], name.partition(" ")[2], ended[key])
        for run in runs
        for name, key in stock.runs[run].payload.get("keys", {}).items()
        if key in ended
    }
    return tuple(EndedAsset(*each) for each in sorted(found))
