"""Luma: generations at `/v1/generations`, model ray-3.2."""

from __future__ import annotations

from typing import Any

from renderers.providers.contract import (
    Capabilities,
    ClipJob,
    ErrorClass,
    Estimate,
    JobState,
    ProviderError,
    Submission,
)
from renderers.providers.hosted import Hosted
from renderers.providers.job_checks import check_job, guessed, sold_duration_s
from renderers.providers.wire import data_uri, shown, text_field

PROVIDER_ID = "luma"
BASE_URL = "https://agents.lumalabs.ai/v1"
RESOLUTION = {"low": "360p", "standard": "720p", "high": "1080p"}
# Only the price of 360p was read anywhere ($0.06 for five seconds, from a third party); the others
# are scaled by the number of pixels, so the estimate says "guessed".
MICROUSD_PER_SECOND = {"low": 12_000, "standard": 48_000, "high": 108_000}

CAPABILITIES = Capabilities(
    provider_id=PROVIDER_ID,
    max_clip_duration_s=10,
    max_resolution="1920x1080",
    durations_s=(5, 10),
    text_to_video=True,
)
_PROMPT_CHARS = 1500
_REFUSED = ("moderation", "safety", "content_policy")


class Luma(Hosted):
    """Clips by Luma's ray models."""

    capabilities = CAPABILITIES

    def estimate(self, job: ClipJob) -> Estimate:
        """Guessed: prices are not part of Luma's interface."""
        return guessed(CAPABILITIES, job, MICROUSD_PER_SECOND[job.quality])

    def submit(self, job: ClipJob) -> Submission:
        """POST prompt, length, resolution and the frames to begin and end with."""
        check_job(CAPABILITIES, job)
        video: dict[str, Any] = {
            "duration": f"{sold_duration_s(CAPABILITIES, job)}s",
            "resolution": RESOLUTION[job.quality],
            "start_frame": {"type": "image", "url": data_uri(job.first_frame)},
        }
        if job.last_frame is not None:
            video["end_frame"] = {"type": "image", "url": data_uri(job.last_frame)}
        body = {
            "prompt": job.prompt.text(_PROMPT_CHARS),
            "model": job.model,
            "type": "video",
            "aspect_ratio": job.format.aspect,
            "video": video,
        }
        answer = self._api.post("/generations", body, pays=True)
        return Submission(text_field(answer, PROVIDER_ID, "id", pays=True))

    def poll(self, handle: str) -> JobState:
        """queued, processing, completed or failed; links live for an hour."""
        job = self._api.get(f"/generations/{handle}")
        state = text_field(job, PROVIDER_ID, "state" if "state" in job else "status")
        if state == "queued":
            return JobState("waiting")
        if state == "processing":
            return JobState("running")
        if state == "completed":
            return JobState("done", 1000, _links(job))
        if state == "failed":
            return JobState("failed", error=_failure(job))
        raise self.unknown_state(state)

    def cancel(self, handle: str) -> None:
        """DELETE forgets the generation."""
        self._api.delete(f"/generations/{handle}")


def _links(job: Any) -> tuple[str, ...]:
    outputs = job.get("output")
    links = tuple(
        output["url"]
        for output in (outputs if isinstance(outputs, list) else ())
        if isinstance(output, dict)
        and output.get("type") == "video"
        and isinstance(output.get("url"), str)
    )
    if not links:
        raise ProviderError("transient", "luma finished without a clip")
    return links


def _failure(job: Any) -> ProviderError:
    code = str(job.get("failure_code") or "")
    refused = any(word in code.lower() for word in _REFUSED)
    kind: ErrorClass = "content_rejected" if refused else "fatal"
    reason = shown(job.get("failure_reason") or code or "no reason given")
    return ProviderError(kind, f"luma failed ({code or 'no code'}): {reason}")
