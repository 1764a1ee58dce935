"""Headings that are only a time: `LATER`, in the place of the scene before."""

from __future__ import annotations

import re
from typing import Final

from schemas.script import SlugLine
from stages.reading.fountain_emphasis import without_emphasis
from stages.reading.slug_line import Heading
from stages.reading.time_of_day import looks_like_time

# Words of a jump in time that the next picture tells by itself, and those that do so alone.
_JUMPS_ALONE: Final = frozenset({"LATER", "CONTINUOUS", "CONTINUING", "SPÄTER"})
_JUMPS: Final = _JUMPS_ALONE | frozenset(
    {
        *("MOMENTS", "MOMENT", "MINUTES", "SECONDS", "HOURS", "A", "AN", "FEW", "HOUR", "SAME"),
        *("TIME", "THAT", "THE", "NEXT", "FOLLOWING", "DAY", "NIGHT", "MORNING", "EVENING", "DAWN"),
        *(
            "AFTERNOON",
            "DUSK",
            "SHORTLY",
            "AFTER",
            "EARLIER",
            "AT",
            "SUNRISE",
            "SUNSET",
            "MIDNIGHT",
        ),
        *(
            "PLUS",
            "TARD",
            "MÁS",
            "TARDE",
            "PIÙ",
            "TARDI",
            "WENIG",
            "ETWAS",
            "AM",
            "NÄCHSTEN",
            "TAG",
        ),
        *("MORGEN", "ABEND", "LE", "LENDEMAIN", "MATIN", "SOIR", "AL", "DÍA", "SIGUIENTE"),
    }
)


def read_time_jump(text: str, line: int = 1) -> Heading | None:
    """`LATER`, `MOMENTS LATER.` or `- THE NEXT MORNING -`, alone on a line in capitals: the same
    place at another time. None for `DAWN`, which is a name as well, and for `TEN YEARS LATER`,
    which nobody would know without having read it.
    """
    words = without_emphasis(text).strip(" \t-–—.:")
    if text[:1] in ".!@>~#=" or words != words.upper() or not looks_like_time(words):
        return None
    plain = set(re.findall(r"\w+", words))
    if not plain <= _JUMPS or (len(plain) == 1 and not plain & _JUMPS_ALONE):
        return None
    return Heading(SlugLine(text=words, time_of_day=words), None, line)
