"""A new show on disk: settings with every checkpoint spelt out, an episode, asset folders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from orchestrator.seams.durable_files import replace_file, storage_error
from orchestrator.shows.library import ASSETS, FOLDERS
from orchestrator.shows.show import find_show
from schemas.errors import PipelineError
from schemas.ids import slug

EPISODE: Final = "episodes/s01e01.fountain"

# The values of plan §27.2, in full, so that a team sees them and keeps or changes them.
_PROJECT: Final = """\
# Every setting is explained in docs/project.md; what is left out has its default.
id: {id}
title: {title}
language: en

format: {{aspect: "16:9", fps: 24}}

# `strict` stops an episode that contradicts the story so far, before anything is made.
continuity_mode: strict

# Where the pipeline waits for a person: `pipeline approve` or `pipeline reject`.
human_checkpoints:
  approve_canon_diff: true            # before what an episode says becomes the show's truth
  approve_character_packs: false      # before pictures of characters are settled
  approve_shotlist_timing_lock: true  # before paid work hangs on the timing
  approve_external_spend: true        # before money is spent
"""

_SCREENPLAY: Final = """\
Title: {title}
Credit: written by
Author: you

= Two people wait for a boat that one of them does not want to come.

EXT. JETTY - DAWN

Fog. INA, 60, sits on a crate. RUBEN, 20, walks to the end of the boards and back.

[[canon: ina.age = 60]]

RUBEN
It is late.

INA
(not looking up)
It is always late. That is how you know it is coming.

RUBEN
And if it does not?

INA
Then we have had a morning.

A horn, far out. Ruben stops walking.

RUBEN
There.

INA
Sit down. Let it come to us.

[[canon: ruben.location -> jetty]]
"""

# What is made again, and what only means something on one machine.
_IGNORED: Final = """\
.pipeline/
builds/
canon/.lock
canon/.applying
episodes/*.orig-*
.env
"""

_ABOUT_ASSETS: Final = """\
Put your own pictures and sounds here, named by id: jetty.png in backgrounds, ina.png in
characters (transparent, facing right), key.png in props, dawn.flac in music, horn.wav in sfx.
What is missing is drawn. Beside a file may stand FILE.license.yaml.
"""


def new_show(folder: Path, title: str = "") -> list[str]:
    """Write a show into a folder that is new or empty; the files it wrote, relative to it.

    Raises PipelineError `exists` for a folder with something in it, `inside-show` for one inside
    another show.
    """
    place = folder.resolve()
    around = find_show(place.parent) if place.parent.is_dir() else None
    if around is not None:
        raise PipelineError(
            "inside-show",
            str(folder),
            f"lies inside the show {around}",
            "start a show beside it; an episode of that show goes into its episodes folder",
        )
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise PipelineError(
                "exists", str(folder), "is there already", "choose a new name, or an empty folder"
            )
        files = _files(" ".join(title.split()) or _title(place.name), slug(place.name))
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, text.encode())
        for kind in FOLDERS:
            (folder / ASSETS / kind).mkdir()
    except OSError as error:
        raise storage_error(error, Path(error.filename or folder)) from None
    return sorted(files)


def _files(title: str, show_id: str) -> dict[str, str]:
    # A JSON string is a YAML string, whatever is in it.
    quoted = json.dumps(title, ensure_ascii=False)
    return {
        "project.yaml": _PROJECT.format(id=show_id, title=quoted),
        EPISODE: _SCREENPLAY.format(title=title),
        "canon/canon.json": "{}\n",
        f"{ASSETS}/README.txt": _ABOUT_ASSETS,
        ".gitignore": _IGNORED,
    }


def _title(name: str) -> str:
    words = name.replace("-", " ").replace("_", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words) or "Untitled"
