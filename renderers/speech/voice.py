"""What a speech engine is: text, language and voice in; a WAV and its word timings out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from renderers.seams import Tools
from schemas.project import Pronunciation, Voice
from schemas.scratch_track import SpokenWord


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """A line to speak. `language` is a BCP 47 code or empty; `voice` is complete or in part.

    `lexicon` says how some words of the text are pronounced.
    """

    text: str
    language: str
    voice: Voice
    lexicon: tuple[Pronunciation, ...] = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """What was recorded: its length in samples at 48 kHz, and every word of the text in order.

    `voiced` is False when the engine had nothing it could say and the WAV is silent. `paid_chars`
    is how many characters a service says it charges for, None where it does not say.
    """

    duration_samples: int
    words: tuple[SpokenWord, ...]
    voiced: bool = True
    paid_chars: int | None = None


class SpeechUnavailableError(Exception):
    """An engine outside this program cannot speak this line now; another has to stand in.

    `maybe_charged` says that a service may have been paid for it all the same.
    """

    def __init__(self, problem: str, *, maybe_charged: bool = False) -> None:
        super().__init__(problem)
        self.maybe_charged = maybe_charged


class SpeechEngine(Protocol):
    """An engine. The same request and the same `version()` give the same bytes.

    One over the network may give others each time it is asked; what it gave once is kept.
    """

    name: str

    def version(self) -> str:
        """Everything of the engine that shapes the sound, for the keys of recorded lines."""
        ...

    def speak(self, request: SpeechRequest, tools: Tools, out: Path) -> Speech:
        """Write 48 kHz mono 16-bit WAV to `out`.

        Raises PipelineError `unknown-voice`, or `speech-failed` when the engine breaks down;
        SpeechUnavailableError where another engine is to stand in.
        """
        ...
