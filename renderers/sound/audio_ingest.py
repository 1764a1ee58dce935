"""Sound files from outside, decoded once into the house WAV by a process that can do no more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.ffmpeg.profile import PORTABLE_CPU
from renderers.limited_start import under_limits
from renderers.seams import Command, Tools
from renderers.sound.wav import read_info
from schemas.errors import PipelineError
from schemas.timing import SAMPLE_RATE_HZ

MAX_SECONDS: Final = 30 * 60
_MAX_SOURCE_BYTES: Final = 2 << 30
_WALL_LIMIT_S: Final = 120
# Half an hour of the slowest of these takes a few seconds and less than 100 MiB.
_CPU_LIMIT_S: Final = 100
_MEMORY_LIMIT_BYTES: Final = 1 << 30
_BLOCK_LIMIT_BYTES: Final = 256 << 20
# A cover picture is never shown, but looking at the streams decodes its beginning.
_COVER_LIMIT_PIXELS: Final = 40_000_000
_STREAM_LIMIT: Final = 64
# Demuxers by ffmpeg's names. No playlist, no image, nothing that names another file.
_CONTAINERS: Final = "wav,w64,aiff,flac,ogg,mp3,aac,mov,mp4,m4a"
_KNOWN: Final = "WAV, AIFF, FLAC, OGG, MP3, AAC or M4A"
# Any damage ends the decoding: half a line that goes unnoticed is worse than a refusal.
_STRICT: Final = ("-xerror", "-err_detect", "crccheck+bitstream+buffer+explode")
_MAX_REASON_CHARS: Final = 300
_NO_STREAM: Final = "matches no streams"
# ffmpeg says which object speaks, `[flac @ 0x55d0]`: nothing to a reader, and new in every run.
_ADDRESS = re.compile(r"\[[^\]]* @ 0x[0-9a-f]+\]")


def ingest_audio(source: Path, out: Path, tools: Tools, channels: int = 2) -> int:
    """Decode the first sound stream of `source` to `out`; samples per channel, at least 1.

    `out` is 48 kHz 16-bit WAV with `channels` channels; one channel becomes two at -3 dB each,
    as ffmpeg does. Whatever the file contains or is called,
    ffmpeg opens this one file and no other.

    Raises PipelineError `broken-sound` for a file that is empty, damaged, not sound, or longer
    than MAX_SECONDS.
    """
    _check_source(source)
    command = Command(
        argv=under_limits(
            (str(pinned_ffmpeg().path), *_arguments(source.resolve(), out.resolve(), channels)),
            memory_bytes=_MEMORY_LIMIT_BYTES,
            cpu_s=_CPU_LIMIT_S,
            file_bytes=_most_written_bytes(channels) + (1 << 20),
        ),
        purpose=f"decode {source.name!r}",
        wall_limit_s=_WALL_LIMIT_S,
    )
    try:
        tools.executor.run(command)
        samples = read_info(out).samples
    except PipelineError as error:
        if error.code not in ("program-failed", "program-timeout", "broken-wav"):
            raise
        raise _broken(source, f"it cannot be decoded ({_reason(error, source)})") from None
    if samples == 0:
        raise _broken(source, "there is no sound in it")
    if samples > MAX_SECONDS * SAMPLE_RATE_HZ:
        raise _broken(source, f"it is longer than {MAX_SECONDS // 60} minutes")
    return samples


def _arguments(source: Path, out: Path, channels: int) -> tuple[str, ...]:
    # One second past the limit tells a file that is too long from one that just fits.
    seconds = str(MAX_SECONDS + 1)
    return (
        *("-hide_banner", "-nostdin", "-loglevel", "error"),
        # One thread each: stacks of many would not fit into the memory limit on a large machine.
        *("-max_alloc", str(_BLOCK_LIMIT_BYTES), "-filter_threads", "1"),
        # Decoders and resampler use floats; without SIMD they round alike on every processor.
        *PORTABLE_CPU,
        *(() if _is_streamed_wav(source) else _STRICT),
        *("-protocol_whitelist", "file", "-format_whitelist", _CONTAINERS),
        *("-max_pixels", str(_COVER_LIMIT_PIXELS), "-max_streams", str(_STREAM_LIMIT)),
        *("-threads", "1", "-t", seconds, "-i", f"file:{source}"),
        *("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"),
        *("-ar", str(SAMPLE_RATE_HZ), "-ac", str(channels), "-c:a", "pcm_s16le"),
        *("-threads", "1", "-fflags", "+bitexact", "-flags:a", "+bitexact"),
        *("-fs", str(_most_written_bytes(channels))),
        *("-f", "wav", "-y", f"file:{out}"),
    )


def _most_written_bytes(channels: int) -> int:
    return (MAX_SECONDS + 2) * SAMPLE_RATE_HZ * 2 * channels


def _check_source(source: Path) -> None:
    if source.is_symlink() and source.parent.resolve() not in source.resolve().parents:
        raise _broken(source, "it is a link that leads out of its folder")
    # A named pipe or a device would keep ffmpeg waiting, or never end.
    if not source.is_file():
        raise _broken(source, "it is not a regular file" if source.exists() else "it is not there")
    size = source.stat().st_size
    if size == 0:
        raise _broken(source, "it is empty")
    if size > _MAX_SOURCE_BYTES:
        raise _broken(source, f"it has more than {_MAX_SOURCE_BYTES >> 30} GiB")


def _is_streamed_wav(source: Path) -> bool:
    """Whether the writer of this WAV could not go back to fill in its length.

    Such a file always ends before the length it gives, which is no damage.
    """
    with source.open("rb") as file:
        start = file.read(8)
    return start == b"RIFF\xff\xff\xff\xff"


def _reason(error: PipelineError, source: Path) -> str:
    if error.code == "program-timeout":
        return f"decoding did not end within {_WALL_LIMIT_S} s"
    if _NO_STREAM in error.problem:
        return "there is no sound in it"
    said = error.problem.replace(f"file:{source.resolve()}", source.name)
    lines = [_ADDRESS.sub("", line).strip() for line in said.splitlines()]
    return next(filter(None, lines[1:]), lines[0])[:_MAX_REASON_CHARS]


def _broken(source: Path, problem: str) -> PipelineError:
    return PipelineError(
        "broken-sound",
        source.name,
        problem,
        f"put a {_KNOWN} file of at most {MAX_SECONDS // 60} minutes in its place",
    )
