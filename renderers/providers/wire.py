"""Calling a provider's HTTP interface, and what its answers mean.

Every provider is spoken to through `Api`: it knows the base address and the headers that say who
we are, sends JSON, reads JSON, and turns whatever goes wrong into a ProviderError of the right
class. What is particular to one provider stays in that provider's file.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renderers.network import FormPart, Http, HttpAnswer, HttpFailed, HttpRequest
from renderers.providers.contract import ErrorClass, ProviderError

# The clip of one shot; longer or finer ones than any provider sells stay below it.
MAX_CLIP_BYTES = 512 * 1024 * 1024
_MAX_SHOWN_CHARS = 300
_TRANSIENT = frozenset({408, 425, 500, 502, 503, 504})
_GONE = frozenset({403, 404, 410})

Headers = Callable[[], Mapping[str, str]]
Classify = Callable[[int, Any], ErrorClass | None]


def by_status(_status: int, _body: Any) -> ErrorClass | None:
    """The `Classify` of a provider whose status codes say all there is to say."""
    return None


@dataclass(frozen=True, slots=True)
class Api:
    """A provider's interface at `base_url`.

    `headers` are made for each request (some sign with the time); `classify` may give an answer
    another class than its status code has by default, from the status and the JSON body.
    """

    provider_id: str
    base_url: str
    headers: Headers
    http: Http
    classify: Classify = by_status

    def post(self, path: str, body: Mapping[str, Any], *, pays: bool = False) -> Any:
        """POST a JSON body, and the JSON answer. `pays` marks a request that may buy something."""
        return self._call("POST", path, body, pays=pays)

    def get(self, path: str) -> Any:
        """GET, and the JSON answer."""
        return self._call("GET", path, None, pays=False)

    def delete(self, path: str) -> Any:
        """DELETE, and the JSON answer, None when there is none."""
        return self._call("DELETE", path, None, pays=False)

    def put(self, path: str, body: Mapping[str, Any]) -> Any:
        """PUT a JSON body, and the JSON answer."""
        return self._call("PUT", path, body, pays=False)

    def upload(
        self, path: str, fields: Mapping[str, str], file: tuple[str, str, str, bytes]
    ) -> Any:
        """POST a form with one file (its field, name, media type and bytes), and the JSON answer.

        Our credentials go along only to the provider itself.
        """
        parts = [FormPart(name, value.encode()) for name, value in fields.items()]
        field_name, filename, content_type, data = file
        parts.append(FormPart(field_name, data, filename, content_type))
        headers = dict(self.headers()) if self._is_ours(path) else {}
        request = HttpRequest("POST", self.address(path), headers, form=tuple(parts))
        return self._answered(request, pays=False)

    def download(self, link: str, into: Path, *, with_key: bool = False) -> None:
        """The file behind `link`; `with_key` when the provider's own host wants our credentials.

        A link that is no longer valid is `transient`: the job is asked again for a new one.
        """
        headers = dict(self.headers()) if with_key and self._is_ours(link) else {}
        try:
            answer = self.http.download(
                HttpRequest("GET", self.address(link), headers), into, MAX_CLIP_BYTES
            )
        except HttpFailed as failure:
            raise ProviderError("transient", f"{self.provider_id}: {failure}") from None
        if answer.status in _GONE:
            raise ProviderError("transient", f"{self.provider_id}: the link to the clip expired")
        self._require_success(answer, pays=False)

    def address(self, path: str) -> str:
        """`path` below the base address; an address of its own stays as it is."""
        return path if "://" in path else self.base_url.rstrip("/") + path

    def _is_ours(self, path: str) -> bool:
        return self.address(path).startswith(self.base_url.rstrip("/") + "/")

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None, *, pays: bool) -> Any:
        content = None if body is None else json.dumps(body, sort_keys=True).encode()
        headers = {"Accept": "application/json", **self.headers()}
        if content is not None:
            headers["Content-Type"] = "application/json"
        return self._answered(HttpRequest(method, self.address(path), headers, content), pays=pays)

    def _answered(self, request: HttpRequest, *, pays: bool) -> Any:
        try:
            answer = self.http.send(request)
        except HttpFailed as failure:
            raise ProviderError(
                "transient",
                f"{self.provider_id}: {failure}",
                maybe_accepted=pays and failure.was_sent,
            ) from None
        self._require_success(answer, pays=pays)
        return _json_of(answer, self.provider_id, pays=pays)

    def _require_success(self, answer: HttpAnswer, *, pays: bool) -> None:
        if answer.status < 300:
            return
        body = _body_of(answer)
        kind = self.classify(answer.status, body) or _class_of(answer.status)
        raise ProviderError(
            kind,
            f"{self.provider_id} answered {answer.status}: {shown(body)}",
            retry_after_s=answer.retry_after_s,
            # A gateway that gave up waiting says nothing about what happened behind it.
            maybe_accepted=pays and answer.status in {500, 502, 504},
        )


def _class_of(status: int) -> ErrorClass:
    if status == 429:
        return "rate_limit"
    return "transient" if status in _TRANSIENT else "fatal"


def _body_of(answer: HttpAnswer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return answer.body.decode("utf-8", "replace")


def _json_of(answer: HttpAnswer, provider_id: str, *, pays: bool) -> Any:
    if not answer.body.strip():
        return None
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        raise ProviderError(
            "transient",
            f"{provider_id} answered {answer.status} with something that is not JSON",
            maybe_accepted=pays,
        ) from None


def shown(body: Any) -> str:
    """The provider's own words, short enough for a message."""
    if isinstance(body, dict):
        for name in ("detail", "message", "error", "title", "failure", "error_message"):
            inner = body.get(name)
            if inner:
                return shown(inner)
    text = body if isinstance(body, str) else json.dumps(body, sort_keys=True)
    text = " ".join(text.split())
    return text if len(text) <= _MAX_SHOWN_CHARS else text[: _MAX_SHOWN_CHARS - 1] + "…"


def field(body: Any, provider_id: str, *path: str | int, pays: bool = False) -> Any:
    """A value inside a JSON answer by its path.

    Raises ProviderError `transient` for an answer that does not have it.
    """
    value = body
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            dotted = ".".join(map(str, path))
            raise ProviderError(
                "transient",
                f"{provider_id} answered without {dotted}: {shown(body)}",
                maybe_accepted=pays,
            ) from None
    return value


def text_field(body: Any, provider_id: str, *path: str | int, pays: bool = False) -> str:
    """`field` that has to be a text and not an empty one."""
    value = field(body, provider_id, *path, pays=pays)
    if not isinstance(value, str) or not value:
        dotted = ".".join(map(str, path))
        raise ProviderError("transient", f"{provider_id}: {dotted} is no text", maybe_accepted=pays)
    return value


def data_uri(png: bytes) -> str:
    """A PNG picture as a `data:` address (RFC 2397)."""
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def whole_units(value: Any, microusd_each: int) -> int | None:
    """A count of a provider's credits in millionths of a US dollar, None when it is no number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return round(value * microusd_each) if value >= 0 else None
