"""ElevenLabs, as far as its text-to-speech with timestamps goes, and as strict."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tests.fake_providers.server import Answer, Call, Fake, Refused, answer

RATE = 24_000
FORMATS = {"mp3_44100_128", "pcm_16000", "pcm_22050", "pcm_24000", "pcm_44100", "ulaw_8000"}
MODELS = {"eleven_multilingual_v2", "eleven_turbo_v2_5", "eleven_flash_v2_5", "eleven_v3"}
FIELDS = {"text", "model_id", "voice_settings", "seed", "language_code", "previous_text"}
SETTINGS = {
    "stability": (0, 1),
    "similarity_boost": (0, 1),
    "style": (0, 1),
    "speed": (0.7, 1.2),
}
MARA, TOM = "21m00Tcm4TlvDq8ikWAM", "ErXwobaYiN019PkySvjV"
# Half a second of silence first; a letter lasts 60 ms and sounds, a space is 120 ms of silence.
LEAD_MS, LETTER_MS, SPACE_MS, TAIL_MS = 500, 60, 120, 300


def detail(status: int, code: str, message: str) -> Refused:
    return Refused(status, {"detail": {"status": code, "message": message}})


def invalid(where: str, message: str) -> Refused:
    found = {"type": "value_error", "loc": ["body", where], "msg": message}
    return Refused(422, {"detail": [found]})


@dataclass
class FakeElevenLabs(Fake):
    """Says every line as tones; `change` may spoil an answer before it is sent."""

    key: str = "sk_elevenlabs_0123456789abcdef"
    voices: tuple[str, ...] = (MARA, TOM)
    chars_left: int = 100_000
    change: Callable[[dict[str, Any]], Any] | None = None
    said: list[str] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)

    def routes(self) -> list[tuple[str, str, str, Callable[..., Answer]]]:
        return [("POST", r"/v1/text-to-speech/([^/]+)/with-timestamps", "speak", self.speak)]

    def authorise(self, call: Call) -> None:
        if "authorization" in call.headers or call.headers.get("xi-api-key") != self.key:
            raise detail(401, "invalid_api_key", "Invalid API key")

    def speak(self, call: Call, voice: str) -> Answer:
        if set(call.query) - {"output_format", "enable_logging", "optimize_streaming_latency"}:
            raise invalid("query", f"{sorted(call.query)}")
        if call.query.get("output_format", ["mp3_44100_128"])[0] not in FORMATS:
            raise invalid("output_format", "is not one of the formats")
        body = call.json
        self.check(body)
        if voice not in self.voices:
            raise detail(404, "voice_not_found", f"A voice with voice_id {voice} was not found.")
        text = body["text"]
        self.asked.set()
        if len(text) > self.chars_left:
            raise detail(401, "quota_exceeded", f"You have {self.chars_left} credits remaining")
        self.chars_left -= len(text)
        self.said.append(text)
        said = spoken(text)
        if self.change is not None:
            said = self.change(said)
        headers = {"character-cost": str(len(text)), "request-id": f"r{len(self.said)}"}
        return answer(200, said, **headers)

    def check(self, body: Any) -> None:
        if set(body) - FIELDS or not isinstance(body.get("text"), str) or not body["text"]:
            raise invalid("text", f"fields are {sorted(body)}")
        if body.get("model_id") not in MODELS:
            raise invalid("model_id", "is not a model")
        seed = body.get("seed")
        if seed is not None and not (type(seed) is int and 0 <= seed <= 4_294_967_295):
            raise invalid("seed", "Input should be between 0 and 4294967295")
        settings = dict(body.get("voice_settings") or {})
        if type(settings.pop("use_speaker_boost", True)) is not bool:
            raise invalid("voice_settings", "use_speaker_boost is a boolean")
        for name, value in settings.items():
            low, high = SETTINGS.get(name, (1, 0))
            if not low <= value <= high:
                raise invalid("voice_settings", f"{name} is {value}")


def spoken(text: str) -> dict[str, Any]:
    """What the service answers for `text`."""
    pieces, starts, ends, at = [np.zeros(LEAD_MS * 24)], [], [], LEAD_MS
    for character in text:
        length = LETTER_MS if character.isalnum() else SPACE_MS if character == " " else 0
        time = np.arange(length * 24)
        loud = 4_000 if character.isalnum() else 0
        pieces.append(loud * np.sin(2 * np.pi * 400 * time / RATE))
        starts.append(at / 1000)
        at += length
        ends.append(at / 1000)
    pcm = np.concatenate([*pieces, np.zeros(TAIL_MS * 24)]).astype("<i2").tobytes()
    alignment = {
        "characters": list(text),
        "character_start_times_seconds": starts,
        "character_end_times_seconds": ends,
    }
    return {
        "audio_base64": base64.b64encode(pcm).decode("ascii"),
        "alignment": alignment,
        "normalized_alignment": alignment,
    }
