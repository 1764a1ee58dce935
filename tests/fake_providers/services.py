"""The services themselves. Each checks what its provider checks: keys, versions, enums, lengths."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fake_providers.server import Answer, Call, Fake, Refused, answer

KEY = "key-of-the-test-0123456789"
PNG = b"\x89PNG\r\n\x1a\n"
Routes = list[tuple[str, str, str, Callable[..., Answer]]]


def bearer(call: Call, word: str = "Bearer") -> None:
    if call.headers.get("authorization") != f"{word} {KEY}":
        raise Refused(401, {"error": "unauthorized"})


def demand(condition: bool, what: str, status: int = 400) -> None:
    if not condition:
        raise Refused(status, {"error": what, "detail": what, "message": what})


def is_png_uri(value: Any) -> bool:
    head = "data:image/png;base64,"
    return (
        isinstance(value, str)
        and value.startswith(head)
        and base64.b64decode(value[len(head) :]).startswith(PNG)
    )


@dataclass
class RunwayFake(Fake):
    uploaded: dict[str, bytes] = field(default_factory=dict)

    def authorise(self, call: Call) -> None:
        if call.step == "store":
            demand("authorization" not in call.headers, "the key does not belong here", 403)
            return
        bearer(call)
        demand(call.headers.get("x-runway-version") == "2024-11-06", "wrong X-Runway-Version")

    def routes(self) -> Routes:
        return [
            ("POST", "/v1/image_to_video", "submit", self.submit),
            ("POST", "/v1/video_to_video", "submit", self.video_to_video),
            ("POST", "/v1/uploads", "upload", self.begin_upload),
            ("POST", "/bucket", "store", self.store),
            ("GET", "/v1/tasks/(.+)", "poll", self.poll),
            ("DELETE", "/v1/tasks/(.+)", "cancel", self.cancel),
        ]

    def submit(self, call: Call) -> Answer:
        body = call.json
        demand(body["model"] in ("gen4.5", "gen4_turbo"), "model")
        sizes = "1280:720 720:1280 1104:832 960:960 832:1104 1584:672"
        demand(body["ratio"] in sizes.split(), "ratio")
        demand(type(body["duration"]) is int and 2 <= body["duration"] <= 10, "duration")
        demand(0 < len(body["promptText"]) <= 1000, "promptText")
        demand(type(body["seed"]) is int and 0 <= body["seed"] <= 4294967295, "seed")
        images = body["promptImage"]
        if isinstance(images, list):
            demand({i["position"] for i in images} <= {"first", "last"}, "position")
            images = images[0]["uri"]
        demand(is_png_uri(images), "promptImage")
        job = self.new_job(body)
        rate = {"gen4.5": 12, "gen4_turbo": 5}[body["model"]]
        return answer(
            200, {"id": job.job_id, "estimatedCost": {"credits": rate * body["duration"]}}
        )

    def begin_upload(self, call: Call) -> Answer:
        body = call.json
        demand(body["type"] == "ephemeral" and body["filename"].endswith(".mp4"), "upload")
        uri = f"runway://upload-{len(self.uploaded) + 1}"
        self.uploaded[uri] = b""
        # The form goes to a host of its own, which must not be told the key.
        address = self.url.replace("127.0.0.1", "localhost") + "/bucket"
        fields = {"key": uri, "policy": "signed"}
        return answer(200, {"uploadUrl": address, "fields": fields, "runwayUri": uri})

    def store(self, call: Call) -> Answer:
        form = call.form
        demand(form["policy"] == b"signed" and form["file"][4:8] == b"ftyp", "form", 403)
        self.uploaded[form["key"].decode()] = form["file"]
        return answer(204, None)

    def video_to_video(self, call: Call) -> Answer:
        body = call.json
        wanted = {"model", "videoUri", "promptText", "ratio", "seed"}
        demand(set(body) == wanted and body["model"] == "gen4_aleph", "model")
        demand(bool(self.uploaded.get(body["videoUri"])), "videoUri")
        demand(0 < len(body["promptText"]) <= 1000, "promptText")
        sizes = "1280:720 720:1280 1104:832 960:960 832:1104 1584:672 848:480 640:480"
        demand(body["ratio"] in sizes.split(), "ratio")
        demand(type(body["seed"]) is int and 0 <= body["seed"] <= 4294967295, "seed")
        return answer(200, {"id": self.new_job(body).job_id})

    def poll(self, _call: Call, job_id: str) -> Answer:
        job = self.look_at(job_id)
        task: dict[str, Any] = {"id": job_id, "createdAt": "2026-11-27T00:00:00Z"}
        cost = {"cost": {"credits": 25}}
        if job.cancelled:
            return answer(200, task | {"status": "CANCELLED"} | cost)
        if job.polls_left > 1:
            return answer(200, task | {"status": "PENDING" if job.polls_left > 2 else "THROTTLED"})
        if job.polls_left == 1:
            return answer(200, task | {"status": "RUNNING", "progress": 0.4})
        if job.outcome == "done":
            return answer(200, task | {"status": "SUCCEEDED", "output": [self.link(job)]} | cost)
        code = {"rejected": "SAFETY.INPUT.TEXT", "transient": "INTERNAL.BAD_OUTPUT.CODE01"}
        failure = {
            "failure": "not this time",
            "failureCode": code.get(job.outcome, "ASSET.INVALID"),
        }
        return answer(200, task | {"status": "FAILED"} | failure | cost)

    def cancel(self, _call: Call, job_id: str) -> Answer:
        self.look_at(job_id).cancelled = True
        return answer(204, None)


@dataclass
class LumaFake(Fake):
    def authorise(self, call: Call) -> None:
        bearer(call)

    def routes(self) -> Routes:
        return [
            ("POST", "/generations", "submit", self.submit),
            ("GET", "/generations/(.+)", "poll", self.poll),
            ("DELETE", "/generations/(.+)", "cancel", self.cancel),
        ]

    def submit(self, call: Call) -> Answer:
        body = call.json
        video = body["video"]
        demand(body["model"] == "ray-3.2" and body["type"] == "video", "model", 422)
        demand(body["aspect_ratio"] in ("16:9", "9:16", "1:1"), "aspect_ratio", 422)
        demand(video["duration"] in ("5s", "10s"), "duration", 422)
        demand(video["resolution"] in ("360p", "540p", "720p", "1080p"), "resolution", 422)
        demand(is_png_uri(video["start_frame"]["url"]), "start_frame", 422)
        demand(bool(body["prompt"]), "prompt", 422)
        return answer(201, {"id": self.new_job(body).job_id, "state": "queued"})

    def poll(self, _call: Call, job_id: str) -> Answer:
        job = self.look_at(job_id)
        said: dict[str, Any] = {"id": job_id}
        if job.polls_left:
            return answer(200, said | {"state": "queued" if job.polls_left > 1 else "processing"})
        if job.outcome == "done":
            files = [{"type": "image", "url": "x"}, {"type": "video", "url": self.link(job)}]
            return answer(200, said | {"state": "completed", "output": files})
        code = "moderation_failed" if job.outcome == "rejected" else "internal"
        return answer(200, said | {"state": "failed", "failure_code": code})

    def cancel(self, _call: Call, job_id: str) -> Answer:
        self.look_at(job_id).cancelled = True
        return answer(204, None)


@dataclass
class KlingFake(Fake):
    def authorise(self, call: Call) -> None:
        word, _, token = call.headers.get("authorization", "").partition(" ")
        try:
            signed, _, signature = token.rpartition(".")
            head, claims = (json.loads(_unbase64url(part)) for part in signed.split("."))
            wanted = hmac.new(KEY.encode(), signed.encode(), hashlib.sha256).digest()
            good = hmac.compare_digest(_unbase64url(signature), wanted) and word == "Bearer"
        except ValueError:
            good = False
        if not good:
            raise Refused(401, {"code": 1000, "message": "signature"})
        now = time.time()
        demand(head == {"alg": "HS256", "typ": "JWT"} and claims["iss"] == "access", "claims", 401)
        demand(claims["nbf"] <= now <= claims["exp"] <= now + 1801, "times", 401)

    def routes(self) -> Routes:
        path = "/v1/videos/image2video"
        return [("POST", path, "submit", self.submit), ("GET", path + "/(.+)", "poll", self.poll)]

    def submit(self, call: Call) -> Answer:
        body = call.json
        demand(body["mode"] in ("std", "pro"), "mode")
        demand(body["duration"] in ("5", "10"), "duration is a text")
        demand(base64.b64decode(body["image"], validate=True).startswith(PNG), "image")
        demand(0 < len(body["prompt"]) <= 2500, "prompt")
        name = body["external_task_id"]
        known = [job for job in self.jobs.values() if job.request["external_task_id"] == name]
        job = known[0] if known else self.new_job(body)
        data = {"task_id": job.job_id, "task_status": "submitted"}
        return answer(200, {"code": 0, "message": "SUCCEED", "data": data})

    def poll(self, _call: Call, job_id: str) -> Answer:
        job = self.look_at(job_id)
        data: dict[str, Any] = {"task_id": job_id}
        if job.polls_left:
            data["task_status"] = "submitted" if job.polls_left > 1 else "processing"
        elif job.outcome == "done":
            video = {"id": "v", "url": self.link(job), "duration": "5.1"}
            data |= {"task_status": "succeed", "task_result": {"videos": [video]}}
        else:
            words = "risk control refused it" if job.outcome == "rejected" else "it broke"
            data |= {"task_status": "failed", "task_status_msg": words}
        return answer(200, {"code": 0, "message": "SUCCEED", "data": data})


def _unbase64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class FalFake(Fake):
    def authorise(self, call: Call) -> None:
        bearer(call, "Key")

    def routes(self) -> Routes:
        return [
            ("POST", "/fal-ai/pika/v2.2/image-to-video", "submit", self.submit),
            ("GET", "/q/(.+)/status", "poll", self.poll),
            ("GET", "/q/(.+)/answer", "result", self.result),
            ("PUT", "/q/(.+)/stop", "cancel", self.cancel),
        ]

    def submit(self, call: Call) -> Answer:
        body = call.json
        demand(is_png_uri(body["image_url"]), "image_url", 422)
        demand(body["resolution"] in ("720p", "1080p"), "resolution", 422)
        demand(body["duration"] in (5, 10), "duration", 422)
        job = self.new_job(body)
        base = f"{self.url}/q/{job.job_id}"
        urls = {"status_url": "/status", "response_url": "/answer", "cancel_url": "/stop"}
        return answer(
            200, {"request_id": job.job_id} | {name: base + end for name, end in urls.items()}
        )

    def poll(self, _call: Call, job_id: str) -> Answer:
        job = self.look_at(job_id)
        if job.polls_left:
            return answer(202, {"status": "IN_QUEUE" if job.polls_left > 1 else "IN_PROGRESS"})
        if job.outcome == "failed":
            return answer(200, {"status": "COMPLETED", "error": "the runner broke"})
        return answer(200, {"status": "COMPLETED"})

    def result(self, _call: Call, job_id: str) -> Answer:
        job = self.jobs[job_id]
        if job.outcome == "rejected":
            detail = [{"type": "content_policy_violation", "msg": "refused"}]
            return answer(422, {"detail": detail})
        return answer(200, {"video": {"url": self.link(job), "content_type": "video/mp4"}})

    def cancel(self, _call: Call, job_id: str) -> Answer:
        if self.jobs[job_id].polls_left == 0:
            return answer(400, {"status": "ALREADY_COMPLETED"})
        self.jobs[job_id].cancelled = True
        return answer(202, {"status": "CANCELLATION_REQUESTED"})


@dataclass
class ReplicateFake(Fake):
    """`outcomes` are those of the coming jobs, one each, before `outcome` counts again."""

    outcomes: list[str] = field(default_factory=list)
    uploaded: dict[str, bytes] = field(default_factory=dict)

    def authorise(self, call: Call) -> None:
        bearer(call)

    def routes(self) -> Routes:
        return [
            ("POST", "/v1/models/kwaivgi/(kling-v1.6-[a-z]+)/predictions", "submit", self.submit),
            ("POST", "/v1/models/black-forest-labs/flux-dev/predictions", "submit", self.flux),
            ("POST", "/v1/files", "upload", self.upload),
            ("GET", "/v1/predictions/([^/]+)", "poll", self.poll),
            ("POST", "/v1/predictions/([^/]+)/cancel", "cancel", self.cancel),
        ]

    def submit(self, call: Call, _model: str) -> Answer:
        inputs = call.json["input"]
        if not is_png_uri(inputs["start_image"]) or inputs["duration"] not in (5, 10):
            problem = {"type": "about:blank", "title": "Input validation failed", "status": 422}
            raise Refused(422, problem | {"detail": "input.start_image or input.duration"})
        return answer(201, {"id": self.new_job(inputs).job_id, "status": "starting"})

    def upload(self, call: Call) -> Answer:
        address = f"{self.url}/v1/files/file-{len(self.uploaded) + 1}"
        self.uploaded[address] = call.form["content"]
        return answer(201, {"id": "file", "urls": {"get": address}})

    def flux(self, call: Call) -> Answer:
        inputs = call.json["input"]
        known = {"prompt", "image", "num_outputs", "output_format", "seed"}
        image = inputs.get("image")
        shown = is_png_uri(image) or self.uploaded.get(image, b"").startswith(PNG)
        small = shown and len(image) < 350_000
        good = set(inputs) == known and type(inputs["seed"]) is int and bool(inputs["prompt"])
        if not (good and small) or (inputs["num_outputs"], inputs["output_format"]) != (1, "png"):
            problem = {"title": "Input validation failed", "status": 422}
            raise Refused(422, problem | {"detail": "input"})
        job = self.new_job(inputs)
        if self.outcomes:
            job.outcome = self.outcomes.pop(0)
        return answer(201, {"id": job.job_id, "status": "starting", "urls": {}})

    def poll(self, _call: Call, job_id: str) -> Answer:
        job = self.look_at(job_id)
        said: dict[str, Any] = {"id": job_id, "output": None, "error": None}
        if job.cancelled:
            return answer(200, said | {"status": "canceled"})
        if job.polls_left:
            return answer(
                200, said | {"status": "starting" if job.polls_left > 1 else "processing"}
            )
        if job.outcome == "done":
            link: str | list[str] = self.link(job)
            made = [link] if "num_outputs" in job.request else link
            return answer(200, said | {"status": "succeeded", "output": made})
        words = "NSFW content detected" if job.outcome == "rejected" else "out of memory"
        return answer(200, said | {"status": "failed", "error": words})

    def cancel(self, _call: Call, job_id: str) -> Answer:
        self.look_at(job_id).cancelled = True
        return answer(200, {"id": job_id, "status": "canceled"})


@dataclass
class LeonardoFake(Fake):
    uploaded: int = 0

    def authorise(self, call: Call) -> None:
        if call.step != "store":
            bearer(call)

    def routes(self) -> Routes:
        return [
            ("POST", "/init-image", "upload", self.init_image),
            ("POST", "/store", "store", self.store),
            ("POST", "/generations-image-to-video", "submit", self.submit),
            ("GET", "/generations/(.+)", "poll", self.poll),
            ("DELETE", "/generations/(.+)", "cancel", self.cancel),
        ]

    def init_image(self, call: Call) -> Answer:
        demand(call.json["extension"] in ("png", "jpg", "jpeg", "webp"), "extension")
        upload = {"id": f"image-{self.uploaded + 1}", "url": self.url + "/store", "key": "k"}
        fields = json.dumps({"Content-Type": "image/png", "policy": "signed"})
        return answer(200, {"uploadInitImage": upload | {"fields": fields}})

    def store(self, call: Call) -> Answer:
        form = call.form
        demand(form["policy"] == b"signed" and form["file"].startswith(PNG), "form", 403)
        self.uploaded += 1
        return answer(204, None)

    def submit(self, call: Call) -> Answer:
        body = call.json
        demand(body["imageType"] in ("GENERATED", "UPLOADED"), "imageType")
        demand(body["imageId"] == f"image-{self.uploaded}", "imageId")
        demand(re.fullmatch("RESOLUTION_(480|720)", body["resolution"]) is not None, "resolution")
        demand(body["isPublic"] is False, "isPublic")
        job = self.new_job(body)
        made = {"generationId": job.job_id, "cost": {"amount": "0.43", "unit": "DOLLARS"}}
        return answer(200, {"motionVideoGenerationJob": made})

    def poll(self, _call: Call, job_id: str) -> Answer:
        job = self.look_at(job_id)
        said: dict[str, Any] = {"status": "PENDING", "generated_images": []}
        if not job.polls_left:
            if job.outcome == "done":
                images = [{"motionMP4URL": self.link(job)}]
                said = {"status": "COMPLETE", "generated_images": images}
            else:
                said["status"] = "FAILED"
        return answer(200, {"generations_by_pk": said})

    def cancel(self, _call: Call, job_id: str) -> Answer:
        self.look_at(job_id).cancelled = True
        return answer(200, {"delete_generations_by_pk": {"id": job_id}})


WORKFLOW = {
    "1": {"class_type": "LoadImage", "inputs": {"image": "{{first_frame}}"}},
    "2": {"class_type": "Sampler", "inputs": {"seed": "{{seed}}", "text": "film of {{prompt}}"}},
    "3": {"class_type": "SaveVideo", "inputs": {"frames": "{{frames}}", "from": ["2", 0]}},
}


@dataclass
class ComfyFake(Fake):
    def routes(self) -> Routes:
        return [
            ("POST", "/upload/image", "upload", self.upload),
            ("POST", "/prompt", "submit", self.submit),
            ("GET", "/history/(.+)", "poll", self.history),
            ("GET", "/queue", "queue", self.queue),
            ("GET", "/view", "fetch", self.view),
            ("POST", "/queue", "cancel", self.cancel),
            ("POST", "/interrupt", "interrupt", lambda _call: answer(200, None)),
        ]

    def upload(self, call: Call) -> Answer:
        demand(call.form["image"].startswith(PNG), "image")
        name = re.search(rb'filename="([^"]+)"', call.body)
        return answer(200, {"name": name[1].decode(), "subfolder": "", "type": "input"})

    def submit(self, call: Call) -> Answer:
        body = call.json
        nodes = body["prompt"]
        if "{{" in json.dumps(nodes) or type(nodes["2"]["inputs"]["seed"]) is not int:
            raise Refused(400, {"error": {"message": "invalid"}, "node_errors": {"2": "seed"}})
        job = self.new_job(body, body["prompt_id"])
        return answer(200, {"prompt_id": job.job_id, "number": 1, "node_errors": {}})

    def history(self, _call: Call, job_id: str) -> Answer:
        job = self.jobs.get(job_id)
        if job is None or job.cancelled or self.look_at(job_id).polls_left:
            return answer(200, {})
        if job.outcome != "done":
            status = {"status_str": "error", "messages": [["execution_error", {}]]}
            return answer(200, {job_id: {"status": status, "outputs": {}}})
        saved = {"filename": f"{job_id}.mp4", "subfolder": "video", "type": "output"}
        outputs = {"3": {"images": [saved], "animated": [True]}}
        return answer(200, {job_id: {"status": {"status_str": "success"}, "outputs": outputs}})

    def queue(self, _call: Call) -> Answer:
        waiting = [
            [0, job.job_id, {}, {}, []]
            for job in self.jobs.values()
            if job.polls_left and not job.cancelled
        ]
        return answer(200, {"queue_running": waiting[:1], "queue_pending": waiting[1:]})

    def view(self, call: Call) -> Answer:
        demand(call.query["type"] == ["output"] and call.query["subfolder"] == ["video"], "view")
        return self.give_file(call, call.query["filename"][0].removesuffix(".mp4"))

    def cancel(self, call: Call) -> Answer:
        for job_id in call.json["delete"]:
            self.jobs[job_id].cancelled = True
        return answer(200, None)
