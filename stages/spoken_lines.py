"""The lines of a Script that are heard, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.artifact import SourceRef
from schemas.asset_manifest import HeardThrough
from schemas.script import Dialogue, Lyric, Script, Span, plain_text
from stages.people.heard_through import heard_through
from stages.reading.unseen_voices import is_bodiless, is_off_screen, is_voice_over


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One line as heard. `speaker_id` is empty for a song outside any speech, never voiced.

    Of the off-screen lines those with `voice_over` are spoken to nobody in the scene;
    `heard_through` is what their sound comes out of, or past.
    """

    line_id: str
    speaker_id: str
    speaker: str
    spans: tuple[Span, ...]
    text: str
    parenthetical: str
    extensions: tuple[str, ...]
    off_screen: bool
    voice_over: bool
    heard_through: HeardThrough
    sung: bool
    dual_with: str | None
    scene_id: str
    source: SourceRef


def spoken_lines(script: Script) -> Iterator[SpokenLine]:
    """Every line with words, in reading order; a line that is only a parenthetical is left out."""
    ways = heard_through(script)
    for scene in script.scenes:
        for element in scene.elements:
            if isinstance(element, Dialogue) and plain_text(element.spans).strip():
                yield _dialogue(element, scene.scene_id, ways.get(element.line_id, ""))
            elif isinstance(element, Lyric) and plain_text(element.spans).strip():
                yield _lyric(element, scene.scene_id)


def _dialogue(line: Dialogue, scene_id: str, way: HeardThrough) -> SpokenLine:
    return SpokenLine(
        line_id=line.line_id,
        speaker_id=line.speaker_id,
        speaker=line.speaker,
        spans=line.spans,
        text=plain_text(line.spans),
        parenthetical=line.parenthetical,
        extensions=line.extensions,
        off_screen=bool(way) or is_off_screen(line.extensions) or is_bodiless(line.speaker),
        voice_over=is_voice_over(line.speaker, line.extensions),
        heard_through=way,
        sung=line.sung,
        dual_with=line.dual_with,
        scene_id=scene_id,
        source=line.source,
    )


def _lyric(line: Lyric, scene_id: str) -> SpokenLine:
    return SpokenLine(
        line_id=line.line_id,
        speaker_id="",
        speaker="",
        spans=line.spans,
        text=plain_text(line.spans),
        parenthetical="",
        extensions=(),
        off_screen=True,
        voice_over=True,
        heard_through="",
        sung=True,
        dual_with=None,
        scene_id=scene_id,
        source=line.source,
    )
