"""Directions as pitch, pace and whisper of an espeak-ng voice."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from renderers.speech.direction import Direction, directed
from renderers.speech.espeak import EspeakEngine
from renderers.speech.voice import SpeechRequest
from schemas.project import Voice
from tests.renderers.sound.sound_files import read, real_tools

TOM = Voice(name="en-gb+m3", pitch=50, rate_wpm=160)
IDA = Voice(name="en-gb+f2", pitch=60, rate_wpm=160)


def told(voice: Voice, **asked: str) -> tuple[str, int | None, int | None]:
    new = directed(voice, Direction(**asked), "en")
    return new.name, new.pitch, new.rate_wpm


def test_a_line_without_direction_keeps_its_voice() -> None:
    assert directed(Voice(), Direction(), "en") == Voice()
    assert directed(TOM, Direction(expression="neutral"), "en") is TOM


def test_loudness_feeling_and_pace_add_up() -> None:
    assert told(TOM, delivery="shout") == ("en-gb+m3", 64, 169)
    assert told(TOM, delivery="shout", expression="angry") == ("en-gb+m3", 68, 177)
    assert told(TOM, expression="sad", pacing="slow") == ("en-gb+m3", 44, 120)
    assert told(Voice(name="en-gb", pitch=95, rate_wpm=440), delivery="shout", pacing="fast") == (
        *("en-gb", 99),
        450,
    )


def test_a_whisper_is_that_of_a_man_or_a_woman() -> None:
    assert told(TOM, delivery="whisper") == ("en-gb+whisper", 50, 147)
    assert told(IDA, delivery="whisper") == ("en-gb+whisperf", 60, 147)
    assert told(Voice(name="de"), delivery="whisper")[0] == "de+whisper"


def test_a_whisper_has_breath_instead_of_a_tone(tmp_path: Path) -> None:
    def tone_share(voice: Voice) -> float:
        """How much of a line repeats itself after the best pitch period of 60 to 400 Hz."""
        out = tmp_path / f"{voice.name}.wav"
        request = SpeechRequest("All of us owe more now than ever.", "en", voice)
        EspeakEngine().speak(request, real_tools(tmp_path), out)
        samples = read(out)[:, 0].astype(np.float64)
        parts = [samples[at : at + 2400] for at in range(0, len(samples) - 2400, 2400)]
        loud = [part for part in parts if np.abs(part).max() > 3000]
        return float(np.median([_periodicity(part) for part in loud]))

    assert tone_share(IDA) > 0.7
    assert tone_share(directed(IDA, Direction("whisper"), "en")) < 0.5


def _periodicity(part: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(part - part.mean(), 8192)) ** 2
    again = np.fft.irfft(spectrum)
    return float(again[120:800].max() / again[0])
