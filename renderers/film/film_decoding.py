"""A finished film taken apart again: its sound as samples, one of its frames as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.profile import (
    GLOBAL_OPTIONS,
    PORTABLE_CPU,
    READ_BACK,
    still_picture,
)
from renderers.seams import Command, Tools
from renderers.sound.loudness import raw_samples, wall_limit_s
from schemas.digest import Digest, digest_bytes, digest_file
from schemas.timing import FrameRate, frames_to_samples

_BYTES_PER_SAMPLE: Final = 4  # two channels of 16 bit
# A difference of one step in 256 cannot be seen; eight times that can.
DIFFERENCE_GAIN: Final = 8
MARK_CHARS: Final = 8


@dataclass(frozen=True, slots=True)
class DecodedSound:
    """The film's sound as 16-bit stereo at 48 kHz: digest, length, and a short mark per shot."""

    digest: Digest
    samples: int
    marks: tuple[str, ...]


def decode_samples(film: Path, ffmpeg: Ffmpeg, tools: Tools) -> Path:
    """A film's sound as raw 16-bit stereo at 48 kHz, in a file of the scratch folder.

    It is decoded in plain C code, which gives the same samples on any CPU. Raises PipelineError
    when there is no sound to decode.
    """
    raw = tools.scratch / "sound.raw"
    argv = (
        *(str(ffmpeg.path), *PORTABLE_CPU, *GLOBAL_OPTIONS),
        *(*READ_BACK, "-i", f"file:{film}"),
        *raw_samples(Path(raw.name)),
    )
    limit_s = wall_limit_s(film)
    tools.executor.run(Command(argv, "decode the sound", cwd=tools.scratch, wall_limit_s=limit_s))
    return raw


def decode_sound(
    film: Path, durations_frames: Sequence[int], rate: FrameRate, ffmpeg: Ffmpeg, tools: Tools
) -> DecodedSound:
    """Decode a film's sound.

    A mark is the beginning of the digest of what is heard during one shot; what sounds after the
    last frame belongs to the last shot. Raises PipelineError when there is no sound to decode.
    """
    raw = decode_samples(film, ffmpeg, tools)
    marks, at = [], 0
    with raw.open("rb") as file:
        for number, duration in enumerate(durations_frames):
            end = at + duration
            last = number == len(durations_frames) - 1
            samples = frames_to_samples(end, rate) - frames_to_samples(at, rate)
            marks.append(_mark(file, -1 if last else samples * _BYTES_PER_SAMPLE))
            at = end
    return DecodedSound(digest_file(raw), raw.stat().st_size // _BYTES_PER_SAMPLE, tuple(marks))


def write_frame(film: Path, frame: int, out_png: Path, ffmpeg: Ffmpeg, tools: Tools) -> bool:
    """Write frame number `frame` of a film as a PNG; whether the film has that many."""
    argv = (
        *(str(ffmpeg.path), *PORTABLE_CPU, *GLOBAL_OPTIONS),
        *(*READ_BACK, "-i", f"file:{film}"),
        *("-map", "0:v:0", "-vf", f"select=eq(n\\,{frame})", "-fps_mode", "passthrough"),
        *(*still_picture(), "still.png"),
    )
    tools.executor.run(Command(argv, f"show frame {frame}", cwd=tools.scratch))
    still = tools.scratch / "still.png"
    if not still.is_file():
        return False
    still.replace(out_png)
    return True


def write_difference(expected_png: Path, actual_png: Path, out_png: Path) -> None:
    """Where two pictures differ: black is equal, brightness is the difference eight times over.

    Pictures of two sizes are laid over each other at the upper left corner.
    """
    from PIL import Image, ImageChops

    with Image.open(expected_png) as expected, Image.open(actual_png) as actual:
        size = (max(expected.width, actual.width), max(expected.height, actual.height))
        sides = []
        for side in (expected, actual):
            canvas = Image.new("RGB", size)
            canvas.paste(side.convert("RGB"), (0, 0))
            sides.append(canvas)
    difference = ImageChops.difference(*sides)
    difference.point(lambda step: min(255, step * DIFFERENCE_GAIN)).save(out_png)


def _mark(file: BinaryIO, size: int) -> str:
    return digest_bytes(file.read(size))[:MARK_CHARS]
