"""Speech by ElevenLabs, which says for every character of a line when it is spoken.

The wire contract: `xi-api-key`; POST /v1/text-to-speech/VOICE/with-timestamps with the format of
the sound in the query; JSON with `text`, `model_id`, `seed` and `voice_settings`; as an answer JSON
with the sound in base64 and an `alignment` of three equally long lists.
"""

from __future__ import annotations

import base64
import binascii
import json
import wave
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from renderers.network import HttpAnswer
from renderers.seams import Tools
from renderers.speech.asking import FOR_ALL, SpeechDesk
from renderers.speech.foreign_line import (
    FOREIGN_LINE_VERSION,
    ToldWord,
    house_line,
    silent_line,
)
from renderers.speech.pronunciation import Spoken, spoken
from renderers.speech.voice import Speech, SpeechRequest, SpeechUnavailableError
from schemas.errors import PipelineError
from schemas.project import ElevenLabs
from schemas.spoken_text import word_spans
from schemas.timing import SAMPLE_RATE_HZ

WHO: Final = "ElevenLabs"
# What is made of an answer: raised whenever the same answer gives other bytes or other times.
ALIGNED_LINE_VERSION: Final = 1
# What every model takes at once; some take more.
MAX_INPUT_CHARS: Final = 5_000
RATE_HZ: Final = 24_000
OUTPUT_FORMAT: Final = "pcm_24000"
# Statuses that hold for every line. An unknown voice, 404, is one character's trouble.
LINES_ALIKE: Final = FOR_ALL - {404}
_SPENT: Final = frozenset({"quota_exceeded", "insufficient_credits"})
# The slowest reading is a few characters a second; more than this is no reading of the line.
_LONGEST_S: Final = (10, 1)  # in all, and for each character
# Times are rounded to milliseconds over there, and may lie that much behind the end.
_SLACK_SAMPLES: Final = SAMPLE_RATE_HZ // 10


class ElevenLabsSpeech:
    """ElevenLabs, asked at its desk. A voice's name is its id."""

    name = "elevenlabs"

    def __init__(self, setup: ElevenLabs, key: str, desk: SpeechDesk) -> None:
        self._setup = setup
        self._key = key
        self._desk = desk

    def version(self) -> str:
        """What is done to the sound and the times here; the service's own version is unknown."""
        return f"elevenlabs sound/{FOREIGN_LINE_VERSION} words/{ALIGNED_LINE_VERSION}"

    def speak(self, request: SpeechRequest, tools: Tools, out: Path) -> Speech:
        """See `SpeechEngine.speak`. A line without anything to say becomes a short silence."""
        said = spoken(request.text, request.lexicon)
        if not any(map(str.isalnum, said.text)):
            return silent_line(request, out)
        if len(said.text) > MAX_INPUT_CHARS:
            raise SpeechUnavailableError(
                f"the line has {len(said.text)} characters, {WHO} takes {MAX_INPUT_CHARS}"
            )
        answer = self._desk.ask(*self._question(said.text, request.voice.name))
        reading = _read(answer, said.text)
        source = tools.scratch / "answer.wav"
        with wave.open(str(source), "wb") as wav:
            wav.setnchannels(1)
            wav.setsampwidth(2)
            wav.setframerate(RATE_HZ)
            wav.writeframes(reading.pcm)
        words = told_words(request.text, said, reading.times)
        try:
            speech = house_line(source, request, tools, out, words)
        except PipelineError as error:
            if error.code != "broken-sound":
                raise
            raise _no_use(error.problem) from None
        return replace(speech, paid_chars=_charged_chars(answer))

    def _question(self, text: str, voice: str) -> tuple[str, dict[str, str], dict[str, Any]]:
        setup = self._setup
        path = f"/v1/text-to-speech/{quote(voice, safe='')}/with-timestamps"
        url = f"{setup.base_url.rstrip('/')}{path}?output_format={OUTPUT_FORMAT}"
        body = {
            "text": text,
            "model_id": setup.model,
            "seed": setup.seed,
            "voice_settings": {
                "stability": setup.stability_percent / 100,
                "similarity_boost": setup.similarity_percent / 100,
                "style": setup.style_percent / 100,
                "speed": setup.speed_percent / 100,
                "use_speaker_boost": setup.speaker_boost,
            },
        }
        return url, {"Accept": "application/json", "xi-api-key": self._key}, body


