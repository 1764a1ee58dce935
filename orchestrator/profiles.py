"""The render profiles a run may ask for."""

from __future__ import annotations

import re

from schemas.errors import ExitCode, PipelineError

LOCAL = ("preview_local",)
_KNOWN = re.compile(r"^(preview_local|standard_local|hq_[a-z0-9_]+)$")


class UnknownProfileError(PipelineError):
    """A profile that cannot be used; a usage error."""

    exit_code = ExitCode.USAGE


def check_profile(name: str) -> None:
    """Refuse a profile that is misspelt or not there yet."""
    if name in LOCAL:
        return
    problem = f"`{name}` is not a profile"
    if _KNOWN.match(name):
        problem = f"`{name}` is not available in this version"
    raise UnknownProfileError("profile", "--profile", problem, f"use {' or '.join(LOCAL)}")
