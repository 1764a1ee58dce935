"""Expressions: the words of the shot list as shapes of a face."""

from __future__ import annotations

from dataclasses import dataclass

from renderers.plates.words import words_of


@dataclass(frozen=True, slots=True)
class Mood:
    """A face, in hundredths of the head's height: brow ends raised (-) or lowered (+), how far
    the eyes are open (10 is normal), the mouth's corners up (+) or down (-), how far it is open,
    its width."""

    brow_inner: float = 0.0
    brow_outer: float = 0.0
    eye: float = 10.0
    smile: float = 1.5
    gape: float = 0.0
    width: float = 11.0
    blush: bool = False


MOODS: dict[str, Mood] = {
    "neutral": Mood(),
    "happy": Mood(-2, -2.5, 8.6, 6.5, 3.0, 14, True),
    "sad": Mood(-4.5, 3.5, 7.6, -4.5, 0, 9),
    "angry": Mood(5.5, -3.5, 8.2, -4, 0, 11),
    "tense": Mood(3, 0.5, 8.6, -1.5, 0, 8.5),
    "afraid": Mood(-5.5, 0.5, 12.6, -3.5, 4, 8),
    "surprised": Mood(-6, -6, 13, 0, 9, 6.5),
    "quiet": Mood(-1, 1, 7.0, 0.5, 0, 8.5),
}

_NAMES = {
    "happy": "happy joy joyful smiling smile laughing amused glad cheerful excited warm loving "
    "proud relieved playful",
    "sad": "sad crying tearful grieving weeping sorrow sorrowful broken hurt lonely tired weary "
    "disappointed melancholic",
    "angry": "angry furious shouting rage mad annoyed irritated hostile cold bitter",
    "tense": "tense worried nervous anxious serious determined suspicious wary stern urgent "
    "thinking pensive confused",
    "afraid": "afraid scared fear fearful terrified frightened horrified panicked",
    "surprised": "surprised shocked astonished startled amazed stunned",
    "quiet": "quiet whispering whisper soft gentle calm silent beat listening sleepy asleep "
    "sleeping tender hushed",
}  # fmt: skip


def mood_of(expression: str) -> Mood:
    """The face for an expression word; an unknown one is neutral."""
    for word in words_of(expression):
        if word in MOODS:
            return MOODS[word]
        for name, others in _NAMES.items():
            if word in others.split():
                return MOODS[name]
    return MOODS["neutral"]
