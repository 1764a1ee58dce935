"""Finds in the speech of a film what each caption shows of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from renderers.captions.reading import ReadCue
from renderers.captions.speech import Passage, Speech, SpokenLetter, letters_of

_CUT_NAME = r"[^a-z…]*…:(?: |$)"
# How far ahead words are looked for that are not quite right, and the shortest run of letters
# that is no coincidence.
_NEAR_LETTERS = 8
_ALIKE_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A caption and the letters of the speech that it shows.

    `missing` are letters said before it that no caption shows, `strange` says that its words are
    not in the speech where they should be, `together` that several speak at once.
    """

    cue: ReadCue
    letters: tuple[SpokenLetter, ...] = ()
    together: bool = False
    missing: str = ""
    strange: bool = False


def unmatched(cues: Iterable[ReadCue]) -> list[Match]:
    """Captions of a film whose speech is not known."""
    return [Match(cue) for cue in cues]


def match_speech(cues: Sequence[ReadCue], speech: Speech) -> list[Match]:
    """A match for each caption, in order."""
    reader = _Reader(speech)
    matches = [reader.match(cue) for cue in cues]
    if matches and (rest := reader.rest()):
        last = matches[-1]
        matches[-1] = Match(
            last.cue, last.letters, last.together, last.missing + rest, last.strange
        )
    return matches


class _Reader:
    """Goes through the speech once."""

    def __init__(self, speech: Speech) -> None:
        names = "|".join(re.escape(name) for name in sorted(speech.speakers, key=len)[::-1])
        name = rf"(?:{names}):(?: |$)|{_CUT_NAME}" if names else _CUT_NAME
        manners = "|".join(map(re.escape, speech.manners))
        manner = rf"(?:(?:{manners})(?: |$))?" if manners else ""
        self._label = re.compile(rf"(?:- )?(?:{name})?{manner}")
        self._sounds = {sound.text for sound in speech.sounds}
        self._speech = speech
        self._passage = 0
        self._at = 0
        self._shown_together = ""

    def match(self, cue: ReadCue) -> Match:
        said = letters_of("".join(self._label.sub("", row, count=1) for row in cue.texts))
        whole = letters_of("".join(cue.texts))
        if not whole or self._sounds.issuperset(cue.texts):
            return Match(cue)
        exact = self._found(cue, said) or self._found(cue, whole)
        # Behind a label may stand what has no letters to say, as an emoji.
        return exact or self._alike(cue, said) or Match(cue, strange=bool(said))

    def rest(self) -> str:
        """What is said after the last caption."""
        left = self._speech.passages[self._passage :]
        return "".join(passage.text for passage in left)[self._at :]

    def _found(self, cue: ReadCue, said: str) -> Match | None:
        passed = ""
        at = self._at
        for index in range(self._passage, len(self._speech.passages)):
            passage = self._speech.passages[index]
            rest = passage.text[at:]
            if rest and said and passage.together:
                return self._of_several(cue, said, index, at, passed)
            place = rest.find(said) if said else -1
            if place >= 0:
                self._passage, self._at = index, at + place + len(said)
                letters = passage.letters[at + place : self._at]
                return Match(cue, letters, missing=passed + rest[:place])
            passed += rest
            at = 0
        return None

    def _alike(self, cue: ReadCue, said: str) -> Match | None:
        """The same for words that are mostly right; None for others."""
        left = self._speech.passages[self._passage :]
        passage = next((each for each in left if not each.together), None)
        if passage is None or not said:
            return None
        index = self._speech.passages.index(passage, self._passage)
        at = self._at if index == self._passage else 0
        rest = passage.text[at : at + len(said) * 3 // 2 + _NEAR_LETTERS]
        matcher = SequenceMatcher(None, rest, said, autojunk=False)
        runs = [run for run in matcher.get_matching_blocks() if run.size >= _ALIKE_LETTERS]
        if sum(run.size for run in runs) * 2 < len(said):
            return None
        start, end = runs[0].a, runs[-1].a + runs[-1].size
        shown = {n for run in runs for n in range(run.a, run.a + run.size)}
        lost = "".join(sign for n, sign in enumerate(rest[:end]) if n not in shown)
        self._passage, self._at = index, at + end
        letters = passage.letters[at + start : at + end]
        strange = sum(run.size for run in runs) < len(said)
        return Match(cue, letters, missing=lost, strange=strange)

    def _of_several(self, cue: ReadCue, said: str, index: int, at: int, passed: str) -> Match:
        """Captions may mix the words of several in any order, but hold them all."""
        passage = self._speech.passages[index]
        shown = (self._shown_together if at else "") + said
        letters = passage.letters[at : at + len(said)] or passage.letters[-1:]
        self._passage, self._at = index, min(at + len(said), len(passage.text))
        self._shown_together = shown
        complete = self._at < len(passage.text) or sorted(shown) == sorted(passage.text)
        lost = "" if complete else _lost(passage, shown)
        return Match(cue, letters, True, passed + lost, strange=not complete and not lost)


def _lost(passage: Passage, shown: str) -> str:
    left = list(shown)
    lost = ""
    for letter in passage.text:
        if letter in left:
            left.remove(letter)
        else:
            lost += letter
    return lost
