"""What a finished run leaves in the checkpoint folder: which files, and how they come there."""

from __future__ import annotations

from orchestrator.run.context import RunContext
from orchestrator.store.checkpoint import CheckpointFolder
from orchestrator.work.ask_approval import CHECKPOINTS, request_file
from schemas.render_output import RenderOutput

ARTIFACT_FILES = (
    "script.json",
    "canon_diff.json",
    "scratch_track.json",
    "shot_list.json",
    "asset_manifest.json",
    "render_plan.json",
    "render_output.json",
)
CAPTION_ENDINGS = ("srt", "vtt", "ass")
STILLS = ("poster.png", "thumbnail.png", "contact_sheet.png")
REVIEW = "review.html"
STEMS = tuple(f"stems/{part}.flac" for part in ("dialogue", "music", "effects", "mix"))


def checkpoint_files(episode: str) -> tuple[str, ...]:
    """Every file a finished run leaves in the checkpoint folder, besides summary and logs."""
    captions = (f"{episode}.{ending}" for ending in CAPTION_ENDINGS)
    asked = map(request_file, CHECKPOINTS)
    return (
        *ARTIFACT_FILES,
        *asked,
        f"{episode}.mp4",
        *captions,
        *STILLS,
        REVIEW,
        *STEMS,
    )


def deliver(context: RunContext, output: RenderOutput, folder: CheckpointFolder) -> None:
    """Copy the film, its captions, stems and stills into the checkpoint folder."""
    episode = context.place.episode_id
    files = {f"{episode}.mp4": output.film.blob}
    files |= {f"{episode}.{caption.name}": caption.blob for caption in output.captions}
    files |= {f"stems/{stem.name}": stem.blob for stem in output.stems}
    stills = (output.poster, output.thumbnail, output.contact_sheet)
    files |= {still.name: still.blob for still in stills if still}
    for name, blob in files.items():
        folder.put_copy(name, context.resolve, blob)
    for name in STEMS:
        if name not in files:
            folder.take_out(name)
