"""One spoken line: recorded by an actor, spoken by an engine, or by the one that stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from orchestrator.clock import sleep_ms
from orchestrator.context import RunContext
from orchestrator.environment import secret_named
from orchestrator.foreign_file import refuse_outside, take_copy
from orchestrator.http_client import HttpClient
from orchestrator.library import sidecar_license
from orchestrator.memo import Made, Product, Remembered, Work
from orchestrator.redaction import redacted
from orchestrator.rights import refuse_ended
from orchestrator.spend.speech import SpeechPurse
from orchestrator.voice_cast import OPENAI, PIPER, RECORDED, CastVoice
from orchestrator.voice_recordings import Recordings, digest_of_recording, find_recordings
from renderers.speech.voice import Speech, SpeechEngine, SpeechRequest, SpeechUnavailableError
from schemas.canonical import canonical_bytes
from schemas.digest import Digest, digest_bytes
from schemas.errors import PipelineError
from schemas.license import GENERATED_LOCAL, PROPRIETARY_CLEARED, License
from schemas.project import Pronunciation, Voice
from schemas.scratch_track import ScratchLine, SpokenWord
from stages.spoken_lines import SpokenLine

RECORDING_VERSION = 1
# An address of their own for each key: one is never sent to a host it was not meant for.
OPENAI_HOST = "https://api.openai.com/"
SPEECH_KEY, OPENAI_KEY = "SPEECH_API_KEY", "OPENAI_API_KEY"
EXTERNAL_LICENSE = "provider_terms"


@dataclass(frozen=True, slots=True)
class _Recipe:
    """What a line is made with: the key's own parts, and how it is made."""

    engine: SpeechEngine
    voice: Voice
    inputs: Mapping[str, Digest]
    settings: Mapping[str, Any]
    license: License


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
        self._service: SpeechEngine | None = None
        self._purse: SpeechPurse | None = None

    def prepare(self, voices: Mapping[str, CastVoice]) -> None:
        """Open what the engines of `voices` need, and note recordings that fit no line."""
        engines = {voice.engine for voice in voices.values()}
        if RECORDED in engines:
            self._recordings = find_recordings(self._context.place.show, self._lines)
            _tell_strangers(self._context, self._recordings)
        if OPENAI in engines:
            theirs = {who for who, voice in voices.items() if voice.engine == OPENAI}
            chars = sum(len(line.text) for line in self._lines if line.speaker_id in theirs)
            self._service = _service(self._context, self._http)
            self._purse = SpeechPurse(self._context, chars)

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
        if cast.engine == OPENAI and self._service is not None:
            service = self._context.project.speech
            settings = {"service": [service.base_url, service.model]}
            terms = License(license_type=EXTERNAL_LICENSE, provider_or_model=service.model)
            return _Recipe(self._service, cast.voice, {}, settings, terms)
        if cast.engine == PIPER:
            return _piper(self._context, line, cast.voice)
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
            if recipe.engine is not self._service or self._purse is None:
                return _made(recipe.engine.speak(request, tools, wav), wav, recipe.license)
            with self._purse.paying(line.line_id, work.key(), len(line.text)):
                speech = recipe.engine.speak(request, tools, wav)
            return _made(speech, wav, recipe.license)

        done = self._context.memo.remember(work, make)
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


def _service(context: RunContext, http: HttpClient) -> SpeechEngine:
    from renderers.speech.openai_speech import OpenAiSpeech

    show, service = context.place.show, context.project.speech
    key = secret_named(SPEECH_KEY, show)
    if not key and service.base_url.startswith(OPENAI_HOST):
        key = secret_named(OPENAI_KEY, show)
    return OpenAiSpeech(service, key, http, sleep_ms)


def _piper(context: RunContext, line: SpokenLine, voice: Voice) -> _Recipe:
    from renderers.speech.piper import CONFIG_SUFFIX, VOICE_SUFFIX, PiperEngine

    show = context.place.show
    model = show / voice.name
    config = model.with_name(model.name.removesuffix(VOICE_SUFFIX) + CONFIG_SUFFIX)
    inputs = {}
    for name, path in (("voice file", model), ("voice settings", config)):
        refuse_outside(path, show, voice.name)
        if not path.is_file() or model.suffix != VOICE_SUFFIX:
            raise PipelineError(
                "unknown-voice",
                f"casting of {line.speaker_id}",
                f"{path.name} is not there: a Piper voice is a {VOICE_SUFFIX} and a "
                f"{CONFIG_SUFFIX} file inside the show",
                "put both there, or name another voice",
            )
        inputs[name] = context.registry.stamps.digest_of(path)
    return _Recipe(PiperEngine(show), voice, inputs, {}, _local(f"piper {model.stem}"))


def _tell_strangers(context: RunContext, recordings: Recordings) -> None:
    for names, what in (
        (recordings.unused, "fit no line of this episode"),
        (recordings.doubled, "were passed over for another one of the same line"),
    ):
        if names:
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            context.warnings.append(f"{len(names)} recordings {what}: {', '.join(names[:3])}{more}")
