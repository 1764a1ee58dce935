import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from blake3 import blake3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renderers.seams import Tools
from renderers.sound.wav import read_info, read_samples
from renderers.speech import espeak_worker
from renderers.speech.espeak import EspeakEngine
from renderers.speech.voice import Speech, SpeechRequest
from schemas.errors import PipelineError
from schemas.project import Voice
from tests.renderers.speech.conftest import PlainExecutor, tools_with

LINE = "Where have you been all night? I waited at the harbour."


def speak(
    tools: Tools, out: Path, text: str, language: str = "en", voice: str = "en-gb+f3"
) -> Speech:
    return EspeakEngine().speak(SpeechRequest(text, language, Voice(name=voice)), tools, out)


def sound(path: Path) -> np.ndarray:
    return read_samples(path, 0, 1 << 40)[:, 0].astype(np.int64)


def assert_words_complete(text: str, speech: Speech) -> None:
    covered = sorted((word.char_start, word.char_end) for word in speech.words)
    assert [text[start:end] for start, end in covered] == [word.text for word in speech.words]
    for start, end in zip(*_token_bounds(text), strict=True):
        inside = [span for span in covered if start <= span[0] and span[1] <= end]
        assert inside, text[start:end]
        assert inside[0][0] == start
        assert inside[-1][1] == end
        assert all(a[1] == b[0] for a, b in pairwise(inside))
    ends = [*(word.offset_samples for word in speech.words), speech.duration_samples][1:]
    for word, limit in zip(speech.words, ends, strict=True):
        assert word.duration_samples > 0
        assert word.offset_samples + word.duration_samples <= limit


def _token_bounds(text: str) -> tuple[list[int], list[int]]:
    starts, ends, at = [], [], 0
    for token in text.split():
        starts.append(text.index(token, at))
        at = starts[-1] + len(token)
        ends.append(at)
    return starts, ends


def test_speaks_into_a_house_wav_of_the_length_it_reports(tools: Tools, tmp_path: Path) -> None:
    speech = speak(tools, tmp_path / "a.wav", LINE)
    assert (tmp_path / "a.wav").read_bytes()[:4] == b"RIFF"
    info = read_info(tmp_path / "a.wav")
    assert (info.channels, info.samples) == (1, speech.duration_samples)
    assert speech.voiced
    assert 100_000 < speech.duration_samples < 200_000  # eleven words: 2 to 4 seconds
    assert [word.text for word in speech.words] == LINE.split()


def test_the_same_line_gives_the_same_bytes_in_other_processes(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from tests.renderers.speech.conftest import tools_with\n"
        "from tests.renderers.speech.test_espeak import LINE, speak\n"
        "out = Path(sys.argv[1])\n"
        "print(speak(tools_with({}, out.parent), out, LINE).words)\n"
    )
    results = []
    for seed, locale in (("1", "C"), ("77", "de_DE.UTF-8")):
        out = tmp_path / f"{seed}.wav"
        done = subprocess.run(
            [sys.executable, "-c", script, str(out)],
            env={"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": f"UTC+{seed[0]}"},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            check=True,
        )
        results.append((out.read_bytes(), done.stdout))
    assert results[0] == results[1]
    assert len(results[0][0]) > 200_000


@pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="another build of the engine"
)
def test_a_breathy_voice_has_these_bytes_whatever_the_clock_says(
    tools: Tools, tmp_path: Path
) -> None:
    speak(tools, tmp_path / "a.wav", LINE, voice="en-gb+f5")
    assert blake3((tmp_path / "a.wav").read_bytes()).hexdigest()[:16] == "7d14f6086da01811"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc chooses its variants there")
@pytest.mark.parametrize("voice", ["en-gb", "en-gb+f1", "en-gb+linda", "en-gb+m8", "fr+rob"])
def test_older_processors_give_the_same_bytes(tools: Tools, tmp_path: Path, voice: str) -> None:
    old = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX,-FMA,-AVX2_Usable,-FMA_Usable"}
    assert speak(tools, tmp_path / "a.wav", LINE, voice=voice) == speak(
        tools_with(old, tmp_path), tmp_path / "b.wav", LINE, voice=voice
    )
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_the_order_of_lines_changes_nothing(tools: Tools, tmp_path: Path) -> None:
    lines = ["Nobody came.", "Where were you?", "Nobody came."]
    for at, line in enumerate(lines):
        speak(tools, tmp_path / f"{at}.wav", line)
    assert (tmp_path / "0.wav").read_bytes() == (tmp_path / "2.wav").read_bytes()
    assert (tmp_path / "0.wav").read_bytes() != (tmp_path / "1.wav").read_bytes()


