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


def sound_cues(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The tags of the sounds in `text`, in order, each once; parts of `names` are never sounds."""
    words = [word for word in _CAPITALS.findall(text) if word.isupper()]
    if len(words) == len(_CAPITALS.findall(text)):
        # Everything is in capitals: then capitals mean nothing.
        return ()
    taken = {part for name in names for part in name.upper().split()}
    tags = (_tag(word) for word in words if word not in taken)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _tag(word: str) -> str:
    for stem, tag in _STEMS:
        if word == stem or (stem not in _WHOLE_ONLY and word.startswith(stem)):
            return tag
    return ""
