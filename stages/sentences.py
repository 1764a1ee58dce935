"""Where sentences and clauses end, in any of the scripts people write with."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CLOSERS: Final = "\"'”’»)\\]」』）"
_WIDE_STOPS: Final = "。！？"
_SENTENCE_END: Final = re.compile(f"[.!?…{_WIDE_STOPS}][.!?…{_WIDE_STOPS}{_CLOSERS}]*$")
_CLAUSE_END: Final = re.compile(f"(?:[,;:–—、，；：]|--)[{_CLOSERS}]*$")
# A stop follows these without ending anything. Longer lists find less and less.
_ABBREVIATIONS: Final = frozenset(
    {"mr.", "mrs.", "ms.", "dr.", "st.", "prof.", "sgt.", "lt.", "capt.", "jr.", "vs.", "no."}
)
_PIECE: Final = re.compile(f"[^\\s{_WIDE_STOPS}]*[{_WIDE_STOPS}]+[{_CLOSERS}]*|\\S+")


def ends_sentence(before: str, after: str) -> bool:
    """Whether a sentence ends between two stretches of text.

    A full stop after `Dr.` and the like, or before a lower-case letter, ends none.
    """
    head = before.rstrip()
    if not _SENTENCE_END.search(head):
        return False
    last_word = head.split()[-1].lstrip("\"'“‘«(").casefold()
    return last_word not in _ABBREVIATIONS and not after.lstrip("\"'“‘«( \t\n—–-")[:1].islower()


def ends_clause(before: str) -> bool:
    """Whether the text stops at a comma, semicolon, colon or dash."""
    return _CLAUSE_END.search(before.rstrip()) is not None


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph, white space evened out; every word is in exactly one."""
    joined = " ".join(text.split())
    pieces = list(_PIECE.finditer(joined))
    sentences: list[str] = []
    start = 0
    for piece in pieces:
        end = piece.end()
        if end > start and ends_sentence(joined[start:end], joined[end:]):
            sentences.append(joined[start:end].strip())
            start = end
    sentences.append(joined[start:].strip())
    return tuple(sentence for sentence in sentences if sentence)


def reading_units(text: str) -> int:
    """Length for reading: 1 per character, 3 per East Asian wide one, which says more."""
    return sum(3 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
