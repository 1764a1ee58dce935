"""Speech by Piper, where it is installed, with a voice file of the show's own.

Piper is no part of this program's toolchain: it is GPL-3 and brings a large runtime. It is started
as a program of its own, without noise, so that one machine gives the same sound each time.
"""

from __future__ import annotations

import shutil
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from renderers.limited_start import under_limits
from renderers.seams import Command, Tools
from renderers.speech.foreign_line import FOREIGN_LINE_VERSION, house_line, silent_line
from renderers.speech.pronunciation import spoken
from renderers.speech.voice import Speech, SpeechRequest, SpeechUnavailableError
from schemas.errors import PipelineError

VOICE_SUFFIX: Final = ".onnx"
CONFIG_SUFFIX: Final = ".onnx.json"
# Loading the largest voices takes seconds; a page of speech takes about as long again.
_WALL_LIMIT_S: Final = 180
_CPU_LIMIT_S: Final = 170
_MEMORY_LIMIT_BYTES: Final = 8 << 30
_FILE_LIMIT_BYTES: Final = 512 << 20
_FAILURES: Final = ("program-failed", "program-timeout", "program-missing", "program-killed")


class PiperEngine:
    """Piper. A voice's name is its file inside the show, such as assets/piper/alba.onnx."""

    name = "piper"

    def __init__(self, show: Path) -> None:
        self._show = show

    def version(self) -> str:
        """Piper's version and that of what is done to the sound here."""
        return f"piper {_installed_version()} sound/{FOREIGN_LINE_VERSION}"

    def speak(self, request: SpeechRequest, tools: Tools, out: Path) -> Speech:
        """See `SpeechEngine.speak`. A line without anything to say becomes a short silence."""
        text = " ".join(spoken(request.text, request.lexicon).text.split())
        if not any(map(str.isalnum, text)):
            return silent_line(request, out)
        program = piper_program()
        if program is None:
            raise SpeechUnavailableError("Piper is not installed: pip install piper-tts")
        made = tools.scratch / "piper.wav"
        arguments = (
            *("--model", str(self._show / request.voice.name), "--output_file", str(made)),
            *("--noise_scale", "0", "--noise_w", "0"),
        )
        command = Command(
            argv=under_limits(
                (*program, *arguments),
                memory_bytes=_MEMORY_LIMIT_BYTES,
                cpu_s=_CPU_LIMIT_S,
                file_bytes=_FILE_LIMIT_BYTES,
            ),
            purpose=f"speak {text[:24]!r} with Piper",
            stdin=(text.encode("utf-8", "replace"), b"\n"),
            wall_limit_s=_WALL_LIMIT_S,
            # The runtime shares sums out over as many threads as there are cores.
            env=(("OMP_NUM_THREADS", "1"),),
        )
        try:
            tools.executor.run(command)
            return house_line(made, request, tools, out)
        except PipelineError as error:
            if error.code not in (*_FAILURES, "broken-sound"):
                raise
            last = error.problem.strip().splitlines()[-1][:200]
            raise SpeechUnavailableError(f"Piper: {last}") from None


@cache
def piper_program() -> tuple[str, ...] | None:
    """How Piper is started here: its Python package, else a program on the path; None without."""
    if find_spec("piper") is not None:
        return (sys.executable, "-m", "piper")
    found = shutil.which("piper")
    return (found,) if found else None


def _installed_version() -> str:
    try:
        return version("piper-tts")
    except PackageNotFoundError:
        return "of this machine"
