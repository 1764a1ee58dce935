"""Canon in words for the people who write the show."""

from __future__ import annotations

from itertools import groupby

from canon.facts import chain, history
from canon.verdict import claim, since
from schemas.canon import CanonDiff, CanonSnapshot, Fact, GateFinding
from schemas.ids import slug


def describe(snapshot: CanonSnapshot, subject: str = "") -> str:
    """Every subject with its facts, each with what it is, since when and where it was said.

    What held earlier is listed too, with its end. With `subject`, only that one; a subject of
    which nothing is known says so. Ends with a newline.
    """
    facts = chain(history(snapshot.facts))
    if subject:
        facts = tuple(fact for fact in facts if fact.subject == slug(subject))
        if not facts:
            return f"canon knows nothing about {subject}\n"
    if not facts:
        return "canon is empty\n"
    blocks = [
        "\n".join([name, *(_fact_line(fact) for fact in group)])
        for name, group in groupby(facts, key=lambda fact: fact.subject)
    ]
    return "\n\n".join(blocks) + "\n"


def describe_findings(diff: CanonDiff) -> str:
    """The contradictions in script order: where, which rule, the evidence, what repairs it.

    Three lines each, parted by an empty line, without a final newline.
    """
    if not diff.findings:
        return f"nothing in {diff.episode} contradicts canon"
    return "\n\n".join(_finding_block(finding) for finding in diff.findings)


def describe_diff(diff: CanonDiff) -> str:
    """What the diff adds (+), changes (~) and ends (-), a line each. Ends with a newline."""
    lines = [f"{diff.episode}: {diff.justification} ({diff.gate})"]
    lines += [f"  + {claim(fact)}, {since(fact)}" for fact in diff.added_facts]
    lines += [
        f"  ~ {claim(change.after)} (was {change.before.value}), {since(change.after)}"
        for change in diff.modified_facts
    ]
    lines += [f"  - {claim(fact)}, {since(fact)}" for fact in diff.removed_facts]
    if len(lines) == 1:
        lines.append("  no change")
    return "\n".join(lines) + "\n"


def _fact_line(fact: Fact) -> str:
    line = f"  {fact.attribute} = {fact.value}  ({since(fact)})"
    end = fact.valid_until
    if end is None:
        return line
    until = ", ".join(
        part for part in (end.episode, f"line {end.line}" if end.line else "") if part
    )
    return f"{line}  until {until}"


def _finding_block(finding: GateFinding) -> str:
    return "\n".join(
        [
            f"{finding.file}:{finding.line}: {finding.rule}: {finding.problem}",
            f"  evidence: {finding.evidence}",
            f"  repair: {finding.hint}",
        ]
    )
