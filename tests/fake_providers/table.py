"""Every provider of the table that has a fake here, and the keys that the fakes accept."""

from __future__ import annotations

from renderers.providers.table import BY_ID
from tests.fake_providers import services
from tests.fake_providers.server import Fake

FAKES: dict[str, type[Fake]] = {
    "runway": services.RunwayFake,
    "luma": services.LumaFake,
    "kling": services.KlingFake,
    "fal": services.FalFake,
    "replicate": services.ReplicateFake,
    "leonardo": services.LeonardoFake,
    "comfyui": services.ComfyFake,
}
SECRETS = {
    name: services.KEY for row in BY_ID.values() for name in row.secret_names
} | {"KLING_ACCESS_KEY": "access"}  # fmt: skip
