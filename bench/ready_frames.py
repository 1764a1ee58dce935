"""The frames that a run feeds to the encoder, ready as raw pictures on disk."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from orchestrator.seams.environment import FIXED_ENVIRONMENT
from renderers.captions.burned import picture_environment
from renderers.film.segments import Encoding, picture_input
from renderers.seams import Tools

# Raw pictures lie on disk a batch at a time, never the whole film.
_BATCH_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class ReadyFrames:
    """The frames of a shot or transition, 4:2:0 as fed to x264, captions burned in."""

    encoding: Encoding
    raw: Path


def encodings_of(source: Path, lanes: int) -> tuple[Encoding, ...]:
    """What the encoder is given for each clip of an episode, the longest first.

    Runs the episode for it. Its show must not have been run before: what is remembered is not made.
    """
    from orchestrator.reporting.report import SilentReporter
    from orchestrator.run.engine import run_episode
    from orchestrator.run.request import RunRequest
    from orchestrator.shows.show import find_episode
    from renderers.film import segments, transitions

    seen: list[Encoding] = []
    encode = segments.encode_pictures

    def noted(encoding: Encoding, tools: Tools, folder: Path) -> Path:
        seen.append(encoding)
        return encode(encoding, tools, folder)

    request = RunRequest(find_episode(source), "preview_local", lanes)
    with (
        patch.object(segments, "encode_pictures", noted),
        patch.object(transitions, "encode_pictures", noted),
    ):
        result = run_episode(request, SilentReporter())
    if result.error is not None:
        raise result.error
    return tuple(sorted(seen, key=lambda encoding: -encoding.frame_count))


def batches(encodings: Sequence[Encoding]) -> Iterator[Sequence[Encoding]]:
    """The clips in their order, cut where a batch would take too much of the disk."""
    batch: list[Encoding] = []
    room = _BATCH_BYTES
    for encoding in encodings:
        size = _raw_bytes(encoding)
        if batch and size > room:
            yield batch
            batch, room = [], _BATCH_BYTES
        batch.append(encoding)
        room -= size
    yield batch


def write_frames(encoding: Encoding, folder: Path) -> ReadyFrames:
    """Every frame of a clip in one raw file, by the command that the run itself uses, with
    nothing in place of the encoder."""
    folder.mkdir()
    plain = ("-pix_fmt", "yuv420p", "-f", "rawvideo", "frames.yuv")
    argv = (*picture_input(encoding, folder), *plain)
    environment = FIXED_ENVIRONMENT | dict(picture_environment(encoding.captions))
    process = subprocess.Popen(argv, stdin=subprocess.PIPE, cwd=folder, env=environment)
    assert process.stdin is not None  # noqa: S101  asked for above
    with process.stdin as pipe:
        for _, picture in encoding.pictures():
            pipe.write(picture)
    raw = folder / "frames.yuv"
    if process.wait() != 0 or raw.stat().st_size != _raw_bytes(encoding):
        raise ValueError(f"{encoding.name}: the raw pictures are not all of its frames")
    return ReadyFrames(encoding, raw)


def _raw_bytes(encoding: Encoding) -> int:
    return encoding.frame_count * encoding.format.width * encoding.format.height * 3 // 2
