"""People without a name, whom a writer brings in by what they are: `A MAN IN A BOWLER HAT waits.`

In capitals behind an article, as screenwriters introduce everybody who is seen; animals, crowds and
voices are left alone, since nobody could be drawn for them.
"""

from __future__ import annotations

import re
from typing import Final

from stages.shots.capital_words import PEOPLE, word_table

_NOBODY_TO_DRAW: Final = word_table(
    """PERSON PEOPLE CHILDREN MEN WOMEN COUPLE TWIN CROWD GROUP GANG MOB TEAM CREW FAMILY AUDIENCE
    POLICE BABY INFANT GHOST ZOMBIE VAMPIRE MONSTER CREATURE ALIEN ROBOT ANDROID ANGEL DEMON DEVIL
    DWARF GIANT ELF DOG CAT HORSE COW PIG GOAT SHEEP BIRD CROW RAVEN OWL GULL SEAGULL PIGEON CHICKEN
    RAT MOUSE SNAKE WOLF BEAR LION TIGER FOX DEER RABBIT FISH SHARK SPIDER FLY SWARM HERD PACK FLOCK
    VOICE"""
)
_ELSEWHERE: Final = word_table(
    """HOMME FEMME GARÇON FILLE VIEILLARD DAME INCONNU INCONNUE SERVEUR SERVEUSE MANN FRAU JUNGE
    MÄDCHEN FREMDER FREMDE KELLNER KELLNERIN POLIZIST POLIZISTIN HOMBRE MUJER NIÑO NIÑA CHICO CHICA
    ANCIANO ANCIANA ABUELO ABUELA CAMARERO CAMARERA UOMO DONNA RAGAZZO RAGAZZA BAMBINO BAMBINA
    CAMERIERE CAMERIERA HOMEM MULHER MENINO MENINA RAPAZ MOÇA"""
)
_NOUNS: Final = (PEOPLE - _NOBODY_TO_DRAW) | _ELSEWHERE
_ARTICLE: Final = r"(?i:\b(?:an?|the|another|une?|le|la|eine?|der|die|das|un|una|el|il|um|uma|o)\s)"
_WITH: Final = r"(?:IN|WITH|AT|FROM|AVEC|MIT|CON|COM)"
_CAPITALS: Final = rf"(?!{_WITH}\b)[^\W\d_a-z][^\W\d_a-z'’-]+"
_DESCRIBED: Final = re.compile(
    rf"{_ARTICLE}\s*(?P<name>(?P<words>{_CAPITALS}(?: {_CAPITALS}){{0,2}})"
    rf"(?: {_WITH}(?: (?:A|AN|THE|HIS|HER))?(?: {_CAPITALS}){{1,3}})?)"
)


def person_noun(name: str) -> str:
    """The word of a name that says what somebody is (`MAN` of OLD MAN IN A HAT), else empty."""
    words = re.split(rf"\s{_WITH}\s", name.upper(), maxsplit=1)[0].split()
    return words[-1] if words and words[-1] in _NOUNS else ""


def described_in(text: str) -> tuple[str, ...]:
    """The people a paragraph brings in without a name, each by the words in capitals.

    Nobody where the whole paragraph is in capitals.
    """
    if text == text.upper():
        return ()
    found = []
    for match in _DESCRIBED.finditer(text):
        words = match["words"].split()
        # Behind the noun may stand what they do: `A MAN SCREAMS`.
        ends = [at for at, word in enumerate(words, start=1) if word in _NOUNS]
        if not ends:
            continue
        whole = ends[-1] == len(words)
        found.append(" ".join((match["name"] if whole else " ".join(words[: ends[-1]])).split()))
    return tuple(dict.fromkeys(found))
