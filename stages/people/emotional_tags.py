"""The mood of a scene as its parentheticals tell it; nothing is guessed from the words spoken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_STEMS: Final[dict[str, str]] = {
    "angry": (
        "angr furious fury rage yell shout scream hostile irritat annoy "
        "wütend schrei zornig furieu énervé crie colère enojad grita enfadad arrabbiat urla raiva"
    ),
    "joyful": (
        "happy happil joy laugh smil grin cheer delight excit giggl chuckl "
        "lach lächel fröhlich glücklich riant sourit souriant joyeu feliz ríe riendo sonr "
        "ridendo sorrid felic rindo"
    ),
    "quiet": (
        "whisper quiet soft sotto hush murmur mutter gentl "
        "flüster leise murmel chuchot murmur doucement susurr sussurr bisbigli"
    ),
    "sad": (
        "sad cry crying cries sobs sobbing tears teary tearful weep mourn griev "
        "traurig weint weinen schluchz triste pleur larme llora triste piang chora"
    ),
    "tense": (
        "tens nervous anxious scared afraid fright panic worried urgent terrif alarm "
        "nervös ängstlich panisch besorgt nerveu inquiet effray nervios asustad preocup spavent"
    ),
}
_TAGS: Final = {tag: tuple(stems.split()) for tag, stems in _STEMS.items()}
_WORD: Final = re.compile(r"[^\W\d_]+")


def emotional_tags(parentheticals: Iterable[str]) -> tuple[str, ...]:
    """The tags (`angry`, `joyful`, `quiet`, `sad`, `tense`) that apply, in that order."""
    words = {
        word for parenthetical in parentheticals for word in _WORD.findall(parenthetical.casefold())
    }
    return tuple(
        tag for tag, stems in _TAGS.items() if any(word.startswith(stems) for word in words)
    )
