"""Which speech services a show can ask: their keys, their addresses, what a line costs there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from orchestrator.seams.clock import sleep_ms
from orchestrator.seams.environment import secret_named
from orchestrator.seams.http_client import HttpClient, is_this_machine
from orchestrator.shows.show import EpisodePlace
from orchestrator.voices.cast import ELEVENLABS, OPENAI
from renderers.speech.voice import SpeechEngine, SpeechUnavailableError
from schemas.license import PROVIDER_TERMS, License
from schemas.project import Project

# An address of their own for each key: one is never sent to a host it was not meant for.
OPENAI_HOST: Final = "https://api.openai.com/"
ELEVENLABS_DOMAIN: Final = ".elevenlabs.io"
SPEECH_KEY: Final = "SPEECH_API_KEY"
OPENAI_KEY: Final = "OPENAI_API_KEY"
ELEVENLABS_KEY: Final = "ELEVENLABS_API_KEY"
# What a plan that is paid by the month comes to, roughly; the account's own price is asked for.
GUESSED_MICROUSD_PER_1000_CHARS: Final = 300_000


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a service takes for 1000 characters, in millionths of a US dollar; 0 is free.

    `exact` is false when nobody has said what the account pays.
    """

    provider: str
    microusd_per_1000_chars: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class SpeechService:
    """A service as a run asks it. `settings` are what shapes its sound, for the keys of lines.

    `trouble` says why it cannot be asked at all; empty when it can.
    """

    engine: SpeechEngine
    tariff: Tariff
    settings: Mapping[str, Any]
    license: License
    trouble: str = ""

    def require(self) -> None:
        """Raises SpeechUnavailableError when it cannot be asked."""
        if self.trouble:
            raise SpeechUnavailableError(self.trouble)


def tariff_of(project: Project, engine: str) -> Tariff:
    """What `engine`, a service, costs. OpenAI's interface on this machine itself costs nothing."""
    if engine == ELEVENLABS:
        told = project.elevenlabs.microusd_per_1000_chars
        guessed = GUESSED_MICROUSD_PER_1000_CHARS
        return Tariff(ELEVENLABS, guessed if told is None else told, exact=told is not None)
    host = urlsplit(project.speech.base_url).hostname or ""
    price = 0 if is_this_machine(host) else project.speech.microusd_per_1000_chars
    return Tariff("openai-speech", price)


def open_service(
    place: EpisodePlace, project: Project, engine: str, http: HttpClient
) -> SpeechService:
    """The service behind `engine`, which is OPENAI or ELEVENLABS; nothing is asked yet."""
    from renderers.speech.asking import SpeechDesk

    tariff = tariff_of(project, engine)
    pays = tariff.microusd_per_1000_chars > 0
    if engine == OPENAI:
        from renderers.speech.openai_speech import OpenAiSpeech

        setup = project.speech
        key = secret_named(SPEECH_KEY, place.show)
        if not key and setup.base_url.startswith(OPENAI_HOST):
            key = secret_named(OPENAI_KEY, place.show)
        desk = SpeechDesk("the speech service", http, sleep_ms, pays=pays)
        return SpeechService(
            OpenAiSpeech(setup, key, desk),
            tariff,
            {"service": [setup.base_url, setup.model]},
            License(license_type=PROVIDER_TERMS, provider_or_model=setup.model),
        )
    return _elevenlabs(place, project, tariff, http)


def _elevenlabs(
    place: EpisodePlace, project: Project, tariff: Tariff, http: HttpClient
) -> SpeechService:
    from renderers.speech.asking import SpeechDesk
    from renderers.speech.elevenlabs import LINES_ALIKE, WHO, ElevenLabsSpeech, money_is_gone

    setup = project.elevenlabs
    host = urlsplit(setup.base_url).hostname or ""
    theirs = f".{host}".endswith(ELEVENLABS_DOMAIN) or is_this_machine(host)
    name = ELEVENLABS_KEY if theirs else SPEECH_KEY
    key = secret_named(name, place.show)
    desk = SpeechDesk(WHO, http, sleep_ms, pays=True, for_all=LINES_ALIKE, ends_all=money_is_gone)
    settings = setup.model_dump(mode="json", exclude={"voices", "microusd_per_1000_chars"})
    return SpeechService(
        ElevenLabsSpeech(setup, key, desk),
        tariff,
        {"service": settings},
        License(license_type=PROVIDER_TERMS, provider_or_model=f"{ELEVENLABS} {setup.model}"),
        trouble="" if key else f"{WHO}: {name} is not set, in the environment or the show's .env",
    )
