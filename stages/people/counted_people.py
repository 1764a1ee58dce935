"""Groups that action counts instead of naming: `All five stand in front of it.`"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_NUMBERS: Final = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_WORDS: Final = "|".join(_NUMBERS)
# A plural behind the number says what is counted, and it is not people: `all five candles`.
_COUNTED: Final = re.compile(
    rf"\b(?:all (?:of )?(?:the )?|the )?(?P<of>{_WORDS}) of (?:them|us|you)\b"
    rf"|\ball (?P<all>{_WORDS})\b(?! of\b)(?!\s+(?:\w+\s+)?\w+s\b)"
    r"|(?:^|[.!?]\s)(?P<both>both)\b(?! of\b)(?!\s+\w+s\b)",
    re.IGNORECASE,
)


def counted_in(text: str, groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The first of these groups that has as many people as the text says; nobody without one."""
    found = _COUNTED.search(text)
    if found is None:
        return ()
    word = next(filter(None, found.groups()))
    number = _NUMBERS[word.casefold()]
    return next((group for group in groups if len(group) == number), ())
