"""Caption text cut into the pieces between which a row or a cue may break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from renderers.captions.words import is_south_east_asian, word_starts

# White space at which text may break. The no-break spaces (U+00A0, U+2007, U+202F) are not in it.
_BREAKING_SPACE: Final = (
    "\t\n\v\f\r \x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
)
_TOKEN: Final = re.compile(f"[^{_BREAKING_SPACE}]+")
_NEW_LINE: Final = re.compile("[\n\v\f\r\x85\u2028\u2029]")
# Signs that French and others set off with a space but that belong to the word beside them.
_CLOSING_ALONE: Final = re.compile(r"[!?;:»%…)\]]+")
_OPENING_ALONE: Final = re.compile(r"[«(\[¿¡]+")
# Signs that may not begin or end a row (JIS X 4051, the common subset).
NO_ROW_START: Final = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】〙〗”’…‥～〜"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
NO_ROW_END: Final = frozenset("（［｛〔〈《「『【〘〖“‘")
_ZWJ: Final = "\u200d"
_EXTENDING: Final = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")
_VIRAMA_CLASS: Final = 9


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, `start` to `end` of the line, that is never cut.

    `spaced` says whether a space stood before it, `new_line` whether a line break did.
    """

    start: int
    end: int
    text: str
    width: int
    spaced: bool
    new_line: bool


def cut_pieces(text: str, limit: int, cjk: bool) -> tuple[Piece, ...]:
    """Words and halves of dashed words, spaced or not; longer ones cut at graphemes to `limit`."""
    pieces: list[Piece] = []
    end_before = 0
    for start, end in _tokens(text):
        gap = text[end_before:start]
        end_before = end
        cuts = [start, *_inner_cuts(text, start, end, limit, cjk), end]
        for left, right in pairwise(cuts):
            body = text[left:right]
            first = left == start and bool(pieces)
            pieces.append(
                Piece(
                    left,
                    right,
                    body,
                    display_width(body, cjk),
                    spaced=first,
                    new_line=first and _NEW_LINE.search(gap) is not None,
                )
            )
    return tuple(pieces)


def display_width(text: str, cjk: bool) -> int:
    """Graphemes; a wide one counts twice, except where the limit itself is for wide text."""
    if text.isascii():
        return len(text)
    total = 0
    for start, _ in graphemes(text):
        wide = not cjk and unicodedata.east_asian_width(text[start]) in "WF"
        total += 2 if wide else 1
    return total


def main_writing(text: str) -> str:
    """`ja`, `zh` or `ko` when most letters are of that writing, else an empty text."""
    kana = hangul = han = others = 0
    for sign in text:
        if "\u3040" <= sign <= "\u30ff":
            kana += 1
        elif "\uac00" <= sign <= "\ud7a3":
            hangul += 1
        elif "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff":
            han += 1
        elif sign.isalpha():
            others += 1
    if kana + hangul + han <= others:
        return ""
    if hangul > kana + han:
        return "ko"
    return "ja" if kana else "zh"


def graphemes(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every user-perceived character, after Unicode annex 29.

    Own code because no library in the lock does it; joins generously, so that it may keep together
    what the annex would part, but never the other way round.
    """
    start = 0
    flags = 0
    for index, sign in enumerate(text):
        if index == 0:
            flags = int(_is_flag(sign))
            continue
        joined = _joins(text[index - 1], sign) or (_is_flag(sign) and flags % 2 == 1)
        flags = flags + 1 if _is_flag(sign) else 0
        if not joined:
            yield start, index
            start = index
            flags = int(_is_flag(sign))
    if text:
        yield start, len(text)


def _joins(before: str, sign: str) -> bool:
    if sign < "\u0300" and before < "\u0300":
        return before == "\r" and sign == "\n"
    if before == _ZWJ or sign in _EXTENDING or unicodedata.category(sign)[0] == "M":
        return True
    if "\U0001f3fb" <= sign <= "\U0001f3ff" or "\U000e0020" <= sign <= "\U000e007f":
        return True
    if unicodedata.combining(before) == _VIRAMA_CLASS and unicodedata.category(sign) == "Lo":
        return True
    if "\u1160" <= sign <= "\u11ff":
        return True
    leading = "\u1100" <= before <= "\u115f"
    return leading and ("\u1100" <= sign <= "\u115f" or "\uac00" <= sign <= "\ud7a3")


def _is_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _tokens(text: str) -> list[tuple[int, int]]:
    """Runs between white space, with lone closing and opening signs kept beside their word."""
    tokens: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        gap = text[tokens[-1][1] : match.start()] if tokens else ""
        same_row = bool(tokens) and _NEW_LINE.search(gap) is None
        belongs = same_row and (
            _CLOSING_ALONE.fullmatch(match.group()) is not None
            or _OPENING_ALONE.fullmatch(text[tokens[-1][0] : tokens[-1][1]]) is not None
        )
        if belongs:
            tokens[-1] = (tokens[-1][0], match.end())
        else:
            tokens.append((match.start(), match.end()))
    return tokens


def _inner_cuts(text: str, start: int, end: int, limit: int, cjk: bool) -> list[int]:
    """Places inside a token where it may be cut, and must be where it is longer than `limit`."""
    cuts: list[int] = []
    width = 0
    before = ""
    words = word_starts(text[start:end])
    for left, right in graphemes(text[start:end]):
        body = text[start + left : start + right]
        step = display_width(body, cjk)
        parts = bool(before) and _may_part(before, body, text, start + right, end)
        if before and words is not None:
            if is_south_east_asian(before + body):
                parts = left in words
            elif _ideographic(before) or _ideographic(body):
                parts = parts and left in words
        if parts and before in "—-" and width == 1:
            parts = False  # a dash that begins the word leads it
        if parts or (before and width + step > limit):
            cuts.append(start + left)
            width = 0
        width += step
        before = body
    return cuts


def _may_part(before: str, body: str, text: str, position: int, end: int) -> bool:
    if body[0] in NO_ROW_START or before[0] in NO_ROW_END:
        return False
    if _ideographic(before) or _ideographic(body):
        return True
    follows_word = body[0].isalnum() and position < end
    if before == "—":
        return follows_word
    return before == "-" and follows_word and body[0].isalpha() and text[position].isalpha()


def _ideographic(body: str) -> bool:
    """Written without spaces between words: Han and kana with their full-width punctuation."""
    sign = body[0]
    hangul = "\u1100" <= sign <= "\u11ff" or "\uac00" <= sign <= "\ud7a3"
    if hangul or unicodedata.east_asian_width(sign) not in "WF":
        return False
    return unicodedata.category(sign) in ("Lo", "Lm", "Po", "Ps", "Pe")
