"""Every kind of artifact, and their schemas in `schemas/json/`: `python -m schemas.export`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from schemas.approval import ApprovalDecision, ApprovalRequest
from schemas.artifact import Artifact
from schemas.asset_manifest import AssetManifest
from schemas.canon import CanonDiff, CanonSnapshot
from schemas.canonical import readable_bytes
from schemas.context_pack import ContextPack
from schemas.documents import EXPORTED, json_schema
from schemas.episode import Episode
from schemas.project import Project
from schemas.recall import RecallIndex
from schemas.render_output import RenderOutput
from schemas.render_plan import RenderPlan
from schemas.run_summary import RunSummary
from schemas.scratch_track import ScratchTrack
from schemas.script import Script
from schemas.shot_list import ShotList
from schemas.take import Take
from schemas.transform import Transform

ARTIFACTS: Final[tuple[type[Artifact], ...]] = (
    Project,
    Episode,
    Script,
    ScratchTrack,
    ShotList,
    AssetManifest,
    RenderPlan,
    RenderOutput,
    CanonSnapshot,
    CanonDiff,
    ApprovalRequest,
    ApprovalDecision,
    ContextPack,
    RecallIndex,
    RunSummary,
    Take,
    Transform,
)

FOLDER = Path(__file__).parent / EXPORTED


def exported() -> dict[str, bytes]:
    """File name to content of every exported schema."""
    return {
        f"{model.schema_name()}.schema.json": readable_bytes(json_schema(model))
        for model in ARTIFACTS
    }


def main() -> None:
    """Write every schema file."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in exported().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
