"""The frames that a run feeds to the encoder, ready as raw pictures on disk."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestrator.environment import FIXED_ENVIRONMENT
from renderers.seams import Tools
from renderers.segments import (
    SegmentRequest,
    encoding_of,
    fed_pictures,
    picture_environment,
    picture_input,
)

# Raw pictures lie on disk a batch at a time, never the whole film.
_BATCH_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class ReadyShot:
    """A shot's frames, 4:2:0 as fed to x264, captions burned in; and what they were made from."""

    request: SegmentRequest
    raw: Path


def shots_of(source: Path, lanes: int) -> tuple[SegmentRequest, ...]:
    """What each shot of an episode is made from, the longest first. Runs the episode for it.

    Its show must not have been run before: what is remembered is not made.
    """
    from orchestrator.engine import RunRequest, run_episode
    from orchestrator.report import SilentReporter
    from orchestrator.show import find_episode
    from renderers import segments

    seen: list[SegmentRequest] = []
    encode = segments.encode_segment

    def noted(request: SegmentRequest, tools: Tools, folder: Path) -> Path:
        seen.append(request)
        return encode(request, tools, folder)

    segments.encode_segment = noted
    try:
        result = run_episode(
            RunRequest(find_episode(source), "preview_local", lanes), SilentReporter()
        )
    finally:
        segments.encode_segment = encode
    if result.error is not None:
        raise result.error
    return tuple(sorted(seen, key=lambda request: -request.shown.count))


def batches(shots: Sequence[SegmentRequest]) -> Iterator[Sequence[SegmentRequest]]:
    """The shots in their order, cut where a batch would take too much of the disk."""
    batch: list[SegmentRequest] = []
    room = _BATCH_BYTES
    for shot in shots:
        size = shot.shown.count * _frame_bytes(shot)
        if batch and size > room:
            yield batch
            batch, room = [], _BATCH_BYTES
        batch.append(shot)
        room -= size
    yield batch


def write_frames(request: SegmentRequest, folder: Path) -> ReadyShot:
    """Every frame of a shot in one raw file, by the command that the run itself uses, with
    nothing in place of the encoder."""
    folder.mkdir()
    argv = (
        *picture_input(encoding_of(request), folder),
        "-pix_fmt",
        "yuv420p",
        "-f",
        "rawvideo",
        "frames.yuv",
    )
    environment = FIXED_ENVIRONMENT | dict(picture_environment(request.captions))
    process = subprocess.Popen(argv, stdin=subprocess.PIPE, cwd=folder, env=environment)
    assert process.stdin is not None  # noqa: S101  asked for above
    with process.stdin as pipe:
        for _, picture in fed_pictures(request):
            pipe.write(picture)
    raw = folder / "frames.yuv"
    if process.wait() != 0 or raw.stat().st_size != (request.shown.count * _frame_bytes(request)):
        raise ValueError(f"{request.shot.shot_id}: the raw pictures are not all of its frames")
    return ReadyShot(request, raw)


def _frame_bytes(request: SegmentRequest) -> int:
    return request.format.width * request.format.height * 3 // 2
