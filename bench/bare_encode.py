"""The yardstick: the frames a run feeds to the encoder, ready on disk, through the same encoder."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.measure import NOTHING, Cost, side_by_side
from bench.ready_frames import ReadyFrames, batches, write_frames
from renderers.ffmpeg.profile import (
    GLOBAL_OPTIONS,
    container,
    picture_encoder,
    raw_picture_input,
)
from renderers.film.segments import Encoding


def bare_encode(clips: Sequence[Encoding], lanes: int) -> Cost:
    """Encode every clip from raw pictures, `lanes` one-thread encoders at a time.

    Making the pictures is not counted. The longest clips of a batch go first, so that no lane
    stands idle for long.
    """
    total = NOTHING
    for batch in batches(clips):
        with tempfile.TemporaryDirectory(prefix="bare-encode-") as name:
            ready = [write_frames(clip, Path(name) / str(n)) for n, clip in enumerate(batch)]
            total += side_by_side([encoder(clip) for clip in ready], lanes)
    return total


def encoder(ready: ReadyFrames) -> tuple[str, ...]:
    """The command the pipeline itself uses for a clip, reading a file instead of a pipe."""
    fmt = ready.encoding.format
    from_file = [str(ready.raw) if part == "pipe:0" else part for part in raw_picture_input(fmt)]
    return (
        *(str(ready.encoding.ffmpeg.path), *GLOBAL_OPTIONS, *from_file, "-map", "0:v"),
        *picture_encoder(fmt.fps),
        *(*container(fmt.fps), str(ready.raw.with_name("clip.mp4"))),
    )
