"""`pipeline diff`: two checkpoint folders compared, in a writer's terms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from orchestrator.verification.compare_film import (
    compare_assets,
    compare_lengths,
    compare_loudness,
    compare_shots,
    compare_tools,
    compare_voices,
    redrawn_shots,
)
from orchestrator.verification.compare_story import compare_facts, compare_scenes, compare_words
from schemas.artifact import Artifact
from schemas.asset_manifest import AssetManifest
from schemas.canon import CanonDiff
from schemas.documents import AnyArtifact, read_document
from schemas.errors import PipelineError
from schemas.render_output import RenderOutput
from schemas.render_plan import RenderPlan
from schemas.scratch_track import ScratchTrack
from schemas.script import Script
from schemas.shot_list import ShotList

ARTIFACTS: Final[Mapping[str, type[Artifact]]] = {
    "script": Script,
    "canon_diff": CanonDiff,
    "scratch_track": ScratchTrack,
    "shot_list": ShotList,
    "asset_manifest": AssetManifest,
    "render_plan": RenderPlan,
    "render_output": RenderOutput,
}


class Build:
    """The artifacts of a checkpoint folder, each read once. Copies of such folders will do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, Artifact] = {}
        for name, model in ARTIFACTS.items():
            path = folder / f"{name}.json"
            try:
                if path.is_file():
                    self._read[name] = read_document(path.read_bytes(), model, str(path))
            except OSError as error:
                raise PipelineError(
                    "not-readable", str(path), f"could not be read: {error.strerror}", "check it"
                ) from None
        if "script" not in self._read:
            raise PipelineError(
                "not-a-build",
                str(folder),
                "holds no script.json, so it is no checkpoint folder",
                "give two folders such as my-show/builds/s01e01",
            )

    def get(self, model: type[AnyArtifact]) -> AnyArtifact | None:
        """The artifact of that kind, or None when the run did not come that far."""
        return next((a for a in self._read.values() if isinstance(a, model)), None)

    def digests(self) -> dict[str, str]:
        """Artifact name to content digest, in chain order."""
        return {name: artifact.digest() for name, artifact in self._read.items()}


def compare_builds(before: Path, now: Path) -> dict[str, Any]:
    """Everything that differs, as JSON values; each part is empty when it is the same.

    Raises PipelineError for a folder that is no checkpoint folder, or a damaged artifact.
    """
    one, other = Build(before), Build(now)
    artifacts = _artifacts(one.digests(), other.digests())
    found: dict[str, Any] = {
        "before": str(before),
        "now": str(now),
        "same": not artifacts,
        "artifacts": artifacts,
        "scenes": [],
        "words": [],
        "facts": [],
        "voices": [],
        "shots": [],
        "length": {},
        "assets": [],
        "loudness": {},
        "captions": [],
        "toolchain": [],
        "film": {},
    }
    _compare_story(one, other, found)
    _compare_shots(one, other, found)
    _compare_output(one, other, found)
    return found


def _compare_story(one: Build, other: Build, found: dict[str, Any]) -> None:
    script, script_now = one.get(Script), other.get(Script)
    if script and script_now:
        found["scenes"] = compare_scenes(script, script_now)
        found["words"] = compare_words(script, script_now)
    canon, canon_now = one.get(CanonDiff), other.get(CanonDiff)
    if canon and canon_now:
        found["facts"] = compare_facts(canon, canon_now)
    voices, voices_now = one.get(ScratchTrack), other.get(ScratchTrack)
    if voices and voices_now:
        found["voices"] = compare_voices(voices, voices_now)


def _compare_shots(one: Build, other: Build, found: dict[str, Any]) -> None:
    shots, shots_now = one.get(ShotList), other.get(ShotList)
    if shots is None or shots_now is None:
        return
    film, film_now = one.get(RenderOutput), other.get(RenderOutput)
    redrawn = redrawn_shots(film, film_now) if film and film_now else frozenset()
    found["shots"] = compare_shots(shots, shots_now, redrawn)
    found["length"] = compare_lengths(shots, shots_now)


def _compare_output(one: Build, other: Build, found: dict[str, Any]) -> None:
    plan, plan_now = one.get(RenderPlan), other.get(RenderPlan)
    if plan and plan_now:
        found["assets"] = compare_assets(plan, plan_now)
    film, film_now = one.get(RenderOutput), other.get(RenderOutput)
    if film is None or film_now is None:
        return
    found["loudness"] = compare_loudness(film, film_now)
    captions = {caption.name: caption.blob for caption in film.captions}
    found["captions"] = [c.name for c in film_now.captions if captions.get(c.name) != c.blob]
    found["toolchain"] = compare_tools(film, film_now)
    if film.film.blob != film_now.film.blob:
        found["film"] = {"before": film.film.blob, "now": film_now.film.blob}


def _artifacts(before: Mapping[str, str], now: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"artifact": name, "before": before.get(name, ""), "now": now.get(name, "")}
        for name in ARTIFACTS
        if before.get(name) != now.get(name)
    ]
