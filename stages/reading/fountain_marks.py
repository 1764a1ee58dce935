"""What a single line of Fountain is by its own marks, whatever stands around it."""

from __future__ import annotations

import re
from typing import Final

_PAGE_BREAK: Final = re.compile(r"={3,}")
_RULE: Final = re.compile(r"(?:[-–—_*•·~]\s*){3,}")
_SECTION: Final = re.compile(r"(?P<marks>#+)\s*(?P<text>.*)")
_ENDS_IN_TO: Final = re.compile(r"(?:\b|IN)TO\s?:$")
# Where a memory or a dream begins and ends: a cut, and nothing that could be seen by itself.
_FRAME: Final = re.compile(
    r"(?:FLASH[ -]?(?:BACK|FORWARD)|DREAM SEQUENCE|FANTASY SEQUENCE|R[ÜU]CKBLENDE)(?: BEGINS)?"
    r"|(?:BEGIN|START|END|FIN|ENDE|INIZIO|FINE)S?(?: OF| DE LA| DEL?| DU| DER)?(?: THE)?"
    r" (?:FLASH[ -]?(?:BACK|FORWARD)|DREAM|FANTASY|NIGHTMARE|MEMORY|VISION|INTER-?CUT|R[ÜU]CKBLENDE"
    r"|R[ÊE]VE|SUEÑO|SOGNO|TRAUM)(?:ES|S)?(?: SEQUENCE| CONVERSATION)?"
)
_GROUP: Final = re.compile(r"\s*(?:\(([^()]*(?:\([^()]*\)[^()]*)*)\)|（([^（）]*)）)")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_OPENERS: Final = ("(", "（")

# Cut instructions every reader of scripts knows, although they do not end in TO: as the syntax
# asks. Left as action they would be set as a picture of their own.
_KNOWN_CUTS: Final = frozenset(
    (
        "FADE IN",
        "FADE UP",
        "FADE OUT",
        "FADE TO BLACK",
        "FADE TO WHITE",
        "CUT TO BLACK",
        "CUT TO WHITE",
        "SMASH CUT TO BLACK",
        "SLOW FADE OUT",
        "FADE FROM BLACK",
        "IRIS IN",
        "IRIS OUT",
        "FONDU AU NOIR",
        "FONDU ENCHAÎNÉ",
        "OUVERTURE AU NOIR",
        "FERMETURE AU NOIR",
        "CUT AU NOIR",
        "COUPE",
        "COUPE AU NOIR",
        "AUFBLENDE",
        "ABBLENDE",
        "SCHNITT AUF",
        "SCHNITT",
        "ÜBERBLENDUNG",
        "SCHWARZBLENDE",
        "CORTE A",
        "CORTA A",
        "CORTE A NEGRO",
        "FUNDIDO A NEGRO",
        "FUNDE A NEGRO",
        "DISOLVENCIA A",
        "CORTE PARA",
        "FADE PARA PRETO",
        "DISSOLVENZA",
        "DISSOLVENZA A",
        "STACCO",
        "STACCO SU",
        "ЗАТЕМНЕНИЕ",
        "ИЗ ЗАТЕМНЕНИЯ",
        "В ЗАТЕМНЕНИЕ",
    )
)


def is_page_break(text: str) -> bool:
    """True for three or more equal signs alone on a line."""
    return _PAGE_BREAK.fullmatch(text) is not None


def is_transition(text: str) -> bool:
    """True for a line in capitals ending in `TO:`, and for a few cuts known by name.

    What stands in brackets does not count, as in `(mid-sentence) CUT TO:`. A cut of one word needs
    its full stop or colon, since it could be a name.
    """
    text = _BRACKETS.sub("", text).strip()
    if text != text.upper():
        return False
    words = text.rstrip(".: ")
    known = words in _KNOWN_CUTS and (text != words or " " in words)
    return bool(_ENDS_IN_TO.search(text)) or known or _FRAME.fullmatch(words) is not None


def is_rule(text: str) -> bool:
    """True for a row of dashes or stars, which in pasted text parts what stands above and below."""
    return _RULE.fullmatch(text) is not None


def section_of(text: str) -> tuple[int, str] | None:
    """Level and words of `# an outline heading`."""
    found = _SECTION.fullmatch(text)
    return (len(found["marks"]), found["text"].strip()) if found else None


def synopsis_of(text: str) -> str | None:
    """The words of `= a summary`."""
    return text.lstrip("=").strip() if text.startswith("=") and not is_page_break(text) else None


def centered_of(text: str) -> str | None:
    """The words of `> centred text <`."""
    if len(text) > 2 and text.startswith(">") and text.endswith("<") and text[1:-1].strip():
        return text[1:-1].strip()
    return None


def forced_transition_of(text: str) -> str | None:
    """The words of `> a forced transition`."""
    return text[1:].strip() if text.startswith(">") and text[1:].strip() else None


def lyric_of(text: str) -> str | None:
    """The words of `~a sung line`."""
    return text[1:].strip() if text.startswith("~") and text[1:].strip() else None


def parentheticals_of(text: str) -> tuple[str, ...]:
    """The words of a line made of nothing but brackets, without them; empty when there is more."""
    groups: list[str] = []
    end = 0
    while end < len(text):
        found = _GROUP.match(text, end)
        if found is None:
            return ()
        groups.append((found[1] if found[1] is not None else found[2]).strip())
        end = found.end()
    return tuple(groups)


def leading_direction(text: str) -> tuple[str, str]:
    """A direction set before the words on their own line, `(quietly) Come in.`, and the words; the
    direction empty where there is none. `(I think) he left` and `(555) 0123` are said."""
    found = _GROUP.match(text)
    if found is None or not text[found.end() :].strip():
        return "", text
    direction = (found[1] if found[1] is not None else found[2]).strip()
    first = next((sign for sign in direction if sign.isalpha()), "")
    if not first or first.isupper() or any(sign.isdigit() for sign in direction):
        return "", text
    return direction, text[found.end() :].strip()


def opens_parenthetical(text: str) -> bool:
    """True for a line that starts a bracket and does not close it."""
    return text.startswith(_OPENERS) and not any(sign in text for sign in ")）")


def closes_parenthetical(text: str) -> bool:
    """True for a line that ends a bracket opened on a line before."""
    return text.endswith((")", "）")) and not any(sign in text for sign in _OPENERS)
