"""What a film is made from: the artifacts of one timing lock, and the captions they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestrator.run.context import RunContext
from schemas.asset_manifest import AssetManifest
from schemas.digest import Digest
from schemas.errors import PipelineError
from schemas.render_plan import RenderPlan
from schemas.shot_list import ShotList

if TYPE_CHECKING:
    from renderers.captions.cues import Cue


@dataclass(frozen=True, slots=True)
class Parents:
    """The digests of the artifacts a film is made from."""

    script: Digest
    scratch_track: Digest
    shot_list: Digest
    asset_manifest: Digest
    render_plan: Digest

    def named(self) -> dict[str, Digest]:
        """Artifact name to digest."""
        return {
            "script": self.script,
            "scratch_track": self.scratch_track,
            "shot_list": self.shot_list,
            "asset_manifest": self.asset_manifest,
            "render_plan": self.render_plan,
        }

    def seen(self) -> tuple[Digest, Digest, Digest]:
        """Those that say what is seen and read, and when."""
        return self.shot_list, self.asset_manifest, self.render_plan


@dataclass(frozen=True, slots=True)
class FilmSources:
    """The artifacts that the renderers are given."""

    shots: ShotList
    manifest: AssetManifest
    plan: RenderPlan
    cues: tuple[Cue, ...]

    def captioned(self) -> list[tuple[int, int]]:
        """The film's stretches with a caption in the picture, first frame and the one after."""
        burned = self.cues if self.plan.captions.burn_in else ()
        return [(cue.start_frame, cue.end_frame) for cue in burned]


def film_sources(context: RunContext, parents: Parents) -> FilmSources:
    """Load them. Raises PipelineError `timing-lock` when they do not belong together."""
    shots = context.load(ShotList, parents.shot_list)
    manifest = context.load(AssetManifest, parents.asset_manifest)
    plan = context.load(RenderPlan, parents.render_plan)
    if len({artifact.timing_lock_hash for artifact in (shots, manifest, plan)}) != 1:
        raise PipelineError(
            "timing-lock",
            context.place.episode_id,
            "the ShotList, AssetManifest and RenderPlan do not carry the same timing lock",
            "run the episode again from its script",
        )
    return FilmSources(shots, manifest, plan, film_cues(context, parents.seen()))


def film_cues(context: RunContext, seen: Sequence[Digest]) -> tuple[Cue, ...]:
    """The captions of a film by the digests of its ShotList, AssetManifest and RenderPlan. They are
    laid out once a run: the film and its review page show the same ones."""
    from renderers.captions.cues import build_cues
    from renderers.captions.faces import clear_of_faces

    key = tuple(seen)
    if key not in context.film_cues:
        shots = context.load(ShotList, key[0])
        manifest = context.load(AssetManifest, key[1])
        plan = context.load(RenderPlan, key[2])
        cues = build_cues(shots, manifest, plan)
        context.film_cues[key] = clear_of_faces(cues, shots, manifest, plan)
    return context.film_cues[key]
