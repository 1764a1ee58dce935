"""The yardstick: the film's own frames, ready as raw pictures, through the same encoder."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import NOTHING, Cost, side_by_side
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.ffmpeg.profile import (
    GLOBAL_OPTIONS,
    container,
    picture_encoder,
    raw_picture_input,
)
from schemas.render_output import RenderedShot, RenderOutput

# Raw pictures lie on disk a batch at a time, never the whole film.
_BATCH_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Film:
    """A rendered episode: what was rendered, and the store that holds its clips."""

    output: RenderOutput
    blobs: Path

    @property
    def frame_bytes(self) -> int:
        """Bytes of one raw 4:2:0 picture."""
        return self.output.film.format.width * self.output.film.format.height * 3 // 2


def rendered_film(show: Path, episode: str) -> Film:
    """The film of an episode that has been run."""
    document = json.loads((show / "builds" / episode / "render_output.json").read_bytes())
    return Film(RenderOutput.model_validate(document), show / ".pipeline" / "blobs")


def bare_encode(film: Film, lanes: int) -> Cost:
    """Encode every shot from raw pictures, `lanes` one-thread encoders at a time.

    Decoding the pictures first is not counted. Within a batch the longest shots go first, so
    that no lane stands idle for long.
    """
    total = NOTHING
    for batch in _batches(film):
        with tempfile.TemporaryDirectory(prefix="bare-encode-") as name:
            folder = Path(name)
            for number, shot in enumerate(batch):
                _decode(film, shot, folder / f"{number}.yuv")
            jobs = [_encoder(film, number) for number in range(len(batch))]
            total += side_by_side(jobs, lanes, cwd=folder)
    return total


def _batches(film: Film) -> Iterator[Sequence[RenderedShot]]:
    batch: list[RenderedShot] = []
    room = _BATCH_BYTES
    for shot in sorted(film.output.shots, key=lambda s: -s.duration_frames):
        size = shot.duration_frames * film.frame_bytes
        if batch and size > room:
            yield batch
            batch, room = [], _BATCH_BYTES
        batch.append(shot)
        room -= size
    yield batch


def _decode(film: Film, shot: RenderedShot, out: Path) -> None:
    clip = film.blobs / shot.clip[:2] / shot.clip[2:]
    argv = (
        *(str(pinned_ffmpeg().path), *GLOBAL_OPTIONS, "-i", f"file:{clip}"),
        *("-map", "0:v", "-fps_mode", "passthrough", "-pix_fmt", "yuv420p"),
        *("-f", "rawvideo", f"file:{out}"),
    )
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)
    found = out.stat().st_size
    if found != shot.duration_frames * film.frame_bytes:
        raise ValueError(f"{shot.shot_id}: {found} bytes of raw pictures are not its frames")


def _encoder(film: Film, number: int) -> tuple[str, ...]:
    """The command the pipeline itself uses for a shot, reading a file instead of a pipe."""
    fmt = film.output.film.format
    from_file = [f"{number}.yuv" if part == "pipe:0" else part for part in raw_picture_input(fmt)]
    return (
        *(str(pinned_ffmpeg().path), *GLOBAL_OPTIONS, *from_file, "-map", "0:v"),
        *picture_encoder(fmt.fps),
        *(*container(fmt.fps), f"{number}.mp4"),
    )
