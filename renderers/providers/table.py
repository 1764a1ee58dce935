"""The table of HQ providers: what each is called, who it needs, and which model makes what.

A new provider is one file with a class that follows `contract.ClipProvider`, and one row here.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from renderers.providers import comfyui, fal, kling, leonardo, luma, parallax, replicate, runway
from renderers.providers.command import CommandProvider
from renderers.providers.command_scenes import CommandScenes
from renderers.providers.contract import ClipProvider, MediaProvider, Medium
from renderers.providers.program import Program, capabilities_of
from renderers.providers.row import Configured, Models, Row, Scenes, Surroundings
from renderers.providers.wire import Api, Classify, Headers, by_status

Signs = Callable[[Surroundings], Headers]
Opens = Callable[[Configured, Surroundings], Api]
KIND_COMMAND: Final = "command"
PARALLAX: Final = "parallax"


def _all(model: str) -> Models:
    return MappingProxyType({"low": model, "standard": model, "high": model})


def _bearer(name: str, more: Mapping[str, str] | None = None, word: str = "Bearer") -> Signs:
    def with_secret(around: Surroundings) -> Headers:
        headers = {"Authorization": f"{word} {around.secrets[name]}", **(more or {})}
        return lambda: headers

    return with_secret


def _kling_token(around: Surroundings) -> Headers:
    access, secret = around.secrets["KLING_ACCESS_KEY"], around.secrets["KLING_SECRET_KEY"]
    return kling.signed_headers(access, secret, around.unix_time_s)


def _api(provider_id: str, base_url: str, signs: Signs, classify: Classify = by_status) -> Opens:
    """Opens a provider's interface, at the show's own address for it if it has one."""

    def opened(given: Configured, around: Surroundings) -> Api:
        url = given.base_url or base_url
        return Api(provider_id, url, signs(around), around.http, classify)

    return opened


_RUNWAY: Final = _api(
    runway.PROVIDER_ID, runway.BASE_URL, _bearer("RUNWAYML_API_SECRET", runway.VERSION_HEADER)
)
_LUMA: Final = _api(luma.PROVIDER_ID, luma.BASE_URL, _bearer("LUMA_API_KEY"))
_KLING: Final = _api(kling.PROVIDER_ID, kling.BASE_URL, _kling_token, kling.classify)
_FAL: Final = _api(fal.PROVIDER_ID, fal.BASE_URL, _bearer("FAL_KEY", word="Key"), fal.classify)
_REPLICATE: Final = _api(replicate.PROVIDER_ID, replicate.BASE_URL, _bearer("REPLICATE_API_TOKEN"))
_LEONARDO: Final = _api(leonardo.PROVIDER_ID, leonardo.BASE_URL, _bearer("LEONARDO_API_KEY"))
_COMFYUI: Final = _api(comfyui.PROVIDER_ID, comfyui.BASE_URL, lambda _around: dict)


def _comfyui(given: Configured, around: Surroundings) -> ClipProvider:
    workflow = comfyui.workflow_of(given.workflow, given.workflow_name)
    return comfyui.ComfyUI(_COMFYUI(given, around), workflow)


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
        lambda given, around: runway.Runway(_RUNWAY(given, around)),
        ("RUNWAYML_API_SECRET",),
        MappingProxyType({"low": "gen4_turbo", "standard": "gen4_turbo", "high": "gen4.5"}),
        runway.CAPABILITIES,
        scenes=Scenes(
            lambda given, around: runway.RunwayScenes(_RUNWAY(given, around)),
            MappingProxyType({"video": "gen4_aleph"}),
            give_up_after_s=300,
            longest_ms=runway.ALEPH_LONGEST_MS,
        ),
    ),
    Row(
        luma.PROVIDER_ID,
        lambda given, around: luma.Luma(_LUMA(given, around)),
        ("LUMA_API_KEY",),
        _all("ray-3.2"),
        luma.CAPABILITIES,
    ),
    Row(
        kling.PROVIDER_ID,
        lambda given, around: kling.Kling(_KLING(given, around)),
        ("KLING_ACCESS_KEY", "KLING_SECRET_KEY"),
        _all("kling-v2-1"),
        kling.CAPABILITIES,
    ),
    Row(
        fal.PROVIDER_ID,
        lambda given, around: fal.Fal(_FAL(given, around)),
        ("FAL_KEY",),
        _all(fal.PRICED_MODEL),
        fal.CAPABILITIES,
    ),
    Row(
        replicate.PROVIDER_ID,
        lambda given, around: replicate.Replicate(_REPLICATE(given, around)),
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
            lambda given, around: replicate.ReplicateScenes(_REPLICATE(given, around)),
            MappingProxyType({"image": "black-forest-labs/flux-dev"}),
        ),
    ),
    Row(
        leonardo.PROVIDER_ID,
        lambda given, around: leonardo.Leonardo(_LEONARDO(given, around)),
        ("LEONARDO_API_KEY",),
        MappingProxyType({"low": "MOTION2FAST", "standard": "MOTION2", "high": "MOTION2"}),
        leonardo.CAPABILITIES,
        scenes=Scenes(
            lambda given, around: leonardo.LeonardoScenes(_LEONARDO(given, around)),
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
