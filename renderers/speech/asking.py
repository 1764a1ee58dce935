"""Asking a speech service for a line: what is tried again, what is not, and what may have cost."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from blake3 import blake3

from renderers.network import Http, HttpAnswer, HttpFailed, HttpRequest
from renderers.providers.wire import shown
from renderers.speech.voice import SpeechUnavailableError

DEADLINE_S: Final = 120
_ATTEMPTS: Final = 3
_FIRST_WAIT_MS: Final = 1_000
_LONGEST_WAIT_MS: Final = 60_000
_TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
# A gateway that gave up waiting says nothing about what happened behind it.
_UNSURE: Final = frozenset({500, 502, 504})
# What is wrong with the key, the address or the account is wrong for every line.
FOR_ALL: Final = frozenset({401, 402, 403, 404, 405})


def never(_body: Any) -> bool:
    """No answer of this service says more about all lines than its status does."""
    return False


@dataclass(slots=True)
class SpeechDesk:
    """Where one service is asked. After an answer that is the same for all lines it is closed.

    `pays` marks a service that is paid: what it may have done already is not asked for again. A
    status `for_all`, or a refusal whose JSON body `ends_all`, holds for every other line too.
    """

    who: str
    http: Http
    wait_ms: Callable[[int], None]
    pays: bool = False
    deadline_s: int = DEADLINE_S
    for_all: frozenset[int] = FOR_ALL
    ends_all: Callable[[Any], bool] = never
    _closed: str = field(default="", init=False)

    def ask(self, url: str, headers: Mapping[str, str], body: Mapping[str, Any]) -> HttpAnswer:
        """POST a JSON body; the answer with status 200.

        Busy and broken services are asked three times in all, waiting as long as Retry-After asks
        and at most a minute (plan §22.4). Raises SpeechUnavailableError.
        """
        content = json.dumps(body, sort_keys=True).encode()
        headers = {"Content-Type": "application/json", **headers}
        request = HttpRequest("POST", url, headers, content, deadline_s=self.deadline_s)
        problem, charged = "", False
        for attempt in range(1, _ATTEMPTS + 1):
            if self._closed:
                raise SpeechUnavailableError(self._closed, maybe_charged=charged)
            wait_ms = _backoff_ms(attempt, content)
            try:
                answer = self.http.send(request)
            except HttpFailed as failure:
                problem = f"{self.who}: {failure}"
                unsure = failure.was_sent
                if not unsure:
                    self._closed = problem
                    continue
            else:
                if answer.status == 200:
                    return answer
                problem, unsure = self._refused(answer), answer.status in _UNSURE
                if self._closed or answer.status not in _TRY_AGAIN:
                    break
                if answer.retry_after_s is not None:
                    wait_ms = answer.retry_after_s * 1000
            charged = charged or unsure
            # A longer pause than a minute is for another run.
            if attempt == _ATTEMPTS or wait_ms > _LONGEST_WAIT_MS or (unsure and self.pays):
                break
            self.wait_ms(wait_ms)
        raise SpeechUnavailableError(problem, maybe_charged=charged)

    def _refused(self, answer: HttpAnswer) -> str:
        try:
            body = json.loads(answer.body)
        except (ValueError, RecursionError):
            body = answer.body.decode("utf-8", "replace")
        problem = f"{self.who} answered {answer.status}: {shown(body)}"
        if answer.status in self.for_all or self.ends_all(body):
            self._closed = problem
        return problem


def _backoff_ms(attempt: int, content: bytes) -> int:
    """Doubling from a second, with up to half on top by the words: lines that failed together do
    not come back together."""
    base = min(_FIRST_WAIT_MS << (attempt - 1), _LONGEST_WAIT_MS)
    more = int.from_bytes(blake3(content + b"%d" % attempt).digest()[:4], "big") % (base // 2 + 1)
    return min(base + more, _LONGEST_WAIT_MS)
