"""ComfyUI: a server of the writer's own that runs a workflow; nothing is paid.

The workflow is a file of the show, exported in ComfyUI's API format, in which some inputs hold the
names in `PLACES`; they are filled in for each shot.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from renderers.providers.contract import (
    Capabilities,
    ClipJob,
    Estimate,
    JobState,
    ProviderError,
    Submission,
)
from renderers.providers.hosted import Hosted
from renderers.providers.job_checks import check_job
from renderers.providers.wire import Api, field, shown, text_field

PROVIDER_ID = "comfyui"
BASE_URL = "http://127.0.0.1:8188"
LONGEST_S = 60
PLACES = (
    "{{prompt}}",
    "{{first_frame}}",
    "{{last_frame}}",
    "{{width}}",
    "{{height}}",
    "{{frames}}",
    "{{fps}}",
    "{{seed}}",
)
_PROMPT_CHARS = 2000
_CLIPS = (".mp4", ".mov", ".webm", ".mkv")
# Where the nodes that save films put what they saved, in ComfyUI's own and the usual video nodes.
_OUTPUTS = ("videos", "gifs", "images")
_NAMESPACE = uuid.UUID("6f2d7a3e-30c8-5a0e-9c53-0b6d8f1f6a11")

CAPABILITIES = Capabilities(
    provider_id=PROVIDER_ID,
    max_clip_duration_s=LONGEST_S,
    frame_rates=(),
    max_resolution="3840x2160",
    text_to_video=True,
    dedups_submits=True,
    cancels=True,
    vram_mib=12_288,
)


class ComfyUI(Hosted):
    """Clips by a workflow on a local server, whose `prompt_id` we choose ourselves."""

    capabilities = CAPABILITIES

    def __init__(self, api: Api, workflow: Mapping[str, Any]) -> None:
        super().__init__(api)
        self._workflow = workflow

    def estimate(self, job: ClipJob) -> Estimate:
        """Nothing is paid for one's own machine."""
        check_job(CAPABILITIES, job)
        return Estimate(0, job.seconds_needed(), exact=True, confidence="high")

    def submit(self, job: ClipJob) -> Submission:
        """Upload the frames, then queue the workflow under an id made from the client token."""
        check_job(CAPABILITIES, job)
        prompt_id = str(uuid.uuid5(_NAMESPACE, job.client_token))
        if self._known(prompt_id):
            return Submission(prompt_id, 0)
        values: dict[str, Any] = {
            "{{prompt}}": job.prompt.text(_PROMPT_CHARS),
            "{{first_frame}}": self._upload(f"{prompt_id}-first.png", job.first_frame),
            "{{width}}": job.format.width,
            "{{height}}": job.format.height,
            "{{frames}}": job.duration_frames,
            "{{fps}}": job.format.fps.num // job.format.fps.den,
            "{{seed}}": job.seed,
        }
        if job.last_frame is not None:
            values["{{last_frame}}"] = self._upload(f"{prompt_id}-last.png", job.last_frame)
        body = {
            "prompt": filled(self._workflow, values),
            "client_id": "showrunner",
            "prompt_id": prompt_id,
        }
        answer = self._api.post("/prompt", body, pays=True)
        if answer.get("node_errors"):
            raise ProviderError(
                "fatal", f"comfyui refused the workflow: {shown(answer['node_errors'])}"
            )
        return Submission(text_field(answer, PROVIDER_ID, "prompt_id", pays=True), 0)

    def poll(self, handle: str) -> JobState:
        """The history holds a job once it is over; before that the queue does."""
        history = self._api.get(f"/history/{handle}")
        entry = history.get(handle) if isinstance(history, dict) else None
        if entry is None:
            return self._queued(handle)
        status = entry.get("status") or {}
        if status.get("status_str") == "error":
            words = shown(status.get("messages") or "no reason given")
            return JobState(
                "failed", error=ProviderError("fatal", f"comfyui failed: {words}"), cost_microusd=0
            )
        link = _link(entry.get("outputs"))
        if link is None:
            problem = "comfyui's workflow saved no film: end it with a node that saves one"
            return JobState("failed", error=ProviderError("fatal", problem), cost_microusd=0)
        return JobState("done", 1000, (link,), 0)

    def cancel(self, handle: str) -> None:
        """Taken out of the queue, or interrupted when it runs."""
        self._api.post("/queue", {"delete": [handle]})
        self._api.post("/interrupt", {"prompt_id": handle})

    def _known(self, prompt_id: str) -> bool:
        history = self._api.get(f"/history/{prompt_id}")
        return bool(history) or self._in_queue(prompt_id) is not None

    def _queued(self, handle: str) -> JobState:
        phase = self._in_queue(handle)
        if phase is None:
            raise ProviderError(
                "fatal", "comfyui does not know the job any more; it was restarted or cleared"
            )
        return JobState("running" if phase == "queue_running" else "waiting", retry_soonest_s=1)

    def _in_queue(self, handle: str) -> str | None:
        queue = self._api.get("/queue")
        for phase in ("queue_running", "queue_pending"):
            for item in field(queue, PROVIDER_ID, phase):
                if isinstance(item, list) and handle in item[:2]:
                    return phase
        return None

    def _upload(self, name: str, png: bytes) -> str:
        answer = self._api.upload(
            "/upload/image", {"overwrite": "true"}, ("image", name, "image/png", png)
        )
        return text_field(answer, PROVIDER_ID, "name")


def filled(value: Any, values: Mapping[str, Any]) -> Any:
    """The workflow with each of `PLACES` replaced by its value.

    An input that is nothing but a place takes the value with its type; a place inside a longer
    text becomes text. Raises ProviderError `fatal` for a place that has no value for this shot.
    """
    if isinstance(value, Mapping):
        return {name: filled(inner, values) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, values) for inner in value]
    if not isinstance(value, str):
        return value
    for place in PLACES:
        if place in value and place not in values:
            raise ProviderError("fatal", f"the workflow asks for {place}, which this shot has not")
        if value == place:
            return values[place]
        if place in value:
            value = value.replace(place, str(values[place]))
    return value


def _link(outputs: Any) -> str | None:
    for node in sorted(outputs) if isinstance(outputs, dict) else ():
        for kind in _OUTPUTS:
            for saved in outputs[node].get(kind) or ():
                name = str(saved.get("filename") or "")
                if name.lower().endswith(_CLIPS):
                    where = {"filename": name, "subfolder": str(saved.get("subfolder") or "")}
                    where["type"] = str(saved.get("type") or "output")
                    return "/view?" + urlencode(where)
    return None


def workflow_of(text: str, where: str) -> Mapping[str, Any]:
    """A workflow from its JSON. Raises ProviderError `fatal` for one that cannot be sent."""
    try:
        workflow = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProviderError("fatal", f"{where} is not JSON: {error}") from None
    nodes = workflow.values() if isinstance(workflow, dict) else ()
    if not nodes or not all(isinstance(n, dict) and "class_type" in n for n in nodes):
        raise ProviderError(
            "fatal", f"{where} is no workflow in API format; export it with Export (API)"
        )
    return workflow  # type: ignore[no-any-return]
