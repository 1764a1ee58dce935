"""What a freshly rendered film is, measured from its own bytes, in the form of the lockfile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version

from orchestrator.seams.executor import SubprocessExecutor
from orchestrator.verification.fresh_render import FreshFilm
from orchestrator.verification.lockfile import (
    SETTING,
    LockedDigest,
    LockedEpisode,
    LockedShot,
    LockedSound,
    frame_marks,
)
from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.probe import frame_hashes
from renderers.film.film_decoding import DecodedSound, decode_sound
from renderers.seams import Tools
from schemas.digest import digest_bytes, digest_file
from schemas.errors import PipelineError
from schemas.render_output import RenderOutput, ToolEntry

# A font file comes with a toolchain package unless the writer changes the project's list; the
# render stage names the files among its tools.
_TOOL_SETTINGS = ("fonts",)


def measure_film(fresh: FreshFilm, ffmpeg: Ffmpeg, executor: SubprocessExecutor) -> LockedEpisode:
    """Decode the film's pictures and sound and gather every digest.

    Raises PipelineError `nothing-to-compare` when there are no shots, frames, sound or captions
    files, or when the film does not hold the frames its shots were locked to.
    """
    output = fresh.output
    film = fresh.registry.blobs.resolve(output.film.blob)
    hashes = frame_hashes(film, ffmpeg, executor, f"the film of {fresh.place.episode_id}")
    durations = [shot.duration_frames for shot in output.shots]
    with fresh.registry.scratch() as folder:
        tools = Tools(executor, fresh.registry.blobs.resolve, folder)
        sound = decode_sound(film, durations, output.film.format.fps, ffmpeg, tools)
    _require_something(fresh, hashes, durations, sound)
    pictures = (output.poster, output.thumbnail, output.contact_sheet)
    stills = [picture for picture in pictures if picture]
    loudness = output.loudness
    return LockedEpisode(
        source=fresh.place.name,
        profile=fresh.profile,
        format=output.film.format,
        inputs=tuple(_inputs(fresh)),
        toolchain=_toolchain(fresh),
        artifacts=tuple(LockedDigest(name=n, digest=d) for n, d in fresh.artifacts.items()),
        shots=tuple(_shots(output, hashes, sound)),
        sound=LockedSound(
            pcm_digest=sound.digest,
            samples=sound.samples,
            integrated_centilufs=loudness.integrated_centilufs,
            true_peak_centidbtp=loudness.true_peak_centidbtp,
        ),
        captions=tuple(LockedDigest(name=c.name, digest=c.blob) for c in output.captions),
        stills=tuple(LockedDigest(name=still.name, digest=still.blob) for still in stills),
        film=digest_file(film),
        film_bytes=film.stat().st_size,
    )


def _require_something(
    fresh: FreshFilm, hashes: list[str], durations: list[int], sound: DecodedSound
) -> None:
    missing = ""
    if not durations:
        missing = "the film has no shots"
    elif not hashes or not all(hashes):
        missing = "no frame of the film could be decoded"
    elif len(hashes) != sum(durations):
        missing = f"its shots are {sum(durations)} frames long, the film has {len(hashes)}"
    elif not sound.samples:
        missing = "no sound could be decoded"
    elif not fresh.output.captions:
        missing = "there are no captions files"
    if missing:
        raise PipelineError(
            "nothing-to-compare",
            fresh.place.episode_id,
            f"{missing}, so there is nothing to compare",
            "run the episode with `pipeline run` and look at the film",
        )


def _shots(output: RenderOutput, hashes: list[str], sound: DecodedSound) -> Iterator[LockedShot]:
    at = 0
    for shot, sound_mark in zip(output.shots, sound.marks, strict=True):
        own = hashes[at : at + shot.duration_frames]
        at += shot.duration_frames
        yield LockedShot(
            shot_id=shot.shot_id,
            duration_frames=shot.duration_frames,
            frames_digest=digest_bytes("\n".join(own).encode()),
            frame_marks=frame_marks(own),
            sound_mark=sound_mark,
        )


def _inputs(fresh: FreshFilm) -> Iterator[LockedDigest]:
    """What no stage made: each stage's inputs besides the artifacts, and its settings."""
    made = set(fresh.artifacts.values())
    for stage in fresh.artifacts:
        parts = _parts(fresh.accounts, stage)
        for part, value in sorted(parts.items()):
            kind, _, name = part.partition(" ")
            if kind == "input" and value not in made:
                yield LockedDigest(name=f"{stage}: {name}", digest=value)
            elif kind == "setting" and name not in _TOOL_SETTINGS:
                yield LockedDigest(name=f"{stage}: {SETTING}{name}", digest=value)


def _toolchain(fresh: FreshFilm) -> tuple[ToolEntry, ...]:
    """Every tool and operation version that any piece of work was keyed by."""
    found: dict[str, set[str]] = {"showrunner": {version("showrunner")}}
    for work, parts in fresh.accounts.items():
        # A stage by its name; lines, shots and assets by their kind, for they share an operation.
        operation = work if work.startswith("stage ") else work.split(" ", 1)[0]
        for part, value in parts.items():
            kind, _, name = part.partition(" ")
            if kind == "tool":
                found.setdefault(name, set()).add(value)
            elif part == "operation version":
                found.setdefault(f"{operation} version", set()).add(value)
    return tuple(
        ToolEntry(name=name, version=", ".join(sorted(found[name]))) for name in sorted(found)
    )


def _parts(accounts: Mapping[str, Mapping[str, str]], stage: str) -> Mapping[str, str]:
    return accounts.get(f"stage {stage}", {})
