"""Finding the people of the film in a paragraph of action, by name and nothing cleverer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stages.people.unnamed_people import person_noun

# In these scripts a name is followed by its particle without a space: Hangul, kana, Han, Thai.
_UNSPACED: Final = re.compile(
    r"[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)

_FIRST_WORD: Final = re.compile(r"\W*(\w*).*", re.DOTALL)
_PLURALS: Final = frozenset(
    {
        "they",
        "their",
        "both",
        "ils",
        "elles",
        "sie",
        "ellos",
        "ellas",
        "loro",
        "eles",
        "elas",
        "они",
    }
)
_PRONOUNS: Final = _PLURALS | frozenset(
    {
        *("he", "she", "his", "her", "il", "elle", "er", "él", "ella", "lui", "lei", "ele", "ela"),
        *("он", "она"),
    }
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """A speaking character. `here` when they speak in the scene at hand, so that even a name in
    small letters is theirs; elsewhere it must be written as a name."""

    id: str
    name: str
    here: bool


# First words of a cue under which several speak at once.
_COLLECTIVE: Final = frozenset(
    {
        *("ALL", "BOTH", "EVERYONE", "EVERYBODY", "TOGETHER", "TOUS", "TOUTES", "ENSEMBLE"),
        *("ALLE", "BEIDE", "TODOS", "TODAS", "AMBOS", "TUTTI", "ENTRAMBI", "ВСЕ", "全員"),
    }
)
_ARTICLES: Final = frozenset({"A", "AN", "THE"})
_THE: Final = r"\b(?:the|le|la|el|il|der|die|das|den|dem)\s+"
_TOGETHER: Final = re.compile(r"\s*[/&+,]\s*(?:AND\s+)?|\s+(?:AND|ET|UND|Y|E|И)\s+")
# `NORA, 68,` or `JOHN (20s)`: how writers introduce someone, in capitals and with an age.
_INTRODUCED: Final = re.compile(
    r"(?<![^\W_])([^\W\d_a-z][^\W\d_a-z.'’-]*(?: [^\W\d_a-z][^\W\d_a-z.'’-]*){0,2})"
    r"\s*(?:,\s*|[(（]\s*)(?:early |mid |late )?\d{1,2}(?:'?s|歳|岁)?\b(?=\s*[,.)）;]|$)"
)


def is_collective(name: str) -> bool:
    """Whether a cue such as ALL or BOTH WOMEN stands for people who have names of their own."""
    return name.upper().split(maxsplit=1)[:1] != [] and name.upper().split()[0] in _COLLECTIVE


def spoken_together(name: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of those who share a cue such as `MARA AND JON` or `MARA/JON`; empty when `name`
    is not made of the names of several people of the film."""
    by_name = {other.upper(): person for person, other in names.items()}
    people = [by_name.get(part) for part in _TOGETHER.split(name.upper())]
    return tuple(filter(None, people)) if len(people) > 1 and all(people) else ()


def introduced_in(text: str) -> tuple[str, ...]:
    """The names in capitals that a paragraph introduces with an age, in order."""
    names = (_without_article(" ".join(found.split())) for found in _INTRODUCED.findall(text))
    return tuple(dict.fromkeys(name for name in names if len(name) > 1 and name.upper() == name))


def _without_article(name: str) -> str:
    """`A TEENAGE GIRL` is TEENAGE GIRL, as she is where the action has her again."""
    article, _, rest = name.partition(" ")
    return rest if article in _ARTICLES and person_noun(name) else name


def named_in(text: str, known: Sequence[KnownName]) -> tuple[str, ...]:
    """The ids of those named in `text` as whole words, in the order they are first named.

    A name counts in full, or by its last word (`Reyes` for OFFICER REYES) when that is written
    with a capital and belongs to one character only; who is known as a MAN or a GUARD is also
    `the man`, if nobody else is. `Nora's lantern` does not show Nora, and
    `Young Mara` not Mara, where both are people of the film.
    """
    found: list[tuple[int, int, str]] = []
    folded = text.casefold()
    for position, person in enumerate(known):
        # Whichever way somebody is named, a word of their name stands there.
        if not any(word in folded for word in person.name.casefold().split()):
            continue
        rest = without_longer_names(text, person.name, (other.name for other in known))
        place = _first_place(rest, person, known)
        if place is not None:
            found.append((place, position, person.id))
    return tuple(dict.fromkeys(person_id for _, _, person_id in sorted(found)))


def without_longer_names(text: str, name: str, names: Iterable[str]) -> str:
    """`text` with those of `names` blotted out that hold `name` and more, as YOUNG MARA holds MARA.

    Only where they are written as names: `the young Mara` may well be Mara.
    """
    own = name.split()
    for other in names:
        words = other.split()
        if len(words) > len(own) and own in (words[: len(own)], words[-len(own) :]):
            text = _pattern(other).sub(_blotted, text)
    return text


def _blotted(found: re.Match[str]) -> str:
    written = found.group()
    return "\0" * len(written) if _is_written_as_name(written) else written


def _is_written_as_name(words: str) -> bool:
    return all(not word[:1].islower() for word in words.split())


def _first_place(text: str, person: KnownName, known: Sequence[KnownName]) -> int | None:
    words = person.name.split()
    if not words or is_collective(person.name):
        return None
    places = [_search(text, person.name, any_case=person.here)]
    noun = person_noun(person.name)
    if noun and sum(person_noun(other.name) == noun for other in known) == 1:
        places.append(_place_of_the(text, noun))
    last = words[-1]
    shared = sum(1 for other in known if other.name.split()[-1:] == [last]) > 1
    if len(words) > 1 and len(last) > 2 and not shared and noun in ("", last):
        places.append(_search(text, last, any_case=False))
    return min((place for place in places if place is not None), default=None)


def _place_of_the(text: str, noun: str) -> int | None:
    """Where `the man`, `the old man` or `the MAN` stands, whoever he may be."""
    found = re.search(rf"{_THE}(?:\w+\s+)?{noun}(?!\w|['\u2019]s\b)", text, re.IGNORECASE)
    return found.start() if found else None


def _search(text: str, name: str, any_case: bool) -> int | None:
    if name.split(maxsplit=1)[0].casefold() not in text.casefold():
        return None
    for match in _pattern(name, r"|['\u2019]s\b").finditer(text):
        if any_case or _is_written_as_name(match.group()):
            return match.start()
    return None


def _pattern(name: str, no_more: str = "") -> re.Pattern[str]:
    """The whole words of a name in any case, and nothing of `no_more` behind them."""
    words = _edge(name[0], r"(?<!\w)") + r"\s+".join(map(re.escape, name.split()))
    return re.compile(words + _edge(name[-1], rf"(?!\w{no_more})"), re.IGNORECASE)


def _edge(character: str, boundary: str) -> str:
    return "" if _UNSPACED.match(character) else boundary


def begins_with_pronoun(text: str) -> bool:
    """Whether a paragraph goes on about someone without naming them: `She turns away.`"""
    return _FIRST_WORD.sub(r"\1", text).casefold() in _PRONOUNS


def begins_with_plural(text: str) -> bool:
    """Whether it goes on about several: `They turn away.`"""
    return _FIRST_WORD.sub(r"\1", text).casefold() in _PLURALS
