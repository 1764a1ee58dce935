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
    before, after = change.before, change.after
    if before is not None and after is not None:
        return f"~ {claim(after)} (was {before.value}), {since(after)}"
    if after is not None:
        return f"+ {claim(after)}, {since(after)}"
    return f"- {claim(before)}, {since(before)}" if before is not None else ""


def _holding(snapshot: CanonSnapshot) -> dict[FactKey, Fact]:
    return {fact_key(fact): fact for fact in current_facts(snapshot)}


def _value(fact: Fact | None) -> str | None:
    return None if fact is None else fact.value
