"""Brings the mix to its delivery loudness, encodes it, and measures what is delivered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from renderers.ffmpeg.binary import Ffmpeg, pinned_ffmpeg
from renderers.ffmpeg.profile import GLOBAL_OPTIONS, PORTABLE_CPU, sound_encoder
from renderers.seams import Command, Tools
from renderers.sound.delivered_sound import require_whole_sound
from renderers.sound.loudness import Metering, measure, run_meter, wall_limit_s
from renderers.sound.wav import read_info
from schemas.errors import PipelineError
from schemas.project import Loudness
from schemas.render_output import MeasuredLoudness

MASTER_VERSION: Final = 3

_MAX_TRIALS: Final = 4
_MAX_ENCODES: Final = 4
_CLOSE_ENOUGH_CENTILU: Final = 10
# What one more correction makes good without another trial, as a rule: the delivered file is
# measured anyway. The first trial's correction guesses at how much the limiter takes back, a
# later one knows.
_LAST_STEP_CENTILU: Final = (40, 120)
_USUAL_SLOPE_PERMILLE: Final = 700
_TOLERANCE_CENTILU: Final = 40  # of the 0.5 LU that EBU R 128 allows, the rest in reserve
# What true peaks and the encoder usually add to the samples the limiter sees.
_PEAK_RESERVE_CENTIDB: Final = 60
_PEAK_STEP_CENTIDB: Final = 10
# Quieter than this is room tone, not a programme; it is left as it is.
_PROGRAMME_CENTILUFS: Final = -5000
_MAX_GAIN_CENTIDB: Final = 3600
_LOWEST_LIMIT_CENTIDB: Final = -2400  # alimiter's smallest limit, 1/16


@dataclass(frozen=True, slots=True)
class MasterRequest:
    """The mix (48 kHz WAV), where the AAC goes, and what the delivered file must measure.

    What a player hears of the AAC, raw 16-bit stereo at 48 kHz, goes into `out_samples`, if given.
    """

    mix: Path
    out_m4a: Path
    loudness: Loudness
    ffmpeg: Ffmpeg | None = None
    out_samples: Path | None = None


@dataclass(frozen=True, slots=True)
class _Setting:
    gain_centidb: int
    limit_centidb: int


@dataclass(frozen=True, slots=True)
class _Take:
    file: Path
    setting: _Setting
    measured: MeasuredLoudness
    samples: Path | None


def master(request: MasterRequest, tools: Tools) -> MeasuredLoudness:
    """Write `out_m4a` (AAC, 48 kHz stereo) and return what it measures once decoded.

    When no gain and limit reach the target, the closest take is delivered; the caller compares.
    A silent mix, or one of room tone alone, keeps its level. Raises PipelineError when the encoder
    fails, leaves another length than the mix has (`short-sound`), or makes a programme silent
    (`silent-encode`).
    """
    samples = read_info(request.mix).samples
    before = run_meter(request.mix, tools, request.ffmpeg, Metering(peak_kind="sample"))
    setting = _first_setting(request, before)
    programme = _is_programme(before)
    if programme and _limits(before, setting):
        setting = _settle(request, tools, setting)
    takes: list[_Take] = []
    while len(takes) < _MAX_ENCODES:
        take = _encode(request, tools, setting, len(takes))
        require_whole_sound(take.file, samples)
        if programme and not _is_programme(take.measured):
            raise _silenced(request)
        takes.append(take)
        if _misses(request.loudness, take, programme) == (0, 0):
            break
        following = _corrected(request.loudness, take, programme)
        if following == setting:
            break
        setting = following
    best = min(takes, key=lambda take: _misses(request.loudness, take, programme))
    best.file.replace(request.out_m4a)
    if best.samples and request.out_samples:
        best.samples.replace(request.out_samples)
    for take in takes:
        take.file.unlink(missing_ok=True)
        if take.samples:
            take.samples.unlink(missing_ok=True)
    return best.measured


def _silenced(request: MasterRequest) -> PipelineError:
    return PipelineError(
        "silent-encode",
        request.out_m4a.name,
        "the mix can be heard, what the encoder made of it cannot",
        "nothing of it was kept; run again, and try another ffmpeg if it happens again",
    )


def _is_programme(measured: MeasuredLoudness) -> bool:
    loudness = measured.integrated_centilufs
    return loudness is not None and loudness > _PROGRAMME_CENTILUFS


def _first_setting(request: MasterRequest, before: MeasuredLoudness) -> _Setting:
    limit = request.loudness.true_peak_max_centidbtp - _PEAK_RESERVE_CENTIDB
    if before.integrated_centilufs is None or not _is_programme(before):
        return _Setting(0, limit)
    gain = request.loudness.target_centilufs - before.integrated_centilufs
    return _Setting(min(gain, _MAX_GAIN_CENTIDB), limit)


def _limits(before: MeasuredLoudness, setting: _Setting) -> bool:
    """Whether the limiter will have something to do, and so change the loudness."""
    peak = before.true_peak_centidbtp
    return peak is not None and peak + setting.gain_centidb > setting.limit_centidb


def _settle(request: MasterRequest, tools: Tools, setting: _Setting) -> _Setting:
    """The gain that reaches the target behind the limiter, by trials that encode nothing."""
    gain, slope_permille = setting.gain_centidb, _USUAL_SLOPE_PERMILLE
    earlier: tuple[int, int] | None = None
    for _ in range(_MAX_TRIALS):
        trial = _Setting(gain, setting.limit_centidb)
        behind = Metering(_filters(trial))
        measured = run_meter(request.mix, tools, request.ffmpeg, behind).integrated_centilufs
        if measured is None:
            break
        missing = request.loudness.target_centilufs - measured
        if abs(missing) <= _CLOSE_ENOUGH_CENTILU:
            break
        if earlier is not None and gain != earlier[0]:
            slope = (measured - earlier[1]) * 1000 // (gain - earlier[0])
            slope_permille = min(max(slope, 200), 1000)
        last_step = _LAST_STEP_CENTILU[earlier is not None]
        earlier = (gain, measured)
        gain = min(gain + missing * 1000 // slope_permille, _MAX_GAIN_CENTIDB)
        if abs(missing) <= last_step:
            break
    return _Setting(gain, setting.limit_centidb)


def _encode(request: MasterRequest, tools: Tools, setting: _Setting, number: int) -> _Take:
    file = request.out_m4a.with_name(f"{request.out_m4a.name}.take{number}")
    binary = str((request.ffmpeg or pinned_ffmpeg()).path)
    argv = (
        *(binary, *PORTABLE_CPU, *GLOBAL_OPTIONS),
        *("-i", f"file:{request.mix}", "-map", "0:a:0", "-af", _filters(setting)),
        *(*sound_encoder(), f"file:{file}"),
    )
    limit_s = wall_limit_s(request.mix)
    tools.executor.run(Command(argv, "encode the sound", wall_limit_s=limit_s))
    samples = file.with_name(f"{file.name}.raw") if request.out_samples else None
    measured = measure(file, tools, request.ffmpeg, samples)
    return _Take(file, setting, measured, samples)


def _filters(setting: _Setting) -> str:
    """Gain and limiter in double precision.

    `level=0` keeps the limiter from raising what it limited, `latency=1` takes its look-ahead out
    of the sound again, so that it stays in step with the picture to the sample.
    """
    limit = 10 ** (setting.limit_centidb / 2000)
    return (
        "aformat=sample_fmts=dbl,"
        f"volume=volume={_decibel(setting.gain_centidb)}dB:precision=double,"
        f"alimiter=limit={limit:.6f}:attack=5:release=80:level=0:latency=1"
    )


def _decibel(centidb: int) -> str:
    sign = "-" if centidb < 0 else ""
    return f"{sign}{abs(centidb) // 100}.{abs(centidb) % 100:02d}"


def _misses(wanted: Loudness, take: _Take, programme: bool) -> tuple[int, int]:
    """How far a take is from right: first the peak above its limit, then the loudness."""
    peak = take.measured.true_peak_centidbtp
    over = 0 if peak is None else max(peak - wanted.true_peak_max_centidbtp, 0)
    loudness = take.measured.integrated_centilufs
    if not programme or loudness is None:
        return over, 0
    off = abs(loudness - wanted.target_centilufs)
    return over, max(off - _TOLERANCE_CENTILU, 0)


def _corrected(wanted: Loudness, take: _Take, programme: bool) -> _Setting:
    """The next setting to try, from what the encoder made of the last."""
    over, _ = _misses(wanted, take, programme)
    limit = take.setting.limit_centidb
    if over:
        limit = max(limit - over - _PEAK_STEP_CENTIDB, _LOWEST_LIMIT_CENTIDB)
    loudness = take.measured.integrated_centilufs
    if not programme or loudness is None:
        return _Setting(take.setting.gain_centidb, limit)
    gain = take.setting.gain_centidb + wanted.target_centilufs - loudness
    return _Setting(min(gain, _MAX_GAIN_CENTIDB), limit)
