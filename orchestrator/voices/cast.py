"""Who speaks with which engine and which voice: casting over all engines a show uses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from blake3 import blake3

from schemas.errors import PipelineError
from schemas.project import Project, Voice

ESPEAK, PIPER, RECORDED, NONE = "espeak", "piper", "recorded", "none"
OPENAI, ELEVENLABS = "openai", "elevenlabs"
SERVICES = (OPENAI, ELEVENLABS)


@dataclass(frozen=True, slots=True)
class CastVoice:
    """A character's engine and voice, and the espeak-ng voice that stands in for it."""

    engine: str
    voice: Voice
    stand_in: Voice


def cast_voices(project: Project, speakers: Sequence[str], language: str) -> dict[str, CastVoice]:
    """A voice for each speaker, in the order of their first words; none with `voice: none`.

    Raises PipelineError `unknown-voice`.
    """
    from renderers.speech.casting import cast

    if project.voice == NONE:
        return {}
    engines = {who: engine_of(project, who) for who in speakers}
    own = {
        who: voice
        for who, voice in project.casting.items()
        if engines.get(who, engine_of(project, who)) == ESPEAK
    }
    stand_ins = cast(speakers, own, language)
    services = {
        who: name
        for engine in SERVICES
        for who, name in _service_voices(project, engines, engine).items()
    }
    voices = {}
    for who, engine in engines.items():
        if who in services:
            chosen = Voice(name=services[who])
        elif engine == PIPER:
            chosen = _piper_voice(who, project.casting.get(who, Voice()))
        elif engine == RECORDED:
            chosen = Voice(name=RECORDED, engine="recorded")
        else:
            chosen = stand_ins[who]
        voices[who] = CastVoice(engine, chosen, stand_ins[who])
    return voices


def engine_of(project: Project, character: str) -> str:
    """The engine a character speaks with."""
    return project.casting.get(character, Voice()).engine or project.voice


def engines_of(project: Project) -> tuple[str, ...]:
    """Every engine the show names, each once, espeak-ng included where it may have to stand in."""
    if project.voice == NONE:
        return (NONE,)
    named = {project.voice, *(voice.engine or project.voice for voice in project.casting.values())}
    return (ESPEAK, *sorted(named - {ESPEAK}))


def _service_voices(project: Project, engines: dict[str, str], service: str) -> dict[str, str]:
    """Voices of one service: those that casting names, else a lasting choice by the character."""
    speakers = [who for who, engine in engines.items() if engine == service]
    offered = project.speech.voices if service == OPENAI else project.elevenlabs.voices
    named = {who: project.casting.get(who, Voice()).name for who in speakers}
    taken = {name for name in named.values() if name}
    for who in speakers:
        if not named[who]:
            if not offered:
                raise _no_voice(who, service)
            ranked = _ranked(who, offered)
            named[who] = next((name for name in ranked if name not in taken), ranked[0])
            taken.add(named[who])
    return named


def _no_voice(who: str, service: str) -> PipelineError:
    return PipelineError(
        "unknown-voice",
        f"casting of {who}",
        f"no voice of {service} is named, and every account has its own",
        f"give ids of the account's voices: {service}: {{voices: [...]}}, or casting: {{{who}: "
        f"{{engine: {service}, name: ID}}}}",
    )


def _ranked(who: str, names: Iterable[str]) -> list[str]:
    seed = who.encode("utf-8", "surrogatepass")
    return sorted(names, key=lambda name: blake3(seed + b"\n" + name.encode()).digest())


def _piper_voice(who: str, asked: Voice) -> Voice:
    if not asked.name:
        raise PipelineError(
            "unknown-voice",
            f"casting of {who}",
            "Piper needs the voice file to speak with",
            f"put a voice into the show and name it: casting: {{{who}: "
            "{engine: piper, name: assets/piper/VOICE.onnx}}",
        )
    return Voice(name=asked.name, engine="piper")
