"""What the quality gate of the captions found, in a line."""

from __future__ import annotations

from collections import Counter

from schemas.render_output import CaptionCheck, CaptionViolation


def reasons_of(check: CaptionCheck) -> tuple[str, ...]:
    """Why a film is degraded by its captions: the errors, counted; empty without any."""
    wrong = [each for each in check.violations if each.severity == "error"]
    if not wrong:
        return ()
    first = wrong[0]
    return (
        f"captions: {_counted(wrong)}; first caption {first.caption}: {first.found}, "
        f"allowed: {first.allowed}",
    )


def summary_of(check: CaptionCheck) -> str:
    """A line about what the gate found; empty when that is nothing."""
    if not check.violations:
        return ""
    concerned = len({each.caption for each in check.violations})
    return f"{concerned} of {check.captions} captions break a rule: {_counted(check.violations)}"


def _counted(violations: tuple[CaptionViolation, ...] | list[CaptionViolation]) -> str:
    counted = Counter(each.rule for each in violations)
    return ", ".join(f"{rule} {count}" for rule, count in counted.items())
