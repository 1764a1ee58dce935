"""The command provider: any program or container that makes a clip.

The program is called three ways:

    PROGRAM --capabilities      prints its capabilities as JSON
    PROGRAM --estimate          reads a job on stdin, prints {"cost_microusd", "duration_s"}
    PROGRAM                     reads a job on stdin, prints {"clip": PATH} when it is made

The job is JSON: `shot_id`, `duration_frames`, `format` {width, height, fps_num, fps_den, aspect},
`finer` {width, height} up to which the clip may be finer than the film, `timing_lock_hash`,
`prompt` {subject, motion, style, mood}, `model`, `quality`, `seed`, and the
paths of PNG pictures: `first_frame`, sometimes `last_frame`, and `layers` {scene, background},
which are larger than the film. The clip goes beside them. A program
that fails ends with another code than 0 and may print {"class", "problem"} to stderr, where class
is one of plan §22.4.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renderers.providers.contract import (
    Capabilities,
    ClipJob,
    ErrorClass,
    Estimate,
    JobState,
    ProviderError,
    Submission,
    check_job,
)
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


class CommandProvider:
    """Clips by a program. A submit runs it to its end, so that a poll finds it done."""

    def __init__(self, program: Program, capabilities: Capabilities) -> None:
        self._program = program
        self._capabilities = capabilities

    @property
    def capabilities(self) -> Capabilities:
        """As the program printed them."""
        return self._capabilities

    def estimate(self, job: ClipJob) -> Estimate:
        """What the program says; a program that says nothing costs nothing."""
        check_job(self._capabilities, job)
        answer = _asked(self._program, "--estimate", json.dumps(job_payload(job)))
        cost = answer.get("cost_microusd", 0)
        seconds = answer.get("duration_s", job.seconds_needed())
        if not _is_count(cost) or not _is_count(seconds):
            raise ProviderError("fatal", f"{self._name} printed an estimate that is no number")
        return Estimate(cost, seconds, exact=True, confidence="high")

    def submit(self, job: ClipJob) -> Submission:
        """Run the program; a clip it made for the same token before is used again."""
        check_job(self._capabilities, job)
        folder = self._program.folder / job.client_token
        clip = folder / "clip"
        if not clip.is_file():
            self._run(job, folder, clip)
        return Submission(job.client_token)

    def poll(self, handle: str) -> JobState:
        """Done when its clip is there; a clip that is not is a run that was ended from outside."""
        if (self._program.folder / handle / "clip").is_file():
            return JobState("done", 1000, (handle,))
        return JobState(
            "failed", error=ProviderError("transient", f"{self._name} left no clip behind")
        )

    def fetch(self, state: JobState, into: Path) -> None:
        """Copy the clip."""
        shutil.copyfile(self._program.folder / state.links[0] / "clip", into)

    def cancel(self, handle: str) -> None:
        """Nothing runs between a submit and a poll."""

    @property
    def _name(self) -> str:
        return self._capabilities.provider_id

    def _run(self, job: ClipJob, folder: Path, clip: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        payload = job_payload(job)
        payload["first_frame"] = _laid_down(folder / "first_frame.png", job.first_frame)
        if job.last_frame is not None:
            payload["last_frame"] = _laid_down(folder / "last_frame.png", job.last_frame)
        payload["layers"] = {
            name: _laid_down(folder / f"layer_{name}.png", data) for name, data in job.layers
        }
        answer = _asked(self._program, None, json.dumps(payload), folder)
        named = answer.get("clip")
        made = (folder / named).resolve() if isinstance(named, str) and named else None
        if made is None or not made.is_file() or not made.is_relative_to(folder.resolve()):
            raise ProviderError("fatal", f"{self._name} named no clip inside the folder of its job")
        made.rename(clip)


def capabilities_of(program: Program) -> Capabilities:
    """What the program prints for `--capabilities`, checked.

    Raises ProviderError `fatal` naming what is missing or wrong.
    """
    answer = _asked(program, "--capabilities", "")
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
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise ProviderError(
            "fatal", f"{program.argv[0]} --capabilities: missing or wrong: {wrong}"
        ) from None


def job_payload(job: ClipJob) -> dict[str, Any]:
    """The job as a program reads it, without its pictures."""
    fmt = job.format
    finer = job.finer or (fmt.width, fmt.height)
    return {
        "shot_id": job.shot_id,
        "duration_frames": job.duration_frames,
        "format": {
            "width": fmt.width,
            "height": fmt.height,
            "fps_num": fmt.fps.num,
            "fps_den": fmt.fps.den,
            "aspect": fmt.aspect,
        },
        "timing_lock_hash": job.timing_lock_hash,
        "prompt": {
            "subject": job.prompt.subject,
            "motion": job.prompt.motion,
            "style": job.prompt.style,
            "mood": job.prompt.mood,
        },
        "model": job.model,
        "quality": job.quality,
        "seed": job.seed,
        "finer": {"width": finer[0], "height": finer[1]},
    }


def _asked(
    program: Program, option: str | None, text: str, folder: Path | None = None
) -> Mapping[str, Any]:
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


def _laid_down(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def _slug(value: Any) -> str:
    text = str(value)
    if not text.replace("_", "").replace("-", "").isalnum():
        raise ValueError(f"provider_id {text!r} is no slug")
    return text


def _positive(value: Any) -> int:
    if not _is_count(value) or value < 1:
        raise ValueError(f"{value!r} is no positive whole number")
    return int(value)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
