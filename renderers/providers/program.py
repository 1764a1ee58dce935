"""A program of a show that makes clips: how it is called, and what it says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renderers.providers.contract import Capabilities, ErrorClass, Medium, ProviderError
from renderers.seams import Command, Executor
from schemas.errors import PipelineError

MAX_CLIP_SECONDS_WAITED = 1800
_CLASSES: tuple[ErrorClass, ...] = ("transient", "rate_limit", "content_rejected", "fatal")


@dataclass(frozen=True, slots=True)
class Program:
    """The program to call, and the folder that its jobs and clips live in."""

    argv: tuple[str, ...]
    folder: Path
    executor: Executor


def capabilities_of(program: Program) -> Capabilities:
    """What the program prints for `--capabilities`, checked.

    Raises ProviderError `fatal` naming what is missing or wrong.
    """
    answer = asked(program, "--capabilities", "")
    try:
        return Capabilities(
            provider_id=_slug(answer["provider_id"]),
            max_clip_duration_s=_positive(answer["max_clip_duration_sec"]),
            aspect_ratios=tuple(map(str, answer["supported_aspect_ratios"])),
            frame_rates=tuple(_positive(rate) for rate in answer.get("supported_fps", ())),
            max_resolution=str(answer["max_resolution"]),
            audio_support=bool(answer.get("audio_support", False)),
            image_to_video=bool(answer.get("image_to_video", True)),
            text_to_video=bool(answer.get("text_to_video", False)),
            dedups_submits=True,
            vram_mib=answer.get("vram_mib", 0),
            transforms=_media_kinds(answer.get("transforms", ())),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise ProviderError(
            "fatal", f"{program.argv[0]} --capabilities: missing or wrong: {wrong}"
        ) from None


def asked(
    program: Program, option: str | None, text: str, folder: Path | None = None
) -> Mapping[str, Any]:
    """The JSON object that the program prints when it is given `text`, in `folder` if given.

    Raises ProviderError of the class that the program says, or `fatal`.
    """
    argv = (*program.argv, option) if option else program.argv
    command = Command(
        argv,
        f"ask {Path(program.argv[0]).name}",
        stdin=(text.encode(),),
        wall_limit_s=MAX_CLIP_SECONDS_WAITED,
        cwd=folder,
    )
    try:
        printed = program.executor.run(command).stdout
    except PipelineError as error:
        raise _classified(error) from None
    try:
        answer = json.loads(printed)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise ProviderError("fatal", f"{program.argv[0]} printed no JSON object")
    return answer


def _classified(error: PipelineError) -> ProviderError:
    """What the program said of its failure on the last line of stderr, or what the system did."""
    for line in reversed(error.problem.splitlines()):
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and said.get("class") in _CLASSES:
            return ProviderError(said["class"], str(said.get("problem") or error.problem))
    stopped = error.code in ("program-timeout", "program-killed")
    return ProviderError("transient" if stopped else "fatal", str(error))


def _media_kinds(value: Any) -> tuple[Medium, ...]:
    known: tuple[Medium, ...] = ("image", "video")
    if not isinstance(value, (list, tuple)) or not set(value) <= set(known):
        raise ValueError(f"transforms {value!r}; image and video can be named")
    return tuple(kind for kind in known if kind in value)


def _slug(value: Any) -> str:
    text = str(value)
    if not text.replace("_", "").replace("-", "").isalnum():
        raise ValueError(f"provider_id {text!r} is no slug")
    return text


def _positive(value: Any) -> int:
    if not is_count(value) or value < 1:
        raise ValueError(f"{value!r} is no positive whole number")
    return int(value)


def is_count(value: Any) -> bool:
    """Whether a value out of JSON is a whole number from 0 on."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
