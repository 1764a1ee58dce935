"""What one clause tells of how somebody holds themselves: posture, gesture, face, a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from schemas.held_things import thing_in
from stages.people import pose_words as words

EMPTY_HANDS: Final = "nothing"
"""What is held by whoever lets go."""

LONGEST_THING_WORDS: Final = 7
"""So many words behind a verb may be about the thing that it takes."""

_NOUN_ENDS: Final = re.compile(
    r"\b(?:from|into|to|towards?|at|against|off|for|until|like|that|which|who|in|on|over|under|with"
    r"|across|around|between|behind|through|by|auf|in|aus|von|mit|dans|sur|de la|en|sobre)\b"
)
_CAPITALS: Final = re.compile(r"\b[A-Z][A-Z-]{2,}(?: [A-Z][A-Z-]+)*\b")
# Verbs that take only some things into the hands: who opens a door does not hold it.
_ONLY: Final = {
    "open": {"letter", "book", "umbrella", "bottle", "bag", "newspaper", "paper"},
    "play": {"guitar", "ball", "doll"},
    "fold": {"letter", "newspaper", "paper", "cloth", "umbrella"},
    "unfold": {"letter", "newspaper", "paper", "cloth"},
    "light": {"cigarette", "candle", "lantern", "torch"},
    "draw": {"gun", "sword", "knife"},
    "point": {"gun", "rifle", "sword", "stick", "torch"},
    "weigh": {"coin", "shoe", "ball", "apple", "gun", "ring"},
}


def events_of(clause: str, plain: str) -> Iterator[tuple[str, str, int]]:
    """What a clause tells: which part of a bearing, what, and where the telling word stands."""
    whole, plain = plain, words.IDIOMS.sub(lambda idiom: " " * len(idiom.group()), plain)
    moving = _first(plain, words.POSTURES)
    if found := moving:
        posture = found[0]
        if posture == "sitting":
            posture = (_first(plain, words.SEATS) or (posture, 0))[0]
        yield "posture", posture, found[1]
    if found := _first(plain, words.GESTURES):
        yield "gesture", *found
    if found := _first(plain, words.EXPRESSIONS):
        yield "expression", *found
    if letting := words.LETS_GO.search(whole):
        yield "holding", EMPTY_HANDS, letting.start()
    for taking in words.HOLDS.finditer(whole):
        verb = taking.group().split()[0]
        if verb in words.WITH and not (moving or words.ON_BODY.search(whole[taking.end() :])):
            continue
        if thing := _thing(clause[taking.end() :], verb):
            yield "holding", thing, taking.start()
            return


def _first(plain: str, rules: words.Rules) -> tuple[str, int] | None:
    for name, pattern in rules:
        if found := pattern.search(plain):
            return name, found.start()
    return None


def _thing(behind: str, verb: str) -> str:
    """The thing that a verb of taking is about: one that can be drawn, or in capitals."""
    noun = _NOUN_ENDS.split(behind, maxsplit=1)[0]
    noun = " ".join(noun.split()[:LONGEST_THING_WORDS])
    thing = thing_in(noun)
    for start, things in _ONLY.items():
        if verb.startswith(start) and thing not in things:
            return ""
    if thing == "glass" and "eye" in behind:
        return ""
    capitals = _CAPITALS.search(noun)
    return thing or (capitals.group().casefold() if capitals and verb not in words.WITH else "")
