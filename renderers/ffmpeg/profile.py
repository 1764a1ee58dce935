"""The render profile: every ffmpeg option that shapes the film, each with its reason.

The version is part of every render key; any change below must raise it.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.project import Format
from schemas.timing import FrameRate

PROFILE_VERSION = 1


@dataclass(frozen=True, slots=True)
class RenderProfile:
    """Settings of the picture encoder."""

    preset: str = "veryfast"
    crf: int = 20
    keyframe_seconds: int = 2


PREVIEW = RenderProfile()

GLOBAL_OPTIONS: tuple[str, ...] = (
    "-hide_banner",
    "-nostats",
    "-loglevel",
    "error",  # what is printed then is the reason of a failure
    "-nostdin",  # a terminal must never be able to steer a render
    "-y",
    "-protocol_whitelist",
    "file,pipe",  # no input may open anything else
)

# Before each film or sound that is read back: by its content it must be one of those, whatever its
# name. A playlist in its place would be opened as one, and the files that it names as well.
READ_BACK: tuple[str, ...] = (
    *("-protocol_whitelist", "file"),
    *("-format_whitelist", "mov,mp4,m4a,wav"),
)

BITEXACT: tuple[str, ...] = (
    "-fflags",
    "+bitexact",  # no encoder version or creation time in the container
    "-flags:v",
    "+bitexact",
    "-flags:a",
    "+bitexact",
    "-map_metadata",
    "-1",
    "-map_chapters",
    "-1",
)

# Plain C code paths only: float audio code differs between SIMD levels (docs/determinism.md).
PORTABLE_CPU: tuple[str, ...] = ("-cpuflags", "0")


def raw_picture_input(fmt: Format) -> tuple[str, ...]:
    """Reads finished 4:2:0 pictures from standard input; ffmpeg scales and converts nothing."""
    return (
        *("-f", "rawvideo", "-pix_fmt", "yuv420p"),
        *("-video_size", f"{fmt.width}x{fmt.height}"),
        *("-framerate", fmt.fps.text(), "-i", "pipe:0"),
    )


def picture_encoder(fps: FrameRate, profile: RenderProfile = PREVIEW) -> tuple[str, ...]:
    """x264 options: the same bytes on any CPU, and joinable by stream copy."""
    keyframe_interval = profile.keyframe_seconds * fps.nominal()
    x264 = ":".join(
        (
            "cpu-independent=1",  # same decisions at every SIMD level
            "threads=1",  # each thread count makes other pictures; shots run in parallel instead
            "lookahead-threads=1",
            "sliced-threads=0",
            "open-gop=0",  # closed GOPs, so that shots can be joined without re-encoding
            f"keyint={keyframe_interval}",
            f"min-keyint={keyframe_interval}",
            "scenecut=0",  # every shot is one scene
            "stitchable=1",  # headers do not depend on the content, so that all shots share them
        )
    )
    return (
        *("-c:v", "libx264", "-preset", profile.preset, "-crf", str(profile.crf)),
        *("-threads", "1", "-x264-params", x264),
        *("-pix_fmt", "yuv420p", "-fps_mode", "cfr"),
        # ITU-R BT.709, limited range: what players assume for HD.
        *("-colorspace", "bt709", "-color_primaries", "bt709"),
        *("-color_trc", "bt709", "-color_range", "tv"),
    )


def container(fps: FrameRate) -> tuple[str, ...]:
    """MP4 without clocks or names; a timescale in which each frame is a whole number of ticks."""
    return (*BITEXACT, "-video_track_timescale", str(timescale(fps)), "-f", "mp4")


def timescale(fps: FrameRate) -> int:
    """Ticks per second: a multiple of the rate's numerator, at least 12 000."""
    return fps.num * -(-12_000 // fps.num)
