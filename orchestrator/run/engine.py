"""The engine: one episode through every stage, resuming whatever is done already."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from orchestrator.reporting.report import Reporter
from orchestrator.run.context import RunContext
from orchestrator.run.one_run import Run
from orchestrator.run.request import RunRequest, RunResult
from orchestrator.seams.foreign_file import refuse_outside
from orchestrator.seams.lock import build_lock, locked
from orchestrator.store.checkpoint import LOGS, CheckpointFolder
from orchestrator.store.registry import Registry


def run_episode(request: RunRequest, reporter: Reporter) -> RunResult:
    """Run an episode. Every refusal comes back inside the result, with its summary written.

    Raises PipelineError only when not even the registry or checkpoint folder could be made.
    """
    place = request.place
    registry = Registry(place.show)
    for ours in (registry.root, place.build, place.build / LOGS):
        refuse_outside(ours, place.show, ours.relative_to(place.show).as_posix())
    registry.prepare()
    folder = CheckpointFolder(place.build, registry, reporter.note)
    folder.prepare()
    lock = build_lock(registry.root, place.episode_id)
    waiting = f"another run of {place.episode_id} is at work; waiting for it"
    collected = "the registry is being collected or checked; waiting for that to end"
    with (
        registry.in_use(lambda: reporter.note(collected)),
        locked(lock, True, lambda: reporter.note(waiting)),
    ):
        return Run(request, registry, folder, reporter).whole()


@contextlib.contextmanager
def prepared_run(request: RunRequest, reporter: Reporter) -> Iterator[RunContext]:
    """A context for looking ahead: pieces of work can be done in it, and no film is made."""
    place = request.place
    registry = Registry(place.show)
    registry.prepare()
    with registry.in_use():
        run = Run(
            request, registry, CheckpointFolder(place.build, registry, reporter.note), reporter
        )
        try:
            context = run.new_context()
            context.looks_ahead = True
            yield context
        finally:
            run.executor.stop_all()
