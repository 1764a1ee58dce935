"""The render profiles a run may ask for."""

from __future__ import annotations

import re

from orchestrator.upgrades.takes import PREVIEW_PROFILE
from schemas.errors import ExitCode, PipelineError
from schemas.project import Project

STANDARD = "standard_local"
HQ = "hq_"
_UPGRADE = re.compile(r"^(standard_local|hq_[a-z0-9_-]+)$")


class UnknownProfileError(PipelineError):
    """A profile that cannot be used; a usage error."""

    exit_code = ExitCode.USAGE


def check_profile(name: str) -> None:
    """Refuse a profile that is misspelt. Raises UnknownProfileError."""
    if name != PREVIEW_PROFILE and not _UPGRADE.match(name):
        raise UnknownProfileError(
            "profile",
            "--profile",
            f"`{name}` is not a profile",
            f"use {PREVIEW_PROFILE}, {STANDARD}, or hq_ and a provider of `pipeline providers`",
        )


def check_upgrade_profile(name: str) -> None:
    """Refuse a profile that upgrades nothing. Raises UnknownProfileError."""
    check_profile(name)
    if name == PREVIEW_PROFILE:
        raise UnknownProfileError(
            "profile",
            "--profile",
            f"{PREVIEW_PROFILE} is what a film begins with; there is nothing to upgrade to",
            f"use {STANDARD}, or hq_ and a provider of `pipeline providers`",
        )


def check_provider(profile: str, project: Project) -> None:
    """Refuse a profile of a provider that the show does not know. Raises UnknownProviderError."""
    if profile.startswith(HQ):
        from orchestrator.spend.routing import row_of

        row_of(profile.removeprefix(HQ), project)
