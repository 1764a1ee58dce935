"""Canon on disk: the writer's seed, a chain of snapshots, the diffs between them, one head.

    canon/canon.json                     the writer's own; edited by hand (or canon.yaml)
    canon/HEAD                           one line naming the snapshot that counts
    canon/snapshots/0003-<digest>.json   never change; each names its parent
    canon/diffs/s01e02-<digest>.json     why a snapshot follows its parent
    canon/proposals/s01e03-<digest>.json what an episode would change, until somebody decides

Only HEAD ever moves, and it moves atomically: a killed process leaves the old truth or the new.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from canon.diff import apply_diff, owner_name, revert_diff
from canon.own import apply_own, own_diff
from canon.rebuild import Step, rebuild
from orchestrator.canon.files import CanonFiles, Link, corrupt
from orchestrator.canon.seed import read_seed
from orchestrator.seams.durable_files import storage_error
from orchestrator.seams.lock import locked
from orchestrator.shows.settings import Settings, read_settings
from orchestrator.shows.show import EpisodePlace, project_file
from orchestrator.store.registry import DEFAULT_TENANT
from schemas.canon import CanonDiff, CanonSnapshot
from schemas.errors import PipelineError

SEED_FOLDER: Final = "canon"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose canon it is. A show whose settings give no id has an empty one."""

    show: str = ""
    tenant: str = DEFAULT_TENANT


def canon_of(place: EpisodePlace) -> CanonStore:
    """The canon of the show an episode belongs to."""
    return CanonStore(place.show, _owner(place.settings))


def canon_at(show: Path) -> CanonStore:
    """The canon of the show in this folder. Raises PipelineError for settings that are wrong."""
    file = project_file(show)
    return CanonStore(show, _owner(read_settings(file)) if file else Owner())


def keeps_canon(show: Path) -> bool:
    """Whether this folder is a show, or has begun a canon of its own."""
    return project_file(show) is not None or (show / SEED_FOLDER).is_dir()


