"""The network: the only file that opens a connection.

Requests go over https, or over http to this machine itself; credentials never travel in the clear
and never to another host than they were meant for. Every answer has a limit in size and time.
Proxies and other settings of the surroundings are used only when PIPELINE_PROXY names one.
"""

from __future__ import annotations

import contextlib
import ipaddress
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from orchestrator.seams.clock import Stopwatch, seconds_until
from orchestrator.seams.environment import http_proxy
from renderers.network import (
    MAX_ANSWER_BYTES,
    FormPart,
    HttpAnswer,
    HttpFailed,
    HttpRequest,
)

if TYPE_CHECKING:
    import httpx

CONNECT_S: Final = 10
# Between two pieces of an answer; the deadline of the request bounds the whole.
SILENCE_S: Final = 60
MAX_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# What may go along to another host: nothing that says who we are.
_HARMLESS: Final = frozenset({"accept", "user-agent", "range"})
_MAX_ERROR_BYTES: Final = 64 << 10


class HttpClient:
    """`renderers.network.Http` on real connections, opened when the first request is sent."""

    def __init__(self) -> None:
        self._client: httpx.Client | None = None
        self._guard = threading.Lock()

    def send(self, request: HttpRequest) -> HttpAnswer:
        """See `renderers.network.Http.send`."""
        with self._answering(request, request.url, dict(request.headers)) as (response, watch):
            body = b"".join(_pieces(response, request, watch, MAX_ANSWER_BYTES))
            return _answer(response, body)

    def download(self, request: HttpRequest, into: Path, max_bytes: int) -> HttpAnswer:
        """See `renderers.network.Http.download`."""
        url, headers = request.url, dict(request.headers)
        for _ in range(MAX_REDIRECTS + 1):
            with self._answering(request, url, headers) as (response, watch):
                onward = response.headers.get("location", "")
                if response.status_code in _REDIRECTS and onward:
                    following = urljoin(url, onward)
                    if _host_of(following) != _host_of(url):
                        headers = {n: v for n, v in headers.items() if n.lower() in _HARMLESS}
                    url = following
                    continue
                if response.status_code != 200:
                    pieces = _pieces(response, request, watch, _MAX_ERROR_BYTES)
                    return _answer(response, b"".join(pieces))
                _write(_pieces(response, request, watch, max_bytes), into)
                return _answer(response, b"")
        raise HttpFailed(f"{_host_of(request.url)} sends in circles", was_sent=True)

    def close(self) -> None:
        """Close what is open; a later request opens anew."""
        if self._client is not None:
            self._client.close()
            self._client = None

    @contextlib.contextmanager
    def _answering(
        self, request: HttpRequest, url: str, headers: dict[str, str]
    ) -> Iterator[tuple[httpx.Response, Stopwatch]]:
        import httpx

        _refuse_unsafe(url, headers)
        watch = Stopwatch()
        files = [_multipart(part) for part in request.form]
        timeout = httpx.Timeout(min(SILENCE_S, request.deadline_s), connect=CONNECT_S)
        try:
            with self._opened().stream(
                request.method,
                url,
                headers={"Accept-Encoding": "identity", "User-Agent": "showrunner", **headers},
                content=request.content,
                files=files or None,
                timeout=timeout,
            ) as response:
                yield response, watch
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError):
            raise HttpFailed(f"{_host_of(url)} cannot be reached", was_sent=False) from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise HttpFailed("the address is none", was_sent=False) from None
        except httpx.TimeoutException:
            raise HttpFailed(f"{_host_of(url)} fell silent", was_sent=True) from None
        except httpx.HTTPError as error:
            kind = type(error).__name__
            raise HttpFailed(f"{_host_of(url)} broke off ({kind})", was_sent=True) from None

    def _opened(self) -> httpx.Client:
        import httpx

        with self._guard:
            if self._client is None:
                self._client = httpx.Client(
                    trust_env=False, follow_redirects=False, proxy=http_proxy() or None
                )
            return self._client


def _pieces(
    response: httpx.Response, request: HttpRequest, watch: Stopwatch, max_bytes: int
) -> Iterator[bytes]:
    """The body piece by piece, within its limits and as long as it said it would be."""
    host, read = _host_of(str(response.url)), 0
    declared = response.headers.get("content-length", "")
    for piece in response.iter_bytes():
        read += len(piece)
        if read > max_bytes:
            raise HttpFailed(f"{host} answered with more than {max_bytes} bytes", was_sent=True)
        if watch.elapsed_ms() > request.deadline_s * 1000:
            raise HttpFailed(f"{host} did not finish within {request.deadline_s} s", was_sent=True)
        yield piece
    coded = response.headers.get("content-encoding", "identity").lower() != "identity"
    if declared.isdigit() and not coded and request.method != "HEAD" and read != int(declared):
        raise HttpFailed(f"{host} sent {read} of {declared} bytes", was_sent=True)


def _write(pieces: Iterator[bytes], into: Path) -> None:
    try:
        with into.open("xb") as file:
            for piece in pieces:
                file.write(piece)
    except BaseException:
        into.unlink(missing_ok=True)
        raise


def _answer(response: httpx.Response, body: bytes) -> HttpAnswer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    wait = seconds_until(headers["retry-after"]) if "retry-after" in headers else None
    return HttpAnswer(response.status_code, headers, body, wait)


def _multipart(part: FormPart) -> tuple[str, tuple[str | None, bytes, str | None]]:
    return (part.name, (part.filename or None, part.data, part.content_type or None))


def _refuse_unsafe(url: str, headers: dict[str, str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise HttpFailed("only http and https addresses are opened", was_sent=False)
    if parts.username or parts.password:
        raise HttpFailed("an address must not carry a password", was_sent=False)
    secret = any(name.lower() not in (*_HARMLESS, "content-type") for name in headers)
    if parts.scheme == "http" and secret and not is_this_machine(parts.hostname):
        raise HttpFailed(
            f"{parts.hostname} is to be reached by https: a key never travels in the clear",
            was_sent=False,
        )


def is_this_machine(host: str) -> bool:
    """Whether a host name or address is this machine's own loopback."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
