"""Speech by any service that speaks OpenAI's `POST /audio/speech`, on this machine or not.

The wire contract: a Bearer key where there is one, a JSON body with `model`, `input` (at most 4096
characters), `voice` and `response_format`, and sound as the answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from renderers.network import Http, HttpAnswer, HttpFailed, HttpRequest
from renderers.providers.wire import shown
from renderers.seams import Tools
from renderers.speech.foreign_line import FOREIGN_LINE_VERSION, house_line, silent_line
from renderers.speech.pronunciation import spoken
from renderers.speech.voice import Speech, SpeechRequest, SpeechUnavailableError
from schemas.errors import PipelineError
from schemas.project import SpeechService

MAX_INPUT_CHARS: Final = 4096
DEADLINE_S: Final = 120
_ATTEMPTS: Final = 3
_FIRST_WAIT_MS: Final = 1_000
_LONGEST_WAIT_MS: Final = 60_000
_TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
# A gateway that gave up waiting says nothing about what happened behind it.
_UNSURE: Final = frozenset({500, 502, 504})
# What is wrong with the key, the address or the account is wrong for every line.
_FOR_ALL: Final = frozenset({401, 402, 403, 404, 405})


class OpenAiSpeech:
    """One service. After an answer that would be the same for every line it is asked no more."""

    name = "openai"

    def __init__(
        self,
        service: SpeechService,
        key: str,
        http: Http,
        wait_ms: Callable[[int], None],
        deadline_s: int = DEADLINE_S,
    ) -> None:
        self._service = service
        self._key = key
        self._http = http
        self._wait_ms = wait_ms
        self._deadline_s = deadline_s
        self._closed = ""

    def version(self) -> str:
        """What is done to the sound here. The service's own version is not to be known."""
        return f"openai-speech sound/{FOREIGN_LINE_VERSION}"

    def speak(self, request: SpeechRequest, tools: Tools, out: Path) -> Speech:
        """See `SpeechEngine.speak`. A line without anything to say becomes a short silence."""
        text = spoken(request.text, request.lexicon).text
        if not any(map(str.isalnum, text)):
            return silent_line(request, out)
        if len(text) > MAX_INPUT_CHARS:
            raise SpeechUnavailableError(
                f"the line has {len(text)} characters, the service takes {MAX_INPUT_CHARS}"
            )
        answered = tools.scratch / "answer.wav"
        answered.write_bytes(self._sound(text, request.voice.name))
        try:
            return house_line(answered, request, tools, out)
        except PipelineError as error:
            if error.code != "broken-sound":
                raise
            problem = f"the service answered with sound that is no use: {error.problem}"
            raise SpeechUnavailableError(problem, maybe_charged=True) from None

    def _sound(self, text: str, voice: str) -> bytes:
        body = {
            "model": self._service.model,
            "input": text,
            "voice": voice,
            "response_format": "wav",
        }
        headers = {"Content-Type": "application/json", "Accept": "audio/wav"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        url = self._service.base_url.rstrip("/") + "/audio/speech"
        content = json.dumps(body, sort_keys=True).encode()
        request = HttpRequest("POST", url, headers, content, deadline_s=self._deadline_s)
        problem, charged = "", False
        for attempt in range(1, _ATTEMPTS + 1):
            if self._closed:
                raise SpeechUnavailableError(self._closed, maybe_charged=charged)
            wait_ms = min(_FIRST_WAIT_MS << (attempt - 1), _LONGEST_WAIT_MS)
            try:
                answer = self._http.send(request)
            except HttpFailed as failure:
                problem = f"the speech service: {failure}"
                charged = charged or failure.was_sent
                if not failure.was_sent:
                    self._closed = problem
                    continue
            else:
                if answer.status == 200:
                    return answer.body
                problem = _refusal(answer)
                charged = charged or answer.status in _UNSURE
                if answer.status in _FOR_ALL:
                    self._closed = problem
                if answer.status not in _TRY_AGAIN:
                    break
                if answer.retry_after_s is not None:
                    wait_ms = answer.retry_after_s * 1000
            # A longer pause than that is for another run.
            if attempt == _ATTEMPTS or wait_ms > _LONGEST_WAIT_MS:
                break
            self._wait_ms(wait_ms)
        raise SpeechUnavailableError(problem, maybe_charged=charged)


def _refusal(answer: HttpAnswer) -> str:
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        body = answer.body.decode("utf-8", "replace")
    return f"the speech service answered {answer.status}: {shown(body)}"
