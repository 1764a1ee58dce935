"""A trained embedding model from a file: word vectors in the text form of word2vec and fastText.

    mara 0.12 -0.4 …        a word and its numbers, one word a line; a first line of two counts

Only the words that are needed are kept, so that a file of gigabytes costs time and no memory.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from canon.embedding import WordVectors
from schemas.digest import Digest
from schemas.errors import PipelineError

# Four digits behind the point are more than trained vectors mean.
_SCALE: Final = 10_000
_LARGEST: Final = 1_000
MAX_DIMENSIONS: Final = 4_096
# The longest line a vector of that many numbers takes.
_LONGEST_LINE: Final = 1 << 17


def read_word_vectors(path: Path, digest: Digest, words: Collection[str]) -> WordVectors:
    """The vectors of `words` in the file, as whole ten-thousandths.

    `digest` of the file names the embedder. Raises PipelineError for a file that cannot be read or
    is none, naming the line.
    """
    wanted = set(words)
    table: dict[str, tuple[int, ...]] = {}
    dimensions = 0
    try:
        with path.open(encoding="utf-8", newline="\n") as stream:
            for number in range(1, 1 << 40):
                line = stream.readline(_LONGEST_LINE)
                if not line:
                    break
                word, *numbers = line.rstrip().split(" ")
                if number == 1 and len(numbers) == 1:
                    continue  # how many words, and how long they are
                dimensions = dimensions or len(numbers)
                if not 0 < len(numbers) == dimensions <= MAX_DIMENSIONS:
                    raise _refusal(path, number, f"{len(numbers)} numbers, expected {dimensions}")
                if word.casefold() in wanted:
                    vector = tuple(_whole(each, path, number) for each in numbers)
                    table.setdefault(word.casefold(), vector)
    except OSError as error:
        raise _refusal(path, 0, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _refusal(path, 0, "is not UTF-8") from None
    if not dimensions:
        raise _refusal(path, 0, "holds no vectors")
    return WordVectors(f"word-vectors/1 {digest[:16]}", dimensions, table)


def _whole(text: str, path: Path, line: int) -> int:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or abs(value) > _LARGEST:
        raise _refusal(path, line, f"{text[:40]!r} is no number of a vector")
    return int((value * _SCALE).to_integral_value())


def _refusal(path: Path, line: int, problem: str) -> PipelineError:
    return PipelineError(
        "word-vectors",
        f"{path}, line {line}" if line else str(path),
        problem,
        "give a file with a word and its numbers on each line, as word2vec and fastText write them",
    )
