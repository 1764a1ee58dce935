"""Replicate: predictions of a named model, at `/v1/models/{owner}/{name}/predictions`.

Clips of shots, and pictures in another scene by flux-dev's image to image mode.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from renderers.providers.contract import (
    Capabilities,
    ClipJob,
    ErrorClass,
    Estimate,
    JobState,
    MediaJob,
    ProviderError,
    Submission,
)
from renderers.providers.hosted import Hosted
from renderers.providers.job_checks import check_job, check_media_job, guessed, sold_duration_s
from renderers.providers.wire import data_uri, field, shown, text_field

PROVIDER_ID = "replicate"
BASE_URL = "https://api.replicate.com"
# A guess: Replicate bills most video models by the second of clip, each at its own price.
MICROUSD_PER_SECOND = 100_000

CAPABILITIES = Capabilities(
    provider_id=PROVIDER_ID,
    max_clip_duration_s=10,
    frame_rates=(24, 30),
    max_resolution="1280x720",
    durations_s=(5, 10),
    cancels=True,
    transforms=("image",),
)
# flux-dev's price for a picture, from its page; the interface does not say prices.
MICROUSD_PER_PICTURE = 25_000
PICTURE_TAKES_S = 20
# Larger pictures are uploaded first, as the provider's own client does.
MAX_DATA_URI_BYTES = 256 << 10
_PROMPT_CHARS = 2000
# flux-dev takes 512 tokens (its model card); a scene of ours has 2000 characters at most.
_SCENE_CHARS = 2600
_REFUSED = ("nsfw", "safety", "sensitive", "flagged", "moderation")


class _Predictions(Hosted):
    """What every prediction has in common, whatever it makes."""

    capabilities = CAPABILITIES

    def poll(self, handle: str) -> JobState:
        """starting, processing, succeeded, failed, canceled or aborted."""
        prediction = self._api.get(f"/v1/predictions/{handle}")
        status = text_field(prediction, PROVIDER_ID, "status")
        if status == "starting":
            return JobState("waiting")
        if status == "processing":
            return JobState("running")
        if status == "succeeded":
            output = field(prediction, PROVIDER_ID, "output")
            link = output[0] if isinstance(output, list) and output else output
            if not isinstance(link, str) or not link:
                raise ProviderError("transient", "replicate finished without a clip")
            return JobState("done", 1000, (link,))
        if status in ("canceled", "aborted"):
            return JobState("cancelled")
        if status == "failed":
            return JobState("failed", error=_failure(prediction))
        raise self.unknown_state(status)

    def fetch(self, state: JobState, into: Path) -> None:
        """Files on the provider's own host want the key, those elsewhere must not get it."""
        self._api.download(state.links[0], into, with_key=True)

    def cancel(self, handle: str) -> None:
        """POST to the prediction's cancel address."""
        self._api.post(f"/v1/predictions/{handle}/cancel", {})

    def _begin(self, model: str, inputs: dict[str, Any]) -> Submission:
        path = f"/v1/models/{_model_path(model)}/predictions"
        answer = self._api.post(path, {"input": inputs}, pays=True)
        return Submission(text_field(answer, PROVIDER_ID, "id", pays=True))


class Replicate(_Predictions):
    """Clips by a model that takes `prompt`, `start_image` and `duration`, as most there do."""

    def estimate(self, job: ClipJob) -> Estimate:
        """Guessed: the interface does not say prices."""
        return guessed(CAPABILITIES, job, MICROUSD_PER_SECOND)

    def submit(self, job: ClipJob) -> Submission:
        """POST the input; `Prefer` is left out, so that the answer comes at once."""
        check_job(CAPABILITIES, job)
        inputs: dict[str, Any] = {
            "prompt": job.prompt.text(_PROMPT_CHARS),
            "start_image": data_uri(job.first_frame),
            "duration": sold_duration_s(CAPABILITIES, job),
            "aspect_ratio": job.format.aspect,
            "seed": job.seed,
        }
        if job.last_frame is not None:
            inputs["end_image"] = data_uri(job.last_frame)
        return self._begin(job.model, inputs)


class ReplicateScenes(_Predictions):
    """Pictures by flux-dev: `image` and `prompt` in, a picture of the same shape out."""

    def estimate(self, job: MediaJob) -> Estimate:
        """By flux-dev's price."""
        check_media_job(CAPABILITIES, job, _SCENE_CHARS)
        return Estimate(MICROUSD_PER_PICTURE, PICTURE_TAKES_S, exact=False, confidence="medium")

    def submit(self, job: MediaJob) -> Submission:
        """Upload the picture if it is a large one, which costs nothing, then ask for the new one.

        The provider's own safety check stays on: leaving `disable_safety_checker` out is false.
        """
        check_media_job(CAPABILITIES, job, _SCENE_CHARS)
        inputs: dict[str, Any] = {
            "prompt": job.prompt,
            "image": self._address_of(job.media),
            "num_outputs": 1,
            "output_format": "png",
            "seed": job.seed,
        }
        return self._begin(job.model, inputs)

    def _address_of(self, png: bytes) -> str:
        if len(png) <= MAX_DATA_URI_BYTES:
            return data_uri(png)
        file = ("content", "picture.png", "image/png", png)
        return text_field(self._api.upload("/v1/files", {}, file), PROVIDER_ID, "urls", "get")


def _model_path(model: str) -> str:
    owner, _, name = model.partition("/")
    plain = all(part and part.replace("-", "").replace("_", "").replace(".", "").isalnum()
                for part in (owner, name))  # fmt: skip
    if not plain:
        raise ProviderError("fatal", f"replicate's models are called owner/name, not {model!r}")
    return f"{owner}/{name}"


def _failure(prediction: Any) -> ProviderError:
    words = shown(prediction.get("error") or "no reason given")
    refused = any(word in words.lower() for word in _REFUSED)
    kind: ErrorClass = "content_rejected" if refused else "fatal"
    return ProviderError(kind, f"replicate failed: {words}")
