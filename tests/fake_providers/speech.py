"""A speech service that holds its callers to the contract of `POST /v1/audio/speech`."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from tests.fake_providers.server import Answer, Call, Fake, Refused

RATE = 24_000
FIELDS = {"model", "input", "voice", "response_format", "speed", "instructions"}


@dataclass
class FakeSpeech(Fake):
    """Says every line as a tone for each word; `key` empty asks for none."""

    key: str = "sk-speech-0123456789"
    voices: tuple[str, ...] = (
        "alloy",
        "ash",
        "coral",
        "echo",
        "fable",
        "nova",
        "onyx",
        "sage",
        "shimmer",
    )
    sound: Callable[[str], bytes] | None = None
    said: list[str] = field(default_factory=list)

    def routes(self) -> list[tuple[str, str, str, Callable[..., Answer]]]:
        return [("POST", "/v1/audio/speech", "speak", self.speak)]

    def authorise(self, call: Call) -> None:
        if self.key and call.headers.get("authorization") != f"Bearer {self.key}":
            given = call.headers.get("authorization", "nothing")
            raise Refused(401, {"error": {"message": f"Incorrect API key provided: {given}"}})

    def speak(self, call: Call) -> Answer:
        body = call.json
        wrong = set(body) - FIELDS or {"model", "input", "voice"} - set(body)
        if wrong:
            raise Refused(400, {"error": {"message": f"fields: {sorted(wrong)}"}})
        if body["voice"] not in self.voices or not 0 < len(body["input"]) <= 4096:
            raise Refused(400, {"error": {"message": "no such voice, or too long"}})
        if body["response_format"] != "wav":
            raise Refused(400, {"error": {"message": "this service answers wav"}})
        self.said.append(body["input"])
        data = self.sound(body["input"]) if self.sound else tones(body["input"])
        return (200, {"Content-Type": "audio/wav"}, data)


def tones(text: str, peak: int = 4_000) -> bytes:
    """Half a second of silence, 200 ms of tone for each word, 400 ms of pause after a full stop."""
    pieces = [np.zeros(RATE // 2)]
    for word in text.split():
        at = np.arange(RATE // 5)
        pieces.append(peak * np.sin(at * 2 * np.pi * (300 + 40 * len(word)) / RATE))
        if word.endswith("."):
            pieces.append(np.zeros(RATE * 2 // 5))
    return streamed_wav(np.concatenate([*pieces, np.zeros(RATE // 2)]).astype("<i2").tobytes())


def streamed_wav(pcm: bytes) -> bytes:
    """As such services send it: a header written before the length was known."""
    out = io.BytesIO()
    out.write(struct.pack("<4sI4s", b"RIFF", 0xFFFFFFFF, b"WAVE"))
    out.write(struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16))
    out.write(struct.pack("<4sI", b"data", 0xFFFFFFFF) + pcm)
    return out.getvalue()
