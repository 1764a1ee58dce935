"""What is really in a file: its frames, counted and hashed by decoding it."""

from __future__ import annotations

from pathlib import Path

from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.profile import GLOBAL_OPTIONS, READ_BACK
from renderers.seams import Command, Executor


def frame_hashes(clip: Path, ffmpeg: Ffmpeg, executor: Executor, purpose: str) -> list[str]:
    """One hash (MurmurHash3, 128 bit) per decoded picture, in presentation order.

    H.264 decoding is exact by the standard, so equal hashes mean equal pictures on any machine.
    Raises PipelineError when the file cannot be decoded.
    """
    arguments = (
        *(str(ffmpeg.path), *GLOBAL_OPTIONS, *READ_BACK, "-threads", "1", "-i", clip.name),
        *("-map", "0:v:0", "-fps_mode", "passthrough"),
        *("-f", "framehash", "-hash", "murmur3", "pipe:1"),
    )
    printed = executor.run(Command(arguments, f"check: {purpose}", cwd=clip.parent)).stdout
    rows = printed.decode("ascii").splitlines()
    return [row.rsplit(",", 1)[1].strip() for row in rows if row and not row.startswith("#")]
