"""Where the sentences of a line begin in a recording that says nothing about its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from schemas.spoken_text import saying_samples, word_spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A silence this long inside speech is no closed consonant (samples at 48 kHz, 200 ms).
_PAUSE_SAMPLES: Final = 9_600
_SENTENCE_END: Final = re.compile(r"[.!?…。！？؟।]+[\"'”’»)\]」』]*$")
# A pause that is further from where a sentence should end, in 1/1000 of the line, is another one.
_NEAR_PERMILLE: Final = 200


def sentence_begins(
    text: str, language: str, sounding: Sequence[int] | NDArray[np.int64]
) -> tuple[tuple[int, int], ...]:
    """(character, sample at 48 kHz) for sentences after the first that begin behind a pause.

    Empty when there are fewer pauses than sentences, or when they lie elsewhere than the lengths
    of the sentences make likely.
    """
    spans = word_spans(text)
    firsts = [n + 1 for n, (a, b) in enumerate(spans[:-1]) if _SENTENCE_END.search(text[a:b])]
    pauses = _pauses(sounding)
    if not firsts or len(pauses) < len(firsts):
        return ()
    longest = sorted(sorted(pauses, key=lambda pause: pause[0] - pause[1])[: len(firsts)])
    reach = [0, *accumulate(saying_samples(text[a:b], language) for a, b in spans)]
    start, end = int(sounding[0]), int(sounding[-1]) + 1
    begins = []
    for word, (_, after) in zip(firsts, longest, strict=True):
        likely = start + (end - start) * reach[word] // reach[-1]
        if abs(after - likely) * 1000 > (end - start) * _NEAR_PERMILLE:
            return ()
        begins.append((spans[word][0], after))
    return tuple(begins)


def _pauses(sounding: Sequence[int] | NDArray[np.int64]) -> list[tuple[int, int]]:
    """The last sample heard before each silence and the first one after it."""
    import numpy as np

    heard = np.asarray(sounding, dtype=np.int64)
    at = np.flatnonzero(np.diff(heard) > _PAUSE_SAMPLES)
    return [(int(heard[n]), int(heard[n + 1])) for n in at]
