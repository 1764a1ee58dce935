"""The yardstick: the frames a run feeds to the encoder, ready on disk, through the same encoder."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.measure import NOTHING, Cost, side_by_side
from bench.ready_frames import ReadyShot, batches, write_frames
from renderers.ffmpeg.profile import (
    GLOBAL_OPTIONS,
    container,
    picture_encoder,
    raw_picture_input,
)
from renderers.segments import SegmentRequest


def bare_encode(shots: Sequence[SegmentRequest], lanes: int) -> Cost:
    """Encode every shot from raw pictures, `lanes` one-thread encoders at a time.

    Making the pictures is not counted. The longest shots of a batch go first, so that no lane
    stands idle for long.
    """
    total = NOTHING
    for batch in batches(shots):
        with tempfile.TemporaryDirectory(prefix="bare-encode-") as name:
            ready = [write_frames(shot, Path(name) / str(n)) for n, shot in enumerate(batch)]
            total += side_by_side([encoder(shot) for shot in ready], lanes)
    return total


def encoder(ready: ReadyShot) -> tuple[str, ...]:
    """The command the pipeline itself uses for a shot, reading a file instead of a pipe."""
    fmt = ready.request.format
    from_file = [str(ready.raw) if part == "pipe:0" else part for part in raw_picture_input(fmt)]
    return (
        *(str(ready.request.ffmpeg.path), *GLOBAL_OPTIONS, *from_file, "-map", "0:v"),
        *picture_encoder(fmt.fps),
        *(*container(fmt.fps), str(ready.raw.with_name("clip.mp4"))),
    )
