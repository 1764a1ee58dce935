"""Puts the blocks of a screenplay together as scenes with ids and paired dual dialogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from schemas.artifact import SourceRef
from schemas.ids import UniqueIds
from schemas.script import (
    Action,
    DeclaredFact,
    Dialogue,
    Element,
    Lyric,
    Note,
    PageBreak,
    Scene,
    Section,
    SlugLine,
    Synopsis,
    Transition,
)
from stages.people.emotional_tags import emotional_tags
from stages.reading.declared_facts import read_declared_facts
from stages.reading.fountain_blocks import ActionBlock, Block, LineBlock
from stages.reading.fountain_emphasis import read_emphasis, without_emphasis
from stages.reading.fountain_lines import RawNote
from stages.reading.fountain_speech import Speech
from stages.reading.script_ids import line_id_of, scene_id_of, speaker_id_of
from stages.reading.slug_line import Heading

# What is neither seen nor heard: before the first slug line it belongs to the scene that follows.
_UNSEEN: Final = (Note, Section, Synopsis, PageBreak, Transition)


@dataclass(slots=True)
class _OpenScene:
    heading: Heading | None
    scene_id: str
    line: int
    elements: list[Element] = field(default_factory=list)
    speech: tuple[int, int] | None = None
    """Where the last speech stands among the elements, while a dual one may follow it."""


class ScriptBuilder:
    """Takes blocks in reading order and gives the scenes and declared facts they make."""

    def __init__(self, file: str) -> None:
        self.scenes: list[Scene] = []
        self.facts: list[DeclaredFact] = []
        self._file = file
        self._scene_ids = UniqueIds()
        self._line_ids = UniqueIds()
        self._open: _OpenScene | None = None
        self._unseen: list[Element] = []
        self._early_notes: list[RawNote] = []

    def add_all(self, blocks: Iterable[Block]) -> None:
        """Take every block. Raises PipelineError `canon-note` for a malformed declaration."""
        for block in blocks:
            if isinstance(block, Heading):
                self._start(block)
            elif isinstance(block, Speech):
                self._speak(block)
            elif isinstance(block, RawNote):
                self._note(block)
            else:
                self._add(self._element(block))
        self._close()

    def declare(self, note: RawNote, scene_id: str | None) -> None:
        """Take the facts a note declares, if it does."""
        self.facts.extend(read_declared_facts(note.text, self._source(note.number), scene_id))

    def _start(self, heading: Heading | None, line: int = 1) -> None:
        self._close()
        heading = self._placed(heading) if heading and self.scenes else heading
        text, number = (heading.slug.text, heading.number) if heading else ("", None)
        scene_id = scene_id_of(text, number, self._scene_ids)
        self._open = _OpenScene(heading, scene_id, heading.line if heading else line)
        self._open.elements.extend(self._unseen)
        self._unseen.clear()
        for note in self._early_notes:
            self.declare(note, scene_id)
        self._early_notes.clear()

    def _placed(self, heading: Heading) -> Heading:
        """A heading that is only a time, such as LATER, is in the place of the one before."""
        here, before = heading.slug, self.scenes[-1].slug
        if here.setting or here.location_id or not here.time_of_day:
            return heading
        place = {
            "setting": before.setting,
            "location_id": before.location_id,
            "location_name": before.location_name,
        }
        return replace(heading, slug=here.model_copy(update=place))

    def _close(self) -> None:
        scene = self._open
        if scene is None:
            return
        said = (one.parenthetical for one in scene.elements if isinstance(one, Dialogue))
        heading = scene.heading
        self.scenes.append(
            Scene(
                scene_id=scene.scene_id,
                number=heading.number if heading else None,
                slug=heading.slug if heading else SlugLine(text=""),
                emotional_tags=emotional_tags(said),
                elements=tuple(scene.elements),
                source=self._source(scene.line),
            )
        )
        self._open = None

    def _add(self, element: Element) -> None:
        if self._open is None and isinstance(element, _UNSEEN):
            self._unseen.append(element)
            return
        scene = self._scene(element.source.line)
        scene.elements.append(element)
        if not isinstance(element, Note):
            scene.speech = None

    def _scene(self, line: int) -> _OpenScene:
        if self._open is None:
            self._start(None, self._unseen[0].source.line if self._unseen else line)
        assert self._open is not None  # noqa: S101  - just started
        return self._open

    def _note(self, note: RawNote) -> None:
        self._add(Note(text=note.text, source=self._source(note.number)))
        if self._open is None:
            self._early_notes.append(note)
        else:
            self.declare(note, self._open.scene_id)

    def _speak(self, speech: Speech) -> None:
        scene = self._scene(speech.number)
        before, start = scene.speech, len(scene.elements)
        scene.elements.extend(self._dialogues(speech))
        scene.speech = (start, len(scene.elements))
        for line in speech.page_breaks:
            scene.elements.append(PageBreak(source=self._source(line)))
        if speech.cue.dual and before:
            _pair(scene.elements, before, scene.speech)
            scene.speech = None

    def _dialogues(self, speech: Speech) -> Iterable[Dialogue]:
        name = speech.cue.name
        speaker_id = speaker_id_of(name)
        for position, part in enumerate(speech.parts):
            spans = read_emphasis(part.lines)
            yield Dialogue(
                line_id=line_id_of(speaker_id, part.parenthetical, spans, self._line_ids),
                speaker_id=speaker_id,
                speaker=name,
                extensions=speech.cue.extensions,
                parenthetical=part.parenthetical,
                spans=spans,
                continues=position > 0,
                sung=part.sung,
                source=self._source(part.number),
            )

    def _element(self, block: ActionBlock | LineBlock) -> Element:
        source = self._source(block.number)
        if isinstance(block, ActionBlock):
            spans = read_emphasis(block.lines)
            return Action(spans=spans, centered=block.centered, source=source)
        if block.kind == "lyric":
            spans = read_emphasis((block.text,))
            line_id = line_id_of("", "", spans, self._line_ids)
            return Lyric(line_id=line_id, spans=spans, source=source)
        if block.kind == "section":
            return Section(text=block.text, level=block.level, source=source)
        if block.kind == "synopsis":
            return Synopsis(text=block.text, source=source)
        if block.kind == "transition":
            return Transition(text=without_emphasis(block.text), source=source)
        return PageBreak(source=source)

    def _source(self, line: int) -> SourceRef:
        return SourceRef(file=self._file, line=line)


def _pair(elements: list[Element], first: tuple[int, int], second: tuple[int, int]) -> None:
    """Point the lines of two speeches at each other, in order, those with words first of all."""
    left, right = _voiced(elements, first), _voiced(elements, second)
    for one, other in zip(left, right, strict=False):
        here, there = elements[one], elements[other]
        if isinstance(here, Dialogue) and isinstance(there, Dialogue):
            elements[one] = here.model_copy(update={"dual_with": there.line_id})
            elements[other] = there.model_copy(update={"dual_with": here.line_id})


def _voiced(elements: list[Element], speech: tuple[int, int]) -> list[int]:
    rows = range(*speech)
    lines = [(row, elements[row]) for row in rows]
    voiced = [row for row, line in lines if isinstance(line, Dialogue) and line.spans]
    return voiced or [rows.start]
