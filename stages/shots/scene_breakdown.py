"""Scene breakdown: a scene as the beats a director would mark in the margin.

Nothing here knows how long anything lasts, and nothing outside the scene is looked at except the
names of the film's characters, so that a scene can be moved without changing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from schemas.script import Action, Dialogue, Scene, Script, SlugLine, plain_text
from schemas.shot_list import Side, TransitionKind
from stages.people.counted_people import counted_in
from stages.people.name_spotting import (
    KnownName,
    begins_with_plural,
    begins_with_pronoun,
    introduced_in,
    is_collective,
    named_in,
    spoken_together,
)
from stages.people.unnamed_people import described_in, person_noun
from stages.reading.on_screen_text import is_black
from stages.reading.scene_times import needs_establishing
from stages.reading.script_ids import speaker_id_of
from stages.shots.beats import Beat, BeatReader
from stages.shots.conversation import in_conversation
from stages.shots.montage import is_montage, place_named
from stages.shots.super_beats import settle_supers
from stages.spoken_lines import SpokenLine

# The writer's word for cutting to and fro between two places, as for a telephone call.
_INTERCUT: Final = re.compile(r"\s*INTER-?CUT\b[^a-z]*$")
# As many as a shot has room for.
MOST_TOGETHER: Final = 6
_OPENING_SIDES: Final[tuple[Side, ...]] = ("left", "right", "center")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone seen in a scene, and the side of the screen they keep throughout it."""

    id: str
    name: str
    side: Side


@dataclass(frozen=True, slots=True)
class SceneBreakdown:
    """A scene's people and beats; `known` are the names to look for in its action, and `groups` who
    may be meant where it counts people instead.

    `arrives` is the transition written before anything is seen, None when none is; `leaves` the
    one written after everything, which belongs to the next scene. `fades_out` is set when the
    scene fades to black before anything happened in it. `intercuts` is set when the writer cuts to
    and fro between this scene and the next; in the next, `elsewhere` are the people who are in the
    scene before, each with that scene.
    """

    scene: Scene
    cast: tuple[Person, ...]
    beats: tuple[Beat, ...]
    known: tuple[KnownName, ...]
    establishes: bool
    arrives: TransitionKind | None
    leaves: TransitionKind | None
    fades_out: bool
    groups: tuple[tuple[str, ...], ...] = ()
    intercuts: bool = False
    elsewhere: Mapping[str, Scene] = field(default_factory=dict)

    def home(self, people: Iterable[str]) -> Scene:
        """Where these people are: in this scene, or all of them in the one it is intercut with."""
        places = [self.elsewhere.get(person) for person in people]
        return places[0] if places and places[0] and all(places) else self.scene

    def together(self, people: Iterable[str]) -> bool:
        """Whether these people are in one place, and so fit one picture."""
        return len({person in self.elsewhere for person in people}) <= 1

    @property
    def visible(self) -> bool:
        """Whether there is anything to show: a place, or something happening."""
        return bool(self.beats) or bool(self.scene.slug.text.strip())

    def person(self, person_id: str) -> Person:
        """The person with this id; raises StopIteration for someone who is not in the scene."""
        return next(person for person in self.cast if person.id == person_id)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a scene has to know of its film: the `names` of the characters by id, the headings of
    its `places`, and who was seen in the scene `before`."""

    names: Mapping[str, str]
    places: tuple[SlugLine, ...] = ()
    before: tuple[str, ...] = ()


def roster(lines: Iterable[SpokenLine]) -> dict[str, str]:
    """Every speaking character's id and name, as first cued in the film."""
    names: dict[str, str] = {}
    for line in lines:
        if line.speaker_id:
            names.setdefault(line.speaker_id, line.speaker)
    return names


def introduced(script: Script, spoken: Mapping[str, str]) -> dict[str, str]:
    """Id and name of those who are introduced, by age or as `A MAN IN A HAT`, and never speak.

    Someone who shares a word of the name with a speaker is taken for the speaker, and THE MAN for
    the man who was brought in before.
    """
    taken = {word for name in spoken.values() for word in name.upper().split()}
    names: dict[str, str] = {}
    for scene in script.scenes:
        for element in scene.elements:
            if isinstance(element, Action):
                text = plain_text(element.spans)
                for name in (*introduced_in(text), *described_in(text)):
                    again = name in map(person_noun, names.values())
                    if taken.isdisjoint(name.split()) and not again:
                        names.setdefault(speaker_id_of(name), name)
    return names


