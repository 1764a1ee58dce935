"""The chain of snapshots made again from the diffs alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from canon.diff import replay, revert_diff
from canon.own import apply_own
from schemas.canon import CanonDiff, CanonSnapshot
from schemas.errors import PipelineError


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain: the diff that made it, and whether that was applied or taken back."""

    diff: CanonDiff
    taken_back: bool = False


def rebuild(first: CanonSnapshot, steps: Sequence[Step | None]) -> tuple[CanonSnapshot, ...]:
    """The snapshot after every step, in order, from an empty one on; None changes nothing.

    Of `first` only tenant and show are read. Raises PipelineError `canon-not-in-force` for a step
    that takes back what was not applied before it, `canon-stale` for a change of the writer's own
    facts that does not fit.
    """
    empty = CanonSnapshot.create(tenant=first.tenant, show=first.show, facts=())
    made: list[CanonSnapshot] = []
    for step in steps:
        before = made[-1] if made else empty
        after = before if step is None else _after(before, step, [empty, *made])
        made.append(after if made else after.model_copy(update={"parent": None}))
    return tuple(made)


def _after(before: CanonSnapshot, step: Step, earlier: list[CanonSnapshot]) -> CanonSnapshot:
    diff = step.diff
    if not step.taken_back:
        return replay(before, diff) if diff.episode else apply_own(before, diff)
    applied = diff.digest()
    for parent, child in zip(reversed(earlier[:-1]), reversed(earlier[1:]), strict=True):
        if child.applied_diff == applied:
            return revert_diff(before, parent, child, diff)
    raise PipelineError(
        "canon-not-in-force",
        f"canon diff {applied[:12]} of {diff.episode}",
        "is taken back without having been applied",
        "the canon folder is damaged; put it back from version control",
    )
