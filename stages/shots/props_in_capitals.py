"""Things that a writer marks by putting them in capitals: `Between them a KEY RING lies there.`

Capitals also mark people who come in, sounds, signs and words to the camera. So a thing is a short
run of capitals behind an article or the like (`a`, `her`, `Nora's`), perhaps with an adjective or
two between, that is nothing else which is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stages.assets.sound_cues import is_sound
from stages.people.name_spotting import KnownName
from stages.shots import capital_words as words

_TOKEN: Final = re.compile(r"(?i:[ld]|un)['’](?=[^\W\d_])|[^\W_]+(?:['’.\-/&][^\W_]+)*['’.]?")
_QUOTED: Final = re.compile(r"[\"“„«][^\"”“»]*[\"”“»]")
_POSSESSIVE: Final = re.compile(
    r"(?!(?:it|he|she|that|there|here|what|who|where|let)['’]).+['’]s", re.IGNORECASE
)
_AGE_BEHIND: Final = re.compile(r"\s*[,(（]\s*(?:early |mid |late )?\d", re.IGNORECASE)
_LONGEST_WORDS: Final = 3
# `a MAN AND A WOMAN argue` is no MAN AND.
_JOINING: Final = frozenset({"AND", "OR", "WITH", "BUT"})
# As in `a small, rusty KEY`.
_MOST_ADJECTIVES: Final = 2
# Things that end as a verb or a plural does.
_ENDS_IN_S: Final = re.compile(r".*(?:SS|US|IS|OS|LENS|CANVAS|ATLAS|GAS|BINOCULARS|GLASSES)")
_VOWEL: Final = re.compile(r"[AEIOUYÀ-ÖØ-Ý]")
ABSENT: Final = re.compile(r"\b(?:gone|missing|vanished|disappeared|no longer)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a script has names for besides its things: `people`, and `places` in capitals; and its
    `language` as a code (`en-GB`)."""

    language: str = "en"
    people: Sequence[KnownName] = ()
    places: frozenset[str] = frozenset()

    @property
    def determiners(self) -> frozenset[str]:
        """Words behind which a noun comes, in capitals."""
        return words.DETERMINERS.get(self._base, words.DETERMINERS["en"])

    @property
    def no_props(self) -> frozenset[str]:
        """People, places and what cannot be looked at by itself, in capitals and the singular."""
        english = words.PEOPLE | words.PLACES | words.NO_THINGS
        return english | words.ELSEWHERE.get(self._base, frozenset())

    @property
    def _base(self) -> str:
        return self.language.replace("_", "-").split("-")[0].casefold()


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        letters = [each for each in self.text if each.isalpha()]
        return len(letters) > 1 and self.text == self.text.upper() != self.text.lower()

    @property
    def upper(self) -> str:
        return self.text.upper()


def props_in(sentence: str, known: Vocabulary) -> tuple[str, ...]:
    """The things that a sentence puts in capitals, in order, as they are written.

    None where the sentence is shouted as a whole, and none in quotation marks.
    """
    text = _QUOTED.sub(lambda found: " " * len(found.group()), sentence)
    tokens = [_Token(each.group(), each.start(), each.end()) for each in _TOKEN.finditer(text)]
    if _shouted(sentence, tokens) or ABSENT.search(text):
        return ()
    found = (_thing(run, tokens, text, known) for run in _runs(tokens, text))
    return tuple(dict.fromkeys(thing for thing in found if thing))


def _shouted(sentence: str, tokens: Sequence[_Token]) -> bool:
    """`THE BOMB EXPLODES!`: capitals throughout mean nothing, but for a short `A KNIFE.`"""
    if any(not each.capital and len(each.text) > 1 for each in tokens):
        return False
    shown = [each for each in tokens if each.upper not in words.CAMERA_LEADS]
    return len(shown) > _LONGEST_WORDS or sentence.rstrip().endswith("!")


def _runs(tokens: Sequence[_Token], text: str) -> Iterator[tuple[int, int]]:
    """First and last-but-one of each run of capitals with only spaces between."""
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and tokens[end].capital and _beside(tokens, end, at, text):
            end += 1
        if end > at:
            yield at, end
        at = max(end, at + 1)


