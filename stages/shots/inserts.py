"""Inserts that are asked for: `INSERT - THE LETTER`, a look at one thing that nobody else is in.

`INSERT:` means two things to writers. It names a thing, unless what stands behind it can only be
words to be read: words in quotation marks, a date with or without a place (`Berlin, 1989`), a time
(`9:20 PM`, `0600 HOURS`), or a stretch of time (`Two weeks later`). Those are a SUPER. A name with
an article is a thing whatever follows: `INSERT: THE LETTER, 1943`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from stages.sentences import reading_units
from stages.shots.capital_words import NO_THINGS, PEOPLE, PLACES
from stages.shots.shot_timing import reading_limit_units

_INSERT: Final = re.compile(
    r"\s{0,60}(?:INSERT(?: SHOT| ON)?|GROS PLAN SUR|DETAIL)\s{0,3}[-–—:：]{1,2}"
    r"\s{0,9}(?P<thing>\S.*)"
)
_ALONE: Final = re.compile(
    r"(?i:the|an?|his|her|their)\s(?P<thing>(?:[^\W\d_]+\s){0,2}[^\W\d_]{2,})\s?[.!…]?"
)
_LONGEST_CHARS: Final = 60
_STOP: Final = re.compile(r"[.:!?]\s|\s[-–—]{1,2}\s")
_OPENERS: Final = '"“”„«「『'
_ARTICLE: Final = re.compile(
    r"(?i:the|an?|this|that|his|her|their|its|my|our|your|one|le|la|les|une?|der|die|das|eine?|el"
    r"|los|las|una|il|lo|um|uma)\s|(?i:l)['’]"
)
_MONTH: Final = (
    r"(?:jan|feb|fév|mar|mär|apr|avr|abr|may|mai|mag|jun|juin|giu|jul|juil|lug|aug|août|ago|sep|set"
    r"|oct|okt|ott|out|nov|dec|déc|dez|dic|spring|summer|autumn|fall|winter|christmas)[^\W\d_]*\.?"
)
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th|er|\.)?"
# `1989`, `June 1944`, `12. Mai 1989`, `Berlin, 1989`, `East Berlin - November 9th, 1989`.
_DATE: Final = re.compile(
    rf"(?:[^\d,]{{2,40}}(?:,|\s[-–—]{{1,2}})\s)?(?:(?:the|le|den|am|el|il)\s)?(?:{_DAY}\s)?"
    rf"(?:(?:of|de)\s)?(?:{_MONTH},?\s)?(?:{_DAY},?\s)?(?:(?:of|de)\s)?[12]\d{{3}}(?:[-–]\d{{2,4}})?",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"\d{1,2}[:.h]\d{2}(?:\s?[AP]\.?M\.?| UHR)?|\d{1,2}\s?[AP]\.?M\.?|\d{3,4} HOURS",
    re.IGNORECASE,
)
_LATER: Final = re.compile(
    r"(?:[^\W_]+\s){1,4}(?:LATER|EARLIER|AGO|BEFORE|AFTER|PLUS TARD|PLUS TÔT|SPÄTER|ZUVOR|DESPUÉS"
    r"|ANTES|DOPO|PRIMA|DEPOIS)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Insert:
    """A thing that is to be seen by itself, what is told of it, and what is left of its paragraph
    for the next shot; without a thing all of the paragraph is left."""

    thing: str = ""
    told: str = ""
    left: str = ""


def insert_of(paragraph: str) -> Insert:
    """The insert that a paragraph asks for; words to be read are left as a SUPER."""
    first, newline, below = paragraph.partition("\n")
    found = _INSERT.fullmatch(first)
    if found is None:
        return Insert(left=paragraph)
    if _to_be_read(found["thing"]):
        return Insert(left=f"SUPER: {found['thing']}{newline}{below}")
    stop = _STOP.search(found["thing"])
    thing = found["thing"][: stop.start()] if stop else found["thing"]
    rest = found["thing"][stop.end() :] if stop else ""
    thing = thing.strip(" .:-–—")
    if not thing or len(thing) > _LONGEST_CHARS:
        return Insert(left=paragraph)
    told = " ".join((rest + "\n" + below).split())
    if reading_units(f"{thing}. {told}") <= reading_limit_units():
        return Insert(thing, told)
    return Insert(thing, left=told)


def thing_alone(told: str) -> Insert:
    """The insert that a picture of a montage is which names a thing and nothing else: `A glove.`

    Not where a place, somebody, or what cannot be looked at by itself is named, and where the last
    word may be a verb (`The bell rings.`).
    """
    found = _ALONE.fullmatch(told.strip())
    if found is None:
        return Insert(left=told)
    *before, last = found["thing"].upper().split()
    singular = last.removesuffix("S")
    no_thing = PEOPLE | PLACES | NO_THINGS
    may_be_verb = before and (last.endswith(("ING", "ED")) or singular != last)
    if may_be_verb or {last, singular} & no_thing:
        return Insert(left=told)
    return Insert(" ".join((*before, last)), "")


def _to_be_read(words: str) -> bool:
    if words[0] in _OPENERS:
        return True
    whole = words.strip(" .")
    dated = any(form.fullmatch(whole) for form in (_DATE, _CLOCK, _LATER))
    return dated and not _ARTICLE.match(words)
