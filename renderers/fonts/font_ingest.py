"""A stranger's font file becomes a font of ours; nothing else opens a font from a show."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from renderers.limited_start import under_limits
from renderers.seams import Command, Tools
from schemas.errors import PipelineError

MAX_MEMORY_BYTES = 1 << 30
MAX_CPU_S = 60
MAX_OUT_BYTES = 128 << 20
WALL_LIMIT_S = 120


def ingest_font(source: Path, out: Path, tools: Tools) -> None:
    """Read `source` in a limited process and write a font of ours, with all its letters, to `out`.

    Raises PipelineError `broken-font` naming the file and what is wrong with it.
    """
    reader = Path(__file__).with_name("font_reader.py")
    program = (sys.executable, "-I", str(reader), str(source.absolute()), str(out.absolute()))
    argv = under_limits(program, MAX_MEMORY_BYTES, MAX_CPU_S, MAX_OUT_BYTES)
    try:
        done = tools.executor.run(Command(argv, f"read font {source.name}", None, WALL_LIMIT_S))
    except PipelineError as error:
        out.unlink(missing_ok=True)
        if error.code not in {"program-failed", "program-timeout"}:
            raise
        raise PipelineError(
            "broken-font",
            source.name,
            "could not be read within the limits of memory and time",
            "use another font",
        ) from error
    try:
        verdict = json.loads(done.stdout)
    except ValueError:
        verdict = {"problem": "could not be read"}
    if verdict:
        out.unlink(missing_ok=True)
        raise PipelineError(
            "broken-font",
            source.name,
            str(verdict.get("problem", "is damaged")),
            str(verdict.get("hint", "use another font")),
        )
