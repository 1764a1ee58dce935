"""RunSummary (plan §16): what a run did, how long it took, what it cost. Written on failure too.

The one artifact that knows clocks and machines; nothing is ever keyed by it.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.artifact import Artifact, Count, DigestText, Flag, Frozen


class WorkItem(Frozen):
    """One piece of work, such as a stage, shot or line, and why it was or was not done again."""

    kind: Literal["stage", "font", "line", "asset", "shot", "transition", "still", "film", "review"]
    name: str
    key: str
    hit: Flag
    reason: str
    elapsed_ms: Count


class StageTiming(Frozen):
    """A stage as a whole."""

    stage: str
    outcome: Literal["done", "reused", "failed", "blocked", "skipped"]
    elapsed_ms: Count
    artifact: DigestText | None = None


class ErrorReport(Frozen):
    """The error that ended the run."""

    code: str
    where: str
    problem: str
    hint: str
    stage: str = ""
    recoverable: Flag = True


class SceneWeight(Frozen):
    """How much of the film a scene takes: in all, in 1/1000 of the film, and spoken."""

    scene_id: str
    film_ms: Count
    permille: Count
    spoken_ms: Count
    shots: Count


class Pacing(Frozen):
    """The film's length against its target window, 0 for no limit, and its scenes in order.

    `over_ms` and `under_ms` say how far it is outside; both are 0 inside.
    """

    film_ms: Count
    target_min_ms: Count
    target_max_ms: Count
    over_ms: Count
    under_ms: Count
    shots: Count
    mean_shot_ms: Count
    scenes: tuple[SceneWeight, ...]


class RunSummary(Artifact):
    """One run. Money is in millionths of a US dollar; times are UTC, ISO 8601.

    `canon_gate` is what the gate said, empty where the run did not get so far. `unchecked` is a
    draft's (`continuity_mode: off`): no film of such a run may be published.
    """

    SCHEMA: ClassVar[str] = "RunSummary/1.4.0"

    run_id: str
    episode: str
    source: str
    profile: str
    started_at: str
    elapsed_ms: Count
    exit_code: Count
    state: Literal["completed", "degraded", "failed", "blocked", "paused", "interrupted", "running"]
    stages: tuple[StageTiming, ...]
    work: tuple[WorkItem, ...]
    memo_hits: Count
    memo_misses: Count
    retries: Count = 0
    local_operations: Count
    external_operations: Count = 0
    tokens: Count = 0
    spend_reserved_microusd: Count = 0
    spend_settled_microusd: Count = 0
    placeholders: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    approval_policy: str = "no checkpoints reached"
    canon_gate: Literal["", "passed", "flagged", "blocked", "unchecked"] = ""
    pacing: Pacing | None = None
    error: ErrorReport | None = None
