"""What a scene's action says of how its people hold themselves: sitting, on the phone, with a box.

Names and subject pronouns are followed from clause to clause and nothing cleverer is done; what
things do says nothing about people. Words: `pose_words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final, Literal

from schemas.held_things import thing_in
from schemas.script import Action, Dialogue, Scene, Script, plain_text
from stages.people import pose_words as words
from stages.people.clause_events import EMPTY_HANDS, LONGEST_THING_WORDS, events_of
from stages.people.name_spotting import KnownName, named_in
from stages.people.performance import direction
from stages.sentences import split_sentences

Gender = Literal["she", "he"]

_CLAUSE: Final = re.compile(r"\s*(?:[,;:()–—]|\s-{1,2}\s|\b(?:and|then|as|while|und|et|y)\b)\s*")
_CARRIED: Final = re.compile(
    r"(?:\w+ly|then|now|still|just|also|again|already|suddenly|is|are|both|finally|who)"
)
_SHE: Final = frozenset({"she", "elle", "ella", "sie"})
_PASSING: Final = frozenset({"walking", "running"})
_LASTING: Final = frozenset(
    {"on the phone", "head in hands", "arms crossed", "turned", "hands on hips", "praying"}
)
_NAMES_ALONE: Final = 3
_LONGEST_SENTENCE_CHARS: Final = 400


@dataclass(frozen=True, slots=True)
class Bearing:
    """How somebody holds themselves; every part is "" when nothing is said of it."""

    posture: str = ""
    gesture: str = ""
    holding: str = ""
    expression: str = ""
    because: str = ""

    @property
    def pose(self) -> str:
        """Posture and gesture in one, as a shot list writes it."""
        return ", ".join(filter(None, (self.posture or "standing", self.gesture)))


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence about someone: `shown` while it is told, `kept` afterwards in the scene.

    `sentence` stands in `paragraph`; `direct` is set for a parenthetical, which is about the speech
    that it stands in.
    """

    line: int
    sentence: str
    paragraph: str
    shown: Bearing
    kept: Bearing
    direct: bool = False

    def is_in(self, told: str) -> bool:
        """Whether words of the paragraph hold the sentence, or a part of it."""
        return self.sentence in told or told in self.sentence

    def is_before(self, told: str) -> bool:
        """Whether the sentence ends before these words of the paragraph begin."""
        return self.paragraph.find(self.sentence) + len(self.sentence) <= self.paragraph.find(told)


Poses = Mapping[str, tuple[Said, ...]]
"""By character id what a scene says, in order."""


def genders(script: Script, known: Sequence[KnownName]) -> dict[str, Gender]:
    """Who is called she or he: by the first sentence that names one person and one pronoun."""
    found: dict[str, Gender] = {}
    for scene in script.scenes:
        for element in scene.elements:
            if not isinstance(element, Action):
                continue
            for sentence in split_sentences(plain_text(element.spans)):
                plain = sentence.casefold()
                she, he = bool(words.SHE.search(plain)), bool(words.HE.search(plain))
                if she != he and len(named := named_in(sentence, known)) == 1:
                    found.setdefault(named[0], "she" if she else "he")
    return found


def said_poses(scene: Scene, known: Sequence[KnownName], who: Mapping[str, Gender]) -> Poses:
    """What the scene's action and parentheticals say of its people, in order."""
    reader = _Reader(known, who)
    for element in scene.elements:
        if isinstance(element, Action):
            reader.paragraph = " ".join(plain_text(element.spans).split())
            for sentence in split_sentences(reader.paragraph):
                reader.read(sentence[:_LONGEST_SENTENCE_CHARS], element.source.line)
        elif isinstance(element, Dialogue) and element.speaker_id:
            reader.speak(element)
    return {person: tuple(said) for person, said in reader.said.items()}


