"""Two points of a story's truth beside each other, in a writer's terms."""

from __future__ import annotations

from dataclasses import dataclass

from canon.facts import FactKey, current_facts, fact_key
from canon.verdict import claim, since
from schemas.canon import CanonSnapshot, Fact


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one `subject.attribute`; None is where nothing was or is known."""

    before: Fact | None
    after: Fact | None


def changes_between(before: CanonSnapshot, after: CanonSnapshot) -> tuple[Change, ...]:
    """What holds at the end of one snapshot and not of the other, by subject and attribute."""
    old, new = _holding(before), _holding(after)
    return tuple(
        Change(old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if _value(old.get(key)) != _value(new.get(key))
    )


def describe_changes(changes: tuple[Change, ...]) -> str:
    """A line each: what is new (+), has another value (~), or no longer holds (-)."""
    return "\n".join(_line(change) for change in changes) or "no change"


def _line(change: Change) -> str:
    if change.after is None:
        assert change.before is not None  # noqa: S101  a change has one side at least
        return f"- {claim(change.before)}, {since(change.before)}"
    if change.before is None:
        return f"+ {claim(change.after)}, {since(change.after)}"
    return f"~ {claim(change.after)} (was {change.before.value}), {since(change.after)}"


def _holding(snapshot: CanonSnapshot) -> dict[FactKey, Fact]:
    return {fact_key(fact): fact for fact in current_facts(snapshot)}


def _value(fact: Fact | None) -> str | None:
    return None if fact is None else fact.value
