"""Stems as people take them into an editor: FLAC, sample for sample what was mixed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.profile import GLOBAL_OPTIONS, PORTABLE_CPU, stem_encoder
from renderers.seams import Command, Tools
from renderers.sound.loudness import wall_limit_s

STEMS_VERSION: Final = 1
SUFFIX: Final = ".flac"


def encode_stem(source: Path, out: Path, tools: Tools, ffmpeg: Ffmpeg) -> None:
    """Write the house WAV `source` as FLAC, 48 kHz 16 bit, losslessly.

    Raises PipelineError as the executor does.
    """
    argv = (
        *(str(ffmpeg.path), *PORTABLE_CPU, *GLOBAL_OPTIONS),
        *("-i", f"file:{source}", "-map", "0:a:0"),
        *(*stem_encoder(), f"file:{out}"),
    )
    limit_s = wall_limit_s(source)
    tools.executor.run(Command(argv, f"encode the stem {out.stem}", wall_limit_s=limit_s))
