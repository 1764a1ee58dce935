"""Everything a stage's work needs from its run, as one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from orchestrator.reporting.report import Reporter
from orchestrator.seams.executor import SubprocessExecutor
from orchestrator.shows.show import EpisodePlace
from orchestrator.store.memo import Made, Memo, Product, Remembered, Work
from orchestrator.store.registry import Registry
from renderers.ffmpeg.binary import Ffmpeg
from renderers.seams import Tools
from schemas.artifact import Artifact
from schemas.digest import Digest
from schemas.documents import AnyArtifact
from schemas.project import Project
from schemas.run_summary import Pacing

if TYPE_CHECKING:
    from orchestrator.work.upgrade_wish import UpgradeWish
    from renderers.captions.cues import Cue
    from renderers.fonts.font_files import FontSet

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(slots=True)
class RunContext:
    """One run's place, settings, memo, tools and audience.

    `policies` says of each checkpoint why the run went on or waits; `film_stands` that the film is
    good although the run is refused. Whoever only `looks_ahead` makes no film, and nobody outside
    is asked to speak a line for one; without `buys` nobody who costs something is. `film_cues` are
    captions that were laid out, by what they are made from.
    """

    place: EpisodePlace
    profile: str
    registry: Registry
    memo: Memo
    executor: SubprocessExecutor
    reporter: Reporter
    workers: int
    ffmpeg: Ffmpeg
    fonts: Mapping[Digest, Path]
    warnings: list[str] = field(default_factory=list)
    placeholders: list[str] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    looks_ahead: bool = False
    buys: bool = True
    film_stands: bool = False
    canon_gate: str = ""
    run_id: str = ""
    upgrade: UpgradeWish | None = None
    pacing: Pacing | None = None
    film_cues: dict[tuple[Digest, ...], tuple[Cue, ...]] = field(default_factory=dict)
    _font_set: FontSet | None = None
    _loaded: dict[Digest, Artifact] = field(default_factory=dict)

    @property
    def project(self) -> Project:
        """The show's settings."""
        return self.place.settings.project

    @property
    def font_set(self) -> FontSet:
        """The show's fonts, opened once per run."""
        from renderers.fonts.font_files import FontSet

        if self._font_set is None:
            self._font_set = FontSet(tuple(self.fonts.values()))
        return self._font_set

    def remember_artifact(self, work: Work, make: Callable[[], Artifact]) -> Remembered:
        """`Memo.remember` for a stage that makes one artifact and nothing else."""

        def made(_folder: Path) -> Made:
            artifact = make()
            return Made({"artifact": Product(artifact, artifact.schema_name())})

        return self.memo.remember(work, made)

    def load(self, model: type[AnyArtifact], digest: Digest) -> AnyArtifact:
        """An artifact by digest, read and checked once per run."""
        known = self._loaded.get(digest)
        if not isinstance(known, model):
            known = self.registry.load(model, digest)
            self._loaded[digest] = known
        return known

    def tools(self, scratch: Path) -> Tools:
        """The seams for a renderer that works in `scratch`."""
        return Tools(self.executor, self.resolve, scratch)

    def resolve(self, digest: Digest) -> Path:
        """A blob or font by digest, its content checked. Raises BlobLostError."""
        return self.fonts.get(digest) or self.registry.blobs.resolve(digest)

    def side_by_side(
        self, work: Callable[[Item], Result], items: Sequence[Item], at_once: int = 0
    ) -> list[Result]:
        """`work` on every item; results in the order of the items.

        Up to `workers` run at a time, or `at_once` for work that mostly waits for others. The
        first failure stops what has not begun and is raised.
        """
        at_once = at_once or self.workers
        if at_once == 1 or len(items) < 2:
            return [work(item) for item in items]
        pool = ThreadPoolExecutor(at_once, thread_name_prefix="worker")
        try:
            futures = [pool.submit(work, item) for item in items]
            wait(futures, return_when=FIRST_EXCEPTION)
            for future in futures:
                if future.done() and not future.cancelled() and future.exception() is not None:
                    pool.shutdown(wait=False, cancel_futures=True)
                    future.result()
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            self.executor.kill_running()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
