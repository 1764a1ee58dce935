"""Speech by any service that speaks OpenAI's `POST /audio/speech`, on this machine or not.

The wire contract: a Bearer key where there is one, a JSON body with `model`, `input` (at most 4096
characters), `voice` and `response_format`, and sound as the answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from renderers.seams import Tools
from renderers.speech.asking import SpeechDesk
from renderers.speech.foreign_line import FOREIGN_LINE_VERSION, house_line, silent_line
from renderers.speech.pronunciation import spoken
from renderers.speech.voice import Speech, SpeechRequest, SpeechUnavailableError
from schemas.errors import PipelineError
from schemas.project import SpeechService

MAX_INPUT_CHARS: Final = 4096


class OpenAiSpeech:
    """One service, asked at its desk."""

    name = "openai"

    def __init__(
        self,
        service: SpeechService,
        key: str,
        desk: SpeechDesk,
    ) -> None:
        self._service = service
        self._key = key
        self._desk = desk

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
        headers = {"Accept": "audio/wav"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        url = self._service.base_url.rstrip("/") + "/audio/speech"
        return self._desk.ask(url, headers, body).body
