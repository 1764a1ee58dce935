"""The network seam against real servers on this machine."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from orchestrator.seams.http_client import HttpClient
from renderers.network import FormPart, HttpFailed, HttpRequest


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("Content-Length", 0))
        self.server.seen.append(
            (self.command, self.path, dict(self.headers), self.rfile.read(length))
        )
        status, headers, body = self.server.answers.pop(0)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if headers.get("Connection") == "close":
            self.close_connection = True

    do_GET = do_POST = do_DELETE = answer  # noqa: N815  the names that http.server calls

    def log_message(self, *_):
        pass


@contextmanager
def server(*answers):
    one = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one.daemon_threads = True
    one.answers, one.seen = list(answers), []
    one.url = f"http://127.0.0.1:{one.server_port}"
    thread = threading.Thread(target=one.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield one
    finally:
        one.shutdown()
        one.server_close()
        thread.join()


@contextmanager
def raw_server(answer: bytes, *, close: bool = True):
    """Says exactly these bytes to the first who asks, and then nothing."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(answer)
            if not close:
                connection.settimeout(20)
                while connection.recv(65536):
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()


@pytest.fixture
def client():
    one = HttpClient()
    yield one
    one.close()


def test_a_request_arrives_as_it_was_meant(client):
    with server((201, {"X-Made": "yes"}, b'{"id": 7}')) as one:
        answer = client.send(
            HttpRequest("POST", one.url + "/jobs?x=1", {"Authorization": "Bearer k"}, b"body")
        )
    assert (answer.status, answer.body, answer.headers["x-made"]) == (201, b'{"id": 7}', "yes")
    method, path, headers, body = one.seen[0]
    assert (method, path, body) == ("POST", "/jobs?x=1", b"body")
    assert headers["Authorization"] == "Bearer k"
    assert headers["User-Agent"] == "showrunner"


def test_a_form_arrives_as_a_form(client):
    with server((200, {}, b"{}")) as one:
        form = (FormPart("type", b"input"), FormPart("image", b"\x89PNG", "a.png", "image/png"))
        client.send(HttpRequest("POST", one.url, form=form))
    _, _, headers, body = one.seen[0]
    assert headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b'name="type"\r\n\r\ninput' in body
    assert b'name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG' in body


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("soon", None), ("-3", None)],
)
def test_retry_after_is_read(client, header, seconds):
    with server((429, {"Retry-After": header}, b"")) as one:
        assert client.send(HttpRequest("GET", one.url)).retry_after_s == seconds


def test_a_redirect_of_a_request_is_not_followed(client):
    with server((302, {"Location": "http://127.0.0.1:9/x"}, b"")) as one:
        assert client.send(HttpRequest("POST", one.url, content=b"{}")).status == 302


def test_a_download_follows_redirects_and_leaves_the_key_behind(client, tmp_path):
    with (
        server((200, {}, b"clip")) as store,
        server((302, {"Location": store.url + "/f"}, b"")) as api,
    ):
        keys = {"Authorization": "Key s", "X-Api-Key": "s"}
        answer = client.download(HttpRequest("GET", api.url, keys), tmp_path / "clip", 100)
    assert (answer.status, (tmp_path / "clip").read_bytes()) == (200, b"clip")
    assert api.seen[0][2]["Authorization"] == "Key s"
    assert not {"authorization", "x-api-key"} & {name.lower() for name in store.seen[0][2]}


def test_a_download_keeps_the_key_on_its_own_host(client, tmp_path):
    with server((302, {"Location": "/f"}, b""), (200, {}, b"clip")) as api:
        client.download(HttpRequest("GET", api.url, {"X-Api-Key": "s"}), tmp_path / "clip", 100)
    assert api.seen[1][2]["X-Api-Key"] == "s"


def test_redirects_in_circles_end(client, tmp_path):
    circle = [(302, {"Location": "/again"}, b"")] * 6
    with server(*circle) as one, pytest.raises(HttpFailed, match="in circles"):
        client.download(HttpRequest("GET", one.url), tmp_path / "clip", 100)
    assert len(one.seen) == 6


def test_a_refused_download_leaves_nothing(client, tmp_path):
    with server((403, {}, b"expired")) as one:
        answer = client.download(HttpRequest("GET", one.url), tmp_path / "clip", 100)
    assert (answer.status, answer.body) == (403, b"expired")
    assert not (tmp_path / "clip").exists()


def test_a_download_that_is_too_large_leaves_nothing(client, tmp_path):
    large = (200, {}, b"x" * 101)
    with server(large) as one, pytest.raises(HttpFailed, match="more than 100 bytes"):
        client.download(HttpRequest("GET", one.url), tmp_path / "clip", 100)
    assert not (tmp_path / "clip").exists()


def test_a_truncated_answer_is_no_answer(client, tmp_path):
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nonly this"
    with raw_server(said) as url, pytest.raises(HttpFailed) as failed:
        client.download(HttpRequest("GET", url), tmp_path / "clip", 100)
    assert failed.value.was_sent
    assert not (tmp_path / "clip").exists()


def test_rubbish_is_no_answer(client):
    with raw_server(b"\x00\x01 not http\r\n\r\n") as url, pytest.raises(HttpFailed) as failed:
        client.send(HttpRequest("POST", url, content=b"{}"))
    assert failed.value.was_sent


def test_silence_ends_with_the_deadline(client):
    with (
        raw_server(b"", close=False) as url,
        pytest.raises(HttpFailed, match="fell silent") as failed,
    ):
        client.send(HttpRequest("POST", url, content=b"{}", deadline_s=1))
    assert failed.value.was_sent


def test_nobody_there_means_nothing_was_sent(client):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(HttpFailed, match="cannot be reached") as failed:
        client.send(HttpRequest("POST", f"http://127.0.0.1:{port}", content=b"{}"))
    assert not failed.value.was_sent


@pytest.mark.parametrize(
    ("url", "headers", "said"),
    [
        ("file:///etc/passwd", {}, "only http and https"),
        ("ftp://host/x", {}, "only http and https"),
        ("https:///x", {}, "only http and https"),
        ("https://me:pw@host/x", {}, "must not carry a password"),
        ("http://example.invalid/x", {"Authorization": "k"}, "never travels in the clear"),
        ("http://10.0.0.1/x", {"xi-api-key": "k"}, "never travels in the clear"),
    ],
)
def test_unsafe_addresses_are_never_opened(client, url, headers, said):
    with pytest.raises(HttpFailed, match=said) as failed:
        client.send(HttpRequest("GET", url, headers))
    assert not failed.value.was_sent


def test_surrounding_proxies_are_ignored_and_ours_is_used(client, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with server((200, {}, b"direct")) as one:
        assert client.send(HttpRequest("GET", one.url)).body == b"direct"
    with server((200, {}, b"by proxy")) as proxy:
        monkeypatch.setenv("PIPELINE_PROXY", proxy.url)
        other = HttpClient()
        assert other.send(HttpRequest("GET", "http://example.invalid/x")).body == b"by proxy"
        other.close()
    assert proxy.seen[0][1] == "http://example.invalid/x"
