"""A show's pronunciation lexicon: which written words of a line are said otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from schemas.project import Pronunciation
from schemas.spoken_text import is_unspaced

# A mark that combines with the letter before it makes it another letter.
_LETTER = r"[\w\u0300-\u036f]"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an engine is given, and for each of its characters the place in the written text.

    `phonetic` is true when it holds phonemes between double brackets.
    """

    text: str
    origin: tuple[int, ...]
    phonetic: bool


def entries_for(
    text: str, lexicon: Iterable[Pronunciation], language: str
) -> tuple[Pronunciation, ...]:
    """The entries that `text` in `language` makes use of, each once, in the order of the text."""
    entries = _of_language(lexicon, language)
    found = (entry for _, entry in _occurrences(text, entries))
    return tuple(dict.fromkeys(found))


def spoken(
    text: str,
    entries: Sequence[Pronunciation],
    *,
    sayable: Callable[[str], bool] = lambda _: True,
    phonemes: bool = False,
) -> Spoken:
    """`text` with the words of `entries` as they are said.

    Characters that are not `sayable` are left out. Without `phonemes` an entry that has nothing
    else leaves its word as it is.
    """
    pieces: list[tuple[str, int]] = []
    at = 0
    phonetic = False

    def write(end: int) -> None:
        for index in range(at, end):
            sign = text[index]
            if sayable(sign):
                pieces.append((" " if sign.isspace() else sign, index))

    for match, entry in _occurrences(text, entries):
        write(match.start())
        at = match.start()
        if phonemes and entry.phonemes:
            said, phonetic = f"[[{entry.phonemes}]]", True
        else:
            said = entry.say
        if said:
            pieces += ((sign, at) for sign in said)
        else:
            write(match.end())
        at = match.end()
    write(len(text))
    return Spoken("".join(each for each, _ in pieces), tuple(at for _, at in pieces), phonetic)


def _of_language(lexicon: Iterable[Pronunciation], language: str) -> list[Pronunciation]:
    """Those of the language, the ones made for it first."""
    code = _tag(language)
    wanted = [
        entry
        for entry in lexicon
        if not entry.language or f"{code}-".startswith(f"{_tag(entry.language)}-")
    ]
    return sorted(wanted, key=lambda entry: -len(entry.language))


def _tag(language: str) -> str:
    return language.strip().replace("_", "-").lower()


def _occurrences(
    text: str, entries: Sequence[Pronunciation]
) -> list[tuple[re.Match[str], Pronunciation]]:
    """Where the words stand, from left to right; of two that begin together the longer one."""
    if not entries:
        return []
    longest_first = sorted(entries, key=lambda entry: -len(entry.word))
    parts = (f"(?P<n{n}>{_pattern(entry)})" for n, entry in enumerate(longest_first))
    found = re.finditer("|".join(parts), text)
    return [(match, longest_first[int(str(match.lastgroup)[1:])]) for match in found]


def _pattern(entry: Pronunciation) -> str:
    forms = dict.fromkeys(unicodedata.normalize(form, entry.word) for form in ("NFC", "NFD"))
    words = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
    case = "(?:" if entry.match_case else "(?i:"
    before = rf"(?<!{_LETTER})" if _has_bounds(entry.word[0]) else ""
    after = rf"(?!{_LETTER})" if _has_bounds(entry.word[-1]) else ""
    return f"{before}{case}{words}){after}"


def _has_bounds(letter: str) -> bool:
    """Whether a word that begins or ends so stands between spaces; Han and kana do not."""
    return letter.isalnum() and not is_unspaced(letter)
