"""Diffs that wait for a decision: `canon/proposals/<episode>-<digest>.json`, beside the truth.

They lie in the canon folder, where git takes them to everybody who writes a later episode.
"""

from __future__ import annotations

from canon.diff import owner_name
from canon.facts import episode_order
from orchestrator.canon.files import CANON, PROPOSALS, diff_name
from orchestrator.canon.store import CanonStore
from orchestrator.seams.durable_files import storage_error, sync_folder
from orchestrator.seams.foreign_file import refuse_outside
from orchestrator.seams.lock import locked
from schemas.canon import CanonDiff
from schemas.errors import PipelineError


class Proposals:
    """The proposals of one show."""

    def __init__(self, store: CanonStore) -> None:
        self._files = store.files
        self._owner = store.owner
        self._folder = store.files.folder / PROPOSALS

    def all(self) -> tuple[CanonDiff, ...]:
        """Every proposal, in the order of the story.

        Raises PipelineError `canon-corrupt` for one that was changed, `canon-foreign` for one of
        another show.
        """
        found = []
        for path in sorted(self._folder.glob("*.json")):
            diff = self._files.verified(path, CanonDiff)[0]
            if (diff.tenant, diff.show) != (self._owner.tenant, self._owner.show):
                raise PipelineError(
                    "canon-foreign",
                    f"{CANON}/{PROPOSALS}/{path.name}",
                    f"belongs to {owner_name(diff)}",
                    "delete it, and run its episode here if it is one of this show",
                )
            found.append(diff)
        return tuple(sorted(found, key=lambda diff: (episode_order(diff.episode), diff.digest())))

    def put(self, diff: CanonDiff) -> str:
        """Let a diff wait, in place of what its episode proposed before; its name in the show."""
        with locked(self._files.lock, exclusive=True):
            try:
                return self.put_held(diff)
            except OSError as error:
                raise storage_error(error, self._folder) from None

    def put_held(self, diff: CanonDiff) -> str:
        """`put` for who holds the lock of the canon folder. Raises OSError."""
        name = diff_name(diff)
        refuse_outside(self._folder, self._files.show, f"{CANON}/{PROPOSALS}")
        self._folder.mkdir(parents=True, exist_ok=True)
        if not (self._folder / name).is_file():
            self._files.write(self._folder / name, diff)
        self._take_out(diff.episode, keep=name)
        return f"{CANON}/{PROPOSALS}/{name}"

    def withdraw(self, episode: str) -> None:
        """Take out what the episode proposed, if it did."""
        if not self._folder.is_dir():
            return
        with locked(self._files.lock, exclusive=True):
            try:
                self._take_out(episode)
            except OSError as error:
                raise storage_error(error, self._folder) from None

    def _take_out(self, episode: str, keep: str = "") -> None:
        gone = False
        for path in self._folder.glob("*.json"):
            if path.name == keep:
                continue
            if self._files.verified(path, CanonDiff)[0].episode == episode:
                path.unlink(missing_ok=True)
                gone = True
        if gone:
            sync_folder(self._folder)
