"""What a show keeps beside its registry and nobody can make again: its canon and its ledger.

Both carry digests of their own, which `pipeline fsck` follows. Nothing here is ever mended by
guessing: a damaged story or account comes back from git or a backup.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestrator.canon.store import SEED_FOLDER, canon_at
from orchestrator.spend.ledger import Ledger
from orchestrator.spend.ledger_file import has_ledger
from orchestrator.store.fsck import Finding
from schemas.errors import PipelineError


@dataclass(frozen=True, slots=True)
class KeptRecords:
    """What was wrong, and how much was looked at: canon's snapshots, the ledger's lines."""

    findings: tuple[Finding, ...]
    snapshots: int
    ledger_lines: int


def check_kept_records(show: Path) -> KeptRecords:
    """Every snapshot of canon made again from its diffs, every line of the ledger followed."""
    findings: list[Finding] = []
    snapshots = _counted("canon", lambda: _snapshots(show), findings)
    lines = _counted("ledger", lambda: _ledger_lines(show), findings)
    return KeptRecords(tuple(findings), snapshots, lines)


def _counted(kind: str, count: Callable[[], int], findings: list[Finding]) -> int:
    try:
        return count()
    except PipelineError as error:
        findings.append(Finding(kind, error.where, error.problem, error.hint))
        return 0


def _snapshots(show: Path) -> int:
    if not (show / SEED_FOLDER).is_dir():
        return 0
    store = canon_at(show)
    store.head()
    store.verify()
    return len(store.links())


def _ledger_lines(show: Path) -> int:
    return Ledger(show).lines() if has_ledger(show) else 0
