"""One run: every stage in turn, healed where a stored result is lost, and the account of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from orchestrator.reporting.report import Reporter
from orchestrator.reporting.stage_log import StageLogs
from orchestrator.reporting.summary import RunAccount, RunEnd, Spent
from orchestrator.run.context import RunContext
from orchestrator.run.record import known_work, latest_items, spent_in, write_run
from orchestrator.run.request import RunRequest, RunResult
from orchestrator.seams.durable_files import is_refusal, storage_error
from orchestrator.seams.environment import available_cores, chosen_ffmpeg
from orchestrator.seams.executor import SubprocessExecutor
from orchestrator.store.blobs import BlobLostError
from orchestrator.store.checkpoint import SUMMARY, CheckpointFolder
from orchestrator.store.memo import Memo, Remembered
from orchestrator.store.registry import Registry
from schemas.artifact import Artifact
from schemas.digest import Digest
from schemas.documents import check
from schemas.errors import ExitCode, GateBlocked, PipelineError
from schemas.run_summary import RunSummary, WorkItem

# Each retry heals at least one damaged blob; a run that needs more has a failing disk.
MAX_HEALING_ROUNDS = 50


class Run:
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
        self.earlier = known_work(registry, place.episode_id)
        self.memo = Memo(registry, self.earlier.accounts, self._worked)
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
        from orchestrator.run.chain import walk

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
        from orchestrator.shows.fonts import font_files
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
            buys=self.request.buys,
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
        end = RunEnd(
            exit_code,
            latest_items(self.memo.items),
            error,
            stage,
            self._spent(error),
        )
        if context is not None:
            end = replace(
                end,
                warnings=context.warnings,
                placeholders=context.placeholders,
                policies=context.policies,
                pacing=context.pacing,
                canon_gate=context.canon_gate,
            )
        summary = self.account.summary(end)
        self._write_summary(summary, error)
        self.reporter.close()
        return RunResult(summary, exit_code, self.folder.path, error)

    def _spent(self, error: PipelineError | None) -> Spent:
        try:
            return spent_in(self.account.run_id, self.request.place)
        except PipelineError:
            # A ledger that cannot be read has ended the run already; its summary is still due.
            if error is None:
                raise
            return Spent()

    def _write_summary(self, summary: RunSummary, error: PipelineError | None) -> None:
        check(summary.payload(), RunSummary, SUMMARY)
        try:
            self.folder.put(SUMMARY, summary.readable())
            self.folder.close()
            write_run(self.registry, summary, self.earlier, self.memo)
        except PipelineError:
            # On a full or read-only disk the first error is the one that helps.
            if error is None:
                raise

    def _take_out_stale(self) -> None:
        """What later stages made of an older script must not pass for this run's result."""
        from orchestrator.run.delivery import checkpoint_files

        for name in checkpoint_files(self.request.place.episode_id):
            if name not in self.reached:
                # Where nothing can be written, nothing can be taken out either.
                with contextlib.suppress(PipelineError):
                    self.folder.take_out(name)
