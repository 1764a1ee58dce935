"""What a script says of how people look, where it first introduces them: age, hair, beard, glasses.

`AGNES (71)`, `MARA, 34, grey-haired`, `TIM, a boy of 8`, `An old woman, ODA,`. Only what stands in
apposition to a name is read; what people do and own says nothing about them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from schemas.asset_manifest import Attribute
from schemas.script import Action, Script, plain_text
from stages.people.name_spotting import without_longer_names
from stages.shots.scene_breakdown import introduced, roster
from stages.spoken_lines import spoken_lines

Looks = Mapping[str, tuple[Attribute, ...]]
"""By character id what is known of their looks, each list by name."""

OLDEST_YEARS: Final = 120
_PART: Final = {
    **dict.fromkeys(("early", "anfang", "début"), 2),
    **dict.fromkeys(("late", "ende", "fin"), 8),
}
_NUMBER: Final = re.compile(
    r"^\W*(?:(?:aged?|âgée? de|in (?:his|her|their))\s+)?"
    r"(?:(?P<part>early|mid|late|anfang|mitte|ende|début|fin)[ -]+)?"
    r"(?P<years>\d{1,3})(?P<decade>['’]?s|er)?(?![\w:])"
    r"(?=\s*(?:[,.;)）歳岁–—]|$|(?:with|mit|avec|con|com|and|und|et|y|e|in)\b))"
)
_YEARS: Final = re.compile(
    r"\b(?P<years>\d{1,3})[ -]?(?:years?|yrs?|ans|jahre?|jährig\w*|años|anni|anos)\b"
    r"|\b(?:boy|girl|child|woman|man|lady|kid) of (?P<of>\d{1,3})\b|(?P<cjk>\d{1,3})\s?[歳岁세]"
)
_DECADES: Final = {
    **{"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60},
    **{"seventies": 70, "eighties": 80, "nineties": 90},
}
_DECADE: Final = re.compile(
    r"\b(?:(?P<part>early|mid|late)[ -]+)?(?P<name>" + "|".join(_DECADES) + r")\b"
)
# An article, at most two words about someone, and what they are: `a thin old woman`.
_SOMEONE: Final = (
    r"^\W*(?:an?|the|une?|eine?|una?|uma?|le|la|der|die|das|el|il|o)\s+"
    r"(?:(?!with|and|of|who|in|avec|mit|con|com|et|und|y|e)[\w-]+\s+){0,2}?"
)
_AGES_IN_WORDS: Final = (
    (1, "baby|infant|bébé|säugling|bebé|neonato"),
    (3, "toddler|kleinkind"),
    (
        72,
        "elderly|old (?:wo)?man|old lady|octogenarian|pensioner|vieil homme|vieille (?:dame|femme)"
        "|alte[rn]? (?:mann|frau|dame)|greisin?|anciana?|viej[oa]|anzian[oa]|idos[oa]",
    ),
    (50, "middle-aged|quinquagénaire"),
    (15, "teenage[rd]?|teen|adolescent[eo]?|jugendliche[rn]?"),
    (
        9,
        "boy|girl|child|kid|schoolboy|schoolgirl|garçon|fillette|enfant|junge|mädchen|kind"
        "|niñ[oa]|bambin[oa]|menin[oa]|criança",
    ),
)
_IN_WORDS: Final = tuple(
    (years, re.compile(rf"{_SOMEONE}(?:{words})\b(?!['’]s)")) for years, words in _AGES_IN_WORDS
)
_HAIR_COLOURS: Final = {
    "grey": "grey|gray|graying|greying|silver|grau\\w*|gris\\w*|grigi\\w*|grisalh\\w*",
    "white": "white|weiß\\w*|blancs?|blanco|bianchi|brancos?",
    "black": "black|dark|schwarz\\w*|dunkle[sn]?|noirs?|negro|neri|pretos?",
    "brown": "brown|braun\\w*|bruns?|châtains?|castaño|castani|castanhos?",
    "blond": "blonde?s?|blond\\w*|fair|rubio|biondi|loiros?",
    "red": "red|ginger|auburn|rot\\w*|roux|pelirrojo|rossi|ruivos?",
}
_HAIR: Final = (
    *(
        (
            name,
            re.compile(
                rf"\b(?:{colour})[ -]?(?:hair|haired|haar\w*)\b"
                rf"|\b(?:cheveux|cabello|pelo|capelli|cabelos?) (?:{colour})\b"
            ),
        )
        for name, colour in _HAIR_COLOURS.items()
    ),
    ("blond", re.compile(r"\ba blonde?\b|\bblond[ei]?\b|\brubi[oa]\b")),
    ("red", re.compile(r"\b(?:a )?redhead(?:ed)?\b|\brothaarig\w*|\brousse?\b|\bpelirroj[oa]\b")),
    ("white", re.compile(r"\bweißhaarig\w*")),
    ("grey", re.compile(r"\bgrauhaarig\w*")),
    ("bald", re.compile(r"\b(?:bald|balding|kahl\w*|glatze|chauve|calv[oa]|careca)\b")),
)
_BEARDS: Final = (
    ("moustache", re.compile(r"\b(?:moustached?|mustached?|schnurrbart|bigote|baffi|bigode)\b")),
    ("goatee", re.compile(r"\b(?:goatee|spitzbart|bouc|perilla|pizzetto|cavanhaque)\b")),
    ("full", re.compile(r"\b(?:bearded|beard|bärtig\w*|vollbart|barbue?|barbudo|barba)\b")),
)
_GLASSES: Final = re.compile(
    r"\b(?:bespectacled|(?:in|with|wears|wearing|behind) (?:\w+ ){0,2}(?:glasses|spectacles)"
    r"|lunettes|brillenträger\w*|mit (?:\w+ )?brille|gafas|occhiali|óculos)\b"
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s|\n|[。！？]")


def said_looks(script: Script) -> dict[str, tuple[Attribute, ...]]:
    """The looks of everyone whom the script describes at their first introduction."""
    speakers = roster(spoken_lines(script))
    people = speakers | introduced(script, speakers)
    found: dict[str, tuple[Attribute, ...]] = {}
    for scene in script.scenes:
        for element in scene.elements:
            if not isinstance(element, Action):
                continue
            for sentence in _SENTENCE_END.split(plain_text(element.spans)):
                for person, name in people.items():
                    if person in found or name.casefold() not in sentence.casefold():
                        continue
                    rest = without_longer_names(sentence, name, people.values())
                    if looks := _introduction(rest, name):
                        found[person] = looks
    return found


def all_looks(said: Looks, known: Looks) -> dict[str, tuple[Attribute, ...]]:
    """Both, each person's looks by name; what was known outweighs what is said."""
    return {who: joined(known.get(who, ()), said.get(who, ())) for who in sorted({*said, *known})}


