"""Whether a foreign clip may stand in for a shot, and making it fit without touching time.

Allowed is what keeps time true: scaling, padding, and leaving out what comes after the last locked
frame. A clip that is shorter, runs at another rate, jumps, shows nothing or cannot be decoded is
refused, and the preview stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.profile import SCALER_FLAGS, exact_conversions
from renderers.limited_start import under_limits
from renderers.seams import Command, Tools
from schemas.errors import PipelineError
from schemas.project import Format
from schemas.timing import FrameRate

CONFORM_VERSION = 1
_MAX_SOURCE_BYTES: Final = 512 << 20
_MAX_PIXELS: Final = 4096 * 2304
_MEMORY_LIMIT_BYTES: Final = 3 << 30
_BLOCK_LIMIT_BYTES: Final = 512 << 20
_WALL_LIMIT_S: Final = 600
_CPU_LIMIT_S: Final = 600
# Demuxers by ffmpeg's names; nothing that names another file.
_CONTAINERS: Final = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
_SAMPLE_WIDTH, _SAMPLE_HEIGHT = 64, 36
# A picture whose brightness spreads less than this, in steps of 255, shows nothing.
_LEAST_SPREAD: Final = 8


class Unfit(PipelineError):
    """A clip that may not enter the film; `problem` is the reason that the output records."""


@dataclass(frozen=True, slots=True)
class ForeignClip:
    """A clip from outside, the ffmpeg that reads it, and where it may leave things."""

    path: Path
    ffmpeg: Ffmpeg
    tools: Tools


@dataclass(frozen=True, slots=True)
class Probed:
    """What is really in a clip: size in pixels, and the times of its decoded frames in seconds."""

    width: int
    height: int
    tick: Fraction
    times: tuple[Fraction, ...]
    hashes: tuple[str, ...]

    @property
    def frames(self) -> int:
        """How many frames were decoded."""
        return len(self.times)


def require_fit(clip: ForeignClip, duration_frames: int, fps: FrameRate) -> None:
    """Refuse a clip that may not stand in for so many locked frames.

    Raises Unfit (`clip-unfit`), whose problem is the reason.
    """
    probed = probe_clip(clip)
    check_time(probed, duration_frames, fps)
    if duration_frames > 1 and len(set(probed.hashes[:duration_frames])) == 1:
        raise _unfit("every frame of the clip is the same picture")
    if not _shows_something(clip, duration_frames):
        raise _unfit("the clip shows nothing: every picture is of one brightness")


def raw_pictures(clip: ForeignClip, frame_count: int, fmt: Format, out: Path) -> Path:
    """Decode the clip's first frames into `out`: raw 4:2:0 pictures of the film's size, one after
    another, scaled to fit and padded with black.

    Raises Unfit when there are fewer than `frame_count`.
    """
    filters = (
        f"scale={fmt.width}:{fmt.height}:force_original_aspect_ratio=decrease"
        f":force_divisible_by=2:flags={SCALER_FLAGS}:out_color_matrix=bt709:out_range=tv",
        f"pad={fmt.width}:{fmt.height}:(ow-iw)/2:(oh-ih)/2:black",
        "format=yuv420p",
    )
    arguments = (
        *reading(clip),
        *("-map", "0:v:0", "-frames:v", str(frame_count), "-fps_mode", "passthrough"),
        *(*exact_conversions(), "-vf", ",".join(filters)),
        *("-pix_fmt", "yuv420p", "-f", "rawvideo", f"file:{out}"),
    )
    size = fmt.width * fmt.height * 3 // 2
    run_limited(clip, arguments, "decode a clip", size * (frame_count + 1))
    if not out.is_file() or out.stat().st_size != size * frame_count:
        found = out.stat().st_size // size if out.is_file() else 0
        raise _unfit(f"{frame_count} frames are locked, {found} could be decoded")
    return out


def probe_clip(clip: ForeignClip) -> Probed:
    """Decode every frame of a foreign clip, in a process that can do no more than that.

    Raises Unfit for what is no film, too large, or damaged.
    """
    if not clip.path.is_file() or clip.path.stat().st_size == 0:
        raise _unfit("the clip is empty")
    if clip.path.stat().st_size > _MAX_SOURCE_BYTES:
        raise _unfit(f"the clip has more than {_MAX_SOURCE_BYTES >> 20} MiB")
    arguments = (
        *reading(clip),
        *("-map", "0:v:0", "-fps_mode", "passthrough", "-enc_time_base", "demux"),
        *("-f", "framehash", "-hash", "murmur3", "pipe:1"),
    )
    return _parsed(run_limited(clip, arguments, "probe a clip").decode("ascii", "replace"))


def check_time(probed: Probed, duration_frames: int, fps: FrameRate) -> None:
    """Refuse a clip that is shorter than locked or does not run at the film's rate.

    Each frame has to stand where the rate puts it, to within one tick of the clip's own clock.
    """
    if probed.frames < duration_frames:
        raise _unfit(f"{duration_frames} frames are locked, the clip has only {probed.frames}")
    step = Fraction(fps.den, fps.num)
    if probed.tick * 2 >= step:
        raise _unfit("the clip's own clock is too coarse to tell its frames apart")
    start = probed.times[0]
    for number, time in enumerate(probed.times[:duration_frames]):
        if abs(time - start - number * step) > probed.tick:
            rate = _rate_of(probed)
            raise _unfit(f"the clip runs at {rate} frames a second, the film at {fps.text()}")


def stills_of(clip: ForeignClip, frames: tuple[int, ...], name: str) -> list[Path]:
    """Some frames of a foreign clip as PNG files in the scratch folder, called after `name`."""
    chosen = "+".join(f"eq(n\\,{frame})" for frame in frames)
    arguments = (
        *reading(clip),
        *("-map", "0:v:0", "-vf", f"select={chosen}", "-fps_mode", "passthrough"),
        *(*exact_conversions(), "-f", "image2", f"{name}-%d.png"),
    )
    run_limited(clip, arguments, f"look at {clip.path.name}")
    return sorted(clip.tools.scratch.glob(f"{name}-*.png"))


def _rate_of(probed: Probed) -> str:
    lasted = probed.times[-1] - probed.times[0]
    if lasted <= 0:
        return "no"
    return f"{float((probed.frames - 1) / lasted):.3f}"


def _parsed(text: str) -> Probed:
    head: dict[str, str] = {}
    times, hashes = [], []
    for row in text.splitlines():
        if row.startswith("#"):
            name, _, value = row[1:].partition(":")
            head[name.strip()] = value.strip()
            continue
        parts = [part.strip() for part in row.split(",")]
        times.append(int(parts[2]))
        hashes.append(parts[5])
    try:
        tick = Fraction(head["tb 0"])
        width, height = map(int, head["dimensions 0"].split("x"))
    except (KeyError, ValueError, ZeroDivisionError):
        raise _unfit("there is no film in the clip") from None
    if not times:
        raise _unfit("there is not one frame in the clip")
    return Probed(width, height, tick, tuple(t * tick for t in times), tuple(hashes))


def _shows_something(clip: ForeignClip, duration_frames: int) -> bool:
    """Whether the first, middle or last frame has any shapes in it."""
    import numpy as np

    last = duration_frames - 1
    chosen = "+".join(f"eq(n\\,{frame})" for frame in sorted({0, last // 2, last}))
    size = f"{_SAMPLE_WIDTH}:{_SAMPLE_HEIGHT}"
    arguments = (
        *reading(clip),
        *("-map", "0:v:0", "-vf", f"select={chosen},scale={size}:flags={SCALER_FLAGS},format=gray"),
        *("-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"),
    )
    raw = run_limited(clip, arguments, "look at a clip")
    pictures = np.frombuffer(raw, dtype=np.uint8).reshape(-1, _SAMPLE_WIDTH * _SAMPLE_HEIGHT)
    spread = [int(one.max()) - int(one.min()) for one in pictures]
    return max(spread, default=0) >= _LEAST_SPREAD


def reading(clip: ForeignClip) -> tuple[str, ...]:
    """The ffmpeg program and its options to open this one file, and no other, strictly."""
    return (
        *(str(clip.ffmpeg.path), "-hide_banner", "-nostdin", "-loglevel", "error", "-y"),
        *("-max_alloc", str(_BLOCK_LIMIT_BYTES), "-filter_threads", "1"),
        *("-xerror", "-protocol_whitelist", "file", "-format_whitelist", _CONTAINERS),
        *("-max_pixels", str(_MAX_PIXELS), "-threads", "1", "-i", f"file:{clip.path.resolve()}"),
    )


def run_limited(
    clip: ForeignClip, arguments: tuple[str, ...], purpose: str, file_bytes: int = 1 << 30
) -> bytes:
    """What the program prints, run in the scratch folder with limits on memory, processor time
    and the size of what it writes. Raises Unfit when it cannot read the clip."""
    command = Command(
        under_limits(
            arguments,
            memory_bytes=_MEMORY_LIMIT_BYTES,
            cpu_s=_CPU_LIMIT_S,
            file_bytes=file_bytes,
        ),
        purpose,
        wall_limit_s=_WALL_LIMIT_S,
        cwd=clip.tools.scratch,
    )
    try:
        return clip.tools.executor.run(command).stdout
    except PipelineError as error:
        if error.code not in ("program-failed", "program-timeout"):
            raise
        raise _unfit(f"the clip cannot be decoded: {error.problem.splitlines()[-1]}") from None


def _unfit(problem: str) -> Unfit:
    return Unfit("clip-unfit", "", problem, "the preview stays in its place; ask for another take")
