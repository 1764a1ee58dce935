"""The command provider: any program or container that makes a clip.

The program is called three ways:

    PROGRAM --capabilities      prints its capabilities as JSON
    PROGRAM --estimate          reads a job on stdin, prints {"cost_microusd", "duration_s"}
    PROGRAM                     reads a job on stdin, prints {"clip": PATH} when it is made

The job is JSON: `shot_id`, `duration_frames`, `format` {width, height, fps_num, fps_den, aspect},
`finer` {width, height} up to which the clip may be finer than the film, `timing_lock_hash`,
`prompt` {subject, motion, style, mood}, `model`, `quality`, `seed`, and the
paths of PNG pictures: `first_frame`, sometimes `last_frame`, and `layers` {scene, background},
which are larger than the film. The clip goes beside them.

A program whose capabilities say `"transforms": ["image", "video"]`, or one of both, is also given
somebody's own picture or clip to show in another scene. Such a job has `"kind": "transform"`,
`medium`, `media` (the path of a PNG or MP4), `poster` (the first picture), `width`, `height`,
`duration_ms`, `prompt` as one text, `model` and `seed`; the answer is {"media": PATH}. A program
that fails ends with another code than 0 and may print {"class", "problem"} to stderr, where class
is one of plan §22.4.
"""

from __future__ import annotations

import json
import shutil
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Generic

from renderers.providers.contract import (
    Capabilities,
    ClipJob,
    Estimate,
    Job,
    JobState,
    ProviderError,
    Submission,
)
from renderers.providers.job_checks import check_job
from renderers.providers.program import Program, asked, is_count


class Calls(ABC, Generic[Job]):
    """A program's jobs, of whatever kind. A submit runs it to its end, so that a poll finds it
    done."""

    made_field: str

    def __init__(self, program: Program, capabilities: Capabilities) -> None:
        self._program = program
        self._capabilities = capabilities

    @property
    def capabilities(self) -> Capabilities:
        """As the program printed them."""
        return self._capabilities

    @abstractmethod
    def check(self, job: Job) -> None:
        """Raise ProviderError `fatal` for a job that the program cannot do."""

    @abstractmethod
    def payload(self, job: Job) -> dict[str, Any]:
        """The job as the program reads it, without its files."""

    @abstractmethod
    def lay_down(self, job: Job, folder: Path) -> dict[str, Any]:
        """Write the job's files into its folder; their paths as the program reads them."""

    @abstractmethod
    def seconds(self, job: Job) -> int:
        """How long what is made lasts, when the program does not say."""

    def estimate(self, job: Job) -> Estimate:
        """What the program says; a program that says nothing costs nothing."""
        self.check(job)
        answer = asked(self._program, "--estimate", json.dumps(self.payload(job)))
        cost = answer.get("cost_microusd", 0)
        seconds = answer.get("duration_s", self.seconds(job))
        if not is_count(cost) or not is_count(seconds):
            raise ProviderError("fatal", f"{self._name} printed an estimate that is no number")
        return Estimate(cost, seconds, exact=True, confidence="high")

    def submit(self, job: Job) -> Submission:
        """Run the program; what it made for the same token before is used again."""
        self.check(job)
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

    def _run(self, job: Job, folder: Path, clip: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        payload = self.payload(job) | self.lay_down(job, folder)
        answer = asked(self._program, None, json.dumps(payload), folder)
        named = answer.get(self.made_field)
        made = (folder / named).resolve() if isinstance(named, str) and named else None
        if made is None or not made.is_file() or not made.is_relative_to(folder.resolve()):
            raise ProviderError(
                "fatal", f"{self._name} named no {self.made_field} inside the folder of its job"
            )
        made.rename(clip)


class CommandProvider(Calls[ClipJob]):
    """Clips of shots by a program."""

    made_field = "clip"

    def check(self, job: ClipJob) -> None:
        """See `check_job`."""
        check_job(self._capabilities, job)

    def payload(self, job: ClipJob) -> dict[str, Any]:
        """See `job_payload`."""
        return job_payload(job)

    def lay_down(self, job: ClipJob, folder: Path) -> dict[str, Any]:
        """The frames and layers as PNG files."""
        paths: dict[str, Any] = {
            "first_frame": laid_down(folder / "first_frame.png", job.first_frame)
        }
        if job.last_frame is not None:
            paths["last_frame"] = laid_down(folder / "last_frame.png", job.last_frame)
        paths["layers"] = {
            name: laid_down(folder / f"layer_{name}.png", data) for name, data in job.layers
        }
        return paths

    def seconds(self, job: ClipJob) -> int:
        """The shot's own length."""
        return job.seconds_needed()


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


def laid_down(path: Path, data: bytes) -> str:
    """Write a file of a job; its path as the program reads it."""
    path.write_bytes(data)
    return str(path)
