"""Runway: tasks at `/v1/tasks`, API version 2024-11-06.

Clips of shots are made by `/v1/image_to_video`, clips in another scene by `/v1/video_to_video`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renderers.providers.contract import (
    Capabilities,
    ClipJob,
    Confidence,
    ErrorClass,
    Estimate,
    JobState,
    MediaJob,
    ProviderError,
    Submission,
)
from renderers.providers.hosted import Hosted, form_fields
from renderers.providers.job_checks import check_job, check_media_job, guessed, sold_duration_s
from renderers.providers.sizes import nearest_size
from renderers.providers.wire import data_uri, field, shown, text_field, whole_units

PROVIDER_ID = "runway"
BASE_URL = "https://api.dev.runwayml.com"
VERSION_HEADER = {"X-Runway-Version": "2024-11-06"}
MICROUSD_PER_CREDIT = 10_000
# Credits a second of clip, from the price list; what the task itself answers is what counts.
CREDITS_PER_SECOND = {"gen4.5": 12, "gen4_turbo": 5, "gen4_aleph": 15}
# What gen4_aleph makes of a clip lasts so long at most.
ALEPH_LONGEST_MS = 5000
SIZES = ((1280, 720), (720, 1280), (1104, 832), (960, 960), (832, 1104), (1584, 672))
PROMPT_CHARS = 1000
SHORTEST_S, LONGEST_S = 2, 10
MAX_SEED = 4_294_967_295

CAPABILITIES = Capabilities(
    provider_id=PROVIDER_ID,
    max_clip_duration_s=LONGEST_S,
    max_resolution="1280x720",
    sizes=SIZES,
    cancels=True,
    transforms=("video",),
)


class _Tasks(Hosted):
    """What every task has in common, whatever it makes."""

    capabilities = CAPABILITIES

    def poll(self, handle: str) -> JobState:
        """The task's state; Runway wants five seconds between two looks.

        Links live for a day or two.
        """
        task = self._api.get(f"/v1/tasks/{handle}")
        status = text_field(task, PROVIDER_ID, "status")
        cost = _cost_of(task)
        if status in ("PENDING", "THROTTLED"):
            return JobState("waiting")
        if status == "RUNNING":
            return JobState("running", progress_permille=_permille(task.get("progress")))
        if status == "SUCCEEDED":
            links = tuple(field(task, PROVIDER_ID, "output"))
            if not links:
                raise ProviderError("transient", "runway finished without a clip")
            return JobState("done", 1000, links, cost)
        if status == "CANCELLED":
            return JobState("cancelled", cost_microusd=cost)
        if status == "FAILED":
            return JobState("failed", cost_microusd=cost, error=_failure(task))
        raise self.unknown_state(status)

    def cancel(self, handle: str) -> None:
        """DELETE stops a running task and forgets a finished one."""
        self._api.delete(f"/v1/tasks/{handle}")

    def _begin(self, path: str, body: Mapping[str, Any]) -> Submission:
        answer = self._api.post(path, body, pays=True)
        estimated = answer.get("estimatedCost") if isinstance(answer, dict) else None
        credits = estimated.get("credits") if isinstance(estimated, dict) else None
        return Submission(
            text_field(answer, PROVIDER_ID, "id", pays=True),
            whole_units(credits, MICROUSD_PER_CREDIT),
        )


class Runway(_Tasks):
    """Clips by Runway's gen4 models."""

    def estimate(self, job: ClipJob) -> Estimate:
        """From the price list: credits a second, at $0.01 a credit."""
        rate, confidence = _rate_of(job.model)
        return guessed(CAPABILITIES, job, rate, SHORTEST_S, confidence)

    def submit(self, job: ClipJob) -> Submission:
        """POST the first frame and the prompt; the answer is the task."""
        check_job(CAPABILITIES, job)
        width, height = nearest_size(SIZES, (job.format.width, job.format.height))
        images: Any = data_uri(job.first_frame)
        if job.last_frame is not None:
            images = [
                {"uri": data_uri(job.first_frame), "position": "first"},
                {"uri": data_uri(job.last_frame), "position": "last"},
            ]
        body = {
            "model": job.model,
            "promptImage": images,
            "promptText": job.prompt.text(PROMPT_CHARS),
            "ratio": f"{width}:{height}",
            "duration": sold_duration_s(CAPABILITIES, job, SHORTEST_S),
            "seed": job.seed % (MAX_SEED + 1),
        }
        return self._begin("/v1/image_to_video", body)


class RunwayScenes(_Tasks):
    """Clips by gen4_aleph: the same movement in another scene."""

    def estimate(self, job: MediaJob) -> Estimate:
        """From the price list: credits for each begun second of what comes out."""
        check_media_job(CAPABILITIES, job, PROMPT_CHARS)
        seconds = -(-min(job.duration_ms, ALEPH_LONGEST_MS) // 1000)
        rate, confidence = _rate_of(job.model)
        return Estimate(seconds * rate, seconds, exact=False, confidence=confidence)

    def submit(self, job: MediaJob) -> Submission:
        """Upload the clip, which costs nothing, then ask for it in its new scene."""
        check_media_job(CAPABILITIES, job, PROMPT_CHARS)
        width, height = nearest_size(SIZES, (job.width, job.height))
        body = {
            "model": job.model,
            "videoUri": self._uploaded(job.media),
            "promptText": job.prompt,
            "ratio": f"{width}:{height}",
            "seed": job.seed % (MAX_SEED + 1),
        }
        return self._begin("/v1/video_to_video", body)

    def _uploaded(self, clip: bytes) -> str:
        """The provider's own name of the clip: an address to upload to, then a form sent there."""
        asked = {"filename": "clip.mp4", "type": "ephemeral"}
        answer = self._api.post("/v1/uploads", asked)
        form = form_fields(field(answer, PROVIDER_ID, "fields"), PROVIDER_ID)
        address = text_field(answer, PROVIDER_ID, "uploadUrl")
        self._api.upload(address, form, ("file", "clip.mp4", "video/mp4", clip))
        return text_field(answer, PROVIDER_ID, "runwayUri")


def _rate_of(model: str) -> tuple[int, Confidence]:
    """Millionths of a dollar a second; the dearest known for a model nobody has listed."""
    known = model in CREDITS_PER_SECOND
    credits = CREDITS_PER_SECOND[model] if known else max(CREDITS_PER_SECOND.values())
    return credits * MICROUSD_PER_CREDIT, "medium" if known else "low"


def _failure(task: Any) -> ProviderError:
    code = str(task.get("failureCode") or "")
    words = shown(task.get("failure") or code or "no reason given")
    kind: ErrorClass = "fatal"
    if code.startswith("SAFETY"):
        kind = "content_rejected"
    elif code.startswith("INTERNAL"):
        kind = "transient"
    return ProviderError(kind, f"runway failed ({code or 'no code'}): {words}")


def _cost_of(task: Any) -> int | None:
    cost = task.get("cost")
    return whole_units(cost.get("credits"), MICROUSD_PER_CREDIT) if isinstance(cost, dict) else None


def _permille(progress: Any) -> int:
    if isinstance(progress, bool) or not isinstance(progress, (int, float)):
        return 0
    return max(0, min(1000, round(progress * 1000)))
