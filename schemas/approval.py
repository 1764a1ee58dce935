"""ApprovalRequest and ApprovalDecision (plan §27): what a person is asked, and what they said."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from schemas.artifact import Artifact, DigestText

Checkpoint = Literal[
    "approve_canon_diff",
    "approve_character_packs",
    "approve_shotlist_timing_lock",
    "approve_external_spend",
]
Decided = Literal["approved", "rejected"]
Words = Annotated[str, Field(min_length=1)]


class ApprovalRequest(Artifact):
    """One question to a person.

    `subject` is the artifact they approve, `changes` what follows from it, a line each. The
    request knows no clock and no run: what has not changed is not asked again.
    """

    SCHEMA: ClassVar[str] = "ApprovalRequest/1.0.0"

    checkpoint: Checkpoint
    tenant: str = "default"
    show: str = ""
    episode: str
    subject: DigestText
    title: str
    changes: tuple[str, ...] = ()


class ApprovalDecision(Artifact):
    """What a person said to a request (plan §27.3). Never changed; a later one may follow it.

    `previous` is the decision on the same request before this one. `decided_at` is UTC, ISO 8601.
    """

    SCHEMA: ClassVar[str] = "ApprovalDecision/1.0.0"

    request: DigestText
    checkpoint: Checkpoint
    tenant: str = "default"
    show: str = ""
    episode: str
    subject: DigestText
    decision: Decided
    approver_id: Words
    note: str = ""
    run_id: str = ""
    decided_at: Words
    previous: DigestText | None = None