def test_other_voices_pitches_and_rates_sound_different(tools: Tools, tmp_path: Path) -> None:
    voices = [
        Voice(name="en-gb+f3"),
        Voice(name="en-gb+m3"),
        Voice(name="en-us+f3"),
        Voice(name="en-gb+f3", pitch=70),
        Voice(name="en-gb+f3", rate_wpm=200),
    ]
    heard = set()
    for at, voice in enumerate(voices):
        out = tmp_path / f"{at}.wav"
        EspeakEngine().speak(SpeechRequest(LINE, "en", voice), tools, out)
        heard.add(out.read_bytes())
    assert len(heard) == len(voices)


def test_a_pause_lies_where_the_word_times_say(tools: Tools, tmp_path: Path) -> None:
    speech = speak(tools, tmp_path / "a.wav", "one … two")
    one, pause, two = speech.words
    pcm = np.abs(sound(tmp_path / "a.wav"))
    middle = pcm[pause.offset_samples + 480 : two.offset_samples - 480]
    assert len(middle) > 4_800
    assert middle.max() < 300
    assert pcm[one.offset_samples : one.offset_samples + one.duration_samples].max() > 8_000
    assert pcm[two.offset_samples : two.offset_samples + two.duration_samples].max() > 8_000
    # The first sound of "two" comes within 60 ms of the time given for it.
    late = np.flatnonzero(pcm[two.offset_samples :] > 600)[0]
    assert late < 2_880


def test_silence_around_a_line_is_trimmed_to_the_same_margins(tools: Tools, tmp_path: Path) -> None:
    for text in ("Go.", "Stop that now, please.", "I know... I know..."):
        speak(tools, tmp_path / "a.wav", text)
        pcm = np.abs(sound(tmp_path / "a.wav"))
        heard = np.flatnonzero(pcm > pcm.max() >> 7)
        assert 430 < heard[0] < 530  # 10 ms
        assert 2_700 < len(pcm) - heard[-1] < 3_200  # 60 ms


def test_voices_are_equally_loud(tools: Tools, tmp_path: Path) -> None:
    levels = {}
    for voice in ("en-gb+f1", "en-gb+linda", "en-gb+m8", "en-gb+Denis", "en-gb+Andy", "fr+m3"):
        speak(tools, tmp_path / "a.wav", LINE, voice=voice)
        pcm = sound(tmp_path / "a.wav")
        blocks = (pcm[: len(pcm) // 480 * 480].reshape(-1, 480) ** 2).mean(axis=1)
        levels[voice] = round(10 * np.log10(blocks[blocks > blocks.max() / 1000].mean()), 1)
        assert np.abs(pcm).max() <= 29_500
    assert max(levels.values()) - min(levels.values()) < 1.5, levels


@pytest.mark.parametrize(
    "text",
    ["...", "—", "", " \n ", "😀", "😀 🤷🏽‍♀️", "?!", "\x00", "\x01", "東京", "🏴" * 50],
)
def test_a_line_with_nothing_to_say_is_a_short_silence(
    tools: Tools, tmp_path: Path, text: str
) -> None:
    speech = speak(tools, tmp_path / "a.wav", text, language="ja", voice="ja+f2")
    assert not speech.voiced
    assert 24_000 <= speech.duration_samples < 96_000
    assert read_info(tmp_path / "a.wav").samples == speech.duration_samples
    assert not sound(tmp_path / "a.wav").any()
    assert_words_complete(text, speech)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("你好，世界。今天天气很好", "zh"),
        ("こんにちは、せかい。", "ja"),
        ("안녕하세요 여러분", "ko"),
        ("مرحبا بكم يا أصدقاء", "ar"),
        ("שלום לכם", "he"),
        ("नमस्ते दोस्तों", "hi"),
        ("Καλημέρα σε όλους", "el"),
        ("Привіт, як справи?", "uk"),
        ("สวัสดีครับ", "th"),
        ("Où est-elle ? Là-bas !", "fr"),
        ("Çok güzel bir gün.", "tr"),
    ],
)
def test_languages_are_spoken_even_by_a_voice_of_another_script(
    tools: Tools, tmp_path: Path, text: str, language: str
) -> None:
    own = EspeakEngine().speak(SpeechRequest(text, language, Voice()), tools, tmp_path / "a.wav")
    assert own.voiced
    assert_words_complete(text, own)
    foreign = speak(tools, tmp_path / "b.wav", text, language="en", voice="en-gb+m3")
    assert foreign.voiced
    assert_words_complete(text, foreign)


def test_chinese_words_are_timed_character_by_character(tools: Tools, tmp_path: Path) -> None:
    speech = speak(tools, tmp_path / "a.wav", "你好，世界。", language="zh", voice="cmn")
    assert [word.text for word in speech.words] == ["你", "好，", "世", "界。"]


def test_markup_is_spoken_not_obeyed(tools: Tools, tmp_path: Path) -> None:
    def seconds(text: str) -> float:
        return speak(tools, tmp_path / "a.wav", text).duration_samples / 48_000

    plain = seconds("hello there")
    # As a command this would be ten seconds of nothing, or nothing at all.
    assert seconds('hello <break time="10s"/> there') > plain + 1
    assert seconds("hello <!-- there -->") > plain
    assert seconds("hello [[D'e@]] there") > plain + 0.5
    # U+0001 begins a command of the engine: 450S would set the rate.
    assert abs(seconds("\x01450S hello there") - seconds("450S hello there")) < 0.001
    assert abs(seconds("hello\x00 there") - plain) < 0.001


