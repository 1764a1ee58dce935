"""Which providers a show knows, and in which order a profile asks them."""

from __future__ import annotations

import difflib

from orchestrator.shows.profiles import HQ, STANDARD
from renderers.providers.row import Row
from renderers.providers.table import BY_ID, KIND_COMMAND, PARALLAX
from schemas.errors import ExitCode, PipelineError
from schemas.project import Project


class UnknownProviderError(PipelineError):
    """A provider that nobody knows; a usage error."""

    exit_code = ExitCode.USAGE


def order_of(profile: str, project: Project) -> tuple[str, ...]:
    """The names of the providers to ask, by profile and routing policy.

    Raises PipelineError `provider` when nobody is left to be asked.
    """
    first = PARALLAX if profile == STANDARD else profile.removeprefix(HQ)
    names = list(dict.fromkeys((first, *project.routing.order)))
    policy = project.routing.policy
    if profile == STANDARD or policy == "local_only":
        names = [name for name in names if row_of(name, project).local]
    elif policy == "api_only":
        names = [name for name in names if not row_of(name, project).local]
    elif policy == "local_preferred":
        names.sort(key=lambda name: not row_of(name, project).local)
    if not names:
        raise PipelineError(
            "provider",
            f"--profile {profile}",
            f"the routing policy {policy} leaves no provider to ask",
            "change `routing` in project.yaml, or ask for another profile",
        )
    return tuple(names)


def row_of(name: str, project: Project) -> Row:
    """The table's row for a provider of the show. Raises UnknownProviderError."""
    setup = project.providers.get(name)
    if setup is not None and setup.command:
        return BY_ID[KIND_COMMAND]
    if name in BY_ID and name != KIND_COMMAND:
        return BY_ID[name]
    known = known_providers(project)
    close = difflib.get_close_matches(name, known, 1)
    raise UnknownProviderError(
        "provider",
        f"provider {name}",
        "is not known",
        f"did you mean {close[0]}?" if close else f"there is {', '.join(known)}",
    )


def is_local(name: str, project: Project) -> bool:
    """Whether a provider of the ledger, speech services among them, works on this machine."""
    setup = project.providers.get(name)
    if setup is not None and setup.command:
        return True
    return name in BY_ID and BY_ID[name].local


def known_providers(project: Project) -> tuple[str, ...]:
    """Every provider the show can name: those of the table, and its own programs."""
    own = [name for name, setup in project.providers.items() if setup.command]
    return (*(name for name in BY_ID if name != KIND_COMMAND), *own)
