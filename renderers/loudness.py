"""Programme loudness and true peak, measured by ffmpeg after ITU-R BS.1770 and EBU R 128."""

from __future__ import annotations

from math import isfinite, log10
from pathlib import Path
from typing import Final

from renderers.ffmpeg.binary import Ffmpeg, pinned_ffmpeg
from renderers.ffmpeg.profile import GLOBAL_OPTIONS, PORTABLE_CPU
from renderers.seams import DEFAULT_WALL_LIMIT_S, Command, Tools
from schemas.errors import PipelineError
from schemas.render_output import MeasuredLoudness

# BS.1770-5, annex 1: blocks at or below this loudness do not count, so this is silence.
_GATE_CENTILUFS: Final = -7000
_LOUDNESS: Final = "lavfi.r128.I"
_BYTES_PER_SECOND_AT_LEAST: Final = 10_000


def measure(path: Path, tools: Tools, ffmpeg: Ffmpeg | None = None) -> MeasuredLoudness:
    """Loudness and true peak of a sound file, rounded to 1/100.

    The loudness is None for silence and for less than the 0.4 s that a measurement needs, the
    peak None for digital silence. Raises PipelineError for a file that ffmpeg cannot read.
    """
    return run_meter(path, tools, ffmpeg)


def run_meter(
    path: Path, tools: Tools, ffmpeg: Ffmpeg | None, filters: str = "", peak: str = "true"
) -> MeasuredLoudness:
    """As `measure`, behind audio `filters`; `peak` is `true`, or the cheaper `sample`."""
    binary = (ffmpeg or pinned_ffmpeg()).path
    peak_key = f"lavfi.r128.{peak}_peak"
    chain = (
        *((filters,) if filters else ()),
        f"ebur128=peak={peak}:metadata=1:framelog=quiet",
        f"ametadata=mode=print:key={_LOUDNESS}:file=-",
        f"ametadata=mode=print:key={peak_key}:file=-",
    )
    argv = (
        *(str(binary), *PORTABLE_CPU, *GLOBAL_OPTIONS),
        *("-i", f"file:{path}", "-map", "0:a:0"),
        *("-af", ",".join(chain), "-f", "null", "-"),
    )
    command = Command(argv, f"measure {path.name}", wall_limit_s=wall_limit_s(path))
    printed = tools.executor.run(command).stdout
    loudness, peak_factor = _last(printed, _LOUDNESS, path), _last(printed, peak_key, path)
    centilufs = round(loudness * 100) if isfinite(loudness) else _GATE_CENTILUFS
    return MeasuredLoudness(
        integrated_centilufs=centilufs if centilufs > _GATE_CENTILUFS else None,
        true_peak_centidbtp=round(2000 * log10(peak_factor)) if peak_factor > 0 else None,
    )


def wall_limit_s(path: Path) -> int:
    """Time to allow for reading a sound file: real time for the smallest bit rate at least."""
    return DEFAULT_WALL_LIMIT_S + path.stat().st_size // _BYTES_PER_SECOND_AT_LEAST


def _last(printed: bytes, key: str, path: Path) -> float:
    """The last value printed for a key: the one over the whole file."""
    marker = f"{key}=".encode()
    start = printed.rfind(marker)
    if start < 0:
        raise PipelineError(
            "not-measured",
            path.name,
            "ffmpeg printed no loudness for it, so there is no sound in it",
            "make the film's sound again",
        )
    return float(printed[start + len(marker) :].split(maxsplit=1)[0])
