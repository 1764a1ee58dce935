"""Words that a writer wants read on the picture: `SUPER: London, 1940`, `TITLE CARD: Part Two`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stages.sentences import reading_units, split_sentences

# What nobody writes but for this, in any case; then words that mean it only in capitals.
_ALWAYS: Final = r"(?i:SUPER(?:[ -]?IMPOSED?|[ -]?TITLES?)?|CHYRON|LOWER[ -]THIRD)"
_SHOUTED: Final = (
    r"(?:(?:MAIN|OPENING) TITLES?|TITLES?|TITLE CARD|CARD|INTERTITLE|CAPTION|LEGEND"
    r"|ON[ -]?SCREEN TEXT|TEXT ON(?: THE)? SCREEN"
    r"|INCRUSTATION|CARTON|EINBLENDUNG|TEXTEINBLENDUNG|TITEL|SOBREIMPRESI[ÓO]N|R[ÓO]TULO"
    r"|SOVRIMPRESSIONE|CARTELLO|LETREIRO|ТИТР|テロップ|字幕)"
)
_ON_BLACK: Final = r"(?P<black>(?i:\s{1,3}(?:ON|OVER)(?: A)? BLACK(?: SCREEN)?))?"
_OPENERS: Final = '"“”«„「『'
# At the beginning of a line, or where a sentence of the same line has ended.
_SUPER: Final = re.compile(
    rf"(?:^|(?<=[.!?…] ))[ \t]{{0,60}}(?:INSERT )?(?P<word>{_ALWAYS}|{_SHOUTED}){_ON_BLACK}"
    rf"(?:\s{{0,3}}[:：][ \t]{{0,9}}|\s{{0,3}}[-–—]{{0,2}}\s{{0,3}}(?=[{_OPENERS}]))",
    re.MULTILINE,
)
_QUOTED: Final = re.compile(
    r"\s*(?:\"(?P<a>[^\"]+)\"|[“”„](?P<b>[^“”]+)[“”]|«(?P<c>[^»]+)»|「(?P<d>[^」]+)」"
    r"|『(?P<e>[^』]+)』)[.,;]?"
)
_CARDS: Final = frozenset({"TITLE CARD", "CARD", "INTERTITLE", "CARTON", "CARTELLO"})
# A paragraph or a place that is nothing but darkness.
_BLACKNESS: Final = re.compile(
    r"\W*(?:(?:WE )?(?:OPEN|BEGIN|START|OVER|ON|IN|A|THE|AGAINST)\s+)*"
    r"(?:BLACK(?:NESS| SCREEN| FRAME)?|SCHWARZBILD|SCHWARZ|(?:[ÉE]CRAN )?NOIR|NEGRO|NERO|黒|黑)\W*",
    re.IGNORECASE,
)
# What one shot shows at most: four rows, and as many units as are read in 6 s.
MOST_LINES: Final = 4
_MOST_UNITS: Final = 90
MOST_SCREENS: Final = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph: action, or words to be shown, perhaps on black. The words are empty
    where the writer puts them into the next paragraph."""

    text: str
    shown: bool = False
    on_black: bool = False


@dataclass(frozen=True, slots=True)
class Screens:
    """Words to be shown, as one shot after another shows them; `cut` when some are left out."""

    lines: tuple[tuple[str, ...], ...]
    cut: bool = False


def pieces_of(paragraph: str) -> Iterator[Piece]:
    """A paragraph parted into action and words to be shown, in order.

    Words in quotation marks end with them, others with the paragraph.
    """
    at = 0
    while found := _SUPER.search(paragraph, at):
        if before := paragraph[at : found.start()].strip():
            yield Piece(before)
        quoted = _QUOTED.match(paragraph, found.end())
        if quoted:
            words, at = next(filter(None, quoted.groups())), quoted.end()
        else:
            words, at = paragraph[found.end() :], len(paragraph)
        black = bool(found["black"]) or found["word"].upper() in _CARDS
        yield Piece(words.strip(), shown=True, on_black=black)
    if rest := paragraph[at:].strip():
        yield Piece(rest)


def is_black(text: str) -> bool:
    """Whether a paragraph or a place name says nothing but that all is black."""
    return _BLACKNESS.fullmatch(text) is not None


def opens_super(line: str) -> bool:
    """Whether a line asks for words to be shown that stand below it, as `SUPER:` does."""
    found = _SUPER.match(line)
    return found is not None and found.end() == len(line)


def screens_of(text: str) -> Screens:
    """The words as shots can show them, whole lines and sentences together where they fit."""
    screens: list[list[str]] = [[]]
    for line in text.splitlines():
        for part in _readable(" ".join(line.split())):
            units = sum(map(reading_units, screens[-1])) + reading_units(part)
            if screens[-1] and (units > _MOST_UNITS or len(screens[-1]) == MOST_LINES):
                screens.append([])
            screens[-1].append(part)
    kept = screens[:MOST_SCREENS]
    cut = len(screens) > MOST_SCREENS
    if cut:
        kept[-1][-1] += "…"
    return Screens(tuple(tuple(lines) for lines in kept if lines), cut)


def _readable(line: str) -> Iterator[str]:
    """A line in parts that one shot has time for: at sentence ends, else between words, else
    anywhere."""
    if reading_units(line) <= _MOST_UNITS:
        if line:
            yield line
        return
    part = ""
    for piece in _short_pieces(line):
        longer = part + piece
        if part and reading_units(longer) > _MOST_UNITS:
            yield part.strip()
            longer = piece
        part = longer
    if part.strip():
        yield part.strip()


def _short_pieces(line: str) -> Iterator[str]:
    """The line's sentences, or words, or parts of words, with the space that stands before each."""
    most = _MOST_UNITS // 3
    for sentence in split_sentences(line):
        if reading_units(sentence) < _MOST_UNITS:
            yield f" {sentence}"
            continue
        for word in sentence.split():
            parts = (word[at : at + most] for at in range(0, len(word), most))
            yield from (part if number else f" {part}" for number, part in enumerate(parts))
