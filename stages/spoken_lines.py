"""The lines of a Script that are heard, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schemas.artifact import SourceRef
from schemas.script import Dialogue, Lyric, Script, Span, plain_text

_LETTERS: Final = re.compile(r"[^\w]+|_")
# Extensions, letters only, of a voice whose speaker is not in the picture. Voice over, off screen
# and off camera as used in English, and their counterparts in other languages.
_OFF_SCREEN: Final = frozenset(
    (
        "VO",
        "OS",
        "OC",
        "VOICEOVER",
        "VOICEOFF",
        "OFFSCREEN",
        "OFFCAMERA",
        "OFF",
        "OFFSTAGE",
        "NARRATION",
        "NARRATOR",
        "OFFSCREENVOICE",
        "VOIXOFF",
        "HORSCHAMP",
        "HC",
        "ENOFF",
        "VOZENOFF",
        "VOZOFF",
        "EMOFF",
        "FC",
        "FUORICAMPO",
        "FUORICAMPOVO",
        "VFC",
        "AUSDEMOFF",
        "IMOFF",
        "OFFTEXT",
        "VOFF",
        "ЗК",
        "ЗАКАДРОМ",
        "ВПЗ",
        "ГЗК",
    )
)
_OFF_WORDS: Final = frozenset(("VO", "OS", "OC", "OFF"))


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One line as heard. `speaker_id` is empty for a song outside any speech, never voiced."""

    line_id: str
    speaker_id: str
    speaker: str
    spans: tuple[Span, ...]
    text: str
    parenthetical: str
    extensions: tuple[str, ...]
    off_screen: bool
    sung: bool
    dual_with: str | None
    scene_id: str
    source: SourceRef


def spoken_lines(script: Script) -> Iterator[SpokenLine]:
    """Every line with words, in reading order; a line that is only a parenthetical is left out."""
    for scene in script.scenes:
        for element in scene.elements:
            if isinstance(element, Dialogue) and plain_text(element.spans).strip():
                yield _dialogue(element, scene.scene_id)
            elif isinstance(element, Lyric) and plain_text(element.spans).strip():
                yield _lyric(element, scene.scene_id)


def is_off_screen(extensions: tuple[str, ...]) -> bool:
    """True when an extension says that the speaker is heard and not seen, as `V.O.` or `O.S.`."""
    return any(_says_off(extension.upper()) for extension in extensions)


def _says_off(extension: str) -> bool:
    if _LETTERS.sub("", extension) in _OFF_SCREEN:
        return True
    words = (_LETTERS.sub("", word) for word in re.split(r"[\s,/&+;-]+", extension))
    return any(word in _OFF_WORDS for word in words)


def _dialogue(line: Dialogue, scene_id: str) -> SpokenLine:
    return SpokenLine(
        line_id=line.line_id,
        speaker_id=line.speaker_id,
        speaker=line.speaker,
        spans=line.spans,
        text=plain_text(line.spans),
        parenthetical=line.parenthetical,
        extensions=line.extensions,
        off_screen=is_off_screen(line.extensions),
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
        sung=True,
        dual_with=None,
        scene_id=scene_id,
        source=line.source,
    )
