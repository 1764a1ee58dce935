"""What is true at one moment of the script: facts in force, names, and who points to whom."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from canon.facts import moment_order
from canon.scenes import Course
from canon.story_dates import StoryDate, read_date
from canon.timeline import SceneOpens, Speech
from canon.vocabulary import NONE, STORY, attribute_of, values_of
from schemas.canon import Fact
from schemas.ids import slug
from schemas.script import Dialogue

DEAD: Final = frozenset({"dead", "deceased", "killed"})
DESTROYED: Final = frozenset(
    {"destroyed", "demolished", "burned_down", "burnt_down", "burned", "burnt", "shattered"}
)

_NAMING: Final = ("name", "alias")
# Of two facts about a pair the later counts, whichever of the two it is told of.
_PAIRING: Final = ("spouse", "holder", "holds")
_TOGETHER: Final = re.compile(r"\s*(?:[&/+,]|\b(?:and|et|und|y)\b)\s*", re.IGNORECASE)
_NOBODY: Final[Mapping[str, Fact]] = MappingProxyType({})


class World:
    """The facts in force, as they change along the script. Rules only read it."""

    def __init__(
        self,
        facts: Iterable[Fact],
        cued: frozenset[str],
        places: frozenset[str],
        episode: str = "",
    ) -> None:
        """`cued` and `places` are the ids of speakers and places anywhere in the script."""
        self.episode = episode
        self.course = Course()
        self._facts: dict[tuple[str, str], Fact] = {}
        self._subjects: set[str] = set()
        self._named: dict[str, set[str]] = {}
        self._pointing: dict[tuple[str, str], dict[str, Fact]] = {}
        self._with: dict[str, dict[str, None]] = {}
        self._partner: dict[str, tuple[str, Fact]] = {}
        self._holder: dict[str, tuple[str, Fact]] = {}
        self._cued = cued
        self._places = set(places)
        later: list[Fact] = []
        for fact in facts:
            if fact.attribute in _PAIRING:
                later.append(fact)
            else:
                self.put(fact)
        for fact in sorted(later, key=lambda fact: moment_order(fact.valid_from)):
            self.put(fact)

    def put(self, fact: Fact) -> None:
        """Let `fact` hold from here on. What a subject was once called still finds it."""
        subject, attribute = fact.subject, fact.attribute
        before = self._facts.get((subject, attribute))
        self._facts[subject, attribute] = fact
        self._subjects.add(subject)
        self._with.setdefault(attribute, {})[subject] = None
        if attribute in _NAMING:
            for name in re.split(r"[,;]", fact.value):
                self._named.setdefault(slug(name), set()).add(subject)
        elif attribute == "part_of":
            self._places |= {subject, slug(fact.value)}
        elif attribute_of(subject, attribute).value == "subject":
            self._point(before, fact)

    def get(self, subject: str, attribute: str) -> Fact | None:
        """The fact in force, if there is one."""
        return self._facts.get((subject, attribute))

    def targets(self, subject: str, attribute: str) -> tuple[str, ...]:
        """Whom or what a fact in force names, by their ids."""
        fact = self.get(subject, attribute)
        return self.targets_of(fact) if fact is not None else ()

    def targets_of(self, fact: Fact) -> tuple[str, ...]:
        """Whom or what a fact names; none for `none` and the like."""
        listed = values_of(attribute_of(fact.subject, fact.attribute), fact.value)
        found = (slug(value) for value in listed)
        return tuple(self.subject(each) for each in found if each not in NONE)

    def pointing(self, attribute: str, target: str) -> Mapping[str, Fact]:
        """Who has `target` among the values of an attribute, with the fact that says so."""
        return self._pointing.get((attribute, target), _NOBODY)

    def subjects_with(self, attribute: str) -> Iterable[str]:
        """Every subject of which the attribute is told, in the order told."""
        return self._with.get(attribute, {})

    def partner(self, person: str) -> tuple[str, Fact] | None:
        """Who somebody is married to, by whichever of the two it was told."""
        return self._partner.get(person)

    def holder(self, thing: str) -> tuple[str, Fact] | None:
        """Who has a thing, by whichever of the two it was told."""
        return self._holder.get(thing)

    def named(self, name: str) -> frozenset[str]:
        """Everything that is or was called so."""
        return frozenset(self._named.get(slug(name), ()))

    def names(self) -> Iterable[str]:
        """Every name and alias, as ids."""
        return self._named

    def known_as(self, identifier: str) -> tuple[str, ...]:
        """Subjects an id stands for: itself if known, and the one whose name or alias it is.

        A name that two subjects share stands for neither.
        """
        exact = (identifier,) if identifier in self._subjects else ()
        named = self._named.get(identifier, set()) - {identifier}
        return (*exact, *named) if len(named) == 1 else exact

    def subject(self, identifier: str) -> str:
        """The one subject a declared fact is about; an unknown id stands for itself."""
        return (*self.known_as(identifier), identifier)[0]

    def speakers(self, dialogue: Dialogue) -> tuple[str, ...]:
        """Who speaks. `MARA & JONAS` are two people if both are known or have cues of their own."""
        if dialogue.speaker_id in self._subjects:
            return self.known_as(dialogue.speaker_id)
        parts = tuple(slug(part) for part in _TOGETHER.split(dialogue.speaker))
        if len(parts) > 1 and all(self._is_person(part) for part in parts):
            return tuple(name for part in parts for name in (self.known_as(part) or (part,)))
        return self.known_as(dialogue.speaker_id) or (dialogue.speaker_id,)

    def themselves(self, dialogue: Dialogue) -> tuple[str, ...]:
        """Who speaks, without those whose name and looks somebody else has taken."""
        return tuple(
            person for person in self.speakers(dialogue) if not self.pointing("poses_as", person)
        )

    def dead(self, subject: str) -> Fact | None:
        """The fact that the subject is dead, if it is."""
        return self.with_status(subject, DEAD)

    def destroyed(self, place: str) -> Fact | None:
        """The fact that the place or thing is destroyed, if it is."""
        return self.with_status(place, DESTROYED)

    def with_status(self, subject: str, wanted: frozenset[str]) -> Fact | None:
        """The status in force if it is one of those wanted."""
        fact = self.get(subject, "status")
        return fact if fact is not None and slug(fact.value) in wanted else None

    def is_known_place(self, place: str) -> bool:
        """Whether a place or anything else goes by that id."""
        return place in self._places or bool(self.known_as(place))

    def date_of(self, subject: str, attribute: str) -> StoryDate | None:
        """A date that is told, if it can be read."""
        fact = self.get(subject, attribute)
        return read_date(fact.value) if fact is not None else None

    @property
    def today(self) -> StoryDate | None:
        """When this scene plays: as it says itself, otherwise where the story stands."""
        now = self.course.now
        if now is not None and (now.date or now.remembered):
            return now.date
        return self.date_of(STORY, "date")

    def enter(self, opening: SceneOpens) -> None:
        """Begin a scene."""
        self.course.enter(opening.view, self.date_of(STORY, "date"))

    def _point(self, before: Fact | None, fact: Fact) -> None:
        attribute = fact.attribute
        for target in self.targets_of(before) if before is not None else ():
            self._pointing.get((attribute, target), {}).pop(fact.subject, None)
        targets = self.targets_of(fact)
        for target in targets:
            self._pointing.setdefault((attribute, target), {})[fact.subject] = fact
        if attribute == "spouse":
            self._marry(fact, targets)
        elif attribute == "holder":
            self._holder.pop(fact.subject, None)
            for target in targets:
                self._holder[fact.subject] = (target, fact)
        elif attribute == "holds":
            for thing in self.targets_of(before) if before is not None else ():
                if self._holder.get(thing, ("",))[0] == fact.subject:
                    del self._holder[thing]
            for thing in targets:
                self._holder[thing] = (fact.subject, fact)

    def _marry(self, fact: Fact, targets: tuple[str, ...]) -> None:
        left = self._partner.pop(fact.subject, None)
        if left is not None:
            self._partner.pop(left[0], None)
        for target in targets:
            self._partner[fact.subject] = (target, fact)
            self._partner[target] = (fact.subject, fact)

    def _is_person(self, identifier: str) -> bool:
        return identifier in self._cued or bool(self.known_as(identifier))


def same_text(one: str, other: str) -> bool:
    """Whether two values differ at most in case, white space and composition of characters."""
    return _folded(one) == _folded(other)


def spoken_under(speech: Speech) -> str:
    """The cue as written, for messages."""
    return speech.dialogue.speaker or speech.dialogue.speaker_id


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
