"""A script as the gate sees it: scenes opening, people speaking, facts being stated, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from canon.marks import is_heard_from_elsewhere
from canon.scenes import SceneView, view_of
from canon.story_frames import Frame, story_frames
from schemas.artifact import SourceRef
from schemas.ids import slug
from schemas.script import DeclaredFact, Dialogue, Scene, Script, plain_text


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact the writer declares; `change` tells `->` from `=`. Subject and attribute are ids."""

    subject: str
    attribute: str
    value: str
    change: bool
    scene_id: str
    source: SourceRef


@dataclass(frozen=True, slots=True)
class SceneOpens:
    """A slug line, with everything that is stated before the next one."""

    view: SceneView
    stated: tuple[Statement, ...]
    source: SourceRef

    @property
    def scene(self) -> Scene:
        """The scene that opens."""
        return self.view.scene


@dataclass(frozen=True, slots=True)
class Speech:
    """A cue with words under it, in its scene."""

    dialogue: Dialogue
    view: SceneView
    stated: tuple[Statement, ...]
    source: SourceRef

    @property
    def scene(self) -> Scene:
        """The scene it is spoken in."""
        return self.view.scene

    @property
    def recalled(self) -> bool:
        """Whether nobody need be there: a flashback, a dream, a voice-over, a recording."""
        return self.view.remembered or is_heard_from_elsewhere(self.dialogue)


@dataclass(frozen=True, slots=True)
class Introduction:
    """The first appearance of a speaker (with the cue) or of a place (without)."""

    identifier: str
    name: str
    scene_id: str
    source: SourceRef
    cue: Dialogue | None


Moment = SceneOpens | Speech | Statement


def moments(script: Script) -> Iterator[Moment]:
    """Every moment in script order.

    Statements outside any scene come first: they hold for the whole script. A statement on the
    line of a speech comes after it, so that somebody may die with their last words.
    """
    stated: dict[str, list[Statement]] = {scene.scene_id: [] for scene in script.scenes}
    for fact in script.facts:
        statement = _statement(fact)
        if statement.scene_id in stated:
            stated[statement.scene_id].append(statement)
        else:
            yield statement
    frames = story_frames(script.scenes)
    for scene in script.scenes:
        frame = frames.get(scene.scene_id)
        yield from _scene_moments(scene, tuple(stated[scene.scene_id]), frame)


def introductions(script: Script) -> tuple[Introduction, ...]:
    """Everyone who says something and every place, in the order of their first appearance.

    A place in a flashback or dream is left out: its name would hold the mark.
    """
    first: dict[tuple[bool, str], Introduction] = {}
    for moment in moments(script):
        if isinstance(moment, Speech):
            cue, scene_id = moment.dialogue, moment.scene.scene_id
            identifier, name = cue.speaker_id, cue.speaker or cue.speaker_id
            found = Introduction(identifier, name, scene_id, moment.source, cue)
        elif isinstance(moment, SceneOpens) and not moment.view.remembered:
            place, scene_id = moment.scene.slug, moment.scene.scene_id
            identifier = place.location_id or ""
            name = place.location_name or identifier
            found = Introduction(identifier, name, scene_id, moment.source, None)
        else:
            continue
        if found.identifier:
            first.setdefault((found.cue is None, found.identifier), found)
    return tuple(first.values())


def has_words(dialogue: Dialogue) -> bool:
    """Whether anything is said: a letter or digit of any script. A bare `...` is a silence."""
    return any(character.isalnum() for character in plain_text(dialogue.spans))


def _scene_moments(
    scene: Scene, stated: tuple[Statement, ...], frame: Frame | None
) -> Iterator[Moment]:
    view = view_of(scene, stated, frame)
    yield SceneOpens(view, stated, scene.source)
    waiting = sorted(stated, key=lambda statement: statement.source.line)
    for element in scene.elements:
        if not isinstance(element, Dialogue) or not has_words(element):
            continue
        while waiting and waiting[0].source.line < element.source.line:
            yield waiting.pop(0)
        yield Speech(element, view, stated, element.source)
    yield from waiting


def _statement(fact: DeclaredFact) -> Statement:
    return Statement(
        subject=slug(fact.subject),
        attribute=slug(fact.attribute),
        value=" ".join(fact.value.split()),
        change=fact.change,
        scene_id=fact.scene_id or "",
        source=fact.source,
    )
