"""Expressions: the words of the shot list as shapes of a face."""

from __future__ import annotations

from dataclasses import dataclass

from renderers.plates.words import words_of


@dataclass(frozen=True, slots=True)
class Mood:
    """A face, in hundredths of the head's height: brow ends raised (-) or lowered (+), how far
    the eyes are open (10 is normal, 0 is shut), the mouth's corners up (+) or down (-), how far it
    is open, its width. `flush_permille` is how red the cheeks are; `marks` are what else is drawn:
    `tears`, `crease` between the brows, `sweat`, `bags` under the eyes, `teeth`, shut eyes that are
    `merry`."""

    brow_inner: float = 0.0
    brow_outer: float = 0.0
    eye: float = 10.0
    smile: float = 1.5
    gape: float = 0.0
    width: float = 11.0
    flush_permille: int = 0
    marks: frozenset[str] = frozenset()


def _mood(
    brows: tuple[float, float],
    eye: float,
    mouth: tuple[float, float, float],
    flush_permille: int = 0,
    marks: str = "",
) -> Mood:
    return Mood(*brows, eye, *mouth, flush_permille, frozenset(marks.split()))


MOODS: dict[str, Mood] = {
    "neutral": Mood(),
    "happy": _mood((-2.5, -3), 8.4, (7.5, 4.0, 15), 260),
    "laughing": _mood((-5, -4), 0, (9.5, 13, 17), 320, "merry teeth"),
    "sad": _mood((-8, 4.5), 7.2, (-6, 0, 9.5)),
    "crying": _mood((-9, 5), 5.6, (-7.5, 4, 11), 300, "tears"),
    "angry": _mood((8, -5), 7.4, (-5.5, 0, 11.5), 0, "crease"),
    "furious": _mood((10, -6.5), 8.6, (-4, 10, 14.5), 420, "crease teeth"),
    "tense": _mood((4.5, 0.5), 8.0, (-2.5, 0, 8.5), 0, "crease"),
    "afraid": _mood((-9, 1.5), 14.4, (-5.5, 5, 10), 0, "sweat"),
    "surprised": _mood((-9, -8.5), 14.6, (0, 11, 6.5)),
    "quiet": _mood((-1, 1), 7.0, (0.5, 0, 8.5)),
    "tender": _mood((-3.5, 0.5), 7.4, (4.5, 0, 10), 200),
    "tired": _mood((-2, 4), 4.4, (-2.5, 0, 9), 0, "bags"),
    "asleep": _mood((-0.5, 1.5), 0, (0.5, 0, 8)),
    "embarrassed": _mood((-6, 1.5), 6.8, (2.5, 0, 8), 620, "sweat"),
}

_NAMES = {
    "happy": "happy joy joyful smiling smile amused glad cheerful excited warm proud relieved "
    "playful",
    "laughing": "laughing laughs giggling hysterical",
    "crying": "crying tearful weeping sobbing tears",
    "sad": "sad grieving sorrow sorrowful broken hurt lonely disappointed melancholic",
    "furious": "furious shouting rage raging screaming",
    "angry": "angry mad annoyed irritated hostile cold bitter",
    "tense": "tense worried nervous anxious serious determined suspicious wary stern urgent "
    "thinking pensive confused",
    "afraid": "afraid scared fear fearful terrified frightened horrified panicked",
    "surprised": "surprised shocked astonished startled amazed stunned",
    "tired": "tired weary exhausted sleepy",
    "asleep": "asleep sleeping unconscious",
    "tender": "tender loving gentle soft",
    "embarrassed": "embarrassed ashamed blushing shy",
    "quiet": "quiet whispering whisper calm silent beat listening hushed",
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