def money_is_gone(body: Any) -> bool:
    """Whether a refusal says that the account has nothing left, which comes under many statuses."""
    detail = body.get("detail") if isinstance(body, dict) else None
    return isinstance(detail, dict) and detail.get("status") in _SPENT


@dataclass(frozen=True, slots=True)
class Reading:
    """Sound of 16 bit at RATE_HZ, and from where to where each character of the text is said, in
    samples at 48 kHz."""

    pcm: bytes
    times: tuple[tuple[int, int], ...]


def told_words(text: str, said: Spoken, times: Sequence[tuple[int, int]]) -> tuple[ToldWord, ...]:
    """Every word of the written `text` that something was said for.

    A word lasts from its first letter or digit to its last: the marks around it take no time.
    """
    voiced = [at for at, sign in enumerate(said.text) if sign.isalnum()]
    places = [said.origin[at] for at in voiced]
    words = []
    for start, end in word_spans(text):
        mine = voiced[bisect_left(places, start) : bisect_left(places, end)]
        if mine:
            words.append(ToldWord(start, times[mine[0]][0], times[mine[-1]][1]))
    return tuple(words)


def _read(answer: HttpAnswer, text: str) -> Reading:
    """What an answer holds. Raises SpeechUnavailableError: it was paid for, and is no use."""
    try:
        body = json.loads(answer.body)
        pcm = base64.b64decode(body["audio_base64"], validate=True)
        alignment = body["alignment"]
        characters = alignment["characters"]
        starts = alignment["character_start_times_seconds"]
        ends = alignment["character_end_times_seconds"]
        lengths = len(characters), len(starts), len(ends)
    except (binascii.Error, RecursionError, UnicodeDecodeError):
        raise _no_use("the sound is not base64") from None
    except (ValueError, KeyError, TypeError):
        raise _no_use("it is not the JSON that was asked for") from None
    if not pcm or len(pcm) % 2:
        raise _no_use(f"{len(pcm)} bytes are no sound of 16 bit")
    if len(set(lengths)) != 1:
        raise _no_use(f"the lists of its alignment have {', '.join(map(str, lengths))} entries")
    if any(not isinstance(each, str) for each in characters) or "".join(characters) != text:
        raise _no_use("its alignment is of another text")
    duration = len(pcm) // 2 * SAMPLE_RATE_HZ // RATE_HZ
    at_all, each_char = _LONGEST_S
    if duration > (at_all + each_char * len(text)) * SAMPLE_RATE_HZ:
        raise _no_use(f"{duration // SAMPLE_RATE_HZ} s of sound are too much for the line")
    samples = [_sample(second, duration) for second in starts]
    stops = [_sample(second, duration) for second in ends]
    if samples != sorted(samples) or any(a > b for a, b in zip(samples, stops, strict=True)):
        raise _no_use("its times do not follow one another")
    # One entry may be a letter with its combining mark: each of its characters begins there.
    times = zip(samples, stops, strict=True)
    return Reading(pcm, tuple(t for one, t in zip(characters, times, strict=True) for _ in one))


def _sample(second: Any, duration: int) -> int:
    if isinstance(second, bool) or not isinstance(second, (int, float)):
        raise _no_use("its times are no numbers")
    if not 0 <= second * SAMPLE_RATE_HZ <= duration + _SLACK_SAMPLES:
        raise _no_use(f"a character is said at {second!s:.12} s, where there is no sound")
    return min(round(second * SAMPLE_RATE_HZ), duration)


def _charged_chars(answer: HttpAnswer) -> int | None:
    told = answer.headers.get("character-cost", "")
    return int(told) if told.isascii() and told.isdigit() else None


def _no_use(problem: str) -> SpeechUnavailableError:
    return SpeechUnavailableError(f"{WHO} answered with no use: {problem}", maybe_charged=True)
