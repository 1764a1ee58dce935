"""What every provider behind an HTTP interface has in common, whatever it makes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from renderers.providers.contract import Capabilities, JobState, ProviderError
from renderers.providers.wire import Api, shown


class Hosted:
    """A provider behind an `Api`; what is particular to one stays in that provider's file."""

    capabilities: ClassVar[Capabilities]

    def __init__(self, api: Api) -> None:
        self._api = api

    def fetch(self, state: JobState, into: Path) -> None:
        """The first link, which needs no key: the provider's own host may be another."""
        self._api.download(state.links[0], into)

    def unknown_state(self, status: str) -> ProviderError:
        """What to raise for a state that is in nobody's description: it may pass."""
        who = self.capabilities.provider_id
        return ProviderError("transient", f"{who} answered the unknown state {shown(status)}")


def form_fields(fields: Any, provider_id: str) -> dict[str, str]:
    """The fields of an upload form, as text. Raises ProviderError `transient` for anything else."""
    if not isinstance(fields, dict):
        raise ProviderError(
            "transient", f"{provider_id} answered an upload form that cannot be read"
        )
    return {str(name): str(value) for name, value in fields.items()}
