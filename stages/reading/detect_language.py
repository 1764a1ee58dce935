"""Which language a script is in: as said, else by its letters, else by its small words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import Final

from stages.reading.language_words import LANGUAGE_NAMES, STOP_WORDS

DEFAULT_LANGUAGE: Final = "en"

# First code point of a run of Unicode blocks and the language most written in it ("" = Latin and
# everything else). Source: Unicode Standard, Blocks.txt.
_BLOCKS: Final = (
    (0x0000, ""), (0x0370, "el"), (0x0400, "ru"), (0x0530, "hy"), (0x0590, "he"), (0x0600, "ar"),
    (0x0780, ""), (0x0900, "hi"), (0x0980, "bn"), (0x0A00, "pa"), (0x0A80, "gu"), (0x0B00, ""),
    (0x0B80, "ta"), (0x0C00, "te"), (0x0C80, "kn"), (0x0D00, "ml"), (0x0D80, "si"), (0x0E00, "th"),
    (0x0E80, "lo"), (0x0F00, ""), (0x1000, "my"), (0x10A0, "ka"), (0x1100, "ko"), (0x1200, "am"),
    (0x13A0, ""), (0x1780, "km"), (0x1800, ""), (0x1F00, "el"), (0x2000, ""), (0x3040, "ja"),
    (0x3100, "zh"), (0x3130, "ko"), (0x3190, ""), (0x31F0, "ja"), (0x3200, ""), (0x3400, "zh"),
    (0xA000, ""), (0xAC00, "ko"), (0xD7B0, ""), (0xF900, "zh"), (0xFB00, ""), (0xFB1D, "he"),
    (0xFB50, "ar"), (0xFE00, ""), (0xFE70, "ar"), (0xFEFF, ""), (0x20000, "zh"), (0x30000, ""),
)  # fmt: skip
_STARTS: Final = [start for start, _ in _BLOCKS]
_ENOUGH: Final = 3
_UKRAINIAN: Final = "іїєґІЇЄҐ"
_PERSIAN: Final = "پچژگی"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CODE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))*")


def language_code(named: str) -> str:
    """A language as said by a writer (`French`, `pt_br`, `de`) as a code; empty when unknown."""
    name = named.strip().casefold()
    if name in LANGUAGE_NAMES:
        return LANGUAGE_NAMES[name]
    if _CODE.fullmatch(name):
        first, *rest = re.split("[-_]", name)
        return "-".join(
            [first, *(part.upper() if len(part) == 2 else part.title() for part in rest)]
        )
    known = (LANGUAGE_NAMES[word] for word in _WORD.findall(name) if word in LANGUAGE_NAMES)
    return next(known, "")


def detect_language(text: str) -> str:
    """The code of the language `text` is most likely in; `en` when nothing tells.

    Letters other than Latin decide first, by script. Latin text is decided by how many of its
    words are among each language's small words; of two equal counts the first listed wins, and
    one or two such words in a longer text tell nothing.
    """
    letters = Counter(_block_language(character) for character in text if character.isalpha())
    foreign = {code: count for code, count in letters.items() if code}
    if sum(foreign.values()) > letters[""]:
        return _by_letters(foreign, text)
    words = Counter(word.replace("’", "'") for word in _WORD.findall(text.casefold()))
    found = {code: small & words.keys() for code, small in STOP_WORDS.items()}
    # A word said over and over (`la la la`) is no better evidence than one said a few times.
    scores = {
        code: sum(min(words[word], _ENOUGH) for word in known) for code, known in found.items()
    }
    best = max(scores, key=lambda code: scores[code])
    often = len(found[best]) > 1 and scores[best] * 3 >= words.total()
    convincing = often or len(found[best]) >= _ENOUGH
    return best if scores[best] and convincing else DEFAULT_LANGUAGE


def _block_language(character: str) -> str:
    return _BLOCKS[bisect_right(_STARTS, ord(character)) - 1][1]


def _by_letters(counts: dict[str, int], text: str) -> str:
    chinese = counts.get("zh", 0)
    if chinese and counts.get("ja", 0) * 20 > chinese:
        return "ja"
    code = max(sorted(counts), key=lambda found: counts[found])
    if code == "ru" and any(sign in text for sign in _UKRAINIAN):
        return "uk"
    if code == "ar" and sum(text.count(sign) for sign in _PERSIAN) * 50 > counts["ar"]:
        return "fa"
    return code
