"""The engine: one episode through every stage, resuming whatever is done already."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from orchestrator.blobs import BlobLostError
from orchestrator.checkpoint import LOGS, SUMMARY, CheckpointFolder
from orchestrator.context import RunContext
from orchestrator.durable_files import is_refusal, storage_error
from orchestrator.environment import available_cores, chosen_ffmpeg
from orchestrator.executor import SubprocessExecutor
from orchestrator.foreign_file import refuse_outside
from orchestrator.lock import build_lock, locked
from orchestrator.memo import Memo, Remembered
from orchestrator.registry import Registry
from orchestrator.report import Reporter
from orchestrator.show import EpisodePlace
from orchestrator.stage_log import StageLogs
from orchestrator.summary import RunAccount, RunEnd, Spent
from schemas.artifact import Artifact
from schemas.digest import Digest
from schemas.documents import check
from schemas.errors import ExitCode, GateBlocked, PipelineError
from schemas.run_summary import RunSummary, WorkItem

if TYPE_CHECKING:
    from orchestrator.work.upgrade_wish import UpgradeWish

Value = TypeVar("Value")

# Each retry heals at least one damaged blob; a run that needs more has a failing disk.
MAX_HEALING_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a person asked for. `workers` 0 means one per core."""

    place: EpisodePlace
    profile: str
    workers: int = 0
    strict: bool = False
    upgrade: UpgradeWish | None = None


@dataclass(frozen=True, slots=True)
class RunResult:
    """How it ended: the summary, and the error when there was one."""

    summary: RunSummary
    exit_code: ExitCode
    build: Path
    error: PipelineError | None = None


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
        return _Run(request, registry, folder, reporter).whole()


@contextlib.contextmanager
def prepared_run(request: RunRequest, reporter: Reporter) -> Iterator[RunContext]:
    """A context for looking ahead: pieces of work can be done in it, and no film is made."""
    place = request.place
    registry = Registry(place.show)
    registry.prepare()
    with registry.in_use():
        run = _Run(
            request, registry, CheckpointFolder(place.build, registry, reporter.note), reporter
        )
        try:
            context = run.new_context()
            context.looks_ahead = True
            yield context
        finally:
            run.executor.stop_all()


