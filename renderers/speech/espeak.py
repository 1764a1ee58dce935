"""Speech by espeak-ng, one process for each line."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.seams import Command, Tools
from renderers.sound.wav import write_wav
from renderers.speech import espeak_worker
from renderers.speech.casting import check_voice, complete
from renderers.speech.engine_files import engine_build, engine_files
from renderers.speech.foreign_line import silent_line
from renderers.speech.languages import language_voices, scripts_of_voice, voice_for_text
from renderers.speech.level import Sounding, balancing_gain, find_sound
from renderers.speech.pronunciation import Spoken, spoken
from renderers.speech.resample import ENGINE_RATE_HZ, resample, to_house_samples
from renderers.speech.voice import Speech, SpeechRequest
from renderers.speech.word_timing import Heard, place_words
from schemas.errors import PipelineError
from schemas.spoken_text import is_han, word_spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Raised whenever the same request gives other bytes or other timings than before.
ALGORITHM_VERSION: Final = 1
# The engine is a hundred times faster than speech; an hour of it would fit.
_WALL_LIMIT_S: Final = 60
# The share of letters that may be spelled out by name before the line is better left silent.
_SPELLED_SHARE: Final = 4


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as the engine reports it: characters of the text it was given, sample it began."""

    position: int
    length: int
    sample: int


@dataclass(frozen=True, slots=True)
class _Answer:
    pcm: NDArray[np.int16]
    words: tuple[_Word, ...]


class EspeakEngine:
    """espeak-ng from the pinned wheel. Deterministic, offline, about a hundred languages."""

    name = "espeak-ng"

    def version(self) -> str:
        """Engine, wheel and data digest, and the version of what is done to the sound here."""
        return f"{engine_build()} sound/{ALGORITHM_VERSION}"

    def speak(self, request: SpeechRequest, tools: Tools, out: Path) -> Speech:
        """See `SpeechEngine.speak`. A line without anything to say becomes a short silence.

        Where the voice cannot read the script most of the text is in, the same variant of a voice
        that can takes over.
        """
        voice = complete(request.voice, request.language)
        base, plus, variant = voice.name.partition("+")
        check_voice(voice.name, "voice")
        base = voice_for_text(request.text, base.lower())
        asked = _for_engine(request)
        # Some languages read bare signs out by name.
        if not any(map(str.isalnum, asked.text)):
            return silent_line(request, out)
        file = language_voices(engine_files().data)[base] + plus + variant
        settings = (file, str(voice.pitch), str(voice.rate_wpm), str(int(asked.phonetic)))
        answer = _run(settings, asked.text, tools)
        sound = None if _unreadable(asked.text, answer.words, base) else find_sound(answer.pcm)
        if sound is None:
            return silent_line(request, out)
        begins = [
            (asked.origin[word.position], to_house_samples(max(0, word.sample - sound.cut_samples)))
            for word in answer.words
            if 0 <= word.position < len(asked.origin)
        ]
        return _record(request, sound, begins, out)


def _run(settings: tuple[str, ...], text: str, tools: Tools) -> _Answer:
    files = engine_files()
    head = "\n".join((str(files.library), str(files.data), *settings, ""))
    command = Command(
        # -I -S: no site-packages, no environment; the interpreter is up in a few milliseconds.
        argv=(sys.executable, "-I", "-S", espeak_worker.__file__),
        purpose=f"speak {text[:24]!r}",
        stdin=(head.encode("utf-8", "surrogateescape"), text.encode("utf-8")),
        wall_limit_s=_WALL_LIMIT_S,
    )
    return _read_answer(tools.executor.run(command).stdout)


def _read_answer(answer: bytes) -> _Answer:
    import numpy as np

    try:
        head, rest = answer.split(b"\n", 1)
        rate, count, samples = map(int, head.split())
        *lines, sound = rest.split(b"\n", count)
        words = tuple(_Word(*map(int, line.split())) for line in lines)
    except (ValueError, TypeError):
        raise _failed("what the engine's process answered cannot be read") from None
    if rate != ENGINE_RATE_HZ or len(words) != count or len(sound) != 2 * samples:
        raise _failed(f"{len(sound)} bytes at {rate} Hz came back, not {samples} samples")
    return _Answer(np.frombuffer(sound, dtype="<i2").astype(np.int16), words)


def _record(
    request: SpeechRequest, sound: Sounding, begins: Sequence[tuple[int, int]], out: Path
) -> Speech:
    gain = balancing_gain(sound.pcm)
    with write_wav(out, channels=1) as wav:
        for piece in resample(sound.pcm, gain):
            wav.write(piece)
        # More words than samples happens to strings of bare signs only; each still has its place.
        wav.silence(len(word_spans(request.text)) - wav.samples)
    heard = Heard(wav.samples, begins, sound.sounding)
    return Speech(wav.samples, place_words(request.text, request.language, heard))


def _for_engine(request: SpeechRequest) -> Spoken:
    """The text as the engine gets it, with the words of the lexicon as they are said.

    Control characters go (U+0001 would begin one of the engine's own commands, NUL end the text),
    and pictographs, whose names it would read out. Where it reads phonemes between brackets,
    those of the writer are none.
    """
    asked = spoken(request.text, request.lexicon, sayable=_sayable, phonemes=True)
    if not asked.phonetic:
        return asked
    plain = spoken(request.text.replace("[", "("), request.lexicon, sayable=_sayable, phonemes=True)
    return plain if plain.phonetic else asked


def _sayable(character: str) -> bool:
    if character.isspace():
        return True
    if "\u2600" <= character <= "\u27bf" or "\U0001f000" <= character <= "\U0001faff":
        return False
    return unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Co")


def _unreadable(text: str, words: Sequence[_Word], base: str) -> bool:
    """Whether the engine mostly names letters: it then reports a word once for each of them."""
    chinese = "CJK" in scripts_of_voice(base)
    times = Counter((word.position, word.length) for word in words)
    letters = spelled = 0
    for each in text:
        letters += each.isalpha()
        spelled += is_han(each) and not chinese
    for (position, length), count in times.items():
        word = text[position : position + length]
        if count > 1 and not word.isascii() and not any(map(str.isdigit, word)):
            spelled += sum(each.isalpha() and not is_han(each) for each in word)
    return spelled * _SPELLED_SHARE > letters


def _failed(problem: str) -> PipelineError:
    return PipelineError(
        "speech-failed",
        "espeak-ng",
        problem,
        "run again; if it stays, install again with `make install`",
    )
