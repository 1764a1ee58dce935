import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from orchestrator.seams.executor import SubprocessExecutor
from orchestrator.seams.http_client import HttpClient
from renderers.seams import Tools
from renderers.sound.wav import read_info, read_samples
from renderers.speech.asking import SpeechDesk
from renderers.speech.openai_speech import OpenAiSpeech
from renderers.speech.voice import Speech, SpeechRequest, SpeechUnavailableError
from schemas.project import Pronunciation, SpeechService, Voice
from tests.fake_providers.server import Fault, serving
from tests.fake_providers.speech import FakeSpeech, streamed_wav


def desk(http, wait_ms, deadline_s=30, **more) -> SpeechDesk:
    return SpeechDesk("the speech service", http, wait_ms, deadline_s=deadline_s, **more)


LINE = "I never left. You know that."


@pytest.fixture
def service() -> Iterator[FakeSpeech]:
    with serving(FakeSpeech(b"")) as fake:
        yield fake


@pytest.fixture
def spoken(service: FakeSpeech, tmp_path: Path):
    """Speaks one line; `waits` are the pauses the engine asked for, in milliseconds."""
    http = HttpClient()
    waits: list[int] = []

    def speak(text: str = LINE, *, key=service.key, deadline_s=30, engine=None, **more) -> Speech:
        setup = SpeechService(base_url=f"{service.url}/v1/", model="tts-1")
        engine = engine or OpenAiSpeech(setup, key, desk(http, waits.append, deadline_s))
        request = SpeechRequest(text, "en", Voice(name="alloy"), **more)
        return engine.speak(request, speak.tools, tmp_path / "line.wav")

    speak.tools = Tools(SubprocessExecutor(), None, tmp_path)
    speak.waits = waits
    speak.out = tmp_path / "line.wav"
    yield speak
    http.close()


def test_a_line_is_asked_for_by_the_contract_and_made_like_all_others(spoken, service) -> None:
    speech = spoken()
    call = service.calls[0]
    assert call.headers["authorization"] == f"Bearer {service.key}"
    assert json.loads(call.body) == {
        "input": LINE,
        "model": "tts-1",
        "response_format": "wav",
        "voice": "alloy",
    }
    info = read_info(spoken.out)
    assert (info.channels, info.samples) == (1, speech.duration_samples)
    # Six words of 200 ms and a pause of 400 ms, less the silence around them: about 1.67 s.
    assert abs(speech.duration_samples - 80_160) < 500
    pcm = read_samples(spoken.out, 0, info.samples)[:, 0].astype(np.int64)
    loud = pcm[480 : 480 + 9_600 * 3]
    assert abs(20 * np.log10(np.sqrt(np.mean(loud**2)) / 32768) + 20) < 0.5
    assert [word.text for word in speech.words] == LINE.split()
    # The second sentence begins behind the pause: 10 ms, three words and 400 ms.
    assert abs(speech.words[3].offset_samples - (480 + 3 * 9_600 + 19_200)) < 300


def test_the_lexicon_is_respelt_for_the_service(spoken, service) -> None:
    spoken("Siobhan left.", lexicon=(Pronunciation(word="Siobhan", say="shiv awn"),))
    assert service.said == ["shiv awn left."]


def test_a_service_without_keys_is_sent_none(spoken, service) -> None:
    service.key = ""
    spoken(key="")
    assert "authorization" not in service.calls[0].headers


def test_busy_answers_are_tried_again_and_retry_after_is_obeyed(spoken, service) -> None:
    service.faults = [
        Fault("speak", answer=(429, {"Retry-After": "7"}, b"{}")),
        Fault("speak", answer=(503, {}, b"{}")),
    ]
    spoken()
    asked, doubled = spoken.waits
    # Two seconds, and up to half of that on top.
    assert asked == 7_000
    assert 2_000 <= doubled <= 3_000
    assert len(service.calls) == 3


@pytest.mark.parametrize(
    ("faults", "says", "charged"),
    [
        ([Fault("speak", answer=(500, {}, b'{"error": "oops"}'))] * 3, "500: oops", True),
        ([Fault("speak", answer=(429, {"Retry-After": "600"}, b"{}"))], "answered 429", False),
        ([Fault("speak", answer=(400, {}, b'{"error": "bad"}'))], "400: bad", False),
        ([Fault("speak", "cut")] * 3, "broke off", True),
        ([Fault("speak", "drop")] * 3, "broke off", True),
        ([Fault("speak", "rubbish")], "no use", True),
    ],
)
def test_what_goes_wrong_is_said_and_left_to_another_engine(
    spoken, service, faults, says, charged
) -> None:
    service.faults = list(faults)
    with pytest.raises(SpeechUnavailableError, match=says) as caught:
        spoken()
    assert len(service.calls) == len(faults)
    assert caught.value.maybe_charged is charged


def test_a_slow_answer_is_given_up(spoken, service) -> None:
    service.faults = [Fault("speak", "hang")] * 3
    with pytest.raises(SpeechUnavailableError, match="fell silent"):
        spoken(deadline_s=1)


def test_silence_for_an_answer_is_no_speech(spoken, service) -> None:
    service.sound = lambda _: streamed_wav(bytes(48_000))
    with pytest.raises(SpeechUnavailableError, match="nothing to hear"):
        spoken()


def test_a_wrong_key_closes_the_service_for_all_lines(spoken, service) -> None:
    setup = SpeechService(base_url=f"{service.url}/v1")
    engine = OpenAiSpeech(setup, "sk-wrong-key-00000", desk(HttpClient(), spoken.waits.append))
    for _ in range(2):
        with pytest.raises(SpeechUnavailableError, match="answered 401"):
            spoken(engine=engine)
    assert len(service.calls) == 1


def test_nobody_there_is_found_out_once(tools: Tools, tmp_path: Path) -> None:
    setup = SpeechService(base_url="http://127.0.0.1:9/v1")
    engine = OpenAiSpeech(setup, "", desk(HttpClient(), lambda _: None))
    for _ in range(2):
        with pytest.raises(SpeechUnavailableError, match="cannot be reached") as caught:
            engine.speak(SpeechRequest("Hello", "en", Voice()), tools, tmp_path / "a.wav")
        assert not caught.value.maybe_charged


def test_what_cannot_be_said_or_sent_is_not_asked_for(spoken, service) -> None:
    assert not spoken("…!").voiced
    with pytest.raises(SpeechUnavailableError, match="4096"):
        spoken("word " * 1000)
    assert service.calls == []
