"""What a place name says about the picture: kinds of place by keyword."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from renderers.plates.places.place_words import INDOORS, OUTDOORS, PAIRS

_WORD = re.compile(r"[^\W_]+")
_IDEOGRAPHS = "\u2e80"


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(_WORD.findall(letters))


def _by_pair(words: tuple[str, ...], kinds: Iterable[str]) -> str | None:
    known = {"", *kinds}
    beside = set(pairwise(words))
    return next(
        (kind for one, other, kind in PAIRS if (one, other) in beside and kind in known), None
    )


def _matches(word: str, stem: str) -> bool:
    if stem.startswith("*"):
        return word.endswith(stem[1:])
    if stem[0] >= _IDEOGRAPHS:
        # Written without spaces between words.
        return stem in word
    if len(stem) <= 4:
        return word in (stem, stem + "s")
    if len(stem) == 5:
        return word.startswith(stem) or word.endswith(stem)
    return stem in word


# A place that a writer calls by its darkness is none.
_VOID = """black blackness void darkness nothingness noir obscurite neant schwarz dunkelheit dunkel
    negro oscuridad vacio preto escuridao nero buio vuoto 黒 闇 黑"""


def is_void(place: str) -> bool:
    """Whether a place name means darkness itself, as `BLACK` or `ETERNAL BLACK VOID` do."""
    named = kind_of_place(place, inside=True) or kind_of_place(place, inside=False)
    return not named and any(word in _VOID.split() for word in words_of(place))


def is_limbo(setting: str, place: str) -> bool:
    """Whether nothing is known about the place: no INT or EXT, and no name that says what it is."""
    if setting and not is_void(place):
        return False
    return not (kind_of_place(place, inside=True) or kind_of_place(place, inside=False))


@lru_cache(maxsize=256)
def kind_of_place(place: str, *, inside: bool) -> str:
    """The kind of set to draw, or "" when the name says nothing known."""
    words = words_of(place)
    table = INDOORS if inside else OUTDOORS
    paired = _by_pair(words, (kind for kind, _ in table))
    if paired is not None:
        return paired
    for kind, stems in table:
        if any(_matches(word, stem) for stem in stems.split() for word in words):
            return kind
    return ""


def is_inside(setting: str, place: str) -> bool:
    """Whether the camera is under a roof; without a setting the place name decides."""
    if setting:
        return setting != "EXT"
    return not kind_of_place(place, inside=False) or bool(kind_of_place(place, inside=True))
