"""The environment: the only file that reads it."""

from __future__ import annotations

import os
import re
import sys
import urllib.parse
from pathlib import Path

# Programs run with this and nothing else, so that no locale, zone or home can reach an artifact.
FIXED_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.defpath}

_CALLED_SECRET = re.compile(
    r"(?:^|_)(?:KEY|APIKEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|AUTH)(?:_|$)"
)


def keep_numpy_on_one_core() -> None:
    """Work is shared out by shots and lines; a matrix product that starts threads of its own only
    keeps the other cores waiting in circles. To be called before numpy is imported."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def keep_pydantic_without_plugins() -> None:
    """What else is installed here has no say in how an artifact is read, and is not searched for.
    To be called before the first model is used."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"


def available_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def chosen_ffmpeg() -> str:
    """Path of the ffmpeg named by PIPELINE_FFMPEG, or empty for the pinned one."""
    named = os.environ.get("PIPELINE_FFMPEG", "")
    # Programs are started in folders of their own, where a relative path leads elsewhere.
    return str(Path(named).absolute()) if os.sep in named else named


def http_proxy() -> str:
    """The proxy named by PIPELINE_PROXY, empty for none; no other variable is asked."""
    return os.environ.get("PIPELINE_PROXY", "")


def is_terminal() -> bool:
    """Whether a person is watching standard error."""
    return sys.stderr.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


# Keys that people know by another name as well.
_ALSO_CALLED = {"RUNWAYML_API_SECRET": "RUNWAY_API_KEY"}
# What was read from a show's `.env` file, to be kept out of every message like the rest.
_learnt: dict[str, str] = {}


def secret_named(name: str, show: Path) -> str:
    """A key by its variable: from the environment, or from the show's `.env`; empty for none.

    `.env` holds lines of `NAME=value`; quotes around a value are taken off, and `#` begins a
    comment line. A key that has a second name is looked for under both.
    """
    other = _ALSO_CALLED.get(name)
    return _secret(name, show) or (_secret(other, show) if other else "")


def _secret(name: str, show: Path) -> str:
    from_environment = os.environ.get(name, "").strip()
    if from_environment:
        return from_environment
    file = show / ".env"
    if not file.is_file() or not file.resolve().is_relative_to(show.resolve()):
        return ""
    for line in file.read_text(encoding="utf-8-sig", errors="replace").splitlines():
        written, equals, value = line.removeprefix("export ").partition("=")
        if equals and written.strip() == name:
            found = value.strip().strip("'\"")
            _learnt[name] = found
            return found
    return ""


def secret_values(shortest_chars: int) -> list[str]:
    """What the variables that are called like secrets hold, the longest first, each as it is and
    as a URL would carry it. Values that are shorter, or paths of files that are there, are none."""
    found: set[str] = set()
    for name, value in (*_learnt.items(), *os.environ.items()):
        secret = value.strip()
        if len(secret) < shortest_chars or not _CALLED_SECRET.search(name.upper()):
            continue
        if secret.startswith("/") and Path(secret).exists():
            continue
        found |= {secret, urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret)}
    return sorted(found, key=lambda secret: (-len(secret), secret))
