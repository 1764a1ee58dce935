"""The diff an episode implies, made to wait for a decision."""

from __future__ import annotations

from orchestrator.canon.check import check_now
from orchestrator.canon.proposals import Proposals
from orchestrator.canon.store import canon_of, keeps_canon
from orchestrator.shows.show import EpisodePlace
from schemas.canon import CanonDiff
from schemas.errors import GateBlocked, PipelineError


def propose(place: EpisodePlace, waits: bool = True) -> tuple[CanonDiff, str]:
    """What the episode makes true, and its file in canon/proposals; empty where nothing changes.

    Raises GateBlocked `canon-conflict` with every contradiction, and PipelineError for an episode
    outside any show.
    """
    from canon.describe import describe_findings
    from canon.diff import apply_diff

    if not keeps_canon(place.show):
        raise PipelineError(
            "not-a-show",
            place.name,
            "belongs to no show, so there is no canon to change",
            "put a project.yaml beside the episodes folder: `pipeline new my-show`",
        )
    diff = check_now(place)
    if diff.gate == "blocked":
        raise GateBlocked(
            "canon-conflict",
            place.name,
            f"contradicts canon, so nothing is proposed\n{describe_findings(diff)}",
            "mend the script as the hints say",
        )
    store = canon_of(place)
    proposals = Proposals(store)
    head = store.head()
    if apply_diff(head, diff) is head:
        proposals.withdraw(diff.episode)
        return diff, ""
    return diff, proposals.put(diff) if waits else ""
