"""What a run and a day of a show may cost at the most."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.reporting.quantities import dollars
from orchestrator.spend.book import Book, BookedJob
from renderers.providers.contract import MICROUSD_PER_CENT
from schemas.errors import PipelineError
from schemas.project import Project


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a run and a day may cost, in millionths of a US dollar; None is no limit."""

    run_microusd: int | None
    day_microusd: int | None

    def passed(self, book: Book, job: BookedJob) -> bool:
        """Whether what is spoken for in the job's run or on its day is more than that."""
        run, day = self.run_microusd, self.day_microusd
        over_run = run is not None and book.spoken_for(run=job.run) > run
        return over_run or (day is not None and book.spoken_for(day=job.day) > day)

    def refuse(self, book: Book, run: str, day: str, asked_microusd: int) -> None:
        """Raise PipelineError `over-budget` when that much more would pass a cap."""
        _refuse_over("run", asked_microusd, book.spoken_for(run=run), self.run_microusd)
        _refuse_over("day", asked_microusd, book.spoken_for(day=day), self.day_microusd)


def caps_of(project: Project) -> Caps:
    """The most that a run and a day of the show may cost."""
    day = project.cost_policy.max_day_budget_cents
    return Caps(
        project.cost_policy.max_run_budget_cents * MICROUSD_PER_CENT,
        day * MICROUSD_PER_CENT if day else None,
    )


def _refuse_over(what: str, asked: int, spoken_for: int, cap: int | None) -> None:
    if cap is None or spoken_for + asked <= cap:
        return
    raise PipelineError(
        "over-budget",
        "cost_policy",
        f"{dollars(asked)} are asked for and {dollars(spoken_for)} are spoken for already; "
        f"the {what} may cost {dollars(cap)}",
        f"raise max_{what}_budget_cents in project.yaml, or upgrade fewer shots",
    )
