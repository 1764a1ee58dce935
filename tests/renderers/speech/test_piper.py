"""Piper's command line, held to by a program that takes the arguments that Piper 1.8 takes."""

import sys
from pathlib import Path

import pytest

from orchestrator.seams.executor import SubprocessExecutor
from renderers.seams import Tools
from renderers.sound.wav import read_info
from renderers.speech import piper
from renderers.speech.piper import PiperEngine
from renderers.speech.voice import SpeechRequest, SpeechUnavailableError
from schemas.project import Pronunciation, Voice

# The words and the options it was called with go into files beside the voice.
PROGRAM = """
import argparse, pathlib, sys, wave
parser = argparse.ArgumentParser()
parser.add_argument("-m", "--model", required=True, type=pathlib.Path)
parser.add_argument("-f", "--output-file", "--output_file", required=True)
parser.add_argument("--noise-scale", "--noise_scale", type=float)
parser.add_argument("--noise-w-scale", "--noise_w_scale", "--noise-w", "--noise_w", type=float)
asked = parser.parse_args()
if not asked.model.read_bytes():
    raise ValueError("Unable to load the voice")
lines = [line.strip() for line in sys.stdin if line.strip()]
asked.model.with_name("said.txt").write_text(f"{lines} {asked.noise_scale} {asked.noise_w_scale}")
with wave.open(asked.output_file, "wb") as out:
    out.setparams((1, 2, 22050, 0, "NONE", ""))
    for line in lines:
        out.writeframes((b"\\x00\\x10" * 20 + b"\\x00\\xf0" * 20) * 100 * len(line.split()))
"""


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "piper.py"
    program.write_text(PROGRAM)
    monkeypatch.setattr(piper, "piper_program", lambda: (sys.executable, str(program)))
    (tmp_path / "alba.onnx").write_bytes(b"a voice")
    return tmp_path


def speak(show: Path, text: str, *lexicon: Pronunciation):
    tools = Tools(SubprocessExecutor(), None, show)
    request = SpeechRequest(text, "en", Voice(name="alba.onnx"), lexicon)
    return PiperEngine(show).speak(request, tools, show / "line.wav")


def test_a_line_is_spoken_without_noise_and_made_like_all_others(show: Path) -> None:
    speech = speak(show, "Siobhan\nis late.", Pronunciation(word="Siobhan", say="shiv awn"))
    assert (show / "said.txt").read_text() == "['shiv awn is late.'] 0.0 0.0"
    # Four words of 4000 samples at 22 050 Hz, 10 ms before and 60 ms after them.
    assert abs(speech.duration_samples - (16_000 * 48_000 // 22_050 + 3_360)) < 500
    assert read_info(show / "line.wav").samples == speech.duration_samples
    assert [word.text for word in speech.words] == ["Siobhan", "is", "late."]


def test_a_voice_that_cannot_be_loaded_is_left_to_another_engine(show: Path) -> None:
    (show / "alba.onnx").write_bytes(b"")
    with pytest.raises(SpeechUnavailableError, match="Piper: ValueError: Unable to load"):
        speak(show, "Hello")


def test_without_piper_nothing_is_started(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper, "piper_program", lambda: None)
    with pytest.raises(SpeechUnavailableError, match="pip install piper-tts"):
        speak(show, "Hello")
    assert not speak(show, "…").voiced
