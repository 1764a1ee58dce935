"""One spoken line: recorded by an actor, spoken by an engine, or by the one that stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from orchestrator.reporting.redaction import redacted
from orchestrator.run.context import RunContext
from orchestrator.seams.http_client import HttpClient
from orchestrator.spend.speech import SpeechPurse
from orchestrator.store.memo import Made, Remembered
from orchestrator.voices.cast import PIPER, RECORDED, SERVICES, CastVoice
from orchestrator.voices.recordings import Recordings, find_recordings, strangers_of
from orchestrator.voices.services import SpeechService, open_service
from orchestrator.work.line_recipe import (
    Recipe,
    house_recipe,
    line_work,
    made_line,
    piper_recipe,
    service_recipe,
)
from orchestrator.work.recorded_line import recorded_line
from renderers.providers.contract import Estimate
from renderers.speech.voice import SpeechRequest, SpeechUnavailableError
from schemas.digest import Digest
from schemas.project import Pronunciation
from schemas.scratch_track import ScratchLine, SpokenWord
from stages.spoken_lines import SpokenLine

# Why a stand-in speaks where a run is not to pay for anything.
NOT_BOUGHT: Final = "this run buys nothing"


@dataclass(frozen=True, slots=True)
class PricedLine:
    """What a service would be paid for a line: nothing for one that is `kept` from an earlier run.

    `chars` are the characters that the service would be sent.
    """

    line_id: str
    speaker_id: str
    service: str
    chars: int
    estimate: Estimate
    kept: bool


class LineSpeaker:
    """Speaks the lines of one run in one language."""

    def __init__(self, context: RunContext, language: str, lines: Sequence[SpokenLine]) -> None:
        from renderers.speech.espeak import EspeakEngine

        self._context = context
        self.language = language
        self._lines = lines
        self._espeak = EspeakEngine()
        self._recordings = Recordings()
        self._http = HttpClient()
        self._services: dict[str, SpeechService] = {}
        self._purse: SpeechPurse | None = None

    def prepare(self, voices: Mapping[str, CastVoice]) -> None:
        """Open what the engines of `voices` need, and note recordings that fit no line."""
        engines = {voice.engine for voice in voices.values()}
        if RECORDED in engines:
            self._recordings = find_recordings(self._context.place.show, self._lines)
            self._context.warnings.extend(strangers_of(self._recordings))
        place, project = self._context.place, self._context.project
        self._services = {
            name: open_service(place, project, name, self._http)
            for name in SERVICES
            if name in engines
        }
        if self._services:
            chars = dict.fromkeys(self._services, 0)
            for line in self._lines:
                cast = voices.get(line.speaker_id)
                if cast is not None and cast.engine in chars:
                    chars[cast.engine] += len(self._said(line))
            tariffs = {name: service.tariff for name, service in self._services.items()}
            self._purse = SpeechPurse(self._context, tariffs, chars)
            if not self._context.looks_ahead:
                self._purse.settle_what_was_kept(self._is_kept)

    def close(self) -> None:
        """Let go of the network."""
        self._http.close()

    def speak(self, line: SpokenLine, cast: CastVoice) -> ScratchLine:
        """The line by its own engine, or by espeak-ng with the reason why."""
        try:
            if cast.engine == RECORDED:
                return self._recorded(line, cast)
            return self._spoken(line, self._recipe(line, cast), "")
        except SpeechUnavailableError as error:
            own = house_recipe(self._espeak, cast.stand_in, line, self.language)
            return self._spoken(line, own, redacted(str(error)))

    def price(self, line: SpokenLine, cast: CastVoice) -> PricedLine | None:
        """What a line costs at a service; None for one that no service is asked for."""
        said = self._said(line)
        if self._purse is None or cast.engine not in self._services or not _sounds(said):
            return None
        work = line_work(
            *(line, self.language, self._lexicon(line)),
            service_recipe(self._services[cast.engine], cast),
            self._context.ffmpeg.build,
        )
        kept = self._is_kept(work.key())
        estimate = self._purse.price(cast.engine, 0 if kept else len(said))
        return PricedLine(*(line.line_id, line.speaker_id, cast.engine, len(said), estimate, kept))

    def refusal(self) -> str:
        """Why lines that cost something would not be bought; empty when all would be."""
        paid = [s for s in self._services.values() if s.tariff.microusd_per_1000_chars]
        reasons = [service.trouble for service in paid]
        reasons += [self._purse.refusal()] if self._purse is not None else []
        return "; ".join(filter(None, reasons))

    def _recipe(self, line: SpokenLine, cast: CastVoice) -> Recipe:
        if cast.engine in self._services:
            return service_recipe(self._services[cast.engine], cast)
        if cast.engine == PIPER:
            return piper_recipe(self._context, line, cast.voice)
        return house_recipe(self._espeak, cast.voice, line, self.language)

    def _spoken(self, line: SpokenLine, recipe: Recipe, stand_in: str) -> ScratchLine:
        lexicon = self._lexicon(line)
        work = line_work(line, self.language, lexicon, recipe, self._context.ffmpeg.build)

        def make(folder: Path) -> Made:
            wav = folder / "line.wav"
            request = SpeechRequest(line.text, self.language, recipe.voice, lexicon)
            tools = self._context.tools(folder)
            said = self._said(line)
            if not recipe.paid or self._purse is None or not _sounds(said):
                return made_line(recipe.engine.speak(request, tools, wav), wav, recipe.license)
            if self._context.looks_ahead:
                raise SpeechUnavailableError("nobody is asked for speech while looking ahead")
            service = self._services[recipe.paid]
            if service.tariff.microusd_per_1000_chars and not self._context.buys:
                raise SpeechUnavailableError(NOT_BOUGHT)
            service.require()
            with self._purse.paying(recipe.paid, line.line_id, key, len(said)):
                speech = recipe.engine.speak(request, tools, wav)
            counted[key] = speech.paid_chars
            return made_line(speech, wav, recipe.license)

        key = work.key() if recipe.paid else ""
        counted: dict[Digest, int | None] = {}
        done = self._context.memo.remember(work, make)
        if self._purse is not None and key in counted:
            self._purse.keep(key, counted[key])
        return self._line(line, done, (recipe.voice.name, recipe.engine.name, stand_in))

    def _recorded(self, line: SpokenLine, cast: CastVoice) -> ScratchLine:
        request = SpeechRequest(line.text, self.language, cast.voice)
        done, recording = recorded_line(self._context, self._recordings, line, request)
        return self._line(line, done, (recording, RECORDED, ""))

    def _line(self, line: SpokenLine, done: Remembered, who: tuple[str, str, str]) -> ScratchLine:
        measured = orjson.loads(self._context.registry.blobs.read(done.outputs["words"]))
        voice, engine, stand_in = who
        return ScratchLine(
            line_id=line.line_id,
            speaker_id=line.speaker_id,
            audio=done.outputs["audio"],
            duration_samples=measured["duration_samples"],
            estimated=not measured["voiced"],
            voice=voice,
            engine=engine,
            stand_in=stand_in,
            words=tuple(SpokenWord(**word) for word in measured["words"]),
        )

    def _lexicon(self, line: SpokenLine) -> tuple[Pronunciation, ...]:
        from renderers.speech.pronunciation import entries_for

        return entries_for(line.text, self._context.project.pronunciations, self.language)

    def _said(self, line: SpokenLine) -> str:
        """The words as a service is sent them, and counts them."""
        from renderers.speech.pronunciation import spoken

        return spoken(line.text, self._lexicon(line)).text

    def _is_kept(self, key: Digest) -> bool:
        return self._context.registry.read_memo(key) is not None


def _sounds(said: str) -> bool:
    """Whether a service would be asked: dots and dashes alone are silent, and cost nothing."""
    return any(map(str.isalnum, said))