class _Run:
    """One run under its locks."""

    def __init__(
        self,
        request: RunRequest,
        registry: Registry,
        folder: CheckpointFolder,
        reporter: Reporter,
    ) -> None:
        place = request.place
        self.request = request
        self.registry = registry
        self.folder = folder
        self.reporter = reporter
        self.account = RunAccount(place.episode_id, place.name, request.profile)
        self.logs = StageLogs(folder.path)
        latest = registry.latest_run(place.episode_id) or {}
        self.earlier = latest.get("accounts", {})
        self.earlier_keys = latest.get("keys", {})
        self.memo = Memo(registry, self.earlier, self._worked)
        self.executor = SubprocessExecutor()
        self.context: RunContext | None = None
        self.reached: list[str] = []

    def whole(self) -> RunResult:
        """All stages, then the summary, whatever happened."""
        error: PipelineError | None = None
        stage = ""
        try:
            exit_code = self._healing()
        except PipelineError as problem:
            error, exit_code, stage = problem, problem.exit_code, self.account.current
        except KeyboardInterrupt:
            stage = self.account.current
            exit_code = ExitCode.INTERRUPTED
            error = PipelineError(
                "interrupted",
                self.request.place.episode_id,
                "stopped before the end",
                f"what is finished is kept: `pipeline resume {self.folder.path}` goes on",
            )
        except Exception as failure:
            if not isinstance(failure, OSError) or not is_refusal(failure):
                what = f"{type(failure).__name__}: {failure}"
                unknown = PipelineError("bug", self.account.current, what)
                self._finish(ExitCode.BUG, unknown, self.account.current)
                raise
            error = storage_error(failure, Path(failure.filename or self.folder.path))
            exit_code, stage = error.exit_code, self.account.current
        finally:
            self.executor.stop_all()
        return self._finish(exit_code, error, stage)

    def _healing(self) -> ExitCode:
        for _ in range(MAX_HEALING_ROUNDS):
            try:
                return self._once_or_lost()
            except BlobLostError as lost:
                self.reporter.note(
                    f"a stored result is {'damaged' if lost.damaged else 'missing'} "
                    f"({lost.digest[:12]}); making it again"
                )
                self.account.restart()
                self.reached.clear()
        raise PipelineError(
            "registry-damaged",
            str(self.registry.root),
            "stored results keep getting lost while they are being made again",
            "check the disk, then delete the .pipeline folder and run again",
        )

    def _once_or_lost(self) -> ExitCode:
        try:
            return self._once()
        except FileNotFoundError as gone:
            lost = self.registry.blobs.lost_by(gone)
            if lost is None:
                raise
            raise lost from None

    def _once(self) -> ExitCode:
        from orchestrator.chain import walk

        context = self.new_context()
        self.context = context
        output, paused = walk(context, self._stage, self.folder)
        if output.status == "degraded":
            self.account.degraded = True
            context.warnings += list(output.reasons)
        for warning in context.warnings:
            self.reporter.note(warning)
        if paused:
            return ExitCode.PAUSED
        if output.status == "degraded" and self.request.strict:
            return ExitCode.DEGRADED
        return ExitCode.DONE

    def new_context(self) -> RunContext:
        """Everything a stage's work needs from this run."""
        from orchestrator.fonts import font_files
        from renderers.ffmpeg.binary import chosen_ffmpeg as find

        place = self.request.place
        context = RunContext(
            place=place,
            profile=self.request.profile,
            registry=self.registry,
            memo=self.memo,
            executor=self.executor,
            reporter=self.reporter,
            workers=self.request.workers or available_cores(),
            ffmpeg=find(chosen_ffmpeg(), self.executor),
            fonts={},
            warnings=list(place.settings.warnings),
            run_id=self.account.run_id,
            upgrade=self.request.upgrade,
        )
        context.fonts = font_files(context)
        return context

    def _stage(
        self,
        name: str,
        artifact: str,
        model: type[Artifact],
        work: Callable[[], Remembered],
        accept: Callable[[Digest], None] = lambda _: None,
    ) -> Digest:
        """Run one stage and show its artifact in the checkpoint folder."""
        self.account.begin(name)
        self.logs.begin(name)
        self.reporter.stage_started(name)
        done = work()
        digest = done.outputs["artifact"]
        context = self.context
        if context is not None:
            self.folder.put(artifact, context.load(model, digest).readable())
        self.reached.append(artifact)
        self.account.made = digest
        accept(digest)
        timing = self.account.end(done.hit, digest)
        self.logs.end(timing)
        self.reporter.stage_ended(timing)
        return digest

    def _worked(self, item: WorkItem) -> None:
        self.logs.worked(item)
        self.reporter.worked(item)

    def _finish(self, exit_code: ExitCode, error: PipelineError | None, stage: str) -> RunResult:
        context = self.context
        if error is not None:
            timing = self.account.fail(isinstance(error, GateBlocked))
            self.logs.failed(error)
            if timing is not None:
                self.reporter.stage_ended(timing)
            if context is None or not context.film_stands:
                self._take_out_stale()
        items = _latest_items(self.memo.items)
        summary = self.account.summary(
            RunEnd(
                exit_code,
                items,
                context.warnings if context else [],
                context.placeholders if context else [],
                error,
                stage,
                context.policies if context else [],
                self._spent(),
                context.pacing if context else None,
                context.canon_gate if context else "",
            )
        )
        self._write_summary(summary, error)
        self.reporter.close()
        return RunResult(summary, exit_code, self.folder.path, error)

    def _spent(self) -> Spent:
        """What this run's jobs outside came to."""
        if self.request.upgrade is None:
            return Spent()
        from orchestrator.spend.ledger import Ledger
        from orchestrator.spend.shops import row_of

        book, run = Ledger(self.request.place.show).book(), self.account.run_id
        jobs = [j for j in book.jobs.values() if j.run == run and j.standing != "released"]
        project = self.request.place.settings.project
        outside = [job for job in jobs if not row_of(job.provider, project).local]
        return Spent(len(outside), book.spoken_for(run=run), book.paid(run=run))

    def _write_summary(self, summary: RunSummary, error: PipelineError | None) -> None:
        check(summary.payload(), RunSummary, SUMMARY)
        run = {
            "summary": summary.payload(),
            "accounts": _carried(self.earlier, self.memo.accounts),
            "keys": _carried(self.earlier_keys, self.memo.keys),
        }
        try:
            self.folder.put(SUMMARY, summary.readable())
            self.folder.close()
            self.registry.write_run(summary.run_id, summary.episode, run)
        except PipelineError:
            # On a full or read-only disk the first error is the one that helps.
            if error is None:
                raise

    def _take_out_stale(self) -> None:
        """What later stages made of an older script must not pass for this run's result."""
        from orchestrator.chain import checkpoint_files

        for name in checkpoint_files(self.request.place.episode_id):
            if name not in self.reached:
                # Where nothing can be written, nothing can be taken out either.
                with contextlib.suppress(PipelineError):
                    self.folder.take_out(name)


def _carried(earlier: Mapping[str, Value], now: Mapping[str, Value]) -> dict[str, Value]:
    """What is known of this run's pieces, and of earlier ones that it had no need to look at."""
    looked_at = {name.split(" ", 1)[0] for name in now}
    kept = {
        name: known
        for name, known in earlier.items()
        if name.split(" ", 1)[0] not in looked_at or name.startswith("stage ")
    }
    return kept | dict(now)


def _latest_items(items: list[WorkItem]) -> list[WorkItem]:
    """Each piece of work once: after healing, the account that did the work counts."""
    kept: dict[tuple[str, str], WorkItem] = {}
    for item in items:
        known = kept.get((item.kind, item.name))
        if known is None or known.hit or known.key != item.key:
            kept[(item.kind, item.name)] = item
    return list(kept.values())
