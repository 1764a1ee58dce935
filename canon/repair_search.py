"""Repairs that the gate has confirmed: the finding is gone, and no other has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from canon.repair import Repair, repairs
from schemas.canon import CanonDiff, Fact, GateFinding
from schemas.errors import PipelineError
from schemas.script import Script

_Kind = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """A text of the episode, read and held against canon."""

    text: str
    script: Script
    diff: CanonDiff


@dataclass(frozen=True, slots=True)
class Bench:
    """How a text is checked, and the facts that are true before the episode.

    `check` raises PipelineError for a text that is no screenplay any more.
    """

    check: Callable[[str], Checked]
    known: tuple[Fact, ...]


def confirmed(bench: Bench, before: Checked, finding: GateFinding) -> Iterator[Repair]:
    """The repairs of a finding that hold, the change that means least first."""
    allowed = _kinds(before.diff)
    allowed[_kind(finding)] -= 1
    value = _true_value(bench, before.diff, finding)
    for repair in repairs(before.text, before.script, finding, value):
        try:
            after = bench.check(repair.text)
        except PipelineError:
            continue
        if not _kinds(after.diff) - allowed:
            yield repair


def mend(bench: Bench, before: Checked) -> tuple[Checked, tuple[str, ...]]:
    """The text with one finding after the other mended, and what was done; the rest stays."""
    done: list[str] = []
    skipped: Counter[_Kind] = Counter()
    now = before
    while finding := _next(now.diff, skipped):
        repair = next(confirmed(bench, now, finding), None)
        if repair is None:
            skipped[_kind(finding)] += 1
            continue
        done.append(f"{finding.file}:{finding.line}: {repair.what}")
        now = bench.check(repair.text)
    return now, tuple(done)


def open_findings(diff: CanonDiff) -> tuple[GateFinding, ...]:
    """The findings without those that only a proposal stands against: that is not decided."""
    return tuple(finding for finding in diff.findings if not finding.pending)


def _next(diff: CanonDiff, skipped: Counter[_Kind]) -> GateFinding | None:
    left = skipped.copy()
    for finding in open_findings(diff):
        if not left[_kind(finding)]:
            return finding
        left[_kind(finding)] -= 1
    return None


def _true_value(bench: Bench, diff: CanonDiff, finding: GateFinding) -> str | None:
    """What the evidence says, where it is about the same attribute."""
    said: Iterable[Fact] = (
        *bench.known,
        *diff.added_facts,
        *(change.after for change in diff.modified_facts),
    )
    fitting = [
        fact.value
        for fact in said
        if (fact.subject, fact.attribute) == (finding.subject, finding.attribute)
        and fact.provenance == finding.evidence_provenance
    ]
    return fitting[-1] if fitting else None


def _kinds(diff: CanonDiff) -> Counter[_Kind]:
    return Counter(map(_kind, diff.findings))


def _kind(finding: GateFinding) -> _Kind:
    # Without its line, which a repair may move.
    return finding.rule, finding.subject, finding.attribute, finding.problem
