"""What a person is asked before an episode changes canon."""

from __future__ import annotations

from canon.describe import describe_diff
from schemas.approval import ApprovalRequest
from schemas.canon import CanonDiff


def approval_request(diff: CanonDiff) -> ApprovalRequest:
    """The question whether `diff` may become true, with a line for everything it changes.

    Findings that only flagged the episode come after the changes.
    """
    _, *changes = describe_diff(diff).splitlines()
    told = [
        f"! {finding.file}:{finding.line}: {finding.problem} ({finding.evidence})"
        for finding in diff.findings
    ]
    return ApprovalRequest.create(
        checkpoint="approve_canon_diff",
        tenant=diff.tenant,
        show=diff.show,
        episode=diff.episode,
        subject=diff.digest(),
        title=f"what {diff.episode} makes true",
        changes=tuple(line.strip() for line in (*changes, *told)),
    )
