"""ScratchTrack: the spoken lines, measured. The timing of the film is made from it."""

from __future__ import annotations

from typing import ClassVar

from schemas.artifact import Artifact, Count, DigestText, Flag, Frozen


class SpokenWord(Frozen):
    """One word and where it sounds, in samples at 48 kHz from the start of its line.

    `char_start` and `char_end` locate it in the line's plain text.
    """

    text: str
    char_start: Count
    char_end: Count
    offset_samples: Count
    duration_samples: Count


class ScratchLine(Frozen):
    """One line: its audio blob (48 kHz mono 16-bit WAV), or an estimate without sound.

    `stand_in` says why it is not spoken as the show asks; empty when it is.
    """

    line_id: str
    speaker_id: str
    audio: DigestText | None
    duration_samples: Count
    estimated: Flag
    voice: str
    engine: str
    stand_in: str = ""
    words: tuple[SpokenWord, ...]


class ScratchTrack(Artifact):
    """All spoken lines of a script in reading order."""

    SCHEMA: ClassVar[str] = "ScratchTrack/1.1.0"

    language: str
    lines: tuple[ScratchLine, ...]
