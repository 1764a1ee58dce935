"""Sounds a writer asked for by putting them in capitals, as in `The phone RINGS.`"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# Beginnings of sound words and the tag they make. Only words in capitals are looked at, which is
# how a screenplay marks a sound, so this finds little and rarely the wrong thing.
_STEMS: Final[tuple[tuple[str, str], ...]] = (
    *(("RING", "ring"), ("KNOCK", "knock"), ("SLAM", "slam"), ("BUZZ", "buzz"), ("BEEP", "beep")),
    *(("CRASH", "crash"), ("BANG", "bang"), ("CREAK", "creak"), ("CLICK", "click")),
    *(("THUNDER", "thunder"), ("SIREN", "siren"), ("GUNSHOT", "gunshot"), ("EXPLO", "explosion")),
    *(("BARK", "bark"), ("HOWL", "howl"), ("SCREAM", "scream"), ("WHISTL", "whistle")),
    *(("FOOTSTEP", "footsteps"), ("APPLAU", "applause"), ("HONK", "horn"), ("HISS", "hiss")),
    *(("RUMBL", "rumble"), ("SHATTER", "shatter"), ("SPLASH", "splash"), ("CHIME", "chime")),
    *(("RAIN", "rain"), ("ROAR", "roar"), ("TICK", "tick"), ("WIND", "wind"), ("DRIP", "drip")),
)
_CAPITALS: Final = re.compile(r"[^\W\d_]{3,}")
_WHOLE_ONLY: Final = frozenset({"WIND", "RAIN"})
# Words that begin as a sound does and are none.
_SILENT: Final = frozenset(
    {
        *(
            "TICKET",
            "TICKETS",
            "EXPLORER",
            "EXPLORERS",
            "BANGLE",
            "BANGLES",
            "BARKEEPER",
            "BARKEEP",
        ),
        *("RINGMASTER", "RINGLEADER", "WHISTLEBLOWER", "KNOCKER", "KNOCKOUT", "CRASHPAD"),
    }
)
# A RING is a sound of these; of anything else, as in KEY RING, it is a ring.
_WHAT_RINGS: Final = frozenset({"", "PHONE", "TELEPHONE", "DOORBELL", "BELL", "DOOR", "ALARM"})


def sound_cues(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The tags of the sounds in `text`, in order, each once; parts of `names` are never sounds."""
    every = list(_CAPITALS.finditer(text))
    words = [found for found in every if found.group().isupper()]
    if len(words) == len(every):
        # Everything is in capitals: then capitals mean nothing.
        return ()
    taken = {part for name in names for part in name.upper().split()}
    beside = zip((None, *words), words, strict=False)
    tags = (
        _tag(word.group(), _before(text, word, last))
        for last, word in beside
        if word.group() not in taken
    )
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def is_sound(word: str, before: str = "") -> bool:
    """Whether a word in capitals, right behind another in capitals, is that of a sound."""
    return bool(_tag(word, before))


def _before(text: str, word: re.Match[str], last: re.Match[str] | None) -> str:
    """The word in capitals right before one, empty without any."""
    if last is None or text[last.end() : word.start()].strip(" "):
        return ""
    return last.group()


def _tag(word: str, before: str) -> str:
    if word in _SILENT or (word == "RING" and before not in _WHAT_RINGS):
        return ""
    for stem, tag in _STEMS:
        if word == stem or (stem not in _WHOLE_ONLY and word.startswith(stem)):
            return tag
    return ""
