"""What counts as a word of a spoken line, and how long people take to say one.

Shared by the estimate (no voice at all) and by engines that report too few word positions.
Integers only; nothing here depends on locale, and only on Unicode's stable properties.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Final

_TOKEN = re.compile(r"\S+")
# Han with its extensions and compatibility forms, the iteration mark and the ideographic zero.
_HAN = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile(
    "[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]"
)
# Signs that never begin a line in Japanese typesetting (JIS X 4051, line-start prohibition).
_NEVER_FIRST: Final = frozenset(
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーゝゞヽヾ々ｧｨｩｪｫｬｭｮｯｰ"
)

# Samples at 48 kHz. Syllables per second of fluent reading are those measured by Pellegrino,
# Coupé and Marsico (Language 87, 2011): Mandarin 5.18, Japanese 7.84 morae, English 6.19. An
# English syllable is written with about two and a half letters: 15 letters a second. A Hangul
# block is one syllable; digits and symbols are read out as a short word each.
_MANDARIN_SYLLABLE: Final = 9_266
_JAPANESE_MORA: Final = 6_122
_KOREAN_SYLLABLE: Final = 7_200
_LETTER: Final = 3_200
# Arabic and Hebrew write few of their vowels: a letter stands for more sound.
_CONSONANT: Final = 4_800
_SIGN: Final = 12_000
MIN_WORD_SAMPLES: Final = 1_200
_SPOKEN_SIGNS: Final = frozenset("%&@#§°©®™")


def word_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every word of `text`, in order, in characters.

    A word is what stands between white space. Han and kana are written without spaces, so there
    each character is one, together with the punctuation, small kana or length mark that clings
    to it. Every character that is not white space lies in exactly one span.
    """
    spans: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(text):
        starts = [token.start()]
        if is_unspaced(token.group()):
            starts += [token.start() + at for at in _inner_starts(token.group())]
        spans += pairwise([*starts, token.end()])
    return tuple(spans)


def is_unspaced(text: str) -> bool:
    """Whether `text` holds any Han or kana."""
    return bool(_HAN.search(text) or _KANA.search(text))


def is_han(character: str) -> bool:
    """Whether one character is Han (Chinese characters, Japanese kanji, Korean hanja)."""
    return bool(_HAN.match(character))


def saying_samples(word: str, language: str) -> int:
    """How long a reader takes to say `word`, in samples at 48 kHz; at least MIN_WORD_SAMPLES.

    `language` matters for Han only, which Japanese reads with about two morae each.
    """
    japanese = language.lower().startswith("ja")
    return max(MIN_WORD_SAMPLES, sum(_character_samples(each, japanese) for each in word))


def _inner_starts(token: str) -> list[int]:
    """Where further words begin inside a token that holds Han or kana."""
    starts: list[int] = []
    previous = ""  # kind of the last letter in the word that is open: "", "unspaced" or "letter"
    for at, character in enumerate(token):
        kind = _kind(character)
        opens = kind == "unspaced" or (kind == "letter" and previous == "unspaced")
        if previous and (opens or kind == "opening"):
            starts.append(at)
            previous = ""
        if kind in ("unspaced", "letter"):
            previous = kind
    return starts


def _kind(character: str) -> str:
    if character in _NEVER_FIRST:
        return "clinging"
    if _HAN.match(character) or _KANA.match(character):
        return "unspaced"
    category = unicodedata.category(character)
    if category in ("Ps", "Pi"):
        return "opening"
    return "letter" if category[0] in "LN" else "clinging"


def _character_samples(character: str, japanese: bool) -> int:
    if _HAN.match(character):
        return 2 * _JAPANESE_MORA if japanese else _MANDARIN_SYLLABLE
    if _KANA.match(character):
        return _JAPANESE_MORA
    if "\uac00" <= character <= "\ud7a3":
        return _KOREAN_SYLLABLE
    category = unicodedata.category(character)
    if category[0] == "L":
        return _CONSONANT if "\u0590" <= character <= "\u077f" else _LETTER
    if category[0] == "N" or category in ("Sc", "Sm") or character in _SPOKEN_SIGNS:
        return _SIGN
    return 0