def joined(first: tuple[Attribute, ...], second: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
    """Two lists of looks as one, by name; what the first one says is kept."""
    values = {each.name: each for each in (*second, *first)}
    return tuple(values[name] for name in sorted(values))


def looks_in(text: str) -> tuple[Attribute, ...]:
    """What a description says (`71, grey-haired, with glasses`), by name; nothing when nothing."""
    plain = text.casefold()
    age = _age(plain)
    hair = next((name for name, pattern in _HAIR if pattern.search(plain)), "")
    beard = next((name for name, pattern in _BEARDS if pattern.search(plain)), "")
    said = {
        "age": "" if age is None else str(age),
        "beard": beard,
        "glasses": "yes" if _GLASSES.search(plain) else "",
        "hair": hair,
    }
    return tuple(Attribute(name=name, value=value) for name, value in said.items() if value)


def _introduction(sentence: str, name: str) -> tuple[Attribute, ...]:
    """What a sentence says of someone it names, behind the name or else before it."""
    if not name:
        return ()
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w|['’]s\b)"
    for match in re.finditer(pattern, sentence, re.IGNORECASE):
        if any(word[:1].islower() for word in match.group().split()):
            continue
        behind, before = sentence[match.end() :], sentence[: match.start()]
        if re.match(r"\s*[,(（]", behind) and (said := looks_in(_own_part(behind))):
            return said
        if before.rstrip().endswith(",") and (said := looks_in(before)):
            return said
    return ()


def _own_part(behind: str) -> str:
    """What stands behind a name up to the next name in capitals."""
    other = re.search(r"(?<!\w)[^\W\d_a-z]{2,}(?!\w)", behind)
    part = behind[: other.start()] if other and other.group().isupper() else behind
    opened = re.match(r"\s*[(（]([^)）]*)[)）](\s*,.*)?", part)
    return ", ".join(filter(None, opened.groups())) if opened else part


def _age(plain: str) -> int | None:
    years = _in_numbers(plain)
    if years is None and (found := _DECADE.search(plain)):
        years = _DECADES[found["name"]] + _PART.get(found["part"] or "", 5)
    if years is None:
        years = next((each for each, pattern in _IN_WORDS if pattern.search(plain)), None)
    return years if years is not None and years <= OLDEST_YEARS else None


def _in_numbers(plain: str) -> int | None:
    if found := _NUMBER.match(plain):
        years = int(found["years"])
        decade = found["decade"] or (found["part"] and years % 10 == 0)
        return years + _PART.get(found["part"] or "", 5) if decade else years
    if found := _YEARS.search(plain):
        return int(found["years"] or found["of"] or found["cjk"])
    return None
