"""Where words begin in writing that sets no spaces between them, by ICU's dictionaries.

Thai, Lao, Khmer and Burmese can be broken nowhere else; Japanese reads better broken between
phrases, and Chinese between words, than between any two characters.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

_SOUTH_EAST_ASIAN: Final = re.compile(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\uaa60-\uaa7f]"
)
_KANA: Final = re.compile("[\u3041-\u30ff]")
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


def is_south_east_asian(text: str) -> bool:
    """Whether `text` holds a letter of Thai, Lao, Khmer, Burmese or Tai Le and New Tai Lue."""
    return _SOUTH_EAST_ASIAN.search(text) is not None


def word_starts(text: str) -> frozenset[int] | None:
    """Positions in `text`, which holds no spaces, where a row may begin without cutting a word.

    None for writing that sets spaces between its words.
    """
    if is_south_east_asian(text):
        return _starts(text, "th", by_line=True)
    if _KANA.search(text):
        # Phrases (bunsetsu) instead of characters: Unicode LDML, key lw, value phrase.
        return _starts(text, "ja-u-lw-phrase", by_line=True)
    if _HAN.search(text):
        return _starts(text, "zh", by_line=False)
    return None


def _starts(text: str, locale: str, *, by_line: bool) -> frozenset[int]:
    from icu4py.breakers import LineBreaker, WordBreaker

    breaker = LineBreaker(text, locale) if by_line else WordBreaker(text, locale)
    # The breaker counts in UTF-16; its pieces are strings.
    return frozenset(accumulate(len(piece) for piece in breaker))