def test_the_text_never_reaches_the_command_line(tmp_path: Path) -> None:
    tools = tools_with({}, tmp_path)
    speak(tools, tmp_path / "a.wav", "--help $(reboot) secret")
    assert isinstance(tools.executor, PlainExecutor)
    (argv,) = tools.executor.seen
    assert "secret" not in " ".join(argv)
    assert argv[:3] == (sys.executable, "-I", "-S")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
def test_the_engine_dies_with_its_parent() -> None:
    reading, writing = os.pipe()
    script = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-I', '-S', sys.argv[1]])\n"
        "print(child.pid, flush=True)\nchild.wait()\n"
    )
    # The child waits for text that never comes: the pipe stays open here.
    parent = subprocess.Popen(
        [sys.executable, "-c", script, espeak_worker.__file__],
        stdin=reading,
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    child = Path(f"/proc/{int(parent.stdout.readline())}")
    try:
        # Its standard output is put aside right after it has asked to die with its parent.
        wait_until(lambda: (child / "fd/1").readlink() == (child / "fd/2").readlink())
        parent.kill()
        wait_until(lambda: not child.exists() or b") Z " in (child / "stat").read_bytes())
    finally:
        parent.kill()
        os.close(reading)
        os.close(writing)
        parent.communicate()


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_very_long_lines_are_spoken_whole(tools: Tools, tmp_path: Path) -> None:
    text = ("Nobody came, and I waited for an hour at the harbour. " * 200)[:10_000]
    speech = speak(tools, tmp_path / "a.wav", text)
    assert_words_complete(text, speech)
    assert speech.duration_samples > 400 * 48_000
    # Positions stay right to the end: the engine counts words, and no clause is out of place.
    halves = [word.offset_samples for word in speech.words if word.text == "Nobody"]
    gaps = np.diff(halves)
    assert gaps.max() < 1.1 * gaps.min()


def test_one_word_of_ten_thousand_letters(tools: Tools, tmp_path: Path) -> None:
    speech = speak(tools, tmp_path / "a.wav", "x" * 10_000)
    assert len(speech.words) == 1
    assert speech.words[0].duration_samples > 48_000


def test_more_signs_than_sound_still_have_a_place_each(tools: Tools, tmp_path: Path) -> None:
    text = "a " + "— " * 5_000
    speech = speak(tools, tmp_path / "a.wav", text)
    assert len(speech.words) == 5_001
    assert read_info(tmp_path / "a.wav").samples == speech.duration_samples
    assert_words_complete(text, speech)


def test_an_unknown_voice_is_refused_with_near_names(tools: Tools, tmp_path: Path) -> None:
    with pytest.raises(PipelineError) as refusal:
        speak(tools, tmp_path / "a.wav", "hello", voice="en-gb+f33")
    assert refusal.value.code == "unknown-voice"
    assert "en-gb+f3" in refusal.value.hint


def test_an_engine_that_answers_nonsense_is_named(tmp_path: Path) -> None:
    class Nonsense(PlainExecutor):
        def run(self, command):  # type: ignore[no-untyped-def]
            done = super().run(command)
            return type(done)(done.stdout[:-1], "")

    tools = Tools(Nonsense(), lambda digest: tmp_path, tmp_path)
    with pytest.raises(PipelineError) as failure:
        speak(tools, tmp_path / "a.wav", "hello")
    assert failure.value.code == "speech-failed"


def test_the_version_names_engine_wheel_and_data_and_is_quick() -> None:
    started = time.perf_counter()
    version = EspeakEngine().version()
    assert time.perf_counter() - started < 0.2
    assert version == "espeak-ng 1.52.0 (espeakng-loader 0.2.4, 8e7f88383fe99f9a) sound/1"


pieces = st.sampled_from(
    ["one", "two", "OK...", "—", "…", "1,234", "don't", "C.I.A.", "$5.50", "😀", "<b>", "[[a]]",
     "really—I'd", "你好，世界", "東京", "Привет", "شكرا", "\x00", "a\x01b", "?", "Dr.",
     "3rd", "«Où»"]
)  # fmt: skip
gaps = st.sampled_from([" ", "  ", "\n", "\t", "\u00a0", "\u3000"])
texts = st.one_of(
    st.lists(st.tuples(pieces, gaps), max_size=12).map(lambda all_: "".join(map("".join, all_))),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=60),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=texts)
def test_every_word_of_any_text_has_a_place(tools: Tools, tmp_path: Path, text: str) -> None:
    speech = speak(tools, tmp_path / "a.wav", text, voice="en-us+m3")
    assert read_info(tmp_path / "a.wav").samples == speech.duration_samples > 0
    assert_words_complete(text, speech)
