"""What is true at one moment of the script: facts in force, names, and places within places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from canon.timeline import Speech
from schemas.canon import Fact
from schemas.ids import slug
from schemas.script import Dialogue, SlugLine

DEAD: Final = frozenset({"dead", "deceased", "killed"})
DESTROYED: Final = frozenset({"destroyed", "demolished", "burned_down", "burnt_down"})
NOT_A_PLACE: Final = frozenset(
    {"unknown", "missing", "nowhere", "anywhere", "everywhere", "elsewhere", "travelling"}
)

_NAMING: Final = ("name", "alias")
_TOGETHER: Final = re.compile(r"\s*(?:[&/+,]|\b(?:and|et|und|y)\b)\s*", re.IGNORECASE)
_PLACE_PARTS: Final = re.compile(r"\s+[-‐‑–—]\s+|\s*[/,]\s*|\.\s+")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


class World:
    """The facts in force, as they change along the script. Rules only read it."""

    def __init__(self, facts: Iterable[Fact], cued: frozenset[str], places: frozenset[str]) -> None:
        """`cued` and `places` are the ids of speakers and places anywhere in the script."""
        self._facts: dict[tuple[str, str], Fact] = {}
        self._subjects: set[str] = set()
        self._named: dict[str, set[str]] = {}
        self._cued = cued
        self._places = set(places)
        for fact in facts:
            self.put(fact)

    def put(self, fact: Fact) -> None:
        """Let `fact` hold from here on. What a subject was once called still finds it."""
        self._facts[fact.subject, fact.attribute] = fact
        self._subjects.add(fact.subject)
        if fact.attribute in _NAMING:
            for name in re.split(r"[,;]", fact.value):
                self._named.setdefault(slug(name), set()).add(fact.subject)
        elif fact.attribute == "part_of":
            self._places |= {fact.subject, slug(fact.value)}

    def get(self, subject: str, attribute: str) -> Fact | None:
        """The fact in force, if there is one."""
        return self._facts.get((subject, attribute))

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

    def dead(self, subject: str) -> Fact | None:
        """The fact that the subject is dead, if it is."""
        return self._with_status(subject, DEAD)

    def destroyed(self, place: str) -> Fact | None:
        """The fact that the place is destroyed, if it is."""
        return self._with_status(place, DESTROYED)

    def is_place(self, value: str) -> bool:
        """Whether a location is somewhere: a known place, or written as an id or a name.

        `on the run` or `unknown` is no place that a scene could contradict.
        """
        place = slug(value)
        if place in self._places or self.known_as(place):
            return True
        return place not in NOT_A_PLACE and (
            " " not in value or any(character.isupper() for character in value)
        )

    def within(self, place: str) -> frozenset[str]:
        """The place, its other names, and everything it is part of, through any steps."""
        found: set[str] = set()
        waiting = [place]
        while waiting:
            step = waiting.pop()
            if step in found:
                continue
            found.add(step)
            waiting.extend(self.known_as(step))
            outer = self.get(step, "part_of")
            if outer is not None:
                waiting.append(slug(outer.value))
        return frozenset(found)

    def apart(self, location: str, places: tuple[str, ...]) -> bool:
        """Whether being at `location` rules out being in any of `places`.

        Not apart: one of them is that place, inside it or around it (by `part_of`), or one id
        begins with the other (`lighthouse`, `lighthouse_kitchen`).
        """
        own = slug(location)
        if any(_begins(place, own) or _begins(own, place) for place in places):
            return False
        around = frozenset[str]().union(*(self.within(place) for place in places))
        names = {own, *self.known_as(own)}
        return not (names & around) and not (self.within(own) & set(places))

    def _with_status(self, subject: str, wanted: frozenset[str]) -> Fact | None:
        fact = self.get(subject, "status")
        return fact if fact is not None and slug(fact.value) in wanted else None

    def _is_person(self, identifier: str) -> bool:
        return identifier in self._cued or bool(self.known_as(identifier))


def places_of(slug_line: SlugLine) -> tuple[str, ...]:
    """The ids a slug line sets its scene in: the whole location, then each part of it."""
    if slug_line.location_id is None:
        return ()
    plain = _BRACKETS.sub(" ", slug_line.location_name)
    parts = [slug(part) for part in _PLACE_PARTS.split(plain) if part.strip()]
    return tuple(dict.fromkeys((slug_line.location_id, *parts)))


def same_text(one: str, other: str) -> bool:
    """Whether two values differ at most in case, white space and composition of characters."""
    return _folded(one) == _folded(other)


def spoken_under(speech: Speech) -> str:
    """The cue as written, for messages."""
    return speech.dialogue.speaker or speech.dialogue.speaker_id


def _begins(place: str, beginning: str) -> bool:
    return place == beginning or place.startswith(beginning + "_")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
