"""Programme loudness and true peak after ITU-R BS.1770 and EBU R 128; the loudness by ffmpeg."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, log10
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from renderers.ffmpeg.binary import Ffmpeg, pinned_ffmpeg
from renderers.ffmpeg.profile import GLOBAL_OPTIONS, PORTABLE_CPU, READ_BACK
from renderers.seams import DEFAULT_WALL_LIMIT_S, Command, Tools
from renderers.sound.true_peak import FULL_SCALE, true_peak
from schemas.errors import PipelineError
from schemas.render_output import MeasuredLoudness

# BS.1770-5, annex 1: blocks at or below this loudness do not count, so this is silence.
_GATE_CENTILUFS: Final = -7000
_LOUDNESS: Final = "lavfi.r128.I"
# The filter tells its values after every whole tenth of a second only.
_HOP_SAMPLES: Final = 4800
_BYTES_PER_SECOND_AT_LEAST: Final = 10_000
# From here on the decoded sound may have been cut off when it was brought to 16 bits.
_MAYBE_CLIPPED: Final = FULL_SCALE * 32767 // 32768


@dataclass(frozen=True, slots=True)
class Metering:
    """How a file is measured besides its loudness: behind audio `filters`, with `sample` peaks, the
    `true` ones of ffmpeg, or `none`. The file as it is decoded, raw 16-bit stereo at 48 kHz, goes
    into `samples`, if given."""

    filters: str = ""
    peak_kind: Literal["true", "sample", "none"] = "none"
    samples: Path | None = None


def measure(
    path: Path, tools: Tools, ffmpeg: Ffmpeg | None = None, samples: Path | None = None
) -> MeasuredLoudness:
    """Loudness and true peak of a sound file, rounded to 1/100; what a player hears of it goes into
    `samples`, if given.

    The loudness is None for silence and for less than the 0.4 s that a measurement needs, the
    peak None for digital silence. Raises PipelineError for a file that ffmpeg cannot read.
    """
    with TemporaryDirectory(dir=tools.scratch) as folder:
        heard = samples or Path(folder) / "heard.raw"
        measured = run_meter(path, tools, ffmpeg, Metering(samples=heard))
        peak = true_peak(heard)
    if peak >= _MAYBE_CLIPPED:
        # ffmpeg sees it before that.
        return run_meter(path, tools, ffmpeg, Metering(peak_kind="true"))
    return measured.model_copy(update={"true_peak_centidbtp": _centidb(peak / FULL_SCALE)})


def run_meter(
    path: Path, tools: Tools, ffmpeg: Ffmpeg | None, metering: Metering
) -> MeasuredLoudness:
    """As `measure`, in the way that is asked for, the peak as well."""
    binary = (ffmpeg or pinned_ffmpeg()).path
    peak_key = f"lavfi.r128.{metering.peak_kind}_peak"
    shows_peak = metering.peak_kind != "none"
    chain = (
        *((metering.filters,) if metering.filters else ()),
        f"apad=pad_len={_HOP_SAMPLES}",
        f"ebur128=peak={metering.peak_kind}:metadata=1:framelog=quiet",
        f"ametadata=mode=print:key={_LOUDNESS}:file=-",
        *((f"ametadata=mode=print:key={peak_key}:file=-",) if shows_peak else ()),
    )
    argv = (
        *(str(binary), *PORTABLE_CPU, *GLOBAL_OPTIONS),
        *(*READ_BACK, "-i", f"file:{path}", "-map", "0:a:0"),
        *("-af", ",".join(chain), "-f", "null", "-"),
        *(raw_samples(metering.samples) if metering.samples else ()),
    )
    command = Command(argv, f"measure {path.name}", wall_limit_s=wall_limit_s(path))
    printed = tools.executor.run(command).stdout
    loudness = _values(printed, _LOUDNESS)
    if not loudness:
        raise PipelineError(
            "not-measured", path.name, "there is no sound in it", "make the film's sound again"
        )
    # The silence put behind shows the peaks of the last part; the loudness is that without it.
    return MeasuredLoudness(
        integrated_centilufs=_centilufs(loudness[-2]) if len(loudness) > 1 else None,
        true_peak_centidbtp=_centidb(_values(printed, peak_key)[-1]) if shows_peak else None,
    )


def raw_samples(out: Path) -> tuple[str, ...]:
    """The options that write an input's sound into `out`, raw 16-bit stereo at 48 kHz."""
    return (
        *("-map", "0:a:0", "-ac", "2", "-ar", "48000", "-c:a", "pcm_s16le"),
        *("-threads", "1", "-f", "s16le", f"file:{out}"),
    )


def wall_limit_s(path: Path) -> int:
    """Time to allow for reading a sound file: real time for the smallest bit rate at least."""
    return DEFAULT_WALL_LIMIT_S + path.stat().st_size // _BYTES_PER_SECOND_AT_LEAST


def _values(printed: bytes, key: str) -> tuple[float, ...]:
    """The last two values printed for a key, or fewer; each is over the file up to there."""
    marker = f"{key}=".encode()
    values: list[float] = []
    end = len(printed)
    while len(values) < 2 and (end := printed.rfind(marker, 0, end)) >= 0:
        values.insert(0, float(printed[end + len(marker) :].split(maxsplit=1)[0]))
    return tuple(values)


def _centidb(peak: float) -> int | None:
    return round(2000 * log10(peak)) if peak > 0 else None


def _centilufs(loudness: float) -> int | None:
    centilufs = round(loudness * 100) if isfinite(loudness) else _GATE_CENTILUFS
    return centilufs if centilufs > _GATE_CENTILUFS else None
