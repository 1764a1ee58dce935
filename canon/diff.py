"""Applying an episode's diff to a snapshot, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable

from canon.describe import describe_findings
from canon.facts import History, Retirement, as_of, chain, episode_order, history
from schemas.canon import CanonDiff, CanonSnapshot, Fact, StoryTime
from schemas.errors import GateBlocked, PipelineError


def apply_diff(snapshot: CanonSnapshot, diff: CanonDiff) -> CanonSnapshot:
    """The snapshot after the episode of `diff`, chained to `snapshot`.

    What the same episode established or ended before is replaced; facts of other episodes stay,
    later ones included. If no fact changes, the result is `snapshot` itself.

    Raises GateBlocked `canon-conflict` with every contradiction for a blocked diff, and
    PipelineError `canon-foreign` for one of another show, `canon-diff` for one that names no
    episode, or `canon-stale` for one whose `base` is not what is true before its episode now.
    """
    _refuse(snapshot, diff)
    return replay(snapshot, diff)


def replay(snapshot: CanonSnapshot, diff: CanonDiff) -> CanonSnapshot:
    """`apply_diff` without its refusals: for a diff that was applied once already."""
    past = history(snapshot.facts)
    facts = [fact for fact in past.facts if fact.provenance.episode != diff.episode]
    established = (*diff.added_facts, *(change.after for change in diff.modified_facts))
    facts.extend(_owned(fact, diff.episode) for fact in established)
    ended = [item for item in past.retirements if not _ended_by(item, diff.episode)]
    ended.extend(_retirement(fact, diff.episode) for fact in diff.removed_facts)
    return following(snapshot, History(tuple(facts), tuple(ended)), applied=diff)


def revert_diff(
    head: CanonSnapshot, before: CanonSnapshot, after: CanonSnapshot, diff: CanonDiff
) -> CanonSnapshot:
    """The snapshot after taking `diff` back, which once made `after` out of `before`.

    What its episode says is again what it said in `before`; everything else stays as it is in
    `head`. Raises PipelineError `canon-not-in-force` when the episode has said something else
    since, so that this diff is not what would be taken back.
    """
    episode = diff.episode
    if not episode or _said_by(episode, head) != _said_by(episode, after):
        raise PipelineError(
            "canon-not-in-force",
            f"canon diff {diff.digest()[:12]} of {episode or 'no episode'}",
            "is not what canon holds of this episode now",
            "`pipeline canon log` shows the diffs in force; take back the latest one first",
        )
    now, then, made = (history(each.facts) for each in (head, before, after))
    facts = [fact for fact in now.facts if fact.provenance.episode != episode]
    # Its own of then, and what of others it took the place of.
    facts += [f for f in then.facts if f.provenance.episode == episode or f not in made.facts]
    ended = [item for item in now.retirements if not _ended_by(item, episode)]
    ended += [
        item
        for item in then.retirements
        if _ended_by(item, episode) or item not in made.retirements
    ]
    return following(head, History(tuple(facts), tuple(ended)), reverted=diff)


def earlier_than(episode: str, proposals: Iterable[CanonDiff]) -> tuple[CanonDiff, ...]:
    """The proposals of earlier episodes, in the order of the story."""
    limit = episode_order(episode)
    earlier = [each for each in proposals if episode_order(each.episode) < limit]
    return tuple(sorted(earlier, key=lambda each: (episode_order(each.episode), each.digest())))


def following(
    snapshot: CanonSnapshot,
    past: History,
    applied: CanonDiff | None = None,
    reverted: CanonDiff | None = None,
) -> CanonSnapshot:
    """The next of the chain with these facts; `snapshot` itself when they are its own."""
    facts = chain(past)
    if facts == chain(history(snapshot.facts)):
        return snapshot
    return CanonSnapshot.create(
        tenant=snapshot.tenant,
        show=snapshot.show,
        parent=snapshot.digest(),
        applied_diff=applied.digest() if applied else None,
        reverted_diff=reverted.digest() if reverted else None,
        facts=facts,
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
    if (diff.tenant, diff.show) != (snapshot.tenant, snapshot.show):
        raise PipelineError(
            "canon-foreign",
            where,
            f"belongs to {owner_name(diff)}, and this is {owner_name(snapshot)}",
            "run the episode in the show it belongs to",
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


def owner_name(document: CanonDiff | CanonSnapshot) -> str:
    """Whose canon it is, in words."""
    show = f"the show {document.show}" if document.show else "a show without an id"
    return show if document.tenant == "default" else f"{show} of {document.tenant}"


def _said_by(episode: str, snapshot: CanonSnapshot) -> History:
    past = history(snapshot.facts)
    return History(
        tuple(fact for fact in past.facts if fact.provenance.episode == episode),
        tuple(item for item in past.retirements if _ended_by(item, episode)),
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
