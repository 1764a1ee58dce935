"""The account of a run: what was done, reused, warned of, and how it ended."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from orchestrator.reporting.redaction import redacted, redacted_values
from orchestrator.seams.clock import Stopwatch, utc_now
from schemas.digest import Digest
from schemas.errors import ExitCode, PipelineError
from schemas.run_summary import ErrorReport, Pacing, RunSummary, StageTiming, WorkItem

STATES = {
    ExitCode.DONE: "completed",
    ExitCode.DEGRADED: "degraded",
    ExitCode.PAUSED: "paused",
    ExitCode.BLOCKED: "blocked",
    ExitCode.INTERRUPTED: "interrupted",
}


@dataclass(frozen=True, slots=True)
class Spent:
    """What a run spent outside, in millionths of a US dollar, and on how many jobs."""

    jobs: int = 0
    reserved_microusd: int = 0
    settled_microusd: int = 0


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended. `stage` is where the error happened."""

    exit_code: ExitCode
    work: Sequence[WorkItem]
    error: PipelineError | None = None
    stage: str = ""
    spent: Spent = Spent()
    warnings: Sequence[str] = ()
    placeholders: Sequence[str] = ()
    policies: Sequence[str] = ()
    pacing: Pacing | None = None
    canon_gate: str = ""


@dataclass(slots=True)
class RunAccount:
    """Collects what happens in one run."""

    episode: str
    source: str
    profile: str
    run_id: str = field(default_factory=lambda: f"run-{secrets.token_hex(6)}")
    started_at: str = field(default_factory=utc_now)
    stages: list[StageTiming] = field(default_factory=list)
    current: str = ""
    made: Digest | None = None
    degraded: bool = False
    _watch: Stopwatch = field(default_factory=Stopwatch)
    _stage_watch: Stopwatch = field(default_factory=Stopwatch)

    def begin(self, stage: str) -> None:
        """A stage begins."""
        self.current = stage
        self.made = None
        self._stage_watch = Stopwatch()

    def end(self, hit: bool, artifact: Digest | None) -> StageTiming:
        """The current stage is done."""
        return self._close("reused" if hit else "done", artifact)

    def fail(self, blocked: bool) -> StageTiming | None:
        """The current stage did not come to its end."""
        return self._close("blocked" if blocked else "failed", self.made) if self.current else None

    def restart(self) -> None:
        """Forget the stages so far: a lost result is being made again from the start."""
        self.stages.clear()
        self.current = ""

    def summary(self, end: RunEnd) -> RunSummary:
        """The finished account."""
        state = STATES.get(end.exit_code, "failed")
        if state == "completed" and self.degraded:
            state = "degraded"
        report = None
        if end.error is not None:
            report = ErrorReport(**redacted_values(end.error.as_dict()), stage=end.stage)
        made = sum(not item.hit for item in end.work)
        return RunSummary.create(
            run_id=self.run_id,
            episode=self.episode,
            source=self.source,
            profile=self.profile,
            started_at=self.started_at,
            elapsed_ms=self._watch.elapsed_ms(),
            exit_code=int(end.exit_code),
            state=state,
            stages=tuple(self.stages),
            work=tuple(end.work),
            memo_hits=len(end.work) - made,
            memo_misses=made,
            local_operations=made,
            external_operations=end.spent.jobs,
            spend_reserved_microusd=end.spent.reserved_microusd,
            spend_settled_microusd=end.spent.settled_microusd,
            placeholders=tuple(end.placeholders),
            warnings=tuple(map(redacted, end.warnings)),
            approval_policy="; ".join(map(redacted, end.policies)) or "no checkpoints reached",
            canon_gate=end.canon_gate,
            pacing=end.pacing,
            error=report,
        )

    def _close(self, outcome: str, artifact: Digest | None) -> StageTiming:
        timing = StageTiming.model_validate(
            {
                "stage": self.current,
                "outcome": outcome,
                "elapsed_ms": self._stage_watch.elapsed_ms(),
                "artifact": artifact,
            }
        )
        self.stages.append(timing)
        self.current = ""
        return timing
