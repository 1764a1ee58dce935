"""What is really in a file: its frames, counted and hashed by decoding it."""

from __future__ import annotations

from pathlib import Path

from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.profile import GLOBAL_OPTIONS, READ_BACK
from renderers.seams import Command, Executor

_ONE_LUMA = "luma.raw"


def frame_hashes(
    clip: Path, ffmpeg: Ffmpeg, executor: Executor, purpose: str, *more_outputs: str
) -> list[str]:
    """One hash (MurmurHash3, 128 bit) per decoded picture, in presentation order.

    H.264 decoding is exact by the standard, so equal hashes mean equal pictures on any machine.
    Raises PipelineError when the file cannot be decoded.
    """
    arguments = (
        *(str(ffmpeg.path), *GLOBAL_OPTIONS, *READ_BACK, "-threads", "1", "-i", clip.name),
        *("-map", "0:v:0", "-fps_mode", "passthrough"),
        *("-f", "framehash", "-hash", "murmur3", "pipe:1", *more_outputs),
    )
    printed = executor.run(Command(arguments, f"check: {purpose}", cwd=clip.parent)).stdout
    rows = printed.decode("ascii").splitlines()
    return [row.rsplit(",", 1)[1].strip() for row in rows if row and not row.startswith("#")]


def frame_hashes_and_luma(
    clip: Path, frame: int, ffmpeg: Ffmpeg, executor: Executor, purpose: str
) -> tuple[list[str], bytes]:
    """`frame_hashes`, and the luma plane of one frame (counted from 0) from the same decoding.

    The plane is empty when the file has no such frame.
    """
    only = f"select=eq(n\\,{frame}),extractplanes=y"
    hashes = frame_hashes(
        *(clip, ffmpeg, executor, purpose),
        *("-map", "0:v:0", "-vf", only, "-fps_mode", "passthrough", "-f", "rawvideo", _ONE_LUMA),
    )
    plane = clip.with_name(_ONE_LUMA)
    luma = plane.read_bytes() if plane.is_file() else b""
    plane.unlink(missing_ok=True)
    return hashes, luma
