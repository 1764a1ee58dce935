"""A line whose sound came from elsewhere, an actor or a service, made one like all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.seams import Tools
from renderers.sound.audio_ingest import ingest_audio
from renderers.sound.wav import read_info, read_samples, write_wav
from renderers.speech.level import balancing_gain, find_sound
from renderers.speech.pauses import sentence_begins
from renderers.speech.resample import GAIN_BITS
from renderers.speech.voice import Speech, SpeechRequest
from renderers.speech.word_timing import Heard, place_words
from schemas.errors import PipelineError
from schemas.scratch_track import SpokenWord
from schemas.spoken_text import saying_samples, word_spans
from schemas.timing import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Raised whenever the same file gives other bytes or other timings than before.
FOREIGN_LINE_VERSION: Final = 1
# A line nobody can say is still a moment on screen (48 kHz).
_SILENT_SAMPLES: Final = 24_000
_AT_ONCE: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class ToldWord:
    """Where the source says that the word at character `char` is, in samples at 48 kHz."""

    char: int
    start: int
    end: int


def house_line(
    source: Path,
    request: SpeechRequest,
    tools: Tools,
    out: Path,
    told: Sequence[ToldWord] | None = None,
) -> Speech:
    """Decode `source`, cut the silence around it, bring it to the level of dialogue, and write it.

    `told` is what the source itself says of its words. Without it sentences begin behind the
    pauses, and the words of each share its time by the length they take to say.

    Raises PipelineError `broken-sound` for a file that cannot be read or has nothing to hear.
    """
    decoded = tools.scratch / "decoded.wav"
    ingest_audio(source, decoded, tools, channels=1)
    pcm = read_samples(decoded, 0, read_info(decoded).samples)[:, 0]
    decoded.unlink()
    sound = find_sound(pcm, SAMPLE_RATE_HZ)
    if sound is None:
        raise PipelineError(
            "broken-sound", source.name, "there is nothing to hear in it", "record it again"
        )
    gain = balancing_gain(sound.pcm, SAMPLE_RATE_HZ)
    with write_wav(out, channels=1) as wav:
        for start in range(0, len(sound.pcm), _AT_ONCE):
            wav.write(_louder(sound.pcm[start : start + _AT_ONCE], gain))
        wav.silence(len(word_spans(request.text)) - wav.samples)
    if told is None:
        begins = sentence_begins(request.text, request.language, sound.sounding)
    else:
        begins = tuple((word.char, max(word.start - sound.cut_samples, 0)) for word in told)
    heard = Heard(wav.samples, begins, sound.sounding)
    words = place_words(request.text, request.language, heard)
    ends = {word.char: word.end - sound.cut_samples for word in told or ()}
    return Speech(wav.samples, tuple(_ended(word, ends.get(word.char_start)) for word in words))


def _ended(word: SpokenWord, told_end: int | None) -> SpokenWord:
    """A word that ends where the source says, if that is before the next one is heard to begin."""
    length = word.duration_samples
    if told_end is not None:
        length = min(length, max(told_end - word.offset_samples, 1))
    return word.model_copy(update={"duration_samples": length})


def silent_line(request: SpeechRequest, out: Path) -> Speech:
    """Silence for as long as a reader needs, for a line that nobody can say."""
    spans = word_spans(request.text)
    saying = sum(saying_samples(request.text[start:end], request.language) for start, end in spans)
    with write_wav(out, channels=1) as wav:
        wav.silence(max(saying, _SILENT_SAMPLES))
    heard = Heard(wav.samples, (), ())
    words = place_words(request.text, request.language, heard)
    return Speech(wav.samples, words, voiced=False)


def _louder(pcm: NDArray[np.int16], gain: int) -> NDArray[np.int16]:
    import numpy as np

    loud: NDArray[np.int64] = (pcm.astype(np.int64) * gain + (1 << (GAIN_BITS - 1))) >> GAIN_BITS
    clipped: NDArray[np.int16] = np.clip(loud, -32768, 32767).astype(np.int16)
    return clipped
