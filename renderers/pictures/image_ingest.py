"""A stranger's image file becomes a plate of ours; the renderer opens nothing but plates.

A plate is an uncompressed TGA file, RGB or RGBA: the same picture is the same bytes everywhere.
"""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from renderers.limited_start import under_limits
from renderers.seams import Command, Tools
from schemas.errors import PipelineError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_FILE_BYTES = 256 << 20
MAX_MEMORY_BYTES = 1536 << 20
MAX_CPU_S = 120
MAX_PLATE_BYTES = 512 << 20
WALL_LIMIT_S = 180


def ingest_image(source: Path, out: Path, tools: Tools, max_width: int, max_height: int) -> None:
    """Decode `source` (PNG, JPEG, WebP, BMP, TIFF, or the first frame of a GIF) in a limited
    process and write the plate to `out`, upright, scaled down to fit the given pixels, with its
    transparency.

    Raises PipelineError `broken-image` naming the file and what is wrong with it.
    """
    path = _checked(source)
    decoder = Path(__file__).with_name("image_decoder.py")
    program = (
        *(sys.executable, "-I", str(decoder)),
        *(str(path), str(out.absolute()), str(max_width), str(max_height)),
    )
    argv = under_limits(program, MAX_MEMORY_BYTES, MAX_CPU_S, MAX_PLATE_BYTES)
    purpose = f"read image {source.name}"
    try:
        done = tools.executor.run(Command(argv, purpose, wall_limit_s=WALL_LIMIT_S))
    except PipelineError as error:
        out.unlink(missing_ok=True)
        if error.code not in {"program-failed", "program-timeout"}:
            raise
        raise _broken(
            source, "could not be decoded within the limits of memory and time", "save it smaller"
        ) from error
    verdict = _verdict(done.stdout)
    if verdict:
        out.unlink(missing_ok=True)
        raise _broken(source, verdict.get("problem", "is damaged"), verdict.get("hint", ""))


def open_plate(path: Path) -> Image:
    """A plate that `ingest_image` wrote, loaded: RGB or RGBA.

    Raises PipelineError `broken-image` when the file is anything else.
    """
    from PIL import Image as Images

    try:
        with Images.open(path, formats=("TGA",)) as plate:
            plate.load()
            return plate.copy()
    except (OSError, SyntaxError, ValueError) as error:
        raise _broken(path, "is not a plate of this program", "build the episode again") from error


def _checked(source: Path) -> Path:
    """The real path of a file worth opening: regular, not empty, not huge, and not a link that
    leads out of its folder."""
    try:
        path = source.resolve(strict=True)
        status = path.stat()
    except (OSError, RuntimeError) as error:
        raise _broken(source, "does not exist or cannot be reached", "check the name") from error
    folder = source.parent.resolve()
    if source.is_symlink() and folder not in path.parents:
        raise _broken(
            source, "is a link that leads out of its folder", "put the image itself there"
        )
    if not stat.S_ISREG(status.st_mode):
        raise _broken(source, "is not a regular file", "put the image itself there")
    if status.st_size == 0:
        raise _broken(source, "is empty", "export the image again, or replace it")
    if status.st_size > MAX_FILE_BYTES:
        raise _broken(source, f"is larger than {MAX_FILE_BYTES >> 20} MiB", "save it smaller")
    return path


def _verdict(stdout: bytes) -> dict[str, str]:
    try:
        verdict = json.loads(stdout)
    except ValueError:
        verdict = None
    if not isinstance(verdict, dict):
        return {"problem": "could not be decoded", "hint": "export the image again"}
    return {str(key): str(value) for key, value in verdict.items()}


def _broken(source: Path, problem: str, hint: str) -> PipelineError:
    return PipelineError("broken-image", source.name, problem, hint)
