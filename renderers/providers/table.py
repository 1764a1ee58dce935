"""The table of HQ providers: what each is called, who it needs, and which model makes what.

A new provider is one file with a class that follows `contract.ClipProvider`, and one row here.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from renderers.network import Http
from renderers.providers import comfyui, fal, kling, leonardo, luma, parallax, replicate, runway
from renderers.providers.command import CommandProvider, Program, capabilities_of
from renderers.providers.command_scenes import CommandScenes
from renderers.providers.contract import Capabilities, ClipProvider, MediaProvider, Medium
from renderers.providers.wire import Api
from renderers.seams import Executor
from schemas.take import Quality

KIND_COMMAND: Final = "command"
PARALLAX: Final = "parallax"
Models = Mapping[Quality, str]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a provider is given from outside: the network, programs, secrets by name, the time.

    `folder` is where a command provider keeps its jobs; it outlives the run.
    """

    http: Http
    executor: Executor
    secrets: Mapping[str, str]
    unix_time_s: Callable[[], int]
    folder: Path


@dataclass(frozen=True, slots=True)
class Configured:
    """One provider as a show sets it up; empty fields take what the row says."""

    base_url: str = ""
    argv: tuple[str, ...] = ()
    workflow: str = ""
    workflow_name: str = ""


@dataclass(frozen=True, slots=True)
class Scenes:
    """What a provider makes of somebody's own pictures and clips, and by which model.

    `give_up_after_s` is how long such a job is waited for, unless the show says otherwise;
    `longest_ms` how much of a clip it makes, 0 for all; `first_picture_only` that it does not look
    at the rest of the clip.
    """

    build: Callable[[Configured, Surroundings], MediaProvider]
    models: Mapping[Medium, str]
    give_up_after_s: int = 180
    longest_ms: int = 0
    first_picture_only: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One provider. `secret_names` are the environment variables that hold its keys.

    `max_concurrent` jobs run at once and `submits_per_minute` are handed in at most. A provider
    with `local` true costs nothing and sends nothing away. `capabilities` is None when only the
    program itself can tell. `scenes` is None for one that takes only shots.
    """

    provider_id: str
    build: Callable[[Configured, Surroundings], ClipProvider]
    secret_names: tuple[str, ...]
    models: Models
    capabilities: Capabilities | None
    local: bool = False
    max_concurrent: int = 2
    submits_per_minute: int = 20
    scenes: Scenes | None = None


def _all(model: str) -> Models:
    return MappingProxyType({"low": model, "standard": model, "high": model})


def _bearer(
    name: str, more: Mapping[str, str] | None = None, word: str = "Bearer"
) -> Callable[[Surroundings], Callable[[], Mapping[str, str]]]:
    def with_secret(around: Surroundings) -> Callable[[], Mapping[str, str]]:
        headers = {"Authorization": f"{word} {around.secrets[name]}", **(more or {})}
        return lambda: headers

    return with_secret


def _runway_api(given: Configured, around: Surroundings) -> Api:
    headers = _bearer("RUNWAYML_API_SECRET", runway.VERSION_HEADER)(around)
    return Api(runway.PROVIDER_ID, given.base_url or runway.BASE_URL, headers, around.http)


def _luma(given: Configured, around: Surroundings) -> ClipProvider:
    headers = _bearer("LUMA_API_KEY")(around)
    return luma.Luma(Api(luma.PROVIDER_ID, given.base_url or luma.BASE_URL, headers, around.http))


def _kling(given: Configured, around: Surroundings) -> ClipProvider:
    access, secret = around.secrets["KLING_ACCESS_KEY"], around.secrets["KLING_SECRET_KEY"]
    headers = kling.signed_headers(access, secret, around.unix_time_s)
    url = given.base_url or kling.BASE_URL
    return kling.Kling(Api(kling.PROVIDER_ID, url, headers, around.http, kling.classify))


def _fal(given: Configured, around: Surroundings) -> ClipProvider:
    headers = _bearer("FAL_KEY", word="Key")(around)
    url = given.base_url or fal.BASE_URL
    return fal.Fal(Api(fal.PROVIDER_ID, url, headers, around.http, fal.classify))


def _replicate_api(given: Configured, around: Surroundings) -> Api:
    headers = _bearer("REPLICATE_API_TOKEN")(around)
    return Api(replicate.PROVIDER_ID, given.base_url or replicate.BASE_URL, headers, around.http)


def _leonardo_api(given: Configured, around: Surroundings) -> Api:
    headers = _bearer("LEONARDO_API_KEY")(around)
    return Api(leonardo.PROVIDER_ID, given.base_url or leonardo.BASE_URL, headers, around.http)


def _comfyui(given: Configured, around: Surroundings) -> ClipProvider:
    workflow = comfyui.workflow_of(given.workflow, given.workflow_name)
    url = given.base_url or comfyui.BASE_URL
    return comfyui.ComfyUI(Api(comfyui.PROVIDER_ID, url, dict, around.http), workflow)


def _parallax(_given: Configured, around: Surroundings) -> ClipProvider:
    argv = (sys.executable, "-I", parallax.__file__)
    return _command(Configured(argv=argv), around)


def _command(given: Configured, around: Surroundings) -> ClipProvider:
    program = _program(given, around)
    return CommandProvider(program, capabilities_of(program))


def _command_scenes(given: Configured, around: Surroundings) -> MediaProvider:
    program = _program(given, around)
    return CommandScenes(program, capabilities_of(program))


def _program(given: Configured, around: Surroundings) -> Program:
    # Two programs of one show must not find each other's jobs.
    own = hashlib.blake2s("\0".join(given.argv).encode(), digest_size=8).hexdigest()
    return Program(given.argv, around.folder / own, around.executor)


ROWS: Final = (
    Row(
        runway.PROVIDER_ID,
        lambda given, around: runway.Runway(_runway_api(given, around)),
        ("RUNWAYML_API_SECRET",),
        MappingProxyType({"low": "gen4_turbo", "standard": "gen4_turbo", "high": "gen4.5"}),
        runway.CAPABILITIES,
        scenes=Scenes(
            lambda given, around: runway.RunwayScenes(_runway_api(given, around)),
            MappingProxyType({"video": "gen4_aleph"}),
            give_up_after_s=300,
            longest_ms=runway.ALEPH_LONGEST_MS,
        ),
    ),
    Row(luma.PROVIDER_ID, _luma, ("LUMA_API_KEY",), _all("ray-3.2"), luma.CAPABILITIES),
    Row(
        kling.PROVIDER_ID,
        _kling,
        ("KLING_ACCESS_KEY", "KLING_SECRET_KEY"),
        _all("kling-v2-1"),
        kling.CAPABILITIES,
    ),
    Row(fal.PROVIDER_ID, _fal, ("FAL_KEY",), _all(fal.PRICED_MODEL), fal.CAPABILITIES),
    Row(
        replicate.PROVIDER_ID,
        lambda given, around: replicate.Replicate(_replicate_api(given, around)),
        ("REPLICATE_API_TOKEN",),
        MappingProxyType(
            {
                "low": "kwaivgi/kling-v1.6-standard",
                "standard": "kwaivgi/kling-v1.6-standard",
                "high": "kwaivgi/kling-v1.6-pro",
            }
        ),
        replicate.CAPABILITIES,
        # The service takes 600 a minute for the whole account.
        submits_per_minute=300,
        scenes=Scenes(
            lambda given, around: replicate.ReplicateScenes(_replicate_api(given, around)),
            MappingProxyType({"image": "black-forest-labs/flux-dev"}),
        ),
    ),
    Row(
        leonardo.PROVIDER_ID,
        lambda given, around: leonardo.Leonardo(_leonardo_api(given, around)),
        ("LEONARDO_API_KEY",),
        MappingProxyType({"low": "MOTION2FAST", "standard": "MOTION2", "high": "MOTION2"}),
        leonardo.CAPABILITIES,
        scenes=Scenes(
            lambda given, around: leonardo.LeonardoScenes(_leonardo_api(given, around)),
            MappingProxyType({"video": "MOTION2"}),
            longest_ms=leonardo.CLIP_S * 1000,
            first_picture_only=True,
        ),
    ),
    Row(
        comfyui.PROVIDER_ID,
        _comfyui,
        (),
        _all(""),
        comfyui.CAPABILITIES,
        local=True,
        max_concurrent=1,
        submits_per_minute=600,
    ),
    Row(
        PARALLAX,
        _parallax,
        (),
        _all("two depths"),
        None,
        local=True,
        max_concurrent=2,
        submits_per_minute=600,
    ),
    Row(
        KIND_COMMAND,
        _command,
        (),
        _all(""),
        None,
        local=True,
        max_concurrent=1,
        submits_per_minute=600,
        scenes=Scenes(
            _command_scenes,
            MappingProxyType({"image": "", "video": ""}),
            give_up_after_s=1800,
        ),
    ),
)
BY_ID: Final[Mapping[str, Row]] = MappingProxyType({row.provider_id: row for row in ROWS})
# Who is asked for somebody's own picture or clip, first choice first.
SCENE_ORDER: Final[Mapping[Medium, tuple[str, ...]]] = MappingProxyType(
    {
        "image": (replicate.PROVIDER_ID,),
        "video": (runway.PROVIDER_ID, leonardo.PROVIDER_ID),
    }
)
