"""Replicate: predictions of a named model, at `/v1/models/{owner}/{name}/predictions`."""

from __future__ import annotations

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
    sold_duration_s,
)
from renderers.providers.wire import Api, data_uri, field, shown, text_field

PROVIDER_ID = "replicate"
BASE_URL = "https://api.replicate.com"
# A guess: Replicate bills most video models by the second of clip, each at its own price.
MICROUSD_PER_SECOND = 100_000

CAPABILITIES = Capabilities(
    provider_id=PROVIDER_ID,
    max_clip_duration_s=10,
    aspect_ratios=("16:9", "9:16", "1:1"),
    frame_rates=(24, 30),
    max_resolution="1280x720",
    durations_s=(5, 10),
    cancels=True,
)
_PROMPT_CHARS = 2000
_REFUSED = ("nsfw", "safety", "sensitive", "flagged", "moderation")


class Replicate:
    """Clips by a model that takes `prompt`, `start_image` and `duration`, as most there do."""

    capabilities = CAPABILITIES

    def __init__(self, api: Api) -> None:
        self._api = api

    def estimate(self, job: ClipJob) -> Estimate:
        """Guessed: the interface does not say prices."""
        check_job(CAPABILITIES, job)
        seconds = sold_duration_s(CAPABILITIES, job)
        return Estimate(seconds * MICROUSD_PER_SECOND, seconds, exact=False, confidence="low")

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
        path = f"/v1/models/{_model_path(job.model)}/predictions"
        answer = self._api.post(path, {"input": inputs}, pays=True)
        return Submission(text_field(answer, PROVIDER_ID, "id", pays=True))

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
        raise ProviderError("transient", f"replicate answered the unknown state {shown(status)}")

    def fetch(self, state: JobState, into: Path) -> None:
        """Files on the provider's own host want the key, those elsewhere must not get it."""
        self._api.download(state.links[0], into, with_key=True)

    def cancel(self, handle: str) -> None:
        """POST to the prediction's cancel address."""
        self._api.post(f"/v1/predictions/{handle}/cancel", {})


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
