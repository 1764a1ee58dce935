"""`pipeline canon merge`: one head again after a merge of two branches.

Whether two branches contradict each other only the gate can tell. So one side stays the truth, and
what the other side's episodes made true becomes proposals, which wait until each has passed the
gate and somebody has applied it.
"""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.canon.files import HEAD, Link
from orchestrator.canon.merge import HEAD_LINE, conflict_line
from orchestrator.canon.proposals import Proposals
from orchestrator.canon.store import CanonStore
from orchestrator.seams.durable_files import replace_file, storage_error
from orchestrator.seams.lock import locked
from schemas.canon import CanonDiff
from schemas.errors import PipelineError


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The head that stays, the diffs that wait now, and the episodes the other side took back."""

    head: str
    waiting: tuple[CanonDiff, ...]
    taken_back: tuple[str, ...]


def reconcile(store: CanonStore, keep: str = "") -> Reconciled | None:
    """Keep one side, by default the one this branch had; None when there is but one.

    `keep` is the beginning of the kept head's name, or its digest's. Safe to be killed: the
    proposals are written before anything goes, and the next call goes on. Raises PipelineError
    `not-found` for a side that is not there, `canon-corrupt` for a damaged chain.
    """
    files = store.files
    with locked(files.lock, exclusive=True):
        data = (files.folder / HEAD).read_bytes() if (files.folder / HEAD).is_file() else b""
        in_conflict = bool(conflict_line(data))
        if not in_conflict:
            files.forget_unfinished()
        sides = list(dict.fromkeys(HEAD_LINE.findall(data.decode("utf-8", "replace"))))
        names = sorted(path.name for path in files.snapshots.glob("*.json"))
        head = _chosen(keep, sides, names)
        if head is None:
            return None
        kept = _chain(store, head)
        lost = [files.link(name) for name in names if name not in {link.name for link in kept}]
        if not lost and not in_conflict:
            return None
        waiting, taken_back = _changes(store, kept, lost)
        proposals = Proposals(store)
        try:
            for diff in waiting:
                proposals.put_held(diff)
            replace_file(files.folder / HEAD, f"snapshots/{head}\n".encode())
            for link in reversed(lost):
                (files.snapshots / link.name).unlink(missing_ok=True)
        except OSError as error:
            raise storage_error(error, files.folder) from None
        return Reconciled(head, waiting, taken_back)


def _chosen(keep: str, sides: list[str], names: list[str]) -> str | None:
    if not keep:
        return sides[0] if sides else None
    fitting = [name for name in names if name.startswith(keep) or f"-{keep}" in name]
    if len(fitting) == 1:
        return fitting[0]
    raise PipelineError(
        "not-found",
        keep,
        f"is the name of {len(fitting)} snapshots" if fitting else "is no snapshot of this canon",
        "name the one to keep as canon/snapshots has it: " + ", ".join(fitting or names[-3:]),
    )


def _chain(store: CanonStore, head: str) -> list[Link]:
    chain: list[Link] = []
    link: Link | None = store.files.link(head)
    while link is not None:
        chain.append(link)
        link = store.files.before(link)
    return chain


def _changes(
    store: CanonStore, kept: list[Link], lost: list[Link]
) -> tuple[tuple[CanonDiff, ...], tuple[str, ...]]:
    """What the lost side says of episodes, the last word of each; edits of the seed are in it."""
    known = {link.snapshot.applied_diff for link in kept}
    last: dict[str, CanonDiff] = {}
    taken_back: dict[str, None] = {}
    for link in sorted(lost, key=lambda each: each.number):
        snapshot = link.snapshot
        diff = store.diff_behind(snapshot)
        if diff is None or not diff.episode:
            continue
        if snapshot.reverted_diff is not None:
            last.pop(diff.episode, None)
            taken_back[diff.episode] = None
        elif diff.digest() not in known:
            taken_back.pop(diff.episode, None)
            last[diff.episode] = diff
    return tuple(last.values()), tuple(taken_back)
