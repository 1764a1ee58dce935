"""The golden clip is the same whatever surrounds the run: one thing is changed in each test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from golden.clip import PINNED, describe, first_difference, render
from tests.golden.emulated import render_installed_in

pytestmark = pytest.mark.slow

# Dotted and dotless i, a decimal comma, and an encoding in which UTF-8 reads as rubbish.
LOCALE, CHARSET = "tr_TR.ISO-8859-9", "ISO-8859-9"
# What a surrounding looks like from inside; each has to be another than in the plain test run.
SEEN = """
import json, locale, os, sys, time
locale.setlocale(locale.LC_ALL, "")
print(json.dumps({
    "hash_seed": hash("a name"),
    "timezone": [time.localtime(0).tm_hour, time.localtime(0).tm_min],
    "locale": [locale.getencoding(), locale.localeconv()["decimal_point"]],
    "umask": os.umask(0),
    "home": os.path.expanduser("~/x"),
    "session": [os.environ.get("USER"), os.environ.get("COLUMNS")],
    "working_folder": os.getcwd(),
}))
"""


@dataclass(frozen=True, slots=True)
class Surrounding:
    """What a run finds around it."""

    environment: Mapping[str, str] = field(default_factory=dict)
    umask: int = -1
    folder: str = "run"


def hash_seed(_folder: Path) -> Surrounding:
    return Surrounding({"PYTHONHASHSEED": "4711"})


def timezone(_folder: Path) -> Surrounding:
    # A quarter of an hour beside every other, and another day for most of each day.
    return Surrounding({"TZ": "Pacific/Chatham"})


def locale(folder: Path) -> Surrounding:
    made = folder / "locales"
    made.mkdir()
    compiler = shutil.which("localedef")
    assert compiler, "localedef is not installed: apt-get install libc-bin locales"
    argv = [compiler, "-i", "tr_TR", "-f", CHARSET, "--no-archive", str(made / LOCALE)]
    subprocess.run(argv, check=True, capture_output=True)
    return Surrounding({"LOCPATH": str(made), "LC_ALL": LOCALE, "LANG": LOCALE, "LANGUAGE": "tr"})


def umask(_folder: Path) -> Surrounding:
    return Surrounding(umask=0o077)


def home(folder: Path) -> Surrounding:
    """A home that configures what it can: other fonts, other defaults of programs."""
    other = folder / "someone else's home"
    fonts = other / ".config" / "fontconfig"
    fonts.mkdir(parents=True)
    (fonts / "fonts.conf").write_text(
        "<fontconfig><match target='pattern'><edit name='family' mode='assign_replace'>"
        "<string>Comic Sans MS</string></edit></match></fontconfig>\n"
    )
    caches = {f"XDG_{name}_HOME": str(other / f".{name}") for name in ("CACHE", "DATA")}
    config = {"XDG_CONFIG_HOME": str(other / ".config"), "FONTCONFIG_PATH": str(fonts)}
    return Surrounding({"HOME": str(other)} | caches | config)


def session(_folder: Path) -> Surrounding:
    terminal = {"USER": "nobody", "LOGNAME": "nobody", "COLUMNS": "40", "TERM": "dumb"}
    return Surrounding(terminal | {"SOURCE_DATE_EPOCH": "1", "AV_LOG_FORCE_COLOR": "1"})


def working_folder(_folder: Path) -> Surrounding:
    return Surrounding(folder="a folder with spaces, 'quotes' & ümlauts")


SURROUNDINGS: tuple[Callable[[Path], Surrounding], ...] = (
    *(hash_seed, timezone, locale, umask, home, session, working_folder),
)


def pinned() -> dict[str, object]:
    told: dict[str, object] = json.loads(PINNED.read_text(encoding="utf-8"))
    return told


def seen_from_inside(surrounding: Surrounding, folder: Path) -> dict[str, object]:
    told = subprocess.run(
        [sys.executable, "-c", SEEN],
        cwd=folder,
        env={**os.environ, **surrounding.environment},
        umask=surrounding.umask,
        capture_output=True,
        text=True,
        check=True,
    )
    seen: dict[str, object] = json.loads(told.stdout)
    return seen


@pytest.mark.parametrize("around", SURROUNDINGS, ids=lambda around: str(around.__name__))
def test_this_surrounding_does_not_reach_the_film(tmp_path, around):
    surrounding = around(tmp_path)
    folder = tmp_path / surrounding.folder
    folder.mkdir()
    plain = seen_from_inside(Surrounding({"PYTHONHASHSEED": "0"}), tmp_path)
    # Otherwise the test would compare a film with itself.
    assert seen_from_inside(surrounding, folder)[around.__name__] != plain[around.__name__]
    build = render(folder, (), surrounding.environment, surrounding.umask)
    assert first_difference(pinned(), describe(build)) == ""


@pytest.mark.parametrize("name", ["an install folder, ümlaut"], ids=["install_folder"])
def test_where_the_program_is_installed_does_not_reach_the_film(tmp_path, name):
    install = tmp_path / name
    install.mkdir()
    build = render_installed_in(install, tmp_path)
    assert first_difference(pinned(), describe(build)) == ""


@pytest.mark.parametrize("workers", ["1", "2", "4"], ids=lambda count: f"workers_{count}")
def test_this_many_workers_make_the_same_film(tmp_path, workers):
    build = render(tmp_path, ["--workers", workers])
    assert first_difference(pinned(), describe(build)) == ""
