from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.seams.executor import SubprocessExecutor
from orchestrator.seams.http_client import HttpClient
from renderers.seams import Tools
from renderers.sound.wav import read_info
from renderers.speech.asking import SpeechDesk
from renderers.speech.elevenlabs import (
    LINES_ALIKE,
    WHO,
    ElevenLabsSpeech,
    money_is_gone,
    told_words,
)
from renderers.speech.foreign_line import ToldWord
from renderers.speech.pronunciation import spoken as respelt
from renderers.speech.voice import Speech, SpeechRequest, SpeechUnavailableError
from schemas.project import ElevenLabs, Pronunciation, Voice
from tests.fake_providers.elevenlabs import MARA, TOM, FakeElevenLabs, answer
from tests.fake_providers.server import Fault, serving

LINE = "I never left. You know that."


@pytest.fixture
def service() -> Iterator[FakeElevenLabs]:
    with serving(FakeElevenLabs(b"")) as fake:
        yield fake


@pytest.fixture
def spoken(service: FakeElevenLabs, tmp_path: Path):
    """Speaks one line; `waits` are the pauses the engine asked for, in milliseconds."""
    http, waits = HttpClient(), []

    def opened(key: str = service.key, deadline_s: int = 30) -> ElevenLabsSpeech:
        desk = SpeechDesk(
            *(WHO, http, waits.append),
            pays=True,
            deadline_s=deadline_s,
            for_all=LINES_ALIKE,
            ends_all=money_is_gone,
        )
        return ElevenLabsSpeech(ElevenLabs(base_url=f"{service.url}/", seed=7), key, desk)

    def speak(text: str = LINE, *, voice: str = MARA, engine=None, **more) -> Speech:
        request = SpeechRequest(text, "en", Voice(name=voice), **more)
        tools = Tools(SubprocessExecutor(), None, tmp_path)
        return (engine or opened()).speak(request, tools, speak.out)

    speak.opened, speak.waits, speak.out = opened, waits, tmp_path / "line.wav"
    yield speak
    http.close()


def test_a_line_is_asked_for_by_the_contract(spoken, service) -> None:
    speech = spoken()
    (call,) = service.calls
    assert call.path == f"/v1/text-to-speech/{MARA}/with-timestamps"
    assert call.query == {"output_format": ["pcm_24000"]}
    assert call.headers["xi-api-key"] == service.key
    assert json.loads(call.body) == {
        "text": LINE,
        "model_id": "eleven_multilingual_v2",
        "seed": 7,
        "voice_settings": {
            "stability": 0.5,
            "similarity_boost": 0.75,
            "style": 0.0,
            "speed": 1.0,
            "use_speaker_boost": True,
        },
    }
    info = read_info(spoken.out)
    assert (info.channels, info.samples) == (1, speech.duration_samples)
    assert speech.paid_chars == len(LINE)


def test_words_begin_where_the_service_says_that_their_letters_do(spoken) -> None:
    speech = spoken()
    assert [word.text for word in speech.words] == LINE.split()
    # 60 ms a letter and 120 a space, behind the 10 ms that are left of the silence before it;
    # the first word has those, too.
    starts_ms = [0, 190, 610, 970, 1270, 1630]
    for word, expected in zip(speech.words, starts_ms, strict=True):
        assert abs(word.offset_samples - expected * 48) <= 96
    # A word ends where its sound ends: three letters, and not the space behind them.
    assert abs(speech.words[3].duration_samples - 180 * 48) <= 96


def test_the_times_are_those_of_the_word_that_was_respelt(spoken, service) -> None:
    speech = spoken("Siobhan left.", lexicon=(Pronunciation(word="Siobhan", say="shiv awn"),))
    assert service.said == ["shiv awn left."]
    assert [word.text for word in speech.words] == ["Siobhan", "left."]
    # Seven letters and two spaces before it.
    assert abs(speech.words[1].offset_samples - (10 + 7 * 60 + 2 * 120) * 48) <= 96


def test_marks_before_a_word_take_no_time_of_their_own() -> None:
    text = "— “Go!” – now"
    times = [(at, at + 1) for at in range(len(text))]
    assert told_words(text, respelt(text, ()), times) == (ToldWord(2, 3, 5), ToldWord(10, 10, 13))


@pytest.mark.parametrize(
    ("reply", "says", "asked"),
    [
        (answer(429, {"detail": {"status": "too_many_concurrent_requests"}}), "429", 3),
        (answer(503, {"detail": "busy"}), "503", 3),
        (answer(429, {}, **{"Retry-After": "600"}), "429", 1),
        (answer(422, {"detail": [{"loc": ["body", "text"], "msg": "no"}]}), "422", 1),
        (answer(400, {"detail": {"status": "bad", "message": "no such thing"}}), "no such", 1),
    ],
)
def test_a_refusal_costs_nothing_and_only_busy_services_are_asked_again(
    spoken, service, reply, says, asked
) -> None:
    service.faults = [Fault("speak", answer=reply) for _ in range(3)]
    with pytest.raises(SpeechUnavailableError, match=says) as caught:
        spoken()
    assert (len(service.calls), len(spoken.waits)) == (asked, asked - 1)
    assert not caught.value.maybe_charged


