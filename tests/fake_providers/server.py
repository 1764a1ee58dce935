"""What all stand-ins share: a server on this machine, jobs that take a while, faults on demand."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, dict[str, str], bytes]


class Refused(Exception):
    """An answer that is not a success."""

    def __init__(self, status: int, body: Any, **headers: str) -> None:
        super().__init__(status)
        self.answer = answer(status, body, **{n.replace("_", "-"): v for n, v in headers.items()})


def answer(status: int, body: Any, **headers: str) -> Answer:
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return status, {"Content-Type": "application/json", **headers}, data


@dataclass
class Fault:
    """What goes wrong at a step: before the service does its work (`refuse`), or after it.

    `drop` does the work and closes the connection without an answer; `cut` sends half of it;
    `rubbish` answers something that is no JSON; `hang` says nothing for as long as the test lasts.
    """

    step: str
    kind: str = "refuse"
    answer: Answer = (503, {}, b'{"error": "busy"}')


@dataclass
class Call:
    """A request as it arrived."""

    step: str
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        if self.headers.get("content-type", "").split(";")[0] != "application/json":
            raise Refused(415, {"error": "send application/json"})
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, bytes]:
        head = f"Content-Type: {self.headers.get('content-type', '')}\r\n\r\n".encode()
        message = BytesParser().parsebytes(head + self.body)
        return {
            str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
            for part in message.get_payload()
        }


@dataclass
class Job:
    """A job the service has taken. It is over after `polls_left` more looks."""

    job_id: str
    request: Any
    polls_left: int
    outcome: str = "done"
    cancelled: bool = False
    links_left: int = 10**6


@dataclass
class Fake:
    """One service. `routes` are (method, path pattern, step, what answers)."""

    clip: bytes
    polls: int = 2
    outcome: str = "done"
    jobs: dict[str, Job] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    url: str = ""
    links_expire_after: int = 10**6
    guard: threading.RLock = field(default_factory=threading.RLock)
    over: threading.Event = field(default_factory=threading.Event)

    def routes(self) -> list[tuple[str, str, str, Callable[..., Answer]]]:
        raise NotImplementedError

    def authorise(self, call: Call) -> None:
        """Refuse whoever does not say the right key."""

    def new_job(self, request: Any, job_id: str = "") -> Job:
        name = job_id or f"job-{len(self.jobs) + 1}"
        job = Job(name, request, self.polls, self.outcome, links_left=self.links_expire_after)
        self.jobs[name] = job
        return job

    def look_at(self, job_id: str) -> Job:
        """The job, one look nearer to its end."""
        job = self.jobs.get(job_id)
        if job is None:
            raise Refused(404, {"error": "no such job"})
        job.polls_left = max(job.polls_left - 1, 0)
        return job

    def link(self, job: Job) -> str:
        """An address of the clip, good for as long as the fake is told."""
        return f"{self.url}/files/{job.job_id}.mp4"

    def give_file(self, call: Call, job_id: str) -> Answer:
        job = self.jobs[job_id]
        if job.links_left <= 0:
            job.links_left = 10**6
            return 403, {}, b"expired"
        job.links_left -= 1
        return 200, {"Content-Type": "video/mp4"}, self.clip

    def steps(self, step: str) -> list[Call]:
        return [call for call in self.calls if call.step == step]

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Any:
        parts = urlsplit(target)
        every = [*self.routes(), ("GET", r"/files/(.+)\.mp4", "fetch", self.give_file)]
        for verb, pattern, step, act in every:
            match = re.fullmatch(pattern, parts.path)
            if verb != method or match is None:
                continue
            call = Call(step, method, parts.path, parse_qs(parts.query), headers, body)
            with self.guard:
                self.calls.append(call)
                fault = next((f for f in self.faults if f.step == step), None)
                if fault is not None:
                    self.faults.remove(fault)
                    if fault.kind == "refuse":
                        return fault.answer, "refuse"
                try:
                    if step != "fetch":
                        self.authorise(call)
                    said = act(call, *match.groups())
                except Refused as refused:
                    said = refused.answer
                return said, fault.kind if fault else ""
        return answer(404, {"error": f"no route {method} {parts.path}"}), ""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        fake: Fake = self.server.fake
        (status, more, data), fault = fake.handle(
            self.command, self.path, headers, self.rfile.read(length)
        )
        if fault == "hang":
            fake.over.wait(60)
        if fault in ("drop", "hang"):
            self.close_connection = True
            return
        if fault == "rubbish":
            data = b"<html>all is well</html>"
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if fault == "cut" else data)
        if fault == "cut":
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815  the names that http.server calls

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(fake: Fake) -> Iterator[Fake]:
    """The fake at `fake.url` until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.fake = fake
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.over.set()
        server.shutdown()
        server.server_close()


def clip_bytes(path: Path) -> bytes:
    return path.read_bytes()
