"""Emphasis in Fountain: `*italic*`, `**bold**`, `***both***`, `_underline_`, within one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from schemas.script import Span, plain_text

_TOKEN = re.compile(r"\\[*_]|\*+|_+")
_FIRST_CJK = "\u2e80"


@dataclass(slots=True)
class _Mark:
    """A run of `*` or `_`: what is left of it, and which styles start or stop there."""

    sign: str
    left: int
    opens: bool
    closes: bool
    toggles: list[int] = field(default_factory=list)


def read_emphasis(lines: Sequence[str]) -> tuple[Span, ...]:
    """The lines as styled runs, joined by newline characters; marks that style nothing stay.

    A mark opens only before a letter or sign and closes only after one, never over a line end;
    `\\*` and `\\_` are the signs themselves. An underscore within a word (`a_b`) and a star
    between two digits are text.
    """
    runs: list[tuple[str, int]] = []
    for position, line in enumerate(lines):
        if position:
            runs.append(("\n", 0))
        runs.extend(_read_line(line))
    return tuple(_merged(runs))


def without_emphasis(text: str) -> str:
    """One line of text without its emphasis marks."""
    return plain_text(read_emphasis((text,)))


# Styles are kept as bits while reading: bold 1, italic 2, underline 4.
_STAR_STYLE = {1: 2, 2: 1, 3: 3}
_UNDERLINE = 4


def _read_line(line: str) -> Iterable[tuple[str, int]]:
    pieces = _pieces(line)
    _pair([piece for piece in pieces if isinstance(piece, _Mark)])
    style = 0
    for piece in pieces:
        if isinstance(piece, str):
            yield piece, style
            continue
        if piece.left:
            # What is left of a run stands outside of what it closes and before what it opens.
            closing = [bits for bits in piece.toggles if style & bits == bits]
            for bits in closing:
                style ^= bits
            yield piece.sign * piece.left, style
            piece.toggles = [bits for bits in piece.toggles if bits not in closing]
        for bits in piece.toggles:
            style ^= bits


def _pieces(line: str) -> list[str | _Mark]:
    pieces: list[str | _Mark] = []
    end = 0
    for found in _TOKEN.finditer(line):
        pieces.append(line[end : found.start()])
        end = found.end()
        token = found.group()
        if token.startswith("\\"):
            pieces.append(token[1])
        else:
            pieces.append(_mark(token, line[: found.start()][-1:], line[end : end + 1]))
    pieces.append(line[end:])
    return pieces


def _mark(token: str, before: str, after: str) -> _Mark:
    opens, closes = bool(after.strip()), bool(before.strip())
    longest = 3 if token[0] == "*" else 1
    in_word = _is_letter(before) and _is_letter(after)
    between_digits = before.isdigit() and after.isdigit()
    if len(token) > longest or (token[0] == "_" and in_word) or between_digits:
        opens = closes = False
    return _Mark(token[0], len(token), opens, closes)


def _is_letter(character: str) -> bool:
    return character.isalnum() and character < _FIRST_CJK


class _Waiting:
    """Marks of one sign that may still be closed, counted by length so that no search fails.

    Every successful search drops all it passed over, which keeps the whole linear.
    """

    def __init__(self) -> None:
        self._marks: list[_Mark] = []
        self._count: Counter[int] = Counter()

    def push(self, mark: _Mark) -> None:
        self._marks.append(mark)
        self._count[mark.left] += 1

    def pop(self) -> _Mark:
        mark = self._marks.pop()
        self._count[mark.left] -= 1
        return mark

    def take_opener(self, mark: _Mark) -> _Mark | None:
        """The nearest opener of the same length, else the nearest that shares three stars."""
        lengths = {mark.left} if self._count[mark.left] else _sharing(mark.left)
        if not any(self._count[length] for length in lengths):
            return None
        while True:
            opener = self.pop()
            if opener.left in lengths:
                return opener


def _sharing(length: int) -> set[int]:
    return {1, 2} if length == 3 else {3}


def _pair(marks: Sequence[_Mark]) -> None:
    # One stack per sign, so that `_**both_**`, which writers do type, still styles.
    stacks = {"*": _Waiting(), "_": _Waiting()}
    for mark in marks:
        waiting = stacks[mark.sign]
        while mark.closes and mark.left and (opener := waiting.take_opener(mark)):
            count = min(opener.left, mark.left)
            bits = _STAR_STYLE[count] if mark.sign == "*" else _UNDERLINE
            opener.toggles.insert(0, bits)
            mark.toggles.append(bits)
            opener.left -= count
            mark.left -= count
            if opener.left:
                waiting.push(opener)
        if mark.opens and mark.left:
            waiting.push(mark)


def _merged(runs: Iterable[tuple[str, int]]) -> Iterable[Span]:
    text, style = "", 0
    for piece, bits in runs:
        if not piece:
            continue
        if text and bits != style:
            yield _span(text, style)
            text = ""
        text, style = text + piece, bits
    if text:
        yield _span(text, style)


def _span(text: str, bits: int) -> Span:
    return Span(
        text=text, bold=bool(bits & 1), italic=bool(bits & 2), underline=bool(bits & _UNDERLINE)
    )
