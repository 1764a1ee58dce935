"""How an actor's direction changes an espeak-ng voice: pitch, pace, and a whisper for a voice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from renderers.speech.casting import complete
from renderers.speech.engine_files import engine_files
from schemas.asset_manifest import Delivery
from schemas.project import Voice

# Steps of the engine's pitch scale (0 to 99) and per cent of the voice's own pace. People who
# shout speak higher and a little faster, the sad lower and slower (Scherer, Vocal communication of
# emotion, 2003); the sizes are chosen to be heard and not to make somebody else of a character.
_BY_DELIVERY: Final[dict[str, tuple[int, int]]] = {
    **{"": (0, 100), "whisper": (0, 92), "soft": (-3, 95), "shout": (14, 106)}
}
_BY_EXPRESSION: Final[dict[str, tuple[int, int]]] = {
    **{"afraid": (8, 108), "surprised": (9, 103), "tender": (-2, 95), "angry": (4, 105)},
    **{"happy": (5, 103), "sad": (-6, 90), "tense": (2, 103)},
}
_BY_PACING: Final[dict[str, int]] = {"slow": 84, "fast": 118}
_WHISPERS: Final = {"male": "whisper", "female": "whisperf"}
_GENDER: Final = re.compile(r"^gender\s+(male|female)", re.MULTILINE)
_MOST_PITCH: Final = 99
_SLOWEST_WPM: Final = 80
_FASTEST_WPM: Final = 450


@dataclass(frozen=True, slots=True)
class Direction:
    """What is asked of a line: how loud, with what feeling, how fast; empty for nothing."""

    delivery: Delivery = ""
    expression: str = ""
    pacing: str = ""


def directed(voice: Voice, direction: Direction, language: str) -> Voice:
    """The voice that says a line so; the voice itself where nothing is asked of it."""
    steps, pace = _BY_DELIVERY[direction.delivery]
    more_steps, more_pace = _BY_EXPRESSION.get(direction.expression, (0, 100))
    per_cent = pace * more_pace * _BY_PACING.get(direction.pacing, 100) // 10_000
    if (steps + more_steps, per_cent, direction.delivery) == (0, 100, ""):
        return voice
    plain = complete(voice, language)
    pitch, rate = plain.pitch or 0, plain.rate_wpm or 0
    return plain.model_copy(
        update={
            "name": _whispering(plain.name) if direction.delivery == "whisper" else plain.name,
            "pitch": min(max(pitch + steps + more_steps, 0), _MOST_PITCH),
            "rate_wpm": min(max(rate * per_cent // 100, _SLOWEST_WPM), _FASTEST_WPM),
        }
    )


def _whispering(name: str) -> str:
    """The engine's whisper for a man's or a woman's voice. A whisper has no pitch of its own, so
    little of a voice is lost with its variant."""
    base, _, variant = name.partition("+")
    return f"{base}+{_WHISPERS[_gender(variant)]}"


def _gender(variant: str) -> str:
    file = engine_files().data / "voices" / "!v" / variant
    told = (
        _GENDER.search(file.read_text("utf-8", "replace")) if variant and file.is_file() else None
    )
    return told[1] if told else "male"