def break_down(
    scene: Scene, lines: Mapping[str, SpokenLine], around: Surroundings
) -> SceneBreakdown:
    """The scene's beats and cast. `lines` are the spoken lines by id."""
    names = around.names
    speakers = {element.speaker_id for element in scene.elements if isinstance(element, Dialogue)}
    known = [
        KnownName(id=i, name=name, here=i in speakers)
        for i, name in names.items()
        if not spoken_together(name, names)
    ]
    reader = BeatReader(lines, scene.slug.text)
    intercuts = False
    for element in scene.elements:
        if isinstance(element, Action) and _INTERCUT.match(plain_text(element.spans)):
            intercuts = True
            continue
        reader.read(element)
    reader.finish()
    beats = [
        replace(beat, people=named_in(beat.text, known)) if beat.kind == "action" else beat
        for beat in settle_supers(reader.beats, _is_dark(scene), is_black(scene.slug.location_name))
    ]
    beats = _without_collectives(beats, names)
    own = tuple(dict.fromkeys(person for beat in beats for person in beat.people))
    groups = (own, around.before, tuple(dict.fromkeys((*around.before, *own))))
    beats = [_among(beat, groups, around.places) for beat in beats]
    seen = tuple(dict.fromkeys(person for beat in beats for person in beat.people))
    return SceneBreakdown(
        scene=scene,
        cast=tuple(
            Person(id=person_id, name=names.get(person_id, person_id), side=_side(position))
            for position, person_id in enumerate(seen)
        ),
        beats=in_conversation(beats),
        known=tuple(known),
        groups=groups,
        establishes=needs_establishing(scene),
        arrives=reader.arrives,
        leaves=reader.pending,
        fades_out=reader.fades_out_first,
        intercuts=intercuts,
    )


def intercut(breakdown: SceneBreakdown, before: SceneBreakdown | None) -> SceneBreakdown:
    """The scene as it is cut to and fro with the one before, if the writer asks for that."""
    if before is None or not before.intercuts:
        return breakdown
    return replace(breakdown, elsewhere={person.id: before.scene for person in before.cast})


def carried_on(breakdown: SceneBreakdown, before: SceneBreakdown | None) -> SceneBreakdown:
    """The scene with the people of the one before, when it begins with `They` and names nobody.

    `She` means the one person who was there, and nobody when there were two.
    """
    first = next((beat for beat in breakdown.beats if beat.kind == "action"), None)
    if before is None or breakdown.cast or first is None or not before.cast:
        return breakdown
    if len(before.cast) > (MOST_TOGETHER if begins_with_plural(first.text) else 1):
        return breakdown
    if not begins_with_pronoun(first.text):
        return breakdown
    company = tuple(person.id for person in before.cast)
    beats = tuple(replace(beat, company=company) for beat in breakdown.beats)
    return replace(breakdown, cast=before.cast, beats=beats)


def _among(beat: Beat, groups: tuple[tuple[str, ...], ...], places: tuple[SlugLine, ...]) -> Beat:
    """An action with those it counts, and a picture of a montage with the place that it names."""
    if beat.kind != "action":
        return beat
    place = beat.place or (place_named(beat.text, places) if beat.montage else None)
    counted = counted_in(beat.text, groups)
    return replace(beat, place=place, people=tuple(dict.fromkeys((*beat.people, *counted))))


def _without_collectives(beats: list[Beat], names: Mapping[str, str]) -> list[Beat]:
    """Where ALL or MARA AND JON speak, those people are seen, and no figure of that name."""
    joint = {
        person: spoken_together(names.get(person, ""), names)
        for beat in beats
        for person in beat.people
    }
    beats = [replace(beat, people=_each_once(joint, beat.people)) for beat in beats]
    seen = dict.fromkeys(person for beat in beats for person in beat.people)
    several = {person for person in seen if is_collective(names.get(person, ""))}
    others = tuple(person for person in seen if person not in several)
    if not others:
        return beats
    return [
        replace(beat, people=others[:MOST_TOGETHER]) if several & set(beat.people) else beat
        for beat in beats
    ]


def _each_once(joint: Mapping[str, tuple[str, ...]], people: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for person in people for one in joint[person] or (person,)))


def _is_dark(scene: Scene) -> bool:
    """Whether a scene is in no place that could be seen."""
    slug = scene.slug
    return not slug.text.strip() or is_black(slug.location_name) or is_montage(slug)


def _side(position: int) -> Side:
    if position < len(_OPENING_SIDES):
        return _OPENING_SIDES[position]
    return "left" if position % 2 else "right"
