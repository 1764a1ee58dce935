"""Inserts: `INSERT - THE LETTER`, a look at one thing that nobody else is in."""

from __future__ import annotations

import re
from typing import Final

from stages.sentences import reading_units
from stages.shot_timing import reading_limit_units

_INSERT: Final = re.compile(
    r"\s{0,60}(?:INSERT(?: SHOT| ON)?|GROS PLAN SUR|DETAIL)\s{0,3}[-–—:：]{1,2}"
    r"\s{0,9}(?P<thing>\S.*)"
)
_LONGEST_CHARS: Final = 60
_STOP: Final = re.compile(r"[.:!?]\s|\s[-–—]{1,2}\s")


def insert_of(paragraph: str) -> tuple[str, str]:
    """What is told of a thing that a paragraph wants seen by itself, the thing first, and what is
    left for the next shot; the former empty where there is no such thing.

    Words in quotation marks are no thing: they are to be read, and stay action.
    """
    first, _, below = paragraph.partition("\n")
    found = _INSERT.fullmatch(first)
    if found is None or found["thing"][0] in '"“„«':
        return "", paragraph
    stop = _STOP.search(found["thing"])
    thing = found["thing"][: stop.start()] if stop else found["thing"]
    rest = found["thing"][stop.end() :] if stop else ""
    thing = thing.strip(" .:-–—")
    if not thing or len(thing) > _LONGEST_CHARS:
        return "", paragraph
    told = " ".join((rest + "\n" + below).split())
    whole = f"{thing}. {told}" if told else thing
    if reading_units(whole) <= reading_limit_units():
        return whole, ""
    return thing, told
