"""Leonardo: image to video at `/generations-image-to-video`, from a picture uploaded before.

It has no video to video: a clip in another scene begins with the clip's first picture, and does
not know how the clip goes on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from renderers.providers.contract import (
    Capabilities,
    ClipJob,
    Estimate,
    JobState,
    MediaJob,
    ProviderError,
    Submission,
)
from renderers.providers.hosted import Hosted, form_fields
from renderers.providers.job_checks import check_job, check_media_job
from renderers.providers.wire import field, shown, text_field, whole_units

PROVIDER_ID = "leonardo"
BASE_URL = "https://cloud.leonardo.ai/api/rest/v1"
RESOLUTION = {"low": "RESOLUTION_480", "standard": "RESOLUTION_480", "high": "RESOLUTION_720"}
# A guess: `cost` in the answer is in dollars; before that only the plan's own price list knows.
MICROUSD_PER_CLIP = {"low": 200_000, "standard": 200_000, "high": 400_000}
MICROUSD_PER_USD = 1_000_000
CLIP_S = 5
PROMPT_CHARS = 1500

CAPABILITIES = Capabilities(
    provider_id=PROVIDER_ID,
    max_clip_duration_s=CLIP_S,
    max_resolution="1280x720",
    durations_s=(CLIP_S,),
    transforms=("video",),
)


class _Generations(Hosted):
    """What every generation has in common, whatever it is made from."""

    capabilities = CAPABILITIES

    def poll(self, handle: str) -> JobState:
        """PENDING, COMPLETE or FAILED."""
        answer = self._api.get(f"/generations/{handle}")
        generation = field(answer, PROVIDER_ID, "generations_by_pk")
        status = text_field(generation, PROVIDER_ID, "status")
        if status == "PENDING":
            return JobState("running")
        if status == "COMPLETE":
            images = field(generation, PROVIDER_ID, "generated_images")
            return JobState("done", 1000, (text_field(images, PROVIDER_ID, 0, "motionMP4URL"),))
        if status == "FAILED":
            reason = shown(generation.get("failureReason") or "no reason given")
            return JobState("failed", error=ProviderError("fatal", f"leonardo failed: {reason}"))
        raise self.unknown_state(status)

    def cancel(self, handle: str) -> None:
        """DELETE forgets the generation."""
        self._api.delete(f"/generations/{handle}")

    def _begin(self, png: bytes, body: Mapping[str, Any]) -> Submission:
        """Upload the picture, which costs nothing, then ask for the clip, which does."""
        asked = {"imageId": self._upload(png), "imageType": "UPLOADED", "isPublic": False, **body}
        answer = self._api.post("/generations-image-to-video", asked, pays=True)
        made = field(answer, PROVIDER_ID, "motionVideoGenerationJob", pays=True)
        handle = text_field(made, PROVIDER_ID, "generationId", pays=True)
        return Submission(handle, _cost(made.get("cost")))

    def _upload(self, png: bytes) -> str:
        """The id of the uploaded picture: an address to upload to, then a form sent there."""
        answer = self._api.post("/init-image", {"extension": "png"})
        upload = field(answer, PROVIDER_ID, "uploadInitImage")
        fields = _fields_of(text_field(upload, PROVIDER_ID, "fields"))
        address = text_field(upload, PROVIDER_ID, "url")
        self._api.upload(address, fields, ("file", "first_frame.png", "image/png", png))
        return text_field(upload, PROVIDER_ID, "id")


class Leonardo(_Generations):
    """Clips of five seconds from an uploaded picture."""

    def estimate(self, job: ClipJob) -> Estimate:
        """Guessed; the answer to the submit says the cost."""
        check_job(CAPABILITIES, job)
        return Estimate(MICROUSD_PER_CLIP[job.quality], CLIP_S, exact=False, confidence="low")

    def submit(self, job: ClipJob) -> Submission:
        """Ask for a clip that begins with the shot's first frame."""
        check_job(CAPABILITIES, job)
        body = {
            "model": job.model,
            "prompt": job.prompt.text(PROMPT_CHARS),
            "resolution": RESOLUTION[job.quality],
            "seed": job.seed,
        }
        return self._begin(job.first_frame, body)


class LeonardoScenes(_Generations):
    """Clips of five seconds from the first picture of somebody's clip."""

    def estimate(self, job: MediaJob) -> Estimate:
        """Guessed; the answer to the submit says the cost."""
        check_media_job(CAPABILITIES, job, PROMPT_CHARS)
        return Estimate(MICROUSD_PER_CLIP["high"], CLIP_S, exact=False, confidence="low")

    def submit(self, job: MediaJob) -> Submission:
        """Ask for a clip that begins with the clip's first picture."""
        check_media_job(CAPABILITIES, job, PROMPT_CHARS)
        body = {
            "model": job.model,
            "prompt": job.prompt,
            "resolution": RESOLUTION["high"],
            "seed": job.seed,
        }
        return self._begin(job.poster, body)


def _fields_of(text: str) -> dict[str, str]:
    try:
        fields = json.loads(text)
    except ValueError:
        fields = None
    return form_fields(fields, PROVIDER_ID)


def _cost(cost: Any) -> int | None:
    """`{"amount": "0.43", "unit": "DOLLARS"}`, or a bare number of dollars."""
    amount = cost.get("amount") if isinstance(cost, dict) else cost
    try:
        return whole_units(float(str(amount)), MICROUSD_PER_USD)
    except ValueError:
        return None
