"""The render stage: shots, sound and captions into the film and its RenderOutput."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Product, Remembered, Work
from orchestrator.toolchain import render_toolchain
from orchestrator.work.film_pieces import FilmPieces, film_pieces
from orchestrator.work.film_reasons import film_reasons
from orchestrator.work.film_sources import FilmSources, Parents, film_sources
from orchestrator.work.join_film import OUR_FILM, join_pieces
from orchestrator.work.overlays import substation
from orchestrator.work.record_scratch import speech_tools
from orchestrator.work.review import contact_sheet
from renderers.captions.lines import film_frames
from schemas.digest import Digest, digest_bytes
from schemas.render_output import (
    CaptionCheck,
    FilmFile,
    LineageEntry,
    MediaFile,
    RenderOutput,
    ToolEntry,
)
from schemas.scratch_track import ScratchTrack
from schemas.script import Script

RENDER_VERSION = 13


def render(context: RunContext, parents: Parents) -> Remembered:
    """The RenderOutput."""
    tools = render_toolchain(context.ffmpeg, context.fonts, speech_tools(context.project))
    work = Work(
        kind="stage",
        label="render",
        operation="render",
        version=RENDER_VERSION,
        inputs=parents.named(),
        toolchain=tools,
    )

    def make(_folder: Path) -> Made:
        sources = film_sources(context, parents)
        pieces = film_pieces(context, sources)
        film, sheet = _film_and_sheet(context, parents, sources, pieces)
        files = _caption_files(context, sources)
        output = _output(context, parents, sources, tools, _Delivered(pieces, film | sheet, files))
        captions = {
            name: Product(data, "captions", license=OUR_FILM) for name, data in files.items()
        }
        made = Product(output, "RenderOutput", references=tuple(_blobs_of(output)))
        return Made({"artifact": made, **captions})

    return context.memo.remember(work, make)


@dataclass(frozen=True, slots=True)
class _Delivered:
    """What was made: the pieces, the files joined from them by name, and the caption files."""

    pieces: FilmPieces
    files: dict[str, Digest]
    captions: dict[str, bytes]


def _blobs_of(output: RenderOutput) -> list[Digest]:
    stills = (output.poster, output.thumbnail, output.contact_sheet)
    files = [*output.captions, *output.stems, *stills]
    return [
        output.film.blob,
        *(file.blob for file in files if file),
        *(shot.clip for shot in output.shots),
        *(shot.still for shot in output.shots if shot.still),
        *(transition.clip for transition in output.transitions),
    ]


def _output(
    context: RunContext,
    parents: Parents,
    sources: FilmSources,
    tools: dict[str, str],
    made: _Delivered,
) -> RenderOutput:
    pieces, files = made.pieces, made.files
    check = _check_captions(sources, made.captions)
    track = context.load(ScratchTrack, parents.scratch_track)
    reasons = film_reasons(pieces, sources.plan.loudness, track, check)

    def media(name: str, blob: Digest) -> MediaFile:
        return MediaFile(name=name, blob=blob, size_bytes=_size(context, blob))

    return RenderOutput.create(
        profile=sources.plan.profile,
        timing_lock_hash=sources.shots.timing_lock_hash,
        status="degraded" if reasons else "completed",
        reasons=reasons,
        film=FilmFile(
            blob=files["film"],
            size_bytes=_size(context, files["film"]),
            duration_frames=film_frames(sources.shots.shots),
            format=sources.plan.format,
        ),
        captions=tuple(
            MediaFile(name=name, blob=digest_bytes(data), size_bytes=len(data))
            for name, data in made.captions.items()
        ),
        stems=tuple(media(name, blob) for name, blob in sorted(pieces.sound.stems.items())),
        poster=media("poster.png", files["poster"]),
        thumbnail=media("thumbnail.png", files["thumbnail"]),
        contact_sheet=media("contact_sheet.png", files["sheet"]),
        shots=tuple(pieces.shots),
        transitions=tuple(pieces.transitions),
        loudness=pieces.sound.loudness,
        caption_check=check,
        lineage=tuple(
            LineageEntry(name=name, digest=digest) for name, digest in parents.named().items()
        ),
        toolchain=tuple(
            ToolEntry(name=name, version=version) for name, version in sorted(tools.items())
        ),
    )


def _film_and_sheet(
    context: RunContext, parents: Parents, sources: FilmSources, pieces: FilmPieces
) -> list[dict[str, Digest]]:
    def piece(kind: str) -> dict[str, Digest]:
        if kind == "film":
            return join_pieces(context, parents, sources, pieces)
        script = context.load(Script, parents.script)
        return contact_sheet(context, script, sources.shots, sources.plan, pieces.shots)

    return context.side_by_side(piece, ["film", "contact sheet"])


def _caption_files(context: RunContext, sources: FilmSources) -> dict[str, bytes]:
    from renderers.captions.files import to_srt, to_vtt

    shots, plan, cues = sources.shots, sources.plan, sources.cues
    return {
        "srt": to_srt(cues, shots.fps),
        "vtt": to_vtt(cues, shots.fps, highlight=plan.captions.highlight),
        "ass": substation(context, plan, cues, (0, film_frames(shots.shots))),
    }


def _check_captions(sources: FilmSources, captions: dict[str, bytes]) -> CaptionCheck:
    """What the files that are delivered look like when they are read back."""
    from renderers.captions.gate import check_delivered, rules_of_film

    rules = rules_of_film(sources.shots, sources.manifest, sources.plan)
    return check_delivered(captions, rules)


def _size(context: RunContext, blob: Digest) -> int:
    return context.resolve(blob).stat().st_size
