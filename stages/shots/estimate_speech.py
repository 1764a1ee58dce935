"""How long a line takes to say when nobody says it (`voice: none`)."""

from __future__ import annotations

import re
from typing import Final

from schemas.scratch_track import SpokenWord
from schemas.spoken_text import saying_samples, word_spans

# Samples at 48 kHz. Pauses of fluent reading are near a third of a second between sentences and
# half of that or less inside one (Goldman-Eisler, Psycholinguistics, 1968).
_SENTENCE_PAUSE: Final = 16_800
_CLAUSE_PAUSE: Final = 7_200
# A line without a word in it is still a moment on screen.
MIN_LINE_SAMPLES: Final = 24_000

_SENTENCE_END = re.compile(r"[.!?\u2026\u203d\u3002\uff01\uff1f\u061f\u0964][\W_]*$")
_CLAUSE_END = re.compile(r"[,;:\u2013\u2014\uff0c\u3001\uff1b\uff1a\u060c\u061b][\W_]*$|--[\W_]*$")


def estimate_line(text: str, language: str) -> tuple[int, tuple[SpokenWord, ...]]:
    """Duration of the line in samples at 48 kHz, and its words with their places.

    Words follow each other in reading order; a pause for punctuation lies between a word's end
    and the next word, none after the last. Never shorter than MIN_LINE_SAMPLES.
    """
    words: list[SpokenWord] = []
    at = pause = 0
    for start, end in word_spans(text):
        word = text[start:end]
        at += pause
        duration = saying_samples(word, language)
        words.append(
            SpokenWord(
                text=word,
                char_start=start,
                char_end=end,
                offset_samples=at,
                duration_samples=duration,
            )
        )
        at += duration
        pause = _pause_after(word)
    return max(at, MIN_LINE_SAMPLES), tuple(words)


def _pause_after(word: str) -> int:
    if _SENTENCE_END.search(word):
        return _SENTENCE_PAUSE
    return _CLAUSE_PAUSE if _CLAUSE_END.search(word) else 0