def test_retry_after_is_obeyed(spoken, service) -> None:
    service.faults = [Fault("speak", answer=answer(429, {}, **{"Retry-After": "7"}))]
    spoken()
    assert spoken.waits == [7_000]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("speak", answer=answer(500, {"detail": "oops"})),
        Fault("speak", answer=answer(504, {"detail": "the gateway gave up"})),
        Fault("speak", "cut"),
        Fault("speak", "drop"),
        Fault("speak", "rubbish"),
    ],
)
def test_what_may_have_been_paid_for_is_not_asked_for_twice(spoken, service, fault) -> None:
    service.faults = [fault]
    with pytest.raises(SpeechUnavailableError) as caught:
        spoken()
    assert caught.value.maybe_charged
    assert len(service.calls) == 1


def test_a_slow_answer_is_given_up_once(spoken, service) -> None:
    service.faults = [Fault("speak", "hang")]
    with pytest.raises(SpeechUnavailableError, match="fell silent") as caught:
        spoken(engine=spoken.opened(deadline_s=1))
    assert caught.value.maybe_charged


@pytest.mark.parametrize(
    ("key", "reply", "says"),
    [
        ("sk_quite_another_key_0000", None, "401: Invalid API key"),
        ("", None, "401"),
        (None, answer(402, {"detail": {"status": "payment_required"}}), "402"),
        (None, answer(400, {"detail": {"status": "quota_exceeded", "message": "none"}}), "none"),
        (None, answer(429, {"detail": {"status": "quota_exceeded", "message": "none"}}), "none"),
    ],
)
def test_what_holds_for_all_lines_is_asked_once(spoken, service, key, reply, says) -> None:
    service.faults = [Fault("speak", answer=reply)] if reply else []
    engine = spoken.opened(service.key if key is None else key)
    for _ in range(2):
        with pytest.raises(SpeechUnavailableError, match=says):
            spoken(engine=engine)
    assert len(service.calls) == 1


def test_a_spent_account_is_not_asked_for_the_other_lines(spoken, service) -> None:
    service.chars_left = len(LINE) + 3
    engine = spoken.opened()
    spoken(engine=engine)
    for _ in range(2):
        with pytest.raises(SpeechUnavailableError, match="3 credits remaining"):
            spoken(engine=engine)
    assert len(service.calls) == 2


def test_an_unknown_voice_is_no_trouble_for_the_others(spoken, service) -> None:
    engine = spoken.opened()
    with pytest.raises(SpeechUnavailableError, match="voice_id nobody was not found"):
        spoken(engine=engine, voice="nobody")
    assert spoken(engine=engine, voice=TOM).voiced


def with_sound(pcm: bytes):
    return lambda said: said | {"audio_base64": base64.b64encode(pcm).decode()}


def with_alignment(**changes):
    return lambda said: said | {"alignment": said["alignment"] | changes}


STARTS = "character_start_times_seconds"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda said: said | {"audio_base64": "no!base64"}, "not base64"),
        (lambda said: said | {"audio_base64": None}, "not the JSON"),
        (lambda said: {"audio_base64": said["audio_base64"]}, "not the JSON"),
        (lambda said: said | {"alignment": None}, "not the JSON"),
        (lambda said: [said], "not the JSON"),
        (with_sound(b""), "0 bytes are no sound"),
        (with_sound(bytes(4_801)), "4801 bytes are no sound of 16 bit"),
        (with_sound(bytes(4 * 48_000)), "nothing to hear"),
        (with_sound(bytes(2 * 24_000 * 60)), "60 s of sound are too much"),
        (with_alignment(**{STARTS: [0.5]}), "have 28, 1, 28 entries"),
        (with_alignment(characters=[*LINE[:-1], "!"]), "of another text"),
        (with_alignment(characters=[1] * 28), "of another text"),
        (with_alignment(**{STARTS: [0.9] + [0.5] * 27}), "do not follow"),
        (with_alignment(**{STARTS: [0.5] * 27 + [99.0]}), "where there is no sound"),
        (with_alignment(**{STARTS: [float("nan")] * 28}), "where there is no sound"),
        (with_alignment(**{STARTS: [-1.0] * 28}), "where there is no sound"),
        (with_alignment(**{STARTS: ["0.5"] * 28}), "no numbers"),
    ],
)
def test_an_answer_that_is_no_use_is_said_to_be_paid_for(spoken, service, change, says) -> None:
    service.change = change
    with pytest.raises(SpeechUnavailableError, match=says) as caught:
        spoken()
    assert caught.value.maybe_charged
    assert len(service.calls) == 1


def test_what_cannot_be_said_or_sent_is_not_asked_for(spoken, service) -> None:
    assert not spoken("…!").voiced
    with pytest.raises(SpeechUnavailableError, match="5000"):
        spoken("word " * 1001)
    assert service.calls == []
