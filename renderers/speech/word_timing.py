"""From the few word positions an engine reports to a place in time for every word of the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from schemas.scratch_track import SpokenWord
from schemas.spoken_text import saying_samples, word_spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of a recorded line, in samples at 48 kHz.

    `begins` pairs a character of the text with the sample where the engine began it;
    `sounding` are samples that can be heard, in order.
    """

    duration_samples: int
    begins: Sequence[tuple[int, int]]
    sounding: Sequence[int] | NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Word:
    """How long a word takes to say, and whether there is anything in it to say."""

    samples: int
    said: bool


def place_words(text: str, language: str, heard: Heard) -> tuple[SpokenWord, ...]:
    """Every word of `text`, in order, each beginning after the one before and none empty.

    Words the engine named begin where it says; those between share the time by the length they
    take to say. A word ends where its sound ends, at the latest where the next one begins.
    `heard.duration_samples` must be at least the number of words.
    """
    spans = word_spans(text)
    if not spans:
        return ()
    words = [_word(text[start:end], language) for start, end in spans]
    offsets = _offsets(words, _anchors(spans, heard), heard)
    limits = [*offsets, heard.duration_samples][1:]
    return tuple(
        SpokenWord(
            text=text[start:end],
            char_start=start,
            char_end=end,
            offset_samples=offset,
            duration_samples=_end(heard.sounding, offset, limit) - offset,
        )
        for (start, end), offset, limit in zip(spans, offsets, limits, strict=True)
    )


def _word(text: str, language: str) -> _Word:
    return _Word(saying_samples(text, language), any(map(str.isalnum, text)))


def _anchors(spans: Sequence[tuple[int, int]], heard: Heard) -> list[tuple[int, int]]:
    """(word, sample) for the words whose beginning is known, the first word always among them.

    One sample is kept for every word, so a report that would leave a word without time is dropped.
    """
    starts = [start for start, _ in spans]
    anchors = [(0, 0)]
    for character, sample in heard.begins:
        word = bisect_right(starts, character) - 1
        if word <= anchors[-1][0] or character >= spans[word][1]:
            continue
        room_before = sample - anchors[-1][1] >= word - anchors[-1][0]
        room_after = heard.duration_samples - sample >= len(spans) - word
        if room_before and room_after:
            anchors.append((word, sample))
    return anchors


def _offsets(words: Sequence[_Word], anchors: Sequence[tuple[int, int]], heard: Heard) -> list[int]:
    offsets: list[int] = []
    last = (len(words), heard.duration_samples)
    for (word, sample), (next_word, next_sample) in pairwise([*anchors, last]):
        inside = words[word:next_word]
        said = 1 + max((at for at, each in enumerate(inside) if each.said), default=0)
        voice_end = _end(heard.sounding, sample, next_sample)
        # Bare signs behind the last word that is said stand for the pause that follows it.
        if voice_end - sample < said or next_sample - voice_end < len(inside) - said:
            said, voice_end = len(inside), next_sample
        offsets += _share(inside[:said], sample, voice_end)
        offsets += _share(inside[said:], voice_end, next_sample)
    return offsets


def _share(words: Sequence[_Word], start: int, end: int) -> list[int]:
    """Where each of `words` begins when they fill [start, end) by the time they take to say."""
    # One sample each is set aside first, so that no word comes out empty.
    spare = end - start - len(words)
    whole, before = sum(word.samples for word in words), 0
    offsets: list[int] = []
    for index, word in enumerate(words):
        offsets.append(start + index + spare * before // whole)
        before += word.samples
    return offsets


def _end(sounding: Sequence[int] | NDArray[np.int64], offset: int, limit: int) -> int:
    """One after the last sample that can be heard in [offset, limit); `limit` if there is none."""
    at = bisect_left(sounding, limit) - 1
    if at < 0 or sounding[at] < offset:
        return limit
    return int(sounding[at]) + 1
