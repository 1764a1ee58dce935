"""The house WAV: 48 kHz, 16 bit, a 44-byte header and nothing else. Read and written in pieces."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from schemas.errors import PipelineError
from schemas.timing import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.int16]

HEADER_BYTES: Final = 44
_SAMPLE_BYTES: Final = 2
# RIFF of Multimedia Programming Interface 1.0 (IBM, Microsoft 1991), `fmt ` as PCM, then `data`.
_HEADER: Final = struct.Struct("<4sI4s4sIHHIIHH4sI")
_PCM: Final = 1
_MAX_DATA_BYTES: Final = 0xFFFFFFFF - HEADER_BYTES
_COPY_SAMPLES: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class WavInfo:
    """What a house WAV holds: channels, and samples per channel."""

    channels: int
    samples: int


class WavWriter:
    """Takes samples piece by piece; `samples` is how many per channel were written so far."""

    def __init__(self, file: BinaryIO, path: Path, channels: int) -> None:
        self._file = file
        self._path = path
        self._channels = channels
        self.samples = 0

    def write(self, samples: Samples) -> None:
        """Append 16-bit samples: a flat array for one channel, else one row per sample.

        Raises PipelineError `sound-too-long` when the file would pass the 4 GiB of WAV.
        """
        count, rest = divmod(samples.size, self._channels)
        if rest or samples.dtype.kind != "i" or samples.dtype.itemsize != _SAMPLE_BYTES:
            raise ValueError(f"{samples.dtype} {samples.shape} is not {self._channels} x int16")
        self.samples += count
        if self.samples * self._channels * _SAMPLE_BYTES > _MAX_DATA_BYTES:
            raise PipelineError(
                "sound-too-long",
                self._path.name,
                "a WAV file holds at most 4 GiB, and this one would be longer",
                "make the episode shorter, or split it",
            )
        self._file.write(samples.astype("<i2", copy=False).tobytes())

    def silence(self, samples: int) -> None:
        """Append `samples` of digital silence."""
        import numpy as np

        while samples > 0:
            count = min(samples, _COPY_SAMPLES)
            self.write(np.zeros(count * self._channels, dtype=np.int16))
            samples -= count


@contextmanager
def write_wav(path: Path, channels: int) -> Iterator[WavWriter]:
    """Open `path` for writing; the header is completed on leaving.

    After an exception the file keeps a header that every reader here refuses.
    """
    with path.open("wb") as file:
        file.write(bytes(HEADER_BYTES))
        writer = WavWriter(file, path, channels)
        yield writer
        file.seek(0)
        file.write(_header(channels, writer.samples))


def read_info(path: Path) -> WavInfo:
    """What the header says, checked against the size of the file.

    Raises PipelineError `broken-wav` for anything that is not a complete house WAV.
    """
    with path.open("rb") as file:
        start = file.read(HEADER_BYTES)
    if len(start) < HEADER_BYTES:
        raise _broken(path, f"it has {len(start)} bytes, a header alone has {HEADER_BYTES}")
    channels, data_bytes = _HEADER.unpack(start)[6], _HEADER.unpack(start)[12]
    if channels == 0 or start != _header(channels, data_bytes // (channels * _SAMPLE_BYTES)):
        raise _broken(path, f"its header is not that of 16-bit sound at {SAMPLE_RATE_HZ} Hz")
    held = path.stat().st_size - HEADER_BYTES
    if held != data_bytes:
        raise _broken(path, f"its header promises {data_bytes} bytes of sound, it holds {held}")
    return WavInfo(channels, data_bytes // (channels * _SAMPLE_BYTES))


def read_blocks(path: Path, block_samples: int = _COPY_SAMPLES) -> Iterator[Samples]:
    """The sound in blocks of at most `block_samples`, each an int16 array (samples, channels).

    Raises PipelineError `broken-wav`.
    """
    info = read_info(path)
    for start in range(0, info.samples, block_samples):
        yield read_samples(path, start, min(block_samples, info.samples - start))


def read_samples(path: Path, start: int, count: int) -> Samples:
    """`count` samples from sample `start`, as an int16 array (samples, channels).

    What lies outside the file is left out. Raises PipelineError `broken-wav`.
    """
    import numpy as np

    info = read_info(path)
    start = min(max(start, 0), info.samples)
    count = max(0, min(count, info.samples - start))
    frame = info.channels * _SAMPLE_BYTES
    with path.open("rb") as file:
        file.seek(HEADER_BYTES + start * frame)
        data = file.read(count * frame)
    return np.frombuffer(data, dtype="<i2").astype(np.int16, copy=False).reshape(-1, info.channels)


def _header(channels: int, samples: int) -> bytes:
    frame = channels * _SAMPLE_BYTES
    data_bytes = samples * frame
    return _HEADER.pack(
        b"RIFF",
        HEADER_BYTES - 8 + data_bytes,
        b"WAVE",
        b"fmt ",
        16,
        _PCM,
        channels,
        SAMPLE_RATE_HZ,
        SAMPLE_RATE_HZ * frame,
        frame,
        8 * _SAMPLE_BYTES,
        b"data",
        data_bytes,
    )


def _broken(path: Path, problem: str) -> PipelineError:
    return PipelineError(
        "broken-wav", path.name, problem, "delete the file and run again; it is made anew"
    )
