"""What a parenthetical asks of an actor, as far as a few words can say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from schemas.asset_manifest import Delivery
from stages.people.emotional_tags import emotional_tags

NEUTRAL: Final = "neutral"

# The beginnings of words that ask for an expression; the first row that matches decides. What
# they leave over is asked of the emotional tags, which know more languages.
_EXPRESSION_STEMS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("afraid", ("afraid", "scare", "terrif", "fear", "panic", "trembl", "fright")),
    ("surprised", ("surpris", "shock", "stunn", "gasp", "astonish", "amaze", "disbelie", "startl")),
    ("tender", ("tender", "gentl", "loving", "warm", "romantic")),
    ("angry", ("snap", "hiss", "bitter")),
)
_TAG_EXPRESSIONS: Final = {
    "angry": "angry",
    "joyful": "happy",
    "sad": "sad",
    "tense": "tense",
    "quiet": "quiet",
}
_PACING_STEMS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("slow", ("slow", "drawl", "deliberat", "halting", "wear", "tired")),
    ("fast", ("fast", "quick", "hurr", "rush", "rapid", "breathless")),
)
_DELIVERY_STEMS: Final[tuple[tuple[Delivery, tuple[str, ...]], ...]] = (
    (
        "whisper",
        (
            "whisper",
            "flüster",
            "chuchot",
            "susurr",
            "sussurr",
            "bisbigli",
            "шепч",
            "шёпот",
            "шепот",
        ),
    ),
    (
        "shout",
        (
            *("shout", "yell", "scream", "bellow", "holler", "roar", "schrei", "brüll"),
            *("crie", "criant", "hurl", "grita", "urla", "крич"),
        ),
    ),
    (
        "soft",
        (
            *("soft", "quiet", "hush", "murmur", "mutter", "mumbl", "sotto", "leise", "murmel"),
            *("doucement", "тихо"),
        ),
    ),
)
_PAUSE_WORDS: Final = frozenset(
    {
        *("beat", "beats", "pause", "pauses", "pausing", "silence", "silent", "moment"),
        *("hesitates", "hesitating", "hesitant", "pausa", "silencio", "stille", "temps"),
    }
)
# Words that may stand beside a pause word: `(after a long beat)` is one, `(into the silence)` not.
_PAUSE_COMPANY: Final = frozenset(
    {
        *("a", "an", "after", "another", "then", "and", "of", "long", "longer", "short", "brief"),
        *("small", "tiny", "slight", "heavy", "awkward", "un", "una", "eine", "lange"),
    }
)
_PIECE: Final = re.compile(r"[^,;.:–—/()]+")
_WORD: Final = re.compile(r"\w+")


def direction(parenthetical: str) -> str:
    """The parenthetical as a direction: without its brackets, white space evened out."""
    return " ".join(parenthetical.strip().strip("()（）").split())


def asks_for_pause(parenthetical: str) -> bool:
    """Whether the writer wants a silence, as in `(beat)` or `(a long pause, then softly)`."""
    return any(_is_pause(piece) for piece in _PIECE.findall(parenthetical))


def asks_for_long_pause(parenthetical: str) -> bool:
    """Whether that silence is a long one."""
    return asks_for_pause(parenthetical) and "long" in _words(parenthetical)


def expression(parentheticals: Iterable[str]) -> str:
    """The first expression asked for, neutral when there is none.

    One of afraid, surprised, tender, angry, happy, sad, tense, quiet.
    """
    return next((found for each in parentheticals if (found := _expression(each))), NEUTRAL)


def pacing(parenthetical: str) -> str:
    """`slow`, `fast` or nothing."""
    return _match(parenthetical, _PACING_STEMS)


def delivery(parenthetical: str) -> Delivery:
    """How loud a line is to be said; nothing where its direction does not say."""
    words = _words(parenthetical)
    for name, stems in _DELIVERY_STEMS:
        if any(word.startswith(stems) for word in words):
            return name
    return ""


def emotion(parenthetical: str, tags: tuple[str, ...]) -> str:
    """What the voice should carry: the writer's direction, or else the mood of the scene.

    A bare pause says nothing about the voice.
    """
    asked = direction(parenthetical)
    if any(_words(piece) and not _is_pause(piece) for piece in _PIECE.findall(asked)):
        return asked
    return tags[0] if tags else ""


def _is_pause(piece: str) -> bool:
    words = set(_words(piece)) - {"then"}
    return bool(words & _PAUSE_WORDS) and words <= _PAUSE_WORDS | _PAUSE_COMPANY


def _expression(parenthetical: str) -> str:
    tags = emotional_tags((parenthetical,))
    known = (_TAG_EXPRESSIONS[tag] for tag in tags if tag in _TAG_EXPRESSIONS)
    return _match(parenthetical, _EXPRESSION_STEMS) or next(known, "")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _match(text: str, table: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    words = _words(text)
    return next(
        (name for name, stems in table if any(word.startswith(stems) for word in words)), ""
    )
