"""Transitions as writers type them, and what they mean for the cut."""

from __future__ import annotations

import re
from typing import Final

from schemas.shot_list import TransitionKind

# Read from the top: the first phrase found in the instruction decides. All others are plain cuts.
_PHRASES: Final[tuple[tuple[str, TransitionKind], ...]] = (
    ("FADE THROUGH BLACK", "fade_through_black"),
    ("DIP TO BLACK", "fade_through_black"),
    ("FADE OUT", "fade_out"),
    ("FADE TO BLACK", "fade_out"),
    ("FADES OUT", "fade_out"),
    ("FADES TO BLACK", "fade_out"),
    ("CUT TO BLACK", "cut"),
    ("FADE IN", "fade_in"),
    ("FADE UP", "fade_in"),
    ("SMASH", "smash_cut"),
    ("MATCH", "match_cut"),
    ("DISSOLVE", "dissolve"),
    ("CROSSFADE", "dissolve"),
    ("CROSS FADE", "dissolve"),
    ("FADE TO", "dissolve"),
    ("WIPE", "wipe"),
)
_NOT_LETTERS: Final = re.compile(r"[\W_]+")


def read_transition(text: str) -> TransitionKind:
    """The kind of transition an instruction such as `SMASH CUT TO:` asks for.

    `fade_out` belongs to the shot before it, every other kind to the shot after it. An
    instruction nobody here knows is a plain cut.
    """
    wording = f" {_NOT_LETTERS.sub(' ', text.upper()).strip()} "
    return next((kind for phrase, kind in _PHRASES if f" {phrase}" in wording), "cut")
