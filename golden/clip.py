"""Renders the pinned show with the real command, and describes every byte of what comes out."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import av

FOLDER = Path(__file__).parent
SHOW = FOLDER / "show"
PINNED = FOLDER / "golden.json"
EPISODE = "clip"
MOST_SHOTS = 10

# In the order they are made: the first that differs is where to look.
ARTIFACTS = (
    "script.json",
    "canon_diff.json",
    "scratch_track.json",
    "shot_list.json",
    "asset_manifest.json",
    "render_plan.json",
)
FILES = (
    f"{EPISODE}.srt",
    f"{EPISODE}.vtt",
    f"{EPISODE}.ass",
    "poster.png",
    "thumbnail.png",
    "contact_sheet.png",
    f"{EPISODE}.mp4",
    "review.html",
    "render_output.json",
)
TIERS = ("toolchain", "artifacts", "shots", "sound", "files")


def render(
    folder: Path,
    options: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    umask: int = -1,
) -> Path:
    """Copy the show to `folder`/show and run it from `folder`; returns the checkpoint folder.

    Raises CalledProcessError, with what the command printed, when it fails.
    """
    show = folder / "show"
    shutil.copytree(SHOW, show)
    command = Path(sys.executable).with_name("pipeline")
    subprocess.run(
        [command, "run", f"show/episodes/{EPISODE}.fountain", "--quiet", *options],
        cwd=folder,
        env={**_own_environment(), **(environment or {})},
        umask=umask,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return show / "builds" / EPISODE


def describe(build: Path) -> dict[str, Any]:
    """Digests (SHA-256) of a build: artifacts, the shots' decoded pictures, the sound, the files.

    Pictures and sound are decoded here, apart from the pipeline's own account of them. Raises
    ValueError when the film is not as long as its shots together, or has too many of them.
    """
    output = json.loads((build / "render_output.json").read_bytes())
    film = build / f"{EPISODE}.mp4"
    return {
        "toolchain": {tool["name"]: tool["version"] for tool in output["toolchain"]},
        "artifacts": {name: _digest(build / name) for name in ARTIFACTS},
        "shots": _shots(film, [(s["shot_id"], s["duration_frames"]) for s in output["shots"]]),
        "sound": {"coded": _coded_sound(film)},
        "files": {name: _digest(build / name) for name in FILES},
    }


def first_difference(pinned: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """Names the first thing that differs, tier by tier; empty when all is the same."""
    for tier in TIERS:
        before, now = pinned[tier], found[tier]
        for name in [*before, *(name for name in now if name not in before)]:
            if before.get(name) != now.get(name):
                return f"{tier}: {name} is {now.get(name)}, pinned is {before.get(name)}"
        if list(before) != list(now):
            return f"{tier}: the order is {list(now)}, pinned is {list(before)}"
    return ""


def _own_environment() -> dict[str, str]:
    """This process's, without what would choose another ffmpeg."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PIPELINE_")}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _shots(film: Path, shots: Sequence[tuple[str, int]]) -> dict[str, str]:
    """Per shot, in order, its number of frames and the digest of its decoded pictures."""
    if not 0 < len(shots) <= MOST_SHOTS:
        raise ValueError(f"{len(shots)} shots; the pinned clip has 1 to {MOST_SHOTS}")
    pictures = _pictures(film)
    described = {}
    for shot_id, length in shots:
        digest = hashlib.sha256()
        for number in range(length):
            picture = next(pictures, None)
            if picture is None:
                raise ValueError(f"the film ends before frame {number} of shot {shot_id}")
            digest.update(picture)
        described[shot_id] = f"{length} frames {digest.hexdigest()}"
    if next(pictures, None) is not None:
        raise ValueError("the film goes on after its last shot")
    return described


def _pictures(film: Path) -> Iterator[bytes]:
    with av.open(str(film)) as opened:
        for frame in opened.decode(video=0):
            yield frame.to_ndarray(format=frame.format.name).tobytes()


def _coded_sound(film: Path) -> str:
    """Digest of the coded sound. Decoding AAC is float arithmetic and differs between CPUs."""
    digest = hashlib.sha256()
    with av.open(str(film)) as opened:
        for packet in opened.demux(audio=0):
            digest.update(bytes(packet))
    return digest.hexdigest()