def _beside(tokens: Sequence[_Token], number: int, first: int, text: str) -> bool:
    if number == first:
        return True
    between = text[tokens[number - 1].end : tokens[number].start]
    return between.isspace() and not tokens[number - 1].text.endswith(".")


def _thing(run: tuple[int, int], tokens: Sequence[_Token], text: str, known: Vocabulary) -> str:
    first, end = run
    led = False
    while first < end and tokens[first].upper in words.CAMERA_LEADS:
        first, led = first + 1, True
    while first < end and _determines(tokens[first].text, known):
        first, led = first + 1, True
    part = [each.upper.strip(".") for each in tokens[first:end]]
    if not part or _JOINING.intersection(part) or part[-1].endswith(("'S", "\u2019S")):
        return ""
    if len(part) > _LONGEST_WORDS or _AGE_BEHIND.match(text, tokens[end - 1].end):
        return ""
    number = _determiner(tokens, first, text, known)
    if not led and number is None:
        return ""
    after = tokens[end].upper if end < len(tokens) and _beside(tokens, end, first, text) else ""
    between = [] if number is None or led else [each.text for each in tokens[number + 1 : first]]
    singular = number is not None and tokens[number].upper in words.SINGULAR
    singular = singular and "of" not in between
    if after in words.AFTER_SIGNS or not _noun(part, singular=singular, far=bool(between)):
        return ""
    if _is_else(part, known):
        return ""
    return text[tokens[first].start : tokens[end - 1].end].rstrip(".")


def _determines(word: str, known: Vocabulary) -> bool:
    return word.upper() in known.determiners or _POSSESSIVE.fullmatch(word) is not None


def _determiner(tokens: Sequence[_Token], first: int, text: str, known: Vocabulary) -> int | None:
    """Where the article before a run is, with nothing but adjectives between; None without one."""
    for number in range(first - 1, max(first - 2 - _MOST_ADJECTIVES, -1), -1):
        gap = text[tokens[number].end : tokens[number + 1].start]
        if gap.strip(" ,"):
            return None
        if _determines(tokens[number].text, known) and "," not in gap:
            return number
        if not _adjective(tokens[number].text):
            return None
    return None


def _adjective(word: str) -> bool:
    return (
        word.upper() in words.ADJECTIVES
        or "-" in word
        or (word.islower() and word.endswith(("ed", "less", "ish")) and len(word) > 4)
    )


def _noun(part: Sequence[str], *, singular: bool, far: bool) -> bool:
    """Whether a run can be a thing by its form: `an old KEY`, not `the gate GROANS`."""
    head = part[-1]
    plural = head.endswith("S") and not _ENDS_IN_S.fullmatch(head)
    if head == "TV":
        return True
    if len(head) < 3 or not _VOWEL.search(head):
        return False
    if head in words.VERBS or (singular and plural):
        return False
    if head.endswith("ING") and head not in words.THINGS_IN_ING:
        # `The HACKING goes on.`
        return False
    return not (far and head.endswith("ED"))


def _is_else(part: Sequence[str], known: Vocabulary) -> bool:
    """Whether the run is a person, a place, a sound, an order to the camera or mere emphasis."""
    head = part[-1]
    one = {head, head.removesuffix("S"), head.removesuffix("ES")}
    if head.endswith("IES"):
        one.add(head[:-3] + "Y")
    if one & known.no_props:
        return True
    if head.endswith(words.PERSON_ENDINGS) or any(word in words.CAMERA for word in part):
        return True
    if all(word in words.EMPHASIS for word in part) or _sounds(part):
        return True
    return _is_person(part, known.people) or _is_place(part, known.places)


def _sounds(part: Sequence[str]) -> bool:
    return any(is_sound(word, before) for before, word in zip(("", *part), part, strict=False))


def _is_person(part: Sequence[str], people: Iterable[KnownName]) -> bool:
    for person in people:
        name = person.name.upper().split()
        if part[-1] in (name[-1:] or [""])[0].split() or list(part) == name[: len(part)]:
            return True
    return False


def _is_place(part: Sequence[str], places: Iterable[str]) -> bool:
    wanted = list(part)
    return any(place.split()[-len(wanted) :] == wanted for place in places)
