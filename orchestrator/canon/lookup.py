"""Snapshots and diffs by the names people give them."""

from __future__ import annotations

from pathlib import Path

from canon.episode import episode_numbers
from canon.facts import as_of
from orchestrator.canon.proposals import Proposals
from orchestrator.canon.store import CanonStore
from schemas.canon import CanonDiff, CanonSnapshot
from schemas.documents import read_document
from schemas.errors import PipelineError

HEAD = "head"
MIN_PREFIX = 4
# A diff of ten thousand facts is below 16 MiB.
MAX_DIFF_BYTES = 16 << 20


def snapshot_named(store: CanonStore, name: str) -> CanonSnapshot:
    """What was true at `name`.

    `head` is now; an episode such as `s01e03` the moment it begins; a number or the beginning of
    a digest, as `pipeline canon log` shows them, a snapshot of the chain. Raises PipelineError.
    """
    if name in ("", HEAD):
        return store.head()
    links = store.links()
    for link in links:
        if name.isdecimal() and int(name) == link.number:
            return link.snapshot
    found = [link.snapshot for link in links if _is_prefix(name) and link.digest.startswith(name)]
    if len(found) == 1:
        return found[0]
    head = store.head()
    if name in {fact.provenance.episode for fact in head.facts} or any(episode_numbers(name)):
        return as_of(head, name)
    raise PipelineError(
        "not-found",
        name,
        "is no snapshot of this canon and no episode",
        "name an episode (s01e03), or a snapshot by number or digest: `pipeline canon log`",
    )


def diff_named(store: CanonStore, name: str) -> tuple[CanonDiff, str]:
    """A diff and where it is: a file, the proposal of an episode, or an applied one by digest.

    Raises PipelineError when there is none, or more than one proposal of the episode.
    """
    path = Path(name)
    if path.is_file():
        if path.resolve().is_relative_to(store.files.folder.resolve()):
            # A file of ours is what its name says, or it was changed.
            return store.files.verified(path.resolve(), CanonDiff)[0], name
        return _read(path), name
    waiting = [diff for diff in Proposals(store).all() if diff.episode == name]
    if len(waiting) == 1:
        return waiting[0], f"the proposal of {name}"
    if not waiting and _is_prefix(name):
        for snapshot in store.log():
            caused = snapshot.applied_diff
            if caused and caused.startswith(name):
                return store.files.diff(caused), f"diff {caused[:12]}"
    several = f"has {len(waiting)} proposals, as after a merge" if waiting else "is no waiting diff"
    raise PipelineError(
        "not-found",
        name,
        several,
        "run the episode again, so that one is left"
        if waiting
        else "name a canon_diff.json or a file of canon/proposals, an episode that waits, or the "
        "digest of an applied diff",
    )


def applied_diff_of(store: CanonStore, name: str) -> CanonDiff:
    """The latest diff in force of an episode, or the one `diff_named` finds."""
    taken_back: set[str] = set()
    for snapshot in store.log():
        if snapshot.reverted_diff:
            taken_back.add(snapshot.reverted_diff)
        diff = store.diff_behind(snapshot)
        if diff is None or diff.episode != name or snapshot.applied_diff is None:
            continue
        if snapshot.applied_diff in taken_back:
            taken_back.discard(snapshot.applied_diff)
            continue
        return diff
    return diff_named(store, name)[0]


def _read(path: Path) -> CanonDiff:
    try:
        if path.stat().st_size > MAX_DIFF_BYTES:
            raise PipelineError(
                "canon-diff", str(path), "is too large for a diff", "name a canon_diff.json"
            )
        data = path.read_bytes()
    except OSError as error:
        raise PipelineError(
            "not-found", str(path), f"could not be read: {error.strerror}", "check its rights"
        ) from None
    return read_document(data, CanonDiff, str(path))


def _is_prefix(name: str) -> bool:
    return len(name) >= MIN_PREFIX and all(sign in "0123456789abcdef" for sign in name)
