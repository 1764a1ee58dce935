"""How far two films are from each other to the eye, measured by ffmpeg, shot by shot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Final

from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.profile import GLOBAL_OPTIONS, READ_BACK
from renderers.seams import Command, Tools
from schemas.errors import PipelineError

# Above this two pictures count as equal to the eye in everything ffmpeg can measure.
EQUAL_CENTIDB: Final = 10_000
_SSIM, _PSNR = "ssim.txt", "psnr.txt"


@dataclass(frozen=True, slots=True)
class ShotDistance:
    """The worst frame of a shot, in luma: SSIM in 1/10000 (10000 is equal), PSNR in 1/100 dB."""

    ssim_e4: int
    psnr_centidb: int


def film_distance(
    expected: Path, actual: Path, durations_frames: Sequence[int], ffmpeg: Ffmpeg, tools: Tools
) -> list[ShotDistance]:
    """The distance of each shot of `actual` from the same shot of `expected`.

    Both must have exactly the given frames. SSIM after Wang et al. 2004, as ffmpeg's filter of
    that name computes it. Raises PipelineError when another number of frames was compared.
    """
    graph = (
        "[0:v]split[a][b];[1:v]split[c][d];"
        f"[a][c]ssim=stats_file={_SSIM}[s];[b][d]psnr=stats_file={_PSNR}[p]"
    )
    argv = (
        *(str(ffmpeg.path), *GLOBAL_OPTIONS),
        *(*READ_BACK, "-i", f"file:{actual}", *READ_BACK, "-i", f"file:{expected}"),
        *("-filter_complex", graph),
        *("-map", "[s]", "-f", "null", "-", "-map", "[p]", "-f", "null", "-"),
    )
    tools.executor.run(Command(argv, "compare the pictures", cwd=tools.scratch, wall_limit_s=3600))
    ssim = _per_frame(tools.scratch / _SSIM, "Y:")
    psnr = _per_frame(tools.scratch / _PSNR, "psnr_y:")
    wanted = sum(durations_frames)
    if len(ssim) != wanted or len(psnr) != wanted:
        raise PipelineError(
            "nothing-to-compare",
            actual.name,
            f"{wanted} frames are locked, {len(ssim)} could be compared",
            "the two films are not of one length; look at the artifacts that differ",
        )
    return list(_worst(ssim, psnr, durations_frames))


def _worst(
    ssim: Sequence[float], psnr: Sequence[float], durations: Sequence[int]
) -> list[ShotDistance]:
    shots, at = [], 0
    for duration in durations:
        end = at + duration
        quietest = min(psnr[at:end])
        shots.append(
            ShotDistance(
                ssim_e4=round(min(ssim[at:end]) * 10_000),
                psnr_centidb=round(quietest * 100) if isfinite(quietest) else EQUAL_CENTIDB,
            )
        )
        at = end
    return shots


def _per_frame(stats: Path, key: str) -> list[float]:
    rows = stats.read_text(encoding="ascii").splitlines()
    values = []
    for row in rows:
        found = [part[len(key) :] for part in row.split() if part.startswith(key)]
        values += [float(found[0])] if found else []
    return values