class CanonStore:
    """The canon of one show, or of a folder with a bare episode in it."""

    def __init__(self, show: Path, owner: Owner = Owner()) -> None:
        self.files = CanonFiles(show)
        self.owner = owner

    def head(self) -> CanonSnapshot:
        """What is true now: the snapshot HEAD names, with the writer's seed as it is today.

        A show without canon has an empty one. Raises PipelineError `canon-seed` or
        `malformed-json` for a seed that cannot be read, `canon-corrupt` for a snapshot or HEAD
        that is damaged, `canon-merge` or `canon-fork` for what a merge left behind, and
        `canon-foreign` for the canon of another show.
        """
        return self._with_seed(self._stored())[0]

    def apply(self, diff: CanonDiff) -> CanonSnapshot:
        """Move the head by a diff, durable when this returns; a diff without effect moves nothing.

        Raises GateBlocked for a blocked diff, PipelineError `canon-stale` for one made against
        another canon, and what `head` raises.
        """
        return self._move(lambda before: apply_diff(before, diff), diff)

    def revert(self, diff: CanonDiff) -> CanonSnapshot:
        """Move the head by taking a diff back that was applied, durable when this returns.

        Raises PipelineError `canon-not-in-force` when it was not, or is no longer what counts.
        """

        def taken_back(head: CanonSnapshot) -> CanonSnapshot:
            for link, parent in self._pairs():
                if link.snapshot.applied_diff == diff.digest():
                    before = parent.snapshot if parent else self._empty()
                    return revert_diff(head, before, link.snapshot, diff)
            raise PipelineError(
                "canon-not-in-force",
                f"canon diff {diff.digest()[:12]} of {diff.episode or 'no episode'}",
                "was never applied here",
                "`pipeline canon log` lists what was",
            )

        return self._move(taken_back, None)

    def log(self) -> tuple[CanonSnapshot, ...]:
        """The snapshots that led to the stored head, newest first, every one verified.

        The writer's seed as it is today is in `head`, and here once a diff was applied over it.
        """
        return tuple(link.snapshot for link, _ in self._pairs())

    def links(self) -> tuple[Link, ...]:
        """`log` with the place and stored digest of each snapshot."""
        return tuple(link for link, _ in self._pairs())

    def diff_behind(self, snapshot: CanonSnapshot) -> CanonDiff | None:
        """The diff that made a snapshot, applied or taken back; None for an empty first one."""
        caused = snapshot.applied_diff or snapshot.reverted_diff
        return self.files.diff(caused) if caused else None

    def rebuilt(self) -> tuple[CanonSnapshot, ...]:
        """`log` made again from nothing but the diffs, newest first. Equal to it, or damaged."""
        oldest_first = self.log()[::-1]
        if not oldest_first:
            return ()
        steps: list[Step | None] = []
        for snapshot in oldest_first:
            diff = self.diff_behind(snapshot)
            steps.append(Step(diff, snapshot.reverted_diff is not None) if diff else None)
        return rebuild(oldest_first[0], steps)[::-1]

    def verify(self) -> None:
        """Raise PipelineError `canon-corrupt` unless every snapshot follows from its diffs."""
        for link, rebuilt in zip(self.links(), self.rebuilt(), strict=True):
            if link.snapshot.facts != rebuilt.facts:
                raise corrupt(
                    f"canon/snapshots/{link.name}", "holds other facts than its diffs make"
                )

    def _move(
        self, change: Callable[[CanonSnapshot], CanonSnapshot], diff: CanonDiff | None
    ) -> CanonSnapshot:
        """Put what `change` makes of the head after it, under the lock of the folder."""
        with locked(self.files.lock, exclusive=True):
            stored = self._checked(self.files.head_name())
            before, own = self._with_seed(stored)
            after = change(before)
            if after is before:
                return before
            links: list[tuple[Link, CanonDiff | None]] = []
            number = stored.number if stored else 0
            parent = stored.digest if stored else None
            if stored is None or own is not None:
                number += 1
                before = before.model_copy(update={"parent": parent})
                links.append((Link(number, before, before.digest()), own))
                parent = before.digest()
            after = after.model_copy(update={"parent": parent})
            links.append((Link(number + 1, after, after.digest()), diff))
            try:
                self.files.prepare()
                self.files.append(links)
            except OSError as error:
                raise storage_error(error, self.files.folder) from None
            return after

    def _stored(self) -> Link | None:
        """The link HEAD names, found out of the lock; under it when something looks wrong."""
        name = self.files.head_name()
        strays = self.files.strays(name)
        if not strays:
            return self._linked(name)
        # An apply may be between its snapshot and its head; afterwards there is nothing to see.
        with locked(self.files.lock, exclusive=True):
            return self._checked(self.files.head_name())

    def _checked(self, name: str | None) -> Link | None:
        """The link HEAD names. For who holds the lock."""
        self.files.forget_unfinished()
        strays = self.files.strays(name)
        if strays:
            self.files.refuse_strays(name, strays)
        return self._linked(name)

    def _linked(self, name: str | None) -> Link | None:
        if name is None:
            return None
        link = self.files.link(name)
        self._refuse_foreign(link.snapshot, f"canon/snapshots/{name}")
        return link

    def _refuse_foreign(self, found: CanonSnapshot, where: str) -> None:
        if found.tenant != self.owner.tenant or found.show not in ("", self.owner.show):
            raise PipelineError(
                "canon-foreign",
                where,
                f"is the canon of {owner_name(found)}, and this is {owner_name(self._empty())}",
                f"put `id: {found.show}` into project.yaml if this is that show under another "
                "name; or start from its facts: `pipeline canon export`, then "
                "`pipeline canon import --adopt` in a show without canon",
            )

    def _with_seed(self, stored: Link | None) -> tuple[CanonSnapshot, CanonDiff | None]:
        """The stored truth with today's seed, and the diff between the two."""
        base = self._empty() if stored is None else stored.snapshot
        if base.show != self.owner.show:  # the show got its id after its canon
            base = base.model_copy(update={"show": self.owner.show})
        own = own_diff(base, read_seed(self.files.folder, SEED_FOLDER, self._refuse_foreign))
        if own is None:
            return base, None
        after = apply_own(base, own)
        if after is base:
            return base, None
        if stored is None:  # the first of the chain: nothing came before it
            after = after.model_copy(update={"parent": None})
        return after, own

    def _empty(self) -> CanonSnapshot:
        return CanonSnapshot.create(tenant=self.owner.tenant, show=self.owner.show, facts=())

    def _pairs(self) -> list[tuple[Link, Link | None]]:
        """Every link with its parent, newest first."""
        pairs: list[tuple[Link, Link | None]] = []
        link = self._stored()
        while link is not None:
            parent = self.files.before(link)
            pairs.append((link, parent))
            link = parent
        return pairs


def _owner(settings: Settings) -> Owner:
    return Owner(settings.project.id if settings.named else "")
