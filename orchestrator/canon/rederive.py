"""After a merge: the other branch's episodes held against the truth that stayed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.canon.propose import propose
from orchestrator.canon.reconcile import Reconciled, reconcile
from orchestrator.canon.store import canon_at
from orchestrator.shows.show import SCREENPLAY_SUFFIXES, find_episode
from schemas.errors import GateBlocked, PipelineError


@dataclass(frozen=True, slots=True)
class Rederived:
    """What became of one episode: where it waits, or why it does not."""

    episode: str
    file: str
    problem: str = ""
    findings: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """One head again; None where there was no merge to end."""

    kept: Reconciled | None
    episodes: tuple[Rederived, ...]

    def text(self) -> str:
        """What happened, for people."""
        if self.kept is None:
            return "nothing to merge: canon has one head"
        rows = [f"the truth goes on from {self.kept.head}"]
        for each in self.episodes:
            if each.file:
                rows.append(f"{each.episode}: waits, `pipeline canon apply {each.episode}`")
            else:
                rows.append(f"{each.episode}: {each.problem or 'nothing new'}")
        rows += [
            f"{episode}: the other branch took it back; `pipeline canon revert {episode}` does too"
            for episode in self.kept.taken_back
        ]
        return "\n".join(rows)

    def plain(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "head": self.kept.head if self.kept else None,
            "episodes": [
                {"episode": e.episode, "waits": e.file, "problem": e.problem} for e in self.episodes
            ],
            "taken_back": list(self.kept.taken_back) if self.kept else [],
        }


def merge_heads(show: Path, keep: str = "") -> Merged:
    """`reconcile`, then every waiting episode derived again from its script, in story order."""
    kept = reconcile(canon_at(show), keep)
    if kept is None:
        return Merged(None, ())
    return Merged(kept, tuple(_rederived(show, diff.episode) for diff in kept.waiting))


def _rederived(show: Path, episode: str) -> Rederived:
    source = next(
        (
            path
            for suffix in SCREENPLAY_SUFFIXES
            if (path := show / "episodes" / f"{episode}{suffix}").is_file()
        ),
        None,
    )
    if source is None:
        return Rederived(episode, "", "its script is not in episodes/; it waits as it was made")
    try:
        _, file = propose(find_episode(source))
    except GateBlocked as blocked:
        problem = f"{blocked.problem}\n  what to do: {blocked.hint}"
        return Rederived(episode, "", problem, findings=True)
    except PipelineError as error:
        return Rederived(episode, "", f"{error}\n  what to do: {error.hint}")
    return Rederived(episode, file)
