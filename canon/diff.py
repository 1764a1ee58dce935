"""Applying a diff to a snapshot, and taking in a writer's edited seed."""

from __future__ import annotations

from canon.describe import describe_findings
from canon.facts import History, Retirement, as_of, chain, history
from schemas.canon import CanonDiff, CanonSnapshot, Fact, StoryTime
from schemas.errors import GateBlocked, PipelineError


def apply_diff(snapshot: CanonSnapshot, diff: CanonDiff) -> CanonSnapshot:
    """The snapshot after the episode of `diff`, chained to `snapshot`.

    What the same episode established or ended before is replaced; facts of other episodes stay,
    later ones included. If no fact changes, the result is `snapshot` itself.

    Raises GateBlocked `canon-conflict` with every contradiction for a blocked diff, and
    PipelineError `canon-diff` for one that names no episode, or `canon-stale` for one whose
    `base` is not what is true before its episode now.
    """
    _refuse(snapshot, diff)
    past = history(snapshot.facts)
    facts = [fact for fact in past.facts if fact.provenance.episode != diff.episode]
    established = (*diff.added_facts, *(change.after for change in diff.modified_facts))
    facts.extend(_owned(fact, diff.episode) for fact in established)
    ended = [item for item in past.retirements if not _ended_by(item, diff.episode)]
    ended.extend(_retirement(fact, diff.episode) for fact in diff.removed_facts)
    return _next(snapshot, facts, ended, diff.digest())


def with_seed(snapshot: CanonSnapshot, seed: tuple[Fact, ...]) -> CanonSnapshot:
    """The snapshot with the writer's own facts (those of no episode) replaced by `seed`.

    If nothing changes, the result is `snapshot` itself; otherwise it is chained to it.
    """
    past, own = history(snapshot.facts), history(seed)
    facts = [fact for fact in past.facts if fact.provenance.episode]
    ended = [item for item in past.retirements if item.at.line > 0]
    return _next(snapshot, [*facts, *own.facts], [*ended, *own.retirements], None)


def _next(
    snapshot: CanonSnapshot, facts: list[Fact], ended: list[Retirement], cause: str | None
) -> CanonSnapshot:
    chained = chain(History(tuple(facts), tuple(ended)))
    if chained == chain(history(snapshot.facts)):
        return snapshot
    return CanonSnapshot.create(
        tenant=snapshot.tenant,
        show=snapshot.show,
        parent=snapshot.digest(),
        applied_diff=cause,
        facts=chained,
    )


def _refuse(snapshot: CanonSnapshot, diff: CanonDiff) -> None:
    where = f"canon diff of {diff.episode or 'no episode'}"
    if diff.gate == "blocked":
        raise GateBlocked(
            "canon-conflict",
            where,
            f"contradicts canon\n{describe_findings(diff)}",
            "repair the script as the hints say, then run the episode again",
        )
    if not diff.episode:
        raise PipelineError(
            "canon-diff",
            where,
            "a diff must say which episode it comes from",
            "set `episode`; facts of no episode belong in canon/canon.json",
        )
    if diff.base is not None and diff.base != as_of(snapshot, diff.episode).digest():
        raise PipelineError(
            "canon-stale",
            where,
            "canon before this episode has changed since the diff was made",
            "run the episode again, so that it is checked against canon as it is now",
        )


def _owned(fact: Fact, episode: str) -> Fact:
    """The fact under the name of its episode, also where a hand-written diff leaves that out."""
    changes: dict[str, object] = {}
    if fact.provenance.episode != episode:
        changes["provenance"] = fact.provenance.model_copy(update={"episode": episode})
    if not fact.valid_from.episode:
        changes["valid_from"] = fact.valid_from.model_copy(update={"episode": episode})
    return fact.model_copy(update=changes)


def _retirement(fact: Fact, episode: str) -> Retirement:
    until = fact.valid_until or StoryTime(episode=episode, line=1)
    return Retirement(fact.subject, fact.attribute, until)


def _ended_by(item: Retirement, episode: str) -> bool:
    # An end on line 0 was dated by hand in the seed and belongs to no episode.
    return item.at.episode == episode and item.at.line > 0
