"""Memories and dreams that the writer frames with words between the scenes, as in `FLASHBACK:`.

`BACK TO SCENE` closes none: it comes behind an insert.

A frame that is closed, by `END OF FLASHBACK`, `BACK TO PRESENT:` or the like, holds every scene in
it; one that never is holds the scene that follows it and no more, so that a forgotten word does
not let contradictions through for the rest of the script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from schemas.script import Action, Element, Scene, Transition, plain_text

Frame = Literal["remembered", "imagined"]

_REMEMBERED: Final = (
    r"FLASH[ -]?(?:BACKS?|FORWARDS?)|MEMORY|R[ÜU]CKBLENDE|RETOUR EN ARRI[ÈE]RE|ANALEPSIS"
)
_IMAGINED: Final = (
    r"DREAM|NIGHTMARE|FANTASY|VISION|R[ÊE]VE|CAUCHEMAR|TRAUM|ALBTRAUM|SUEÑO|PESADILLA|SOGNO|INCUBO"
)
_ANY: Final = rf"(?:{_REMEMBERED}|{_IMAGINED})"
_SEQUENCE: Final = r"(?: SEQUENCE| S[ÉE]QUENCE)?"
_OPENS: Final = re.compile(
    rf"(?:(?:BEGIN|START)S?(?: OF)?(?: THE)? |(?:CUT|DISSOLVE|FADE|MATCH CUT|SMASH CUT) TO )?"
    rf"(?:(?P<remembered>{_REMEMBERED})|(?P<imagined>{_IMAGINED})){_SEQUENCE}(?: TO| BEGINS)?"
)
_CLOSES: Final = re.compile(
    rf"(?:END|FIN|ENDE|FINE)S?(?: OF| DE LA| DEL?| DU| DER)?(?: THE)? {_ANY}{_SEQUENCE}"
    rf"|{_ANY}{_SEQUENCE} ENDS"
    r"|(?:(?:CUT|DISSOLVE|FADE) )?(?:BACK|RETURN) TO(?: THE)?(?: PRESENT| PRESENT DAY| REALITY)?"
    r"|RETOUR AU PR[ÉE]SENT|ZUR[ÜU]CK (?:ZUR|IN DIE) GEGENWART|VUELTA AL PRESENTE"
)
_NOT_LETTERS: Final = re.compile(r"[^\w-]+")


def story_frames(scenes: Sequence[Scene]) -> Mapping[str, Frame]:
    """By scene id, which scenes stand in a frame, and whether they happened."""
    framed: dict[str, Frame] = {}
    since: list[str] = []
    frame: Frame | None = None
    for scene in scenes:
        if frame:
            since.append(scene.scene_id)
            framed[scene.scene_id] = frame
        for sign in _signs(scene.elements):
            if sign == "closes":
                frame, since = None, []
            else:
                _forget_all_but_one(framed, since)
                frame, since = sign, []
    _forget_all_but_one(framed, since)
    return framed


def _forget_all_but_one(framed: dict[str, Frame], since: Sequence[str]) -> None:
    """A frame that was never closed holds its first scene."""
    for scene_id in since[1:]:
        framed.pop(scene_id, None)


def _signs(elements: Sequence[Element]) -> Iterator[Frame | Literal["closes"]]:
    for element in elements:
        if isinstance(element, Transition):
            written = element.text
        elif isinstance(element, Action):
            written = plain_text(element.spans)
        else:
            continue
        if written != written.upper():
            continue
        words = _NOT_LETTERS.sub(" ", written).strip()
        if _CLOSES.fullmatch(words):
            yield "closes"
        elif found := _OPENS.fullmatch(words):
            yield "remembered" if found["remembered"] else "imagined"
