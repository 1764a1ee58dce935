"""Arabic letters as they are joined to their neighbours, by the forms that Unicode has for them.

Letters in a picture are set one by one, each as it is (no shaping engine, which would depend on the
machine). The presentation forms (Unicode 15.0, blocks FB50 and FE70) are letters of their own, so
that joined writing needs no more than to choose them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

_BLOCKS: Final = (range(0xFB50, 0xFC00), range(0xFE70, 0xFEFD))
_FORMS: Final = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}
_TATWEEL: Final = "\u0640"
_NOTHING: Final = ("", "", "", "")

Covers = Callable[[str], bool]
"""Whether a font has a character."""


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, str, str, str]]:
    """By letter, or two that are written as one: isolated, final, initial and medial form."""
    found: dict[str, list[str]] = {}
    for code in (code for block in _BLOCKS for code in block):
        kind, *bases = unicodedata.decomposition(chr(code)).split() or [""]
        letters = "".join(chr(int(base, 16)) for base in bases)
        if kind in _FORMS and letters and not letters.startswith(" "):
            found.setdefault(letters, ["", "", "", ""])[_FORMS[kind]] = chr(code)
    return {letters: (a, b, c, d) for letters, (a, b, c, d) in found.items()}


def joined(text: str, covers: Covers) -> str:
    """The text with its Arabic letters in the forms they are written in, in the order it is read.

    A form that no font has stays the plain letter. Text without such letters is returned as it is.
    """
    if not any("\u0600" <= sign <= "\u06ff" for sign in text):
        return text
    signs = _pairs(text, covers)
    result: list[str] = []
    for at, sign in enumerate(signs):
        after_joins = _leads(_neighbour(signs, at, -1)) and _follows(sign)
        before_joins = _leads(sign) and _follows(_neighbour(signs, at, +1))
        form = _forms().get(sign, _NOTHING)[after_joins + 2 * before_joins]
        result.append(form if form and covers(form) else sign)
    return "".join(result)


def _pairs(text: str, covers: Covers) -> list[str]:
    """The letters; a lam and the alef behind it are one where a font has them as one."""
    signs: list[str] = []
    for sign in text:
        pair = signs[-1] + sign if signs else ""
        whole = _forms().get(pair, _NOTHING) if len(pair) == 2 and pair[0] == "\u0644" else _NOTHING
        if whole[0] and covers(whole[0]) and covers(whole[1]):
            signs[-1] = pair
        else:
            signs.append(sign)
    return signs


def _neighbour(signs: list[str], at: int, step: int) -> str:
    """The next letter on one side; vowel marks stand above letters and part none."""
    at += step
    while 0 <= at < len(signs) and unicodedata.category(signs[at][0]) == "Mn":
        at += step
    return signs[at] if 0 <= at < len(signs) else ""


def _leads(sign: str) -> bool:
    """Whether a letter is joined to the one behind it."""
    return sign == _TATWEEL or bool(_forms().get(sign, _NOTHING)[2])


def _follows(sign: str) -> bool:
    """Whether a letter is joined to the one before it."""
    return sign == _TATWEEL or bool(_forms().get(sign, _NOTHING)[1])
