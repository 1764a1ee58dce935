"""The render profile: every ffmpeg option that shapes the film, each with its reason.

One object, `PREVIEW`, holds them in sections; the functions below turn sections into arguments.
Its version is part of every key of rendered work. A test holds version and content together, and
`docs/determinism.md` shows the whole profile as a table written from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from renderers.ffmpeg.profile_options import (
    CONTAINER,
    EVERY_CALL,
    FILM_FILE,
    PICTURES,
    PLAIN_C,
    READ,
    SCALER,
    SHOT_FILE,
    SOUND,
    SOUND_FILE,
    STEM,
    STEM_FILE,
    STILLS,
    X264,
    Option,
)
from schemas.project import Format
from schemas.timing import FrameRate

PROFILE_VERSION = 1
_KEYFRAME_SECONDS = 2


@dataclass(frozen=True, slots=True)
class RenderProfile:
    """The options of every program call that makes a part of the film, by what they are for."""

    version: int = PROFILE_VERSION
    every_call: tuple[Option, ...] = EVERY_CALL
    plain_c: tuple[Option, ...] = PLAIN_C
    read_back: tuple[Option, ...] = READ
    pictures: tuple[Option, ...] = PICTURES
    x264: tuple[Option, ...] = X264
    scaler: tuple[Option, ...] = SCALER
    stills: tuple[Option, ...] = STILLS
    sound: tuple[Option, ...] = SOUND
    container: tuple[Option, ...] = CONTAINER
    shot_file: tuple[Option, ...] = SHOT_FILE
    film_file: tuple[Option, ...] = FILM_FILE
    sound_file: tuple[Option, ...] = SOUND_FILE
    stem: tuple[Option, ...] = STEM
    stem_file: tuple[Option, ...] = STEM_FILE


PREVIEW = RenderProfile()


def _arguments(options: tuple[Option, ...]) -> tuple[str, ...]:
    return tuple(part for option in options for part in (option.name, option.value) if part)


GLOBAL_OPTIONS = _arguments(PREVIEW.every_call)
PORTABLE_CPU = _arguments(PREVIEW.plain_c)
# Before each film or sound that is read back.
READ_BACK = _arguments(PREVIEW.read_back)
SCALER_FLAGS = "+".join(option.name for option in PREVIEW.scaler)


def raw_picture_input(fmt: Format) -> tuple[str, ...]:
    """Reads finished 4:2:0 pictures from standard input; ffmpeg scales and converts nothing."""
    return (
        *("-f", "rawvideo", "-pix_fmt", "yuv420p"),
        *("-video_size", f"{fmt.width}x{fmt.height}"),
        *("-framerate", fmt.fps.text(), "-i", "pipe:0"),
    )


def raw_rgb_input(size: tuple[int, int]) -> tuple[str, ...]:
    """Reads one finished RGB picture, `size` pixels wide and high, from standard input."""
    return (
        *("-f", "rawvideo", "-pix_fmt", "rgb24"),
        *("-video_size", f"{size[0]}x{size[1]}", "-i", "pipe:0"),
    )


def picture_encoder(fps: FrameRate, profile: RenderProfile = PREVIEW) -> tuple[str, ...]:
    """x264 options: the same bytes on any CPU, and joinable by stream copy."""
    interval = str(keyframe_interval(fps))
    x264 = ":".join(
        f"{option.name}={option.value.format(keyframe_interval=interval)}"
        for option in profile.x264
    )
    return (*_arguments(profile.pictures), "-x264-params", x264)


def keyframe_interval(fps: FrameRate) -> int:
    """Frames from one key frame to the next; a shot begins with one."""
    return _KEYFRAME_SECONDS * fps.nominal()


def sound_encoder(profile: RenderProfile = PREVIEW) -> tuple[str, ...]:
    """AAC options and the MP4 around it; to be run with PORTABLE_CPU."""
    return _arguments((*profile.sound, *profile.container, *profile.sound_file))


def stem_encoder(profile: RenderProfile = PREVIEW) -> tuple[str, ...]:
    """FLAC options, without clocks or names; to be run with PORTABLE_CPU."""
    return _arguments((*profile.stem, *profile.container, *profile.stem_file))


def still_picture(profile: RenderProfile = PREVIEW) -> tuple[str, ...]:
    """Writes the one frame that the filters let through as a PNG."""
    scaled = SCALER_FLAGS
    return tuple(part.format(scaler_flags=scaled) for part in _arguments(profile.stills))


def exact_conversions() -> tuple[str, ...]:
    """For conversions that ffmpeg puts between filters itself: alike on every CPU."""
    return ("-sws_flags", SCALER_FLAGS)


def scaled_to(width: int) -> str:
    """The filter that brings a picture to a width in pixels and keeps its shape."""
    return f"scale={width}:-2:flags={SCALER_FLAGS}"


def container(fps: FrameRate, profile: RenderProfile = PREVIEW) -> tuple[str, ...]:
    """MP4 without clocks or names; a timescale in which each frame is a whole number of ticks."""
    ticks = str(timescale(fps))
    arguments = _arguments((*profile.container, *profile.shot_file))
    return tuple(part.format(timescale=ticks) for part in arguments)


def film_container(fps: FrameRate, profile: RenderProfile = PREVIEW) -> tuple[str, ...]:
    """As `container`, for the film that is delivered."""
    return (*_arguments(profile.film_file), *container(fps, profile))


def timescale(fps: FrameRate) -> int:
    """Ticks per second: a multiple of the rate's numerator, at least 12 000."""
    return fps.num * -(-12_000 // fps.num)
