"""The pieces of a film into the file that is delivered, with its poster and thumbnail."""

from __future__ import annotations

from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Product, Work
from orchestrator.toolchain import film_toolchain
from orchestrator.work.film_pieces import FilmPieces, clip_of
from orchestrator.work.film_sources import FilmSources, Parents
from orchestrator.work.review import remember_waveform
from schemas.digest import Digest
from schemas.license import GENERATED_LOCAL, License

JOIN_VERSION = 12
OUR_FILM = License(license_type=GENERATED_LOCAL, provider_or_model="preview renderer")


def join_pieces(
    context: RunContext, parents: Parents, sources: FilmSources, pieces: FilmPieces
) -> dict[str, Digest]:
    """`film`, `poster` and `thumbnail`; the waveform of its sound is kept as well."""
    from renderers.review.still import clip_frame, poster_frame

    sound, clips = pieces.sound, pieces.in_order()
    shot_number, frame = poster_frame(sources.shots.shots, sources.shots.fps, sources.captioned())
    frame = clip_frame(pieces.shots[shot_number], frame)
    poster_clip = clips.index(clip_of(pieces.shots[shot_number]))
    language = sources.manifest.language
    work = Work(
        kind="film",
        label="film",
        operation="join_film",
        version=JOIN_VERSION,
        inputs={f"clip {n:05d}": clip for n, (clip, _) in enumerate(clips)} | {"sound": sound.blob},
        settings={"language": language, "poster": [poster_clip, frame]},
        toolchain=film_toolchain(context.ffmpeg),
    )

    def make(folder: Path) -> Made:
        from renderers.film.assemble import FilmRequest, extract_stills, join_film

        request = FilmRequest(
            clips=[context.resolve(clip) for clip, _ in clips],
            durations_frames=[frames for _, frames in clips],
            sound=context.resolve(sound.blob),
            format=sources.plan.format,
            language=language,
            ffmpeg=context.ffmpeg,
        )
        tools = context.tools(folder)
        film = join_film(request, tools, folder)
        shown = (request.clips[poster_clip], frame)
        poster, thumbnail = extract_stills(request, shown, tools, folder)
        lineage = tuple(parents.named().values())
        return Made(
            {
                "film": Product(film, "film", license=OUR_FILM, parents=lineage),
                "poster": Product(poster, "picture", license=OUR_FILM),
                "thumbnail": Product(thumbnail, "picture", license=OUR_FILM),
            }
        )

    film = dict(context.memo.remember(work, make).outputs)
    remember_waveform(context, film["film"], sound.peaks)
    return film
