"""Which ffmpeg makes the film, and the names of its build and of the x264 inside it."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass, replace
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

from renderers.seams import Command, Executor
from schemas.errors import PipelineError

PINNED_PACKAGE = "imageio-ffmpeg"
# Asking costs a process at the start of every run; a test asks these builds.
_X264_OF_PINNED = {"ffmpeg-linux-x86_64-v9.0.2": "core 165"}
_DIGEST_CHARS = 16
# What is asked takes a tenth of a second; a program that hangs must not hang the run.
_ANSWER_LIMIT_S = 60
# x264 signs each stream it makes, in a user data SEI message (H.264, annex D.2.6).
_X264_SIGNATURE = re.compile(rb"x264 - (core \d+(?: r\d+ [0-9a-f]+)?)")


@dataclass(frozen=True, slots=True)
class Ffmpeg:
    """An ffmpeg binary. `build` goes into every key; golden hashes hold for the pinned one only.

    `x264` is the encoder linked into it, `core 165` for example, as it signs its streams; empty as
    long as nobody asked.
    """

    path: Path
    build: str
    pinned: bool
    x264: str = ""


def pinned_ffmpeg() -> Ffmpeg:
    """The static build inside the pinned wheel, known by the digest the installer recorded.

    Raises PipelineError when it is not installed.
    """
    spec = find_spec("imageio_ffmpeg")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else None
    found = sorted(folder.glob("binaries/ffmpeg-*")) if folder else []
    if not found:
        raise PipelineError(
            "program-missing", "ffmpeg", "the pinned ffmpeg is not installed", "run `make install`"
        )
    name = found[0].name
    build = f"{PINNED_PACKAGE} {distribution(PINNED_PACKAGE).version} {name}"
    digest = _recorded_digest(name)
    return Ffmpeg(found[0], f"{build} {digest}", True, _X264_OF_PINNED.get(name, ""))


def chosen_ffmpeg(path: str, executor: Executor) -> Ffmpeg:
    """The ffmpeg at `path`, asked for its version; the pinned one when `path` is empty.

    Raises PipelineError `program-missing` when it is no ffmpeg, or one without x264.
    """
    if not path:
        pinned = pinned_ffmpeg()
        return pinned if pinned.x264 else replace(pinned, x264=x264_of(pinned.path, executor))
    answer = executor.run(
        Command((path, "-version"), "ask ffmpeg for its version", wall_limit_s=_ANSWER_LIMIT_S)
    ).stdout
    first = answer.decode("utf-8", "replace").splitlines()[:2]
    if not first or not first[0].startswith("ffmpeg version"):
        raise PipelineError(
            "program-missing",
            f"PIPELINE_FFMPEG={path}",
            f"is no ffmpeg: asked for its version, it says {' '.join(first)[:80]!r}",
            "name an ffmpeg there, or leave it out to use the one that is installed",
        )
    return Ffmpeg(Path(path), " ".join(first), False, x264_of(Path(path), executor))


def x264_of(binary: Path, executor: Executor) -> str:
    """The x264 inside an ffmpeg, read from a picture it encodes.

    Raises PipelineError `program-missing` when it cannot encode one or x264 does not sign it.
    """
    argv = (
        *(str(binary), "-loglevel", "error", "-nostdin"),
        *("-f", "lavfi", "-i", "color=size=32x32:rate=1:duration=1"),
        *("-c:v", "libx264", "-threads", "1", "-f", "h264", "pipe:1"),
    )
    try:
        question = Command(argv, "ask ffmpeg for its x264", wall_limit_s=_ANSWER_LIMIT_S)
        stream = executor.run(question).stdout
    except PipelineError as error:
        if error.code != "program-failed":
            raise
        raise _no_x264(binary, error.problem) from error
    signed = _X264_SIGNATURE.search(stream)
    if signed is None:
        raise _no_x264(binary, "the stream it encodes does not say by which x264")
    return signed[1].decode("ascii")


def _no_x264(binary: Path, problem: str) -> PipelineError:
    return PipelineError(
        "program-missing",
        str(binary),
        f"this ffmpeg has no usable libx264: {problem}",
        "name another one in PIPELINE_FFMPEG, or leave it out to use the one that is installed",
    )


def _recorded_digest(name: str) -> str:
    """The beginning of the binary's SHA-256, from the installer's list (PyPA, RECORD).

    Taken from there it costs no reading of 170 MB. Raises PipelineError when it is not listed.
    """
    for row in _recorded_rows():
        listed = re.fullmatch(rf".*/{re.escape(name)},sha256=([\w-]+),\d*", row)
        if listed:
            return urlsafe_b64decode(listed[1] + "=").hex()[:_DIGEST_CHARS]
    raise PipelineError(
        "program-missing",
        "ffmpeg",
        f"the list of installed files of {PINNED_PACKAGE} does not hold {name}",
        "run `make install`",
    )


def _recorded_rows() -> list[str]:
    return (distribution(PINNED_PACKAGE).read_text("RECORD") or "").splitlines()
