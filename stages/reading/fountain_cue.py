"""Cues: the line with a character's name that stands above a speech."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from stages.reading.fountain_emphasis import without_emphasis
from stages.reading.fountain_marks import is_transition
from stages.reading.on_screen_text import opens_super
from stages.shots.montage import frames_montage

_EXTENSION: Final = re.compile(r"[(（]([^()（）]*)[)）]")
_MC: Final = re.compile(r"\bM(?:a)?c(?=[^\W\d_a-z])")
# Camera directions in capitals that a writer sets right above what is seen.
_SHOT: Final = re.compile(
    r"(?:CLOSE(?:R|[ -]?UP)?|ANGLE|WIDE|BACK|INSERT|CUT|DISSOLVE) (?:ON|TO)\b"
    r"|(?:INSERT|SUPER|SUPERIMPOSE|CLOSE[ -]?UP|INTERCUT)(?:$|\s?:|\s?[-–—])"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A name as written, its extensions without brackets, and whether `^` or `@` were set."""

    name: str
    extensions: tuple[str, ...]
    dual: bool = False
    forced: bool = False


def read_cue(text: str, known: frozenset[str] | set[str]) -> Cue | None:
    """`text` (edges stripped) as a cue, or None when it cannot be one.

    A cue is in capitals by Unicode, or forced with `@`. Scripts without capitals (Chinese, Arabic,
    Hebrew …) cannot be told from action by their looks: there a name is a cue when it is in
    `known`, that is, when it was forced before or listed on the title page under `Characters`.
    """
    dual = text.endswith("^")
    words = without_emphasis(text.removesuffix("^").rstrip())
    forced = words.startswith("@")
    cue = _split(words.removeprefix("@"), dual=dual, forced=forced)
    if forced:
        return cue if cue.name else None
    if not cue.name or is_transition(text) or _SHOT.match(cue.name) or _is_direction(words):
        return None
    return cue if _in_capitals(cue.name) or cue_key(cue.name) in known else None


def _is_direction(line: str) -> bool:
    """Whether a line in capitals says what is shown below it, and not who speaks."""
    return opens_super(line) or frames_montage(line)


def cue_key(name: str) -> str:
    """A name in the form in which `known` holds it."""
    return unicodedata.normalize("NFC", name.strip())


def _split(words: str, *, dual: bool, forced: bool) -> Cue:
    extensions = [found.strip() for found in _EXTENSION.findall(words)]
    name = _EXTENSION.sub(" ", words)
    opened = name.rfind("(")
    if opened > name.rfind(")"):
        extensions.append(name[opened + 1 :].strip())
        name = name[:opened]
    name = " ".join(name.split()).removesuffix(":").rstrip()
    return Cue(name, tuple(filter(None, extensions)), dual, forced)


def _in_capitals(name: str) -> bool:
    plain = _MC.sub("MC", name).replace("ß", "")
    capitals = sum(character.isupper() for character in plain)
    without_case = sum(unicodedata.category(character) == "Lo" for character in plain)
    return capitals > without_case and not any(character.islower() for character in plain)
