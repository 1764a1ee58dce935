"""Where a sentence may be broken, and how much it hurts to break it there."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from renderers.captions.pieces import Piece

AT_LINE_BREAK: Final = 0
AFTER_SENTENCE: Final = 0
AFTER_CLAUSE: Final = 2
BEFORE_CONJUNCTION: Final = 4
BEFORE_PREPOSITION: Final = 5
BETWEEN_SCRIPTS: Final = 4
BETWEEN_WORDS: Final = 9
BETWEEN_IDEOGRAPHS: Final = 10
TORN_PHRASE: Final = 20
TORN_WORD: Final = 26

_SENTENCE_ENDS: Final = ".!?…。！？؟۔।॥።"
_CLAUSE_ENDS: Final = ",;:—–、，；：،؛"
_QUOTES: Final = "\"'”’»)]）」』】›"

_CONJUNCTIONS: Final[dict[str, str]] = {
    "en": "and but or nor so yet because that if when while who which where although though unless "
    "until since than whether as then",
    "de": "und aber oder denn dass weil wenn als ob obwohl während bis damit sondern wo wie",
    "fr": "et mais ou donc car que qui quand si lorsque puisque parce où dont comme",
    "es": "y e pero o u porque que si cuando aunque mientras donde como sino",
    "it": "e ed ma o perché che se quando mentre dove come anche né",
    "pt": "e mas ou porque que se quando embora enquanto onde como nem",
    "nl": "en maar of want dat omdat als toen terwijl hoewel waar die",
}
_PREPOSITIONS: Final[dict[str, str]] = {
    "en": "in on at of to from for with without by about into onto over under after before between "
    "through during against toward towards across behind beyond like near off out up down",
    "de": "in im an am auf aus bei mit nach von vom zu zum zur für durch gegen ohne um über unter "
    "vor hinter neben zwischen seit",
    "fr": "à au aux de du des en dans sur sous avec sans pour par chez vers entre contre depuis",
    "es": "a al de del en con sin por para sobre bajo entre hacia hasta desde contra según",
    "it": "a al alla di del della in nel nella con senza per su sul sulla da dal dalla tra fra",
    "pt": "a ao à de do da em no na com sem por para sobre sob entre até desde contra",
    "nl": "in op aan van naar met zonder voor door over onder na bij tussen tegen uit om",
}
# Words that lean on the one after them: articles, possessives, titles.
_LEANING: Final[dict[str, str]] = {
    "en": "a an the my your his her its our their this that these those no mr mrs ms dr st not "
    "very is are was were i'm to of i you he she we they",
    "de": "der die das den dem des ein eine einen einem einer mein dein sein ihr unser kein herr "
    "frau dr zu ich du er sie wir",
    "fr": "le la les un une des du de mon ma mes ton ta tes son sa ses notre votre leur ce cet "
    "cette ces ne m mme je tu il elle nous vous",
    "es": "el la los las un una unos unas mi tu su mis tus sus este esta ese esa no de sr sra",
    "it": "il lo la i gli le un uno una mio mia tuo tua suo sua questo questa non di sig",
    "pt": "o a os as um uma meu minha teu tua seu sua este esta esse essa não de sr sra",
    "nl": "de het een mijn jouw zijn haar ons onze hun dit deze die geen niet dhr mevr te ik je",
}

_TABLES: Final = (_CONJUNCTIONS, _PREPOSITIONS, _LEANING)
_WordLists = tuple[frozenset[str], ...]


def break_costs(pieces: tuple[Piece, ...], language: str) -> tuple[int, ...]:
    """For every piece, how bad it is to break in front of it; smaller is better.

    `language` is a primary subtag such as `en`; without a word list only the signs count.
    """
    words = tuple(frozenset(table.get(language, "").split()) for table in _TABLES)
    costs = [0]
    for before, after in pairwise(pieces):
        costs.append(_break_cost(before, after, words))
    return tuple(costs)


def _break_cost(before: Piece, after: Piece, words: _WordLists) -> int:
    if after.new_line:
        return AT_LINE_BREAK
    closing = before.text.rstrip(_QUOTES)[-1:] or before.text[-1]
    if closing in _SENTENCE_ENDS:
        abbreviated = _bare(before.text) in words[2] and before.text[0].isupper()
        return TORN_PHRASE if closing == "." and abbreviated else AFTER_SENTENCE
    if closing in _CLAUSE_ENDS or before.text.endswith("--"):
        return AFTER_CLAUSE
    if not after.spaced:
        return _unspaced_cost(before.text[-1], after.text[0])
    return _between_words_cost(before.text, after.text, words)


def _between_words_cost(before: str, after: str, words: _WordLists) -> int:
    conjunctions, prepositions, leaning = words
    if _bare(before) in leaning or before.isdigit():
        return TORN_PHRASE
    if _bare(before) in prepositions and _bare(after) in leaning:
        return TORN_PHRASE
    if _bare(after) in conjunctions:
        return BEFORE_CONJUNCTION
    if _bare(after) in prepositions:
        return BEFORE_PREPOSITION
    return TORN_PHRASE if _bare(before) in prepositions else BETWEEN_WORDS


def _unspaced_cost(before: str, after: str) -> int:
    """Inside a word, or in a writing without spaces: best where kana end and a new word begins."""
    ideographic = "\u3000" <= before <= "\u9fff" or "\u3000" <= after <= "\u9fff"
    if not ideographic:
        return TORN_WORD
    hiragana_before = "\u3040" <= before <= "\u309f"
    hiragana_after = "\u3040" <= after <= "\u309f"
    return BETWEEN_SCRIPTS if hiragana_before and not hiragana_after else BETWEEN_IDEOGRAPHS


def _bare(word: str) -> str:
    return word.strip(_QUOTES + _SENTENCE_ENDS + _CLAUSE_ENDS + "“‘«([¿¡").replace("’", "'").lower()
