"""Texts as vectors of whole numbers: the same on every machine."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Protocol

from schemas.digest import digest_bytes

Vector = tuple[tuple[int, int], ...]

_WORD: Final = re.compile(r"\w+")
_WHOLE_WORD_WEIGHT: Final = 3
_NGRAM_CHARS: Final = (3, 4)
# Words of scripts without spaces are whole sentences; pairs of their signs are the words.
_PAIR_CHARS: Final = (2,)


class Embedder(Protocol):
    """Turns a text into a vector. `name` says everything that the numbers depend on."""

    @property
    def name(self) -> str:
        """Name and version."""

    @property
    def dimensions(self) -> int:
        """Length of every vector."""

    def embed(self, text: str) -> Vector:
        """Pairs of dimension and weight, the dimensions rising, without zeros."""


class HashedNgrams:
    """Words and their character n-grams, hashed into 4096 signed counts. Knows no language.

    The sign of a feature comes from its hash, so that two that share a dimension tend to cancel
    out instead of adding up (Weinberger et al., Feature Hashing, ICML 2009).
    """

    name: Final = "hashed-ngrams/1"
    dimensions: Final = 4096

    def embed(self, text: str) -> Vector:
        """See `Embedder`."""
        counts: Counter[int] = Counter()
        for word in words_of(text):
            for dimension, weight in _hashed(word, self.dimensions):
                counts[dimension] += weight
        return tuple((d, counts[d]) for d in sorted(counts) if counts[d])


class WordVectors:
    """The sum of the vectors of known words, from a model that somebody trained."""

    def __init__(self, name: str, dimensions: int, table: Mapping[str, tuple[int, ...]]) -> None:
        """`table` holds a vector of whole numbers for every word that is known."""
        self.name = name
        self.dimensions = dimensions
        self._table = table

    def embed(self, text: str) -> Vector:
        """See `Embedder`. A text without a known word is the empty vector."""
        total = [0] * self.dimensions
        for word in words_of(text):
            for dimension, weight in enumerate(self._table.get(word, ())):
                total[dimension] += weight
        return tuple((d, weight) for d, weight in enumerate(total) if weight)


def words_of(text: str) -> list[str]:
    """The words of a text, case and composition folded away."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=20_000)
def _hashed(word: str, dimensions: int) -> tuple[tuple[int, int], ...]:
    found = []
    for feature, weight in _features(word):
        number = int(digest_bytes(feature.encode())[:12], 16)
        sign = 1 if number & 1 else -1
        found.append(((number >> 1) % dimensions, sign * weight))
    return tuple(found)


def _features(word: str) -> Iterator[tuple[str, int]]:
    yield f"={word}", _WHOLE_WORD_WEIGHT
    padded = f"<{word}>"
    unspaced = any(unicodedata.category(sign) == "Lo" for sign in word)
    for length in _PAIR_CHARS + _NGRAM_CHARS if unspaced else _NGRAM_CHARS:
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length], 1