@dataclass(slots=True)
class _Reader:
    known: Sequence[KnownName]
    who: Mapping[str, Gender]
    said: dict[str, list[Said]] = field(default_factory=dict)
    recent: list[str] = field(default_factory=list)
    subject: tuple[str, ...] = ()
    paragraph: str = ""

    def speak(self, speech: Dialogue) -> None:
        """A speech: its parenthetical is about whoever says it."""
        person = speech.speaker_id
        asked = direction(speech.parenthetical)
        if asked and person in {each.id for each in self.known}:
            self.subject = (person,)
            self.read(asked, speech.source.line, direct=True)
        self._mention((person,))

    def read(self, sentence: str, line: int, *, direct: bool = False) -> None:
        """A sentence of action, or a parenthetical about the present subject."""
        found: dict[str, Bearing] = {}
        if given := self._given(sentence):
            found[given[0]] = Bearing(holding=given[1])
        group: tuple[str, ...] = ()
        for clause in filter(None, _CLAUSE.split(sentence)):
            named = named_in(clause, self.known)
            told = self._clause(clause, group, has_given=given is not None)
            for person, part, name in told:
                found[person] = _joined(found.get(person, Bearing()), part, name)
            # Names by themselves, as in `MARA, 34, and TOM sit`, are the subject of what follows.
            if told:
                group = ()
            elif len(clause.split()) <= _NAMES_ALONE:
                group = (*group, *named)
            if group:
                self.subject = group
            self._mention(named)
        for person, bearing in found.items():
            self._note(person, replace(bearing, because=sentence), line, direct=direct)

    def _clause(
        self, clause: str, group: tuple[str, ...], *, has_given: bool
    ) -> list[tuple[str, str, str]]:
        """What one clause says: of whom, which part of a bearing, and what."""
        plain = clause.casefold()
        self._lead(clause, group)
        if words.NEGATION.search(plain):
            return []
        told: list[tuple[str, str, str]] = []
        people: tuple[str, ...] = ()
        for part, name, at in events_of(clause, plain):
            # What follows a verb in its clause is about the same people: `sits with a box`.
            people = self._subjects(clause[:at]) or people
            if not (part == "holding" and has_given and name != EMPTY_HANDS):
                told += [(person, part, name) for person in people]
        return told

    def _lead(self, clause: str, group: tuple[str, ...]) -> None:
        """A clause that begins with a name or a pronoun has it as its subject."""
        lead = clause.split()[:_NAMES_ALONE]
        first = lead[0].casefold() if lead else ""
        lead = list(takewhile(lambda word: not word[:1].islower(), lead))
        if first in words.SUBJECTS:
            self.subject = self._meant(first)
        elif named := named_in(" ".join(lead), self.known):
            name = next(each.name for each in self.known if each.id == named[0])
            if first in name.casefold().split():
                self.subject = tuple(dict.fromkeys((*group, *named)))

    def _subjects(self, before: str) -> tuple[str, ...]:
        """Whom a verb is about that these words of its clause stand before; nobody when it is
        about a thing."""
        if seen := words.PERCEIVES.search(before.casefold()):
            # `Mara finds Tom asleep`: Tom is; `Mara looks at the letter lying there`: nobody is.
            return named_in(before[seen.end() :], self.known)[-1:]
        near = before.split()[-6:]
        if near and near[-1].casefold() in words.SUBJECTS:
            self.subject = self._meant(near[-1].casefold())
            return self.subject
        led = bool(near) and near[0].casefold() in words.SUBJECTS
        if led or named_in(" ".join(near), self.known):
            return self.subject
        if all(_CARRIED.fullmatch(word.casefold()) for word in before.split()):
            return self.subject
        return ()

    def _meant(self, pronoun: str) -> tuple[str, ...]:
        if pronoun in words.THEY:
            return tuple(self.recent[:2])
        gender: Gender = "she" if pronoun in _SHE else "he"
        sure = [person for person in self.recent if self.who.get(person) == gender]
        open_to = [person for person in self.recent if person not in self.who]
        return tuple((sure or open_to)[:1])

    def _mention(self, people: Sequence[str]) -> None:
        rest = [person for person in self.recent if person not in people]
        self.recent = [*reversed(people), *rest]

    def _given(self, sentence: str) -> tuple[str, str] | None:
        """`hands TESS, 19, a loaf`: who has what from then on."""
        found = words.GIVES.search(sentence)
        if found is None:
            return None
        behind = sentence[found.end() :]
        people = named_in(" ".join(behind.split()[:4]), self.known)
        thing = thing_in(" ".join(behind.split()[:LONGEST_THING_WORDS]))
        return (people[0], thing) if people and thing else None

    def _note(self, person: str, new: Bearing, line: int, *, direct: bool) -> None:
        said = self.said.setdefault(person, [])
        old = said[-1].kept if said else Bearing()
        old_line = said[-1].line if said else 0
        holding = {"": old.holding, EMPTY_HANDS: ""}.get(new.holding, new.holding)
        posture = new.posture or old.posture
        if new.posture == "sitting" and old.posture == "lying in bed":
            posture = "sitting up in bed"
        gesture = new.gesture or (old.gesture if new.posture == new.holding == "" else "")
        if holding and gesture in {"reaching", "hugging"}:
            gesture = ""
        if gesture == "hugging" and posture in _PASSING:
            posture = "standing"
        expression = new.expression or (old.expression if old_line == line else "")
        shown = Bearing(posture, gesture, holding, expression, new.because)
        kept = replace(
            shown,
            posture="standing" if posture in _PASSING else posture,
            gesture=gesture if gesture in _LASTING else "",
            expression="" if direct else expression,
        )
        if direct and not (new.posture or new.gesture or new.holding):
            kept = replace(kept, because=old.because)
        said.append(Said(line, new.because, self.paragraph, shown, kept, direct))


def _joined(before: Bearing, part: str, name: str) -> Bearing:
    """What a sentence has said of someone, and one thing more: `in bed, asleep` is in bed."""
    if part == "posture" and before.posture.startswith(name):
        return before
    return replace(before, **{part: name})
