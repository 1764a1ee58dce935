"""What a row of the table of providers holds, and what its builder is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from renderers.network import Http
from renderers.providers.contract import Capabilities, ClipProvider, MediaProvider, Medium
from renderers.seams import Executor
from schemas.take import Quality

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
