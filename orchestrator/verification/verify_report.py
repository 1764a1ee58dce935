"""A verdict as text for people, as JSON values, and as JUnit XML for a CI system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.verification.tiers import TIERS, Check
from orchestrator.verification.verdict import Verdict
from schemas.errors import PipelineError

_TITLES: Final = {
    "inputs": "what the writer gave",
    "artifacts": "artifacts",
    "pictures": "shots, frame by frame",
    "sound": "decoded sound",
    "captions": "captions",
    "film": "film and stills, byte by byte",
    "distance": "distance to the locked film",
}
_SAYS: Final = {
    "same": "the same as locked",
    "updated": "locked as it is now",
    "other-toolchain": "made with another toolchain; looks and sounds the same",
    "differs": "NOT the same as locked",
}
_LISTED: Final = 5
# XML 1.0 section 2.2 has no way to write any other character, not even escaped.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Failure:
    """An episode that could not be verified at all."""

    episode: str
    error: PipelineError


def verdict_text(verdict: Verdict) -> str:
    """The verdict for people: each tier, the first difference, what to do."""
    rows = [f"{verdict.episode}: {_SAYS[verdict.status]}"]
    for tier in TIERS:
        checks = [check for check in verdict.checks if check.tier == tier]
        if checks:
            rows += _tier_rows(tier, checks)
    if verdict.toolchain:
        rows.append("  another toolchain:")
        rows += [f"    {line}" for line in verdict.toolchain]
    first = verdict.first
    if verdict.status == "differs" and first is not None:
        rows.append(f"  first difference: {first.tier}, {first.subject}: {first.problem}")
    rows += [f"  {line}" for line in verdict.evidence]
    if verdict.status == "differs":
        rows.append("  if it should be like this: `pipeline verify EPISODE --update`, and commit")
    return "\n".join(rows)


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as plain JSON values, every check included."""
    first = verdict.first
    return {
        "episode": verdict.episode,
        "status": verdict.status,
        "first_difference": _check_json(first) if first else None,
        "toolchain": list(verdict.toolchain),
        "evidence": list(verdict.evidence),
        "checks": [_check_json(check) | {"same": check.same} for check in verdict.checks],
    }


def results_json(results: Iterable[Verdict | Failure]) -> dict[str, Any]:
    """All episodes as plain JSON values; one that could not be verified with its error."""
    return {
        "episodes": [
            {"episode": result.episode, "status": "error", "error": result.error.as_dict()}
            if isinstance(result, Failure)
            else verdict_json(result)
            for result in results
        ]
    }


def exit_code_of(result: Verdict | Failure) -> int:
    """What `pipeline verify` ends with for one episode."""
    return int(result.error.exit_code if isinstance(result, Failure) else result.exit_code)


def junit_xml(results: Sequence[Verdict | Failure]) -> bytes:
    """JUnit XML: a suite per episode, a case per tier and shot; what could not run is an error.

    Differences that another toolchain accounts for are written as skipped.
    """
    from xml.etree.ElementTree import Element, indent, tostring

    top = Element("testsuites", name="pipeline verify")
    for result in results:
        top.append(_suite(result))
    indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(top, "unicode")}\n'.encode()


def _tier_rows(tier: str, checks: Sequence[Check]) -> list[str]:
    other = [check for check in checks if not check.same]
    count = f"{len(checks) - len(other)} of {len(checks)} the same"
    rows = [f"  {_TITLES[tier]}: {count}"]
    rows += [f"    {check.subject}: {check.problem}" for check in other[:_LISTED]]
    if len(other) > _LISTED:
        rows.append(f"    and {len(other) - _LISTED} more")
    return rows


def _check_json(check: Check) -> dict[str, Any]:
    return {"tier": check.tier, "subject": check.subject, "problem": check.problem}


def _suite(result: Verdict | Failure) -> Any:
    from xml.etree.ElementTree import Element, SubElement

    if isinstance(result, Failure):
        suite = Element("testsuite", name=_xml(result.episode), tests="1", failures="0", errors="1")
        case = SubElement(suite, "testcase", classname=_xml(result.episode), name="render")
        error = result.error
        told = SubElement(case, "error", type=error.code, message=_xml(str(error)))
        told.text = _xml(error.hint)
        return suite
    excused = result.status in ("other-toolchain", "updated")
    other = [check for check in result.checks if not check.same]
    failing = 0 if excused else len(other)
    suite = Element(
        "testsuite",
        name=_xml(result.episode),
        tests=str(len(result.checks)),
        failures=str(failing),
        errors="0",
        skipped=str(len(other) - failing),
    )
    for check in result.checks:
        name = f"{check.tier}.{check.subject}"
        where = f"{result.episode}.{check.tier}"
        case = SubElement(suite, "testcase", classname=_xml(where), name=_xml(name))
        if not check.same:
            kind = "skipped" if excused else "failure"
            told = SubElement(case, kind, message=_xml(check.problem))
            if check is result.first:
                told.text = _xml("\n".join((*result.toolchain, *result.evidence)))
    return suite


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def summary_line(results: Iterable[Verdict | Failure]) -> str:
    """One line for several episodes: how many are as locked."""
    listed = list(results)
    good = sum(isinstance(r, Verdict) and not r.exit_code for r in listed)
    return f"{good} of {len(listed)} episodes as locked"
