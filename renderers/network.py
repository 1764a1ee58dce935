"""The network as the renderers see it: a request goes out, an answer comes back.

Nothing here opens a connection; the orchestrator hands in an `Http`
(orchestrator/seams/http_client.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

# An answer that is read into memory: minutes of speech as base64 stay below it.
MAX_ANSWER_BYTES = 64 << 20
DEFAULT_DEADLINE_S = 120


class HttpFailed(Exception):
    """There is no answer: no connection, a broken or endless one, or one that is too large.

    `was_sent` is true when the other side may have received the whole request and acted on it.
    """

    def __init__(self, problem: str, *, was_sent: bool) -> None:
        super().__init__(problem)
        self.was_sent = was_sent


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of a multipart form (RFC 7578); a file when it has a `filename`."""

    name: str
    data: bytes
    filename: str = ""
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request. It has either `content` or a `form`, or neither.

    `deadline_s` is for the whole exchange, however steadily the answer trickles.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    form: tuple[FormPart, ...] = ()
    deadline_s: int = DEFAULT_DEADLINE_S


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer, whatever its status; header names are in lower case.

    `retry_after_s` is what Retry-After asks for in whole seconds (RFC 9110, 10.2.3), None without.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    retry_after_s: int | None = None


class Http(Protocol):
    """Speaks HTTP. Safe for threads."""

    def send(self, request: HttpRequest) -> HttpAnswer:
        """The answer, read whole; redirects are answers like any other.

        Raises HttpFailed.
        """
        ...

    def download(self, request: HttpRequest, into: Path, max_bytes: int) -> HttpAnswer:
        """GET a file of at most `max_bytes` into `into`, following a few redirects.

        Headers that carry credentials go to the host they were meant for and to no other. The body
        of the returned answer is empty on success (status 200), else what the host said; then
        nothing is left at `into`. Raises HttpFailed.
        """
        ...
