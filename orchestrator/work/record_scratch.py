"""Every spoken line, recorded or estimated, one memo entry a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Product, Remembered, Work
from orchestrator.voices.cast import (
    ESPEAK,
    NONE,
    SERVICES,
    CastVoice,
    cast_voices,
    engines_of,
)
from orchestrator.work.speak_line import LineSpeaker, PricedLine
from schemas.digest import Digest, tagged_digest
from schemas.project import Project
from schemas.scratch_track import ScratchLine, ScratchTrack
from schemas.script import Script
from stages.spoken_lines import SpokenLine, spoken_lines

SCRATCH_VERSION = 3
# How many requests a service answers at a time.
_ASKED_AT_ONCE = 4
_SHOWN_LINES = 5


def record_scratch(context: RunContext, script: Digest) -> Remembered:
    """The ScratchTrack of a script, spoken by the project's engines.

    What comes from outside this program, a recording or another engine's speech, is looked at in
    every run before anything is reused: what could not be had before may be there now.
    """
    project = context.project
    loaded = context.load(Script, script)
    lines = list(spoken_lines(loaded))
    speakers = _speakers(lines)
    speaker = LineSpeaker(context, loaded.language, lines)
    try:
        voices: Mapping[str, CastVoice] = {}
        outside: dict[str, ScratchLine] = {}
        if set(engines_of(project)) - {ESPEAK, NONE}:
            voices = cast_voices(project, speakers, loaded.language)
            speaker.prepare(voices)
            outside = _outside(context, speaker, voices, lines)
        work = _work(context, script, outside)

        def make(_folder: Path) -> Made:
            cast = voices or cast_voices(project, speakers, loaded.language)
            made = _record_all(context, speaker, cast, lines, outside)
            track = ScratchTrack.create(language=loaded.language, lines=tuple(made))
            audio = tuple(line.audio for line in track.lines if line.audio)
            return Made({"artifact": Product(track, "ScratchTrack", references=audio)})

        return context.memo.remember(work, make)
    finally:
        speaker.close()


def price_speech(context: RunContext, script: Digest) -> tuple[list[PricedLine], str]:
    """What services would be paid for the lines of a script, and why they would not be bought.

    Nobody is asked. The reason is empty when there is nothing in the way of buying them.
    """
    project = context.project
    loaded = context.load(Script, script)
    lines = list(spoken_lines(loaded))
    if not set(engines_of(project)) & set(SERVICES):
        return [], ""
    voices = cast_voices(project, _speakers(lines), loaded.language)
    speaker = LineSpeaker(context, loaded.language, lines)
    try:
        speaker.prepare(voices)
        cast = [(line, voices[line.speaker_id]) for line in lines if line.speaker_id in voices]
        priced = [found for one in cast if (found := speaker.price(*one)) is not None]
        due = any(one.estimate.cost_microusd for one in priced)
        return priced, speaker.refusal() if due else ""
    finally:
        speaker.close()


def stand_in_reasons(track: ScratchTrack) -> tuple[str, ...]:
    """Why a film is degraded by its voices: a reason for each trouble, with its lines."""
    troubles: dict[str, list[str]] = defaultdict(list)
    for line in track.lines:
        if line.stand_in:
            troubles[line.stand_in].append(line.line_id)
    reasons = []
    for why, lines in troubles.items():
        more = f" and {len(lines) - _SHOWN_LINES} more" if len(lines) > _SHOWN_LINES else ""
        shown = ", ".join(lines[:_SHOWN_LINES]) + more
        count = f"{len(lines)} of {len(track.lines)} lines"
        reasons.append(f"voices: espeak-ng stands in for {count} ({shown}): {why}")
    return tuple(reasons)


def speech_tool(voice: str) -> str:
    """Everything of a speech engine that shapes the sound; `none` without one."""
    if voice == NONE:
        return NONE
    from renderers.speech.espeak import EspeakEngine

    return EspeakEngine().version()


def speech_tools(project: Project) -> str:
    """The same for all engines of a show."""
    others = [name for name in engines_of(project) if name not in (ESPEAK, NONE)]
    return ", ".join((speech_tool(project.voice), *others))


def _speakers(lines: Sequence[SpokenLine]) -> list[str]:
    """Everyone who speaks, in the order of their first words."""
    return list(dict.fromkeys(line.speaker_id for line in lines if line.speaker_id))


def _work(context: RunContext, script: Digest, outside: Mapping[str, ScratchLine]) -> Work:
    project = context.project
    toolchain = {"speech": speech_tools(project)}
    if project.voice != NONE:
        toolchain["ffmpeg"] = context.ffmpeg.build
    lexicon = [each.model_dump(mode="json") for each in project.pronunciations]
    found = {line_id: line.model_dump(mode="json") for line_id, line in outside.items()}
    return Work(
        kind="stage",
        label="record_scratch",
        operation="record_scratch",
        version=SCRATCH_VERSION,
        inputs={"script": script},
        settings={
            "voice": project.voice,
            "casting": {name: v.model_dump(mode="json") for name, v in project.casting.items()},
            **({"pronunciations": lexicon} if lexicon else {}),
            **({"outside": tagged_digest("Lines", found)} if found else {}),
        },
        toolchain=toolchain,
    )


def _outside(
    context: RunContext,
    speaker: LineSpeaker,
    voices: Mapping[str, CastVoice],
    lines: Sequence[SpokenLine],
) -> dict[str, ScratchLine]:
    """The lines of all who do not speak with espeak-ng."""
    theirs = [
        (line, voices[line.speaker_id])
        for line in lines
        if line.speaker_id in voices and voices[line.speaker_id].engine != ESPEAK
    ]
    made = context.side_by_side(lambda one: speaker.speak(*one), theirs, _ASKED_AT_ONCE)
    return {line.line_id: line for line in made}


def _record_all(
    context: RunContext,
    speaker: LineSpeaker,
    voices: Mapping[str, CastVoice],
    lines: Sequence[SpokenLine],
    outside: Mapping[str, ScratchLine],
) -> list[ScratchLine]:
    language = speaker.language
    context.reporter.expect("record_scratch", len(lines))

    def record(line: SpokenLine) -> ScratchLine:
        if line.line_id in outside:
            return outside[line.line_id]
        voice = voices.get(line.speaker_id)
        return speaker.speak(line, voice) if voice else _estimate(line, language)

    return context.side_by_side(record, lines)


def _estimate(line: SpokenLine, language: str) -> ScratchLine:
    from stages.shots.estimate_speech import estimate_line

    duration, words = estimate_line(line.text, language)
    return ScratchLine(
        line_id=line.line_id,
        speaker_id=line.speaker_id,
        audio=None,
        duration_samples=duration,
        estimated=True,
        voice="",
        engine=NONE,
        words=words,
    )
