"""An episode against what earlier ones proposed and nobody has approved yet."""

from __future__ import annotations

from collections.abc import Iterable

from canon.diff import earlier_than, replay
from canon.gate import Mode, check_episode
from schemas.canon import CanonDiff, CanonSnapshot, GateFinding
from schemas.script import Script


def check_with_pending(
    script: Script,
    episode: str,
    before: CanonSnapshot,
    proposals: Iterable[CanonDiff],
    mode: Mode = "strict",
) -> CanonDiff:
    """What `check_episode` says, and what it would say were the earlier proposals true.

    What only a proposal contradicts is marked as pending and soft: it flags the episode, which is
    made, and moves no canon before the proposal is decided. Proposals of this episode or of later
    ones are not looked at.
    """
    diff = check_episode(script, episode, before, mode)
    earlier = earlier_than(episode, proposals)
    if mode == "off" or not earlier:
        return diff
    supposed = before
    for proposal in earlier:
        supposed = replay(supposed, proposal)
    known = {_place(finding) for finding in diff.findings}
    pending = tuple(
        _pending(finding)
        for finding in check_episode(script, episode, supposed, mode).findings
        if _place(finding) not in known
    )
    if not pending:
        return diff
    gate = "flagged" if diff.gate == "passed" else diff.gate
    return diff.model_copy(update={"gate": gate, "findings": (*diff.findings, *pending)})


def _place(finding: GateFinding) -> tuple[str, str, str, str, int]:
    return finding.rule, finding.subject, finding.attribute, finding.file, finding.line


def _pending(finding: GateFinding) -> GateFinding:
    source = finding.evidence_provenance.episode
    proposed = f"{source} proposes it, pending approval" if source else "pending approval"
    return finding.model_copy(
        update={
            "severity": "soft",
            "pending": True,
            "evidence": f"{proposed}: {finding.evidence}",
        }
    )
