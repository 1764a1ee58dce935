"""What the commands of `pipeline canon` have in common: their options and their words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestrator.canon.store import CanonStore
    from schemas.canon import CanonDiff


def store_of(folder: Path) -> CanonStore:
    """The canon of the show around a folder."""
    from orchestrator.canon.store import canon_at
    from orchestrator.inspection.inspect import show_at

    return canon_at(show_at(folder))


def counted(diff: CanonDiff) -> str:
    """`3 added, 1 changed`."""
    parts = (
        (len(diff.added_facts), "added"),
        (len(diff.modified_facts), "changed"),
        (len(diff.removed_facts), "ended"),
    )
    return ", ".join(f"{count} {what}" for count, what in parts if count) or "no change"
