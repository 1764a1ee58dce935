"""What a spoken line is made with, and the piece of work that it is remembered as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Product, Work
from orchestrator.voices.cast import CastVoice
from orchestrator.voices.piper import piper_voice
from orchestrator.voices.services import SpeechService
from renderers.speech.voice import Speech, SpeechEngine
from schemas.canonical import canonical_bytes
from schemas.digest import Digest, digest_bytes
from schemas.license import GENERATED_LOCAL, License
from schemas.project import Pronunciation, Voice
from stages.people.performance import delivery, expression, pacing
from stages.spoken_lines import SpokenLine

RECORDING_VERSION = 1


@dataclass(frozen=True, slots=True)
class Recipe:
    """The engine and voice of a line, and the parts of its key that are theirs.

    `paid` names the service that is asked for it, empty for none.
    """

    engine: SpeechEngine
    voice: Voice
    inputs: Mapping[str, Digest]
    settings: Mapping[str, Any]
    license: License
    paid: str = ""


def house_recipe(engine: SpeechEngine, voice: Voice, line: SpokenLine, language: str) -> Recipe:
    """By the program's own engine, with the voice as the line's direction has it."""
    from renderers.speech.direction import Direction, directed

    said = line.parenthetical
    asked = Direction(delivery(said), expression((said,)), pacing(said))
    return Recipe(engine, directed(voice, asked, language), {}, {}, _local(engine.name))


def piper_recipe(context: RunContext, line: SpokenLine, voice: Voice) -> Recipe:
    """By a Piper voice of the show. Raises SpeechUnavailableError and PipelineError."""
    from renderers.speech.piper import PiperEngine

    show, stamps = context.place.show, context.registry.stamps
    files = piper_voice(show, voice.name, line.speaker_id, stamps.digest_of)
    terms = _local(f"piper {Path(voice.name).stem}")
    return Recipe(PiperEngine(show), voice, files, {}, terms)


def service_recipe(service: SpeechService, cast: CastVoice) -> Recipe:
    """By a service over the network."""
    return Recipe(
        service.engine, cast.voice, {}, service.settings, service.license, paid=cast.engine
    )


def line_work(
    line: SpokenLine, language: str, lexicon: tuple[Pronunciation, ...], recipe: Recipe, ffmpeg: str
) -> Work:
    """The work of speaking a line; `ffmpeg` is the build that cuts and converts it."""
    said = {"pronunciations": [each.model_dump() for each in lexicon]} if lexicon else {}
    return Work(
        kind="line",
        label=line.line_id,
        operation="speak_line",
        version=RECORDING_VERSION,
        inputs={"words": digest_bytes(line.text.encode()), **recipe.inputs},
        settings={
            "voice": recipe.voice.model_dump(mode="json", exclude={"engine"}),
            "language": language,
            **said,
            **recipe.settings,
        },
        toolchain={"speech": recipe.engine.version(), "ffmpeg": ffmpeg},
    )


def made_line(speech: Speech, wav: Path, terms: License) -> Made:
    """What is kept of a line that was spoken into `wav`: the sound, and when each word is said."""
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
