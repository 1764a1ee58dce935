"""The writer's own facts, those of no episode, as the diffs by which they change."""

from __future__ import annotations

from typing import Final

from canon.diff import following
from canon.facts import FactKey, History, MomentKey, chain, fact_key, history, moment_order
from schemas.canon import CanonDiff, CanonSnapshot, Fact, ModifiedFact
from schemas.errors import PipelineError

JUSTIFICATION: Final = "the writer's own canon was edited"

_Place = tuple[FactKey, MomentKey]


def own_diff(snapshot: CanonSnapshot, own: tuple[Fact, ...]) -> CanonDiff | None:
    """What turns the writer's own facts of the snapshot into `own`; None when nothing does."""
    before, after = _placed(_own(snapshot)), _placed(history(own))
    if before == after:
        return None
    return CanonDiff.create(
        tenant=snapshot.tenant,
        show=snapshot.show,
        episode="",
        added_facts=tuple(fact for place, fact in after.items() if place not in before),
        modified_facts=tuple(
            ModifiedFact(before=before[place], after=fact)
            for place, fact in after.items()
            if place in before and before[place] != fact
        ),
        removed_facts=tuple(fact for place, fact in before.items() if place not in after),
        justification=JUSTIFICATION,
        gate="passed",
    )


def apply_own(snapshot: CanonSnapshot, diff: CanonDiff) -> CanonSnapshot:
    """The snapshot after the writer's own change.

    Raises PipelineError `canon-stale` when what the diff changes is not there.
    """
    facts = _placed(_own(snapshot))
    gone = (*diff.removed_facts, *(change.before for change in diff.modified_facts))
    new = (*diff.added_facts, *(change.after for change in diff.modified_facts))
    for fact in gone:
        if facts.pop(_place(fact), None) != fact:
            raise PipelineError(
                "canon-stale",
                f"canon diff {diff.digest()[:12]} of the writer's own canon",
                f"changes {fact.subject}.{fact.attribute} = {fact.value}, which is not there",
                "edit canon/canon.json itself",
            )
    own = history([*facts.values(), *new])
    past = history(snapshot.facts)
    of_episodes = [fact for fact in past.facts if fact.provenance.episode]
    ended = [item for item in past.retirements if item.at.line > 0]
    joined = History((*of_episodes, *own.facts), (*ended, *own.retirements))
    return following(snapshot, joined, applied=diff)


def _own(snapshot: CanonSnapshot) -> History:
    past = history(snapshot.facts)
    return History(
        tuple(fact for fact in past.facts if not fact.provenance.episode),
        # An end on line 0 was dated by hand and belongs to no episode.
        tuple(item for item in past.retirements if item.at.line == 0),
    )


def _placed(own: History) -> dict[_Place, Fact]:
    return {_place(fact): fact for fact in chain(own)}


def _place(fact: Fact) -> _Place:
    return fact_key(fact), moment_order(fact.valid_from)
