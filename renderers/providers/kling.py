"""Kling: image to video at `/v1/videos/image2video`, each request signed with a short-lived JWT."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
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
from renderers.providers.wire import field, shown, text_field

PROVIDER_ID = "kling"
BASE_URL = "https://api-singapore.klingai.com"
PATH = "/v1/videos/image2video"
PROMPT_CHARS = 2500
MODE = {"low": "std", "standard": "std", "high": "pro"}
# A guess to be seen as one; Kling sells units whose price depends on the account.
MICROUSD_PER_SECOND = {"std": 42_000, "pro": 74_000}
TOKEN_LIVES_S, TOKEN_BEGINS_EARLIER_S = 1800, 5
# Of the codes in a 429 answer: the account's own limits, which waiting does not mend.
_ACCOUNT = frozenset({1100, 1101, 1102})
_CONTENT = frozenset({1301})

CAPABILITIES = Capabilities(
    provider_id=PROVIDER_ID,
    max_clip_duration_s=10,
    frame_rates=(24, 30),
    max_resolution="1920x1080",
    durations_s=(5, 10),
    dedups_submits=True,
)


class Kling(Hosted):
    """Clips by Kling's models; `external_task_id` makes a second submit the first one's job."""

    capabilities = CAPABILITIES

    def estimate(self, job: ClipJob) -> Estimate:
        """Guessed: the price of a unit is the account's own."""
        return guessed(CAPABILITIES, job, MICROUSD_PER_SECOND[MODE[job.quality]])

    def submit(self, job: ClipJob) -> Submission:
        """POST the picture as bare base64, the length as a text, and our own name for the task."""
        check_job(CAPABILITIES, job)
        body = {
            "model_name": job.model,
            "image": base64.b64encode(job.first_frame).decode("ascii"),
            "prompt": job.prompt.text(PROMPT_CHARS),
            "mode": MODE[job.quality],
            "duration": str(sold_duration_s(CAPABILITIES, job)),
            "external_task_id": job.client_token,
        }
        if job.last_frame is not None:
            body["image_tail"] = base64.b64encode(job.last_frame).decode("ascii")
        data = _data(self._api.post(PATH, body, pays=True), pays=True)
        return Submission(text_field(data, PROVIDER_ID, "task_id", pays=True))

    def poll(self, handle: str) -> JobState:
        """submitted, processing, succeed or failed."""
        data = _data(self._api.get(f"{PATH}/{handle}"), pays=False)
        status = text_field(data, PROVIDER_ID, "task_status")
        if status == "submitted":
            return JobState("waiting")
        if status == "processing":
            return JobState("running")
        if status == "succeed":
            videos = field(data, PROVIDER_ID, "task_result", "videos")
            return JobState("done", 1000, (text_field(videos, PROVIDER_ID, 0, "url"),))
        if status == "failed":
            words = shown(data.get("task_status_msg") or "no reason given")
            risk = "risk" in words.lower() or "policy" in words.lower()
            kind: ErrorClass = "content_rejected" if risk else "fatal"
            return JobState("failed", error=ProviderError(kind, f"kling failed: {words}"))
        raise self.unknown_state(status)

    def cancel(self, handle: str) -> None:
        """Kling has no way to stop a task."""


def classify(status: int, body: Any) -> ErrorClass | None:
    """Kling's own codes: the account's limits are no reason to wait, a refused text is final."""
    code = body.get("code") if isinstance(body, dict) else None
    if code in _CONTENT:
        return "content_rejected"
    if status == 429 and code in _ACCOUNT:
        return "fatal"
    return None


def signed_headers(
    access_key: str, secret_key: str, unix_time_s: Callable[[], int]
) -> Callable[[], Mapping[str, str]]:
    """The Authorization header, signed anew for each request.

    A JSON Web Token (RFC 7519) by HMAC-SHA-256: good from five seconds ago for half an hour.
    """

    def headers() -> Mapping[str, str]:
        now = unix_time_s()
        claims = {
            "iss": access_key,
            "exp": now + TOKEN_LIVES_S,
            "nbf": now - TOKEN_BEGINS_EARLIER_S,
        }
        signed = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
        digest = hmac.new(secret_key.encode(), signed.encode(), hashlib.sha256).digest()
        return {"Authorization": f"Bearer {signed}.{_base64url(digest)}"}

    return headers


def _part(value: Mapping[str, Any]) -> str:
    return _base64url(json.dumps(value, separators=(",", ":")).encode())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _data(answer: Any, *, pays: bool) -> Any:
    code = field(answer, PROVIDER_ID, "code", pays=pays)
    if code != 0:
        raise ProviderError(
            classify(200, answer) or "fatal", f"kling answered code {code}: {shown(answer)}"
        )
    return field(answer, PROVIDER_ID, "data", pays=pays)
