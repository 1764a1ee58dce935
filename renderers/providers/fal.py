"""fal: a queue in front of many models, among them Pika's image to video.

The answer to a submit names the addresses to ask, take and cancel by; they are used as given.
"""

from __future__ import annotations

import json
from typing import Any

from renderers.providers.contract import (
    Capabilities,
    ClipJob,
    Confidence,
    ErrorClass,
    Estimate,
    JobState,
    ProviderError,
    Submission,
)
from renderers.providers.hosted import Hosted
from renderers.providers.job_checks import check_job, guessed, sold_duration_s
from renderers.providers.wire import data_uri, shown, text_field

PROVIDER_ID = "fal"
BASE_URL = "https://queue.fal.run"
RESOLUTION = {"low": "720p", "standard": "720p", "high": "1080p"}
# Pika 2.2: $0.20 and $0.45 for five seconds, by resolution.
MICROUSD_PER_SECOND = {"720p": 40_000, "1080p": 90_000}
PRICED_MODEL = "fal-ai/pika/v2.2/image-to-video"

CAPABILITIES = Capabilities(
    provider_id=PROVIDER_ID,
    max_clip_duration_s=10,
    max_resolution="1920x1080",
    durations_s=(5, 10),
    cancels=True,
)
_PROMPT_CHARS = 2000
_HANDLE_PARTS = ("status_url", "response_url", "cancel_url")


class Fal(Hosted):
    """Clips by models behind fal's queue."""

    capabilities = CAPABILITIES

    def estimate(self, job: ClipJob) -> Estimate:
        """By the price of Pika 2.2; another model's price is a guess."""
        confidence: Confidence = "medium" if job.model == PRICED_MODEL else "low"
        rate = MICROUSD_PER_SECOND[RESOLUTION[job.quality]]
        return guessed(CAPABILITIES, job, rate, confidence=confidence)

    def submit(self, job: ClipJob) -> Submission:
        """POST to the model's own queue; the handle keeps the three addresses of the answer."""
        check_job(CAPABILITIES, job)
        body = {
            "image_url": data_uri(job.first_frame),
            "prompt": job.prompt.text(_PROMPT_CHARS),
            "resolution": RESOLUTION[job.quality],
            "duration": sold_duration_s(CAPABILITIES, job),
            "seed": job.seed,
        }
        answer = self._api.post(f"/{job.model}", body, pays=True)
        text_field(answer, PROVIDER_ID, "request_id", pays=True)
        addresses = {
            name: self._own(text_field(answer, PROVIDER_ID, name, pays=True))
            for name in _HANDLE_PARTS
        }
        return Submission(json.dumps(addresses, sort_keys=True))

    def poll(self, handle: str) -> JobState:
        """202 while it waits or runs; 200 COMPLETED, after which the answer may still be an error.

        A server error is not billed.
        """
        addresses = json.loads(handle)
        answer = self._api.get(addresses["status_url"])
        status = text_field(answer, PROVIDER_ID, "status")
        if status == "IN_QUEUE":
            return JobState("waiting")
        if status == "IN_PROGRESS":
            return JobState("running")
        if status != "COMPLETED":
            raise self.unknown_state(status)
        if answer.get("error"):
            return JobState("failed", error=_failure(answer))
        try:
            result = self._api.get(addresses["response_url"])
        except ProviderError as error:
            if error.kind in ("transient", "rate_limit"):
                raise
            return JobState("failed", error=error)
        return JobState("done", 1000, (text_field(result, PROVIDER_ID, "video", "url"),))

    def cancel(self, handle: str) -> None:
        """PUT to the cancel address; a job that is over already answers 400."""
        try:
            self._api.put(json.loads(handle)["cancel_url"], {})
        except ProviderError as error:
            if error.kind != "fatal":
                raise

    def _own(self, address: str) -> str:
        """The address, refused when it would take our key to somebody else."""
        if not address.startswith(self._api.base_url.rstrip("/") + "/"):
            raise ProviderError(
                "fatal", "fal named an address of another host", maybe_accepted=True
            )
        return address


def classify(_status: int, body: Any) -> ErrorClass | None:
    """fal's 422 says by `type` whether a content check refused the text or the picture."""
    details = body.get("detail") if isinstance(body, dict) else None
    for detail in details if isinstance(details, list) else ():
        if isinstance(detail, dict) and detail.get("type") == "content_policy_violation":
            return "content_rejected"
    return None


def _failure(answer: Any) -> ProviderError:
    kind = classify(0, answer) or "fatal"
    words = shown(answer.get("error"))
    if "content_policy" in str(answer.get("error_type") or ""):
        kind = "content_rejected"
    return ProviderError(kind, f"fal failed: {words}")
