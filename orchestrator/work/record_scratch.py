"""Every spoken line, recorded or estimated, one memo entry a line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import orjson

from orchestrator.context import RunContext
from orchestrator.memo import Made, Product, Remembered, Work
from renderers.speech.voice import SpeechEngine
from schemas.canonical import canonical_bytes
from schemas.digest import Digest, digest_bytes
from schemas.license import GENERATED_LOCAL, License
from schemas.project import Voice
from schemas.scratch_track import ScratchLine, ScratchTrack, SpokenWord
from schemas.script import Script
from stages.spoken_lines import SpokenLine, spoken_lines

RECORDING_VERSION = 1
NO_VOICE = "none"


def record_scratch(context: RunContext, script: Digest) -> Remembered:
    """The ScratchTrack of a script, spoken by the project's engine."""
    project = context.project
    toolchain = {"speech": speech_tool(project.voice)}
    if project.voice != NO_VOICE:
        toolchain["ffmpeg"] = context.ffmpeg.build
    work = Work(
        kind="stage",
        label="record_scratch",
        operation="record_scratch",
        version=RECORDING_VERSION,
        inputs={"script": script},
        settings={
            "voice": project.voice,
            "casting": {name: v.model_dump(mode="json") for name, v in project.casting.items()},
        },
        toolchain=toolchain,
    )

    def make(_folder: Path) -> Made:
        track = _record_all(context, context.load(Script, script), toolchain)
        audio = tuple(line.audio for line in track.lines if line.audio)
        return Made({"artifact": Product(track, "ScratchTrack", references=audio)})

    return context.memo.remember(work, make)


def _record_all(context: RunContext, script: Script, toolchain: Mapping[str, str]) -> ScratchTrack:
    from renderers.speech.casting import cast

    lines = list(spoken_lines(script))
    voices: Mapping[str, Voice] = {}
    if context.project.voice != NO_VOICE:
        speakers = list(dict.fromkeys(line.speaker_id for line in lines if line.speaker_id))
        voices = cast(speakers, context.project.casting, script.language)
    context.reporter.expect("record_scratch", len(lines))

    def record(line: SpokenLine) -> ScratchLine:
        voice = voices.get(line.speaker_id)
        if voice is None:
            return _estimate(line, script.language)
        return _speak(context, line, voice, script.language, toolchain)

    recorded = context.side_by_side(record, lines)
    return ScratchTrack.create(language=script.language, lines=tuple(recorded))


def _estimate(line: SpokenLine, language: str) -> ScratchLine:
    from stages.estimate_speech import estimate_line

    duration, words = estimate_line(line.text, language)
    return ScratchLine(
        line_id=line.line_id,
        speaker_id=line.speaker_id,
        audio=None,
        duration_samples=duration,
        estimated=True,
        voice="",
        engine=NO_VOICE,
        words=words,
    )


def _speak(
    context: RunContext,
    line: SpokenLine,
    voice: Voice,
    language: str,
    toolchain: Mapping[str, str],
) -> ScratchLine:
    engine = _engine()
    work = Work(
        kind="line",
        label=line.line_id,
        operation="speak_line",
        version=RECORDING_VERSION,
        inputs={"words": digest_bytes(line.text.encode())},
        settings={"voice": voice.model_dump(mode="json"), "language": language},
        toolchain=toolchain,
    )

    def make(folder: Path) -> Made:
        from renderers.speech.voice import SpeechRequest

        wav = folder / "line.wav"
        request = SpeechRequest(line.text, language, voice)
        speech = engine.speak(request, context.tools(folder), wav)
        measured = {
            "duration_samples": speech.duration_samples,
            "voiced": speech.voiced,
            "words": [word.model_dump(mode="json") for word in speech.words],
        }
        spoken = License(license_type=GENERATED_LOCAL, provider_or_model=engine.name)
        return Made(
            {
                "audio": Product(wav, "speech", license=spoken),
                "words": Product(canonical_bytes(measured), "words"),
            }
        )

    done = context.memo.remember(work, make)
    measured = orjson.loads(context.registry.blobs.read(done.outputs["words"]))
    return ScratchLine(
        line_id=line.line_id,
        speaker_id=line.speaker_id,
        audio=done.outputs["audio"],
        duration_samples=measured["duration_samples"],
        estimated=not measured["voiced"],
        voice=voice.name,
        engine=engine.name,
        words=tuple(SpokenWord(**word) for word in measured["words"]),
    )


def speech_tool(voice: str) -> str:
    """Everything of a project's speech engine that shapes the sound; `none` without one."""
    return NO_VOICE if voice == NO_VOICE else _engine().version()


def _engine() -> SpeechEngine:
    from renderers.speech.espeak import EspeakEngine

    return EspeakEngine()
