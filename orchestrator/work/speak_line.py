"""One spoken line: recorded by an actor, spoken by an engine, or by the one that stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from orchestrator.context import RunContext
from orchestrator.foreign_file import take_copy
from orchestrator.http_client import HttpClient
from orchestrator.library import sidecar_license
from orchestrator.memo import Made, Product, Remembered, Work
from orchestrator.piper_voice import piper_voice
from orchestrator.redaction import redacted
from orchestrator.rights import refuse_ended
from orchestrator.speech_services import SpeechService, open_service
from orchestrator.spend.speech import SpeechPurse
from orchestrator.voice_cast import PIPER, RECORDED, SERVICES, CastVoice
from orchestrator.voice_recordings import (
    Recordings,
    digest_of_recording,
    find_recordings,
    strangers_of,
)
from renderers.speech.voice import Speech, SpeechEngine, SpeechRequest, SpeechUnavailableError
from schemas.canonical import canonical_bytes
from schemas.digest import Digest, digest_bytes
from schemas.errors import PipelineError
from schemas.license import GENERATED_LOCAL, PROPRIETARY_CLEARED, License
from schemas.project import Pronunciation, Voice
from schemas.scratch_track import ScratchLine, SpokenWord
from stages.spoken_lines import SpokenLine

RECORDING_VERSION = 1


@dataclass(frozen=True, slots=True)
class _Recipe:
    """What a line is made with: the key's own parts, and how it is made.

    `paid` names the service that is paid for it, empty for none.
    """

    engine: SpeechEngine
    voice: Voice
    inputs: Mapping[str, Digest]
    settings: Mapping[str, Any]
    license: License
    paid: str = ""


class LineSpeaker:
    """Speaks the lines of one run in one language."""

    def __init__(self, context: RunContext, language: str, lines: Sequence[SpokenLine]) -> None:
        from renderers.speech.espeak import EspeakEngine

        self._context = context
        self.language = language
        self._lines = lines
        self._espeak = EspeakEngine()
        self._recordings: Recordings | None = None
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
            own = _Recipe(self._espeak, cast.stand_in, {}, {}, _local(self._espeak.name))
            return self._spoken(line, own, redacted(str(error)))

    def _recipe(self, line: SpokenLine, cast: CastVoice) -> _Recipe:
        from renderers.speech.piper import PiperEngine

        if cast.engine in self._services:
            service = self._services[cast.engine]
            return _Recipe(
                *(service.engine, cast.voice, {}, service.settings, service.license),
                paid=cast.engine,
            )
        if cast.engine == PIPER:
            show, stamps = self._context.place.show, self._context.registry.stamps
            files = piper_voice(show, cast.voice.name, line.speaker_id, stamps.digest_of)
            terms = _local(f"piper {Path(cast.voice.name).stem}")
            return _Recipe(PiperEngine(show), cast.voice, files, {}, terms)
        return _Recipe(self._espeak, cast.voice, {}, {}, _local(self._espeak.name))

    def _spoken(self, line: SpokenLine, recipe: _Recipe, stand_in: str) -> ScratchLine:
        lexicon = self._lexicon(line)
        said = {"pronunciations": [each.model_dump() for each in lexicon]} if lexicon else {}
        work = Work(
            kind="line",
            label=line.line_id,
            operation="speak_line",
            version=RECORDING_VERSION,
            inputs={"words": digest_bytes(line.text.encode()), **recipe.inputs},
            settings={
                "voice": recipe.voice.model_dump(mode="json", exclude={"engine"}),
                "language": self.language,
                **said,
                **recipe.settings,
            },
            toolchain=self._toolchain(recipe.engine),
        )

        def make(folder: Path) -> Made:
            wav = folder / "line.wav"
            request = SpeechRequest(line.text, self.language, recipe.voice, lexicon)
            tools = self._context.tools(folder)
            said = self._said(line)
            if not recipe.paid or self._purse is None or not any(map(str.isalnum, said)):
                return _made(recipe.engine.speak(request, tools, wav), wav, recipe.license)
            self._services[recipe.paid].require()
            with self._purse.paying(recipe.paid, line.line_id, key, len(said)):
                speech = recipe.engine.speak(request, tools, wav)
            counted[key] = speech.paid_chars
            return _made(speech, wav, recipe.license)

        key = work.key() if recipe.paid else ""
        counted: dict[Digest, int | None] = {}
        done = self._context.memo.remember(work, make)
        if self._purse is not None and key in counted:
            self._purse.keep(key, counted[key])
        return self._line(line, done, (recipe.voice.name, recipe.engine.name, stand_in))

    def _recorded(self, line: SpokenLine, cast: CastVoice) -> ScratchLine:
        context, recordings = self._context, self._recordings or Recordings()
        if line.line_id in recordings.stale:
            stale = recordings.stale[line.line_id]
            raise SpeechUnavailableError(f"the recording {stale} says other words than the line")
        recording = recordings.of_line.get(line.line_id)
        if recording is None:
            raise SpeechUnavailableError("no recording")
        show, stamps = context.place.show, context.registry.stamps
        digest, problem = digest_of_recording(recording, show, stamps.digest_of)
        if digest is None:
            raise SpeechUnavailableError(problem)
        cleared = context.project.local_asset_license or PROPRIETARY_CLEARED
        terms = sidecar_license(show, recording.path)
        terms = terms if terms.license_type else License(license_type=cleared)
        refuse_ended(terms, recording.name)
        work = Work(
            kind="line",
            label=line.line_id,
            operation="record_line",
            version=RECORDING_VERSION,
            inputs={"recording": digest, "words": digest_bytes(line.text.encode())},
            settings={"language": self.language, "license": terms.model_dump(mode="json")},
            toolchain={"ffmpeg": context.ffmpeg.build},
        )

        def make(folder: Path) -> Made:
            from renderers.speech.foreign_line import house_line

            wav = folder / "line.wav"
            source = take_copy(recording.path, show, digest, folder)
            request = SpeechRequest(line.text, self.language, cast.voice)
            try:
                return _made(house_line(source, request, context.tools(folder), wav), wav, terms)
            except PipelineError as error:
                if error.code != "broken-sound":
                    raise
                # A pure verdict about these bytes, so it is remembered like any result.
                return Made({}, {"problem": error.problem})

        done = context.memo.remember(work, make)
        if "problem" in done.facts:
            raise SpeechUnavailableError(f"{recording.name}: {done.facts['problem']}")
        return self._line(line, done, (recording.stem, RECORDED, ""))

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

    def _toolchain(self, engine: SpeechEngine) -> dict[str, str]:
        return {"speech": engine.version(), "ffmpeg": self._context.ffmpeg.build}


def _made(speech: Speech, wav: Path, terms: License) -> Made:
    measured = {
        "duration_samples": speech.duration_samples,
        "voiced": speech.voiced,
        "words": [word.model_dump(mode="json") for word in speech.words],
    }
    return Made(
        {
            "audio": Product(wav, "speech", license=terms),
            "words": Product(canonical_bytes(measured), "words"),
        }
    )


def _local(engine: str) -> License:
    return License(license_type=GENERATED_LOCAL, provider_or_model=engine)
