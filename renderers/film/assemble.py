"""Shots and sound into the film, by stream copy: nothing is encoded a second time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.profile import (
    GLOBAL_OPTIONS,
    PORTABLE_CPU,
    READ_BACK,
    SCALER_FLAGS,
    film_container,
    keyframe_interval,
    scaled_to,
    still_picture,
)
from renderers.seams import Command, Tools
from renderers.sound.delivered_sound import require_same_sound
from schemas.errors import PipelineError
from schemas.project import Format
from schemas.timing import FrameRate

ASSEMBLY_VERSION = 3
_CONCAT = "shots.ffconcat"
# A thumbnail as wide as the common previews of file managers and players.
_THUMBNAIL_WIDTH = 320


@dataclass(frozen=True, slots=True)
class FilmRequest:
    """Encoded shots in order with their locked lengths in frames, and the sound (AAC in MP4)."""

    clips: Sequence[Path]
    durations_frames: Sequence[int]
    sound: Path
    format: Format
    language: str
    ffmpeg: Ffmpeg


def join_film(request: FilmRequest, tools: Tools, folder: Path) -> Path:
    """Write `film.mp4` into `folder`. Raises PipelineError when frames or sound are missing."""
    for number, clip in enumerate(request.clips):
        (folder / _clip_name(number)).symlink_to(clip)
    (folder / _CONCAT).write_text(_clip_list(request), encoding="ascii")
    (folder / "sound.m4a").symlink_to(request.sound)
    film = folder / "film.mp4"
    arguments = (
        *(str(request.ffmpeg.path), *GLOBAL_OPTIONS),
        *("-f", "concat", "-i", _CONCAT, *READ_BACK, "-i", "sound.m4a"),
        *("-map", "0:v:0", "-map", "1:a:0", "-c", "copy"),
        *("-metadata:s:a:0", f"language={_iso_639_2(request.language)}"),
        *film_container(request.format.fps),
        film.name,
    )
    tools.executor.run(Command(arguments, "join the film", cwd=folder))
    _check_length(film, request, tools)
    require_same_sound(film, request.sound)
    return film


def extract_stills(
    request: FilmRequest, shown: tuple[Path, int], tools: Tools, folder: Path
) -> tuple[Path, Path]:
    """A full-size poster and a small thumbnail, PNG: one frame of a clip, counted from 0.

    Raises PipelineError `broken-still` for one that cannot be decoded or has another size.
    """
    poster, thumbnail = folder / "poster.png", folder / "thumbnail.png"
    clip, frame = shown
    after_key = frame % keyframe_interval(request.format.fps)
    (folder / "still.mp4").symlink_to(clip)
    graph = (
        f"sws_flags={SCALER_FLAGS};[0:v]select=eq(n\\,{after_key}),split[full][same];"
        f"[same]{scaled_to(_THUMBNAIL_WIDTH)}[small]"
    )
    arguments = (
        *(str(request.ffmpeg.path), *PORTABLE_CPU, *GLOBAL_OPTIONS),
        *("-ss", _seconds(frame - after_key, request.format.fps), "-i", "still.mp4"),
        *("-filter_complex_threads", "1", "-filter_complex", graph),
        *("-map", "[full]", *still_picture(), poster.name),
        *("-map", "[small]", *still_picture(), thumbnail.name),
    )
    tools.executor.run(Command(arguments, "take the poster", cwd=folder))
    _require_picture(poster, request.format.width)
    _require_picture(thumbnail, _THUMBNAIL_WIDTH)
    return poster, thumbnail


def _seconds(frame: int, fps: FrameRate) -> str:
    """When a key frame begins, rounded down: ffmpeg leaves out what lies before that time, so the
    least too late would lose the frame itself."""
    whole_s, rest_us = divmod(frame * fps.den * 1_000_000 // fps.num, 1_000_000)
    return f"{whole_s}.{rest_us:06d}"


def _require_picture(still: Path, width: int) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(still, formats=("PNG",)) as opened:
            opened.load()
            found = f"it is {opened.width} pixels wide, not {width}"
            if opened.width == width:
                return
    except FileNotFoundError:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as problem:
        found = f"it cannot be read as a picture: {problem}"
    raise PipelineError("broken-still", still.name, found, "nothing of it was kept; run again")


def _clip_name(number: int) -> str:
    return f"shot{number:05d}.mp4"


def _clip_list(request: FilmRequest) -> str:
    """The list ffmpeg joins by, with every clip's length to the microsecond.

    Lengths are differences of rounded film times, so that the rounding never adds up; what a clip
    says of its own length is rounded to milliseconds and would shift the next one.
    """
    fps = request.format.fps
    rows, at, before_us = ["ffconcat version 1.0"], 0, 0
    for number, duration in enumerate(request.durations_frames):
        at += duration
        after_us = (2 * at * 1_000_000 * fps.den + fps.num) // (2 * fps.num)
        seconds, rest_us = divmod(after_us - before_us, 1_000_000)
        rows += [f"file {_clip_name(number)}", f"duration {seconds}.{rest_us:06d}"]
        before_us = after_us
    return "\n".join(rows) + "\n"


def _check_length(film: Path, request: FilmRequest, tools: Tools) -> None:
    import av

    locked = sum(request.durations_frames)
    try:
        with av.open(str(film), format="mp4") as container_file:
            stream = container_file.streams.video[0]
            stamps = sorted(p.pts for p in container_file.demux(stream) if p.pts is not None)
    except (av.FFmpegError, IndexError) as problem:
        raise PipelineError(
            "broken-film",
            film.name,
            f"{locked} frames are locked, but it cannot be read as a film: {problem}",
            "nothing of it was kept; run again",
        ) from problem
    steps = {after - before for before, after in pairwise(stamps)}
    if len(stamps) != locked or len(steps) > 1:
        raise PipelineError(
            "short-film",
            film.name,
            f"{locked} evenly spaced frames are locked, found {len(stamps)} "
            f"in steps of {sorted(steps)}",
            "nothing of it was kept; run again",
        )


def _iso_639_2(language: str) -> str:
    """The three-letter code MP4 wants; `und` for a language it has no short name for here."""
    return {
        "en": "eng", "fr": "fra", "de": "deu", "es": "spa", "it": "ita", "pt": "por", "nl": "nld",
        "pl": "pol", "sv": "swe", "ru": "rus", "ja": "jpn", "zh": "zho", "ko": "kor", "ar": "ara",
        "he": "heb", "el": "ell", "tr": "tur", "uk": "ukr", "da": "dan", "fi": "fin", "cs": "ces",
    }.get(language.split("-", maxsplit=1)[0], "und")  # fmt: skip
