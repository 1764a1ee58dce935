"""The film the lockfile stands for, where it is still there, put beside the one just made."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from orchestrator.seams.durable_files import make_folder
from orchestrator.seams.executor import SubprocessExecutor
from orchestrator.shows.show import EpisodePlace
from orchestrator.store.blobs import BlobLostError
from orchestrator.store.registry import Registry, artifact_payload
from orchestrator.verification.fresh_render import FreshFilm
from orchestrator.verification.lockfile import LockedEpisode
from orchestrator.verification.tiers import SHOWN_HEX, Check, OtherFrame, first_other_picture
from renderers.ffmpeg.binary import Ffmpeg
from renderers.film.film_decoding import write_difference, write_frame
from renderers.seams import Tools
from schemas.digest import DIGEST_PATTERN, Digest, digest_file
from schemas.timing import timecode

FOLDER = "verify"
_SHOWN_CHARS = 80
_ABSENT = ("absent",)


class ExpectedFilm:
    """What is left of the locked film in the show, and the folder evidence is written to."""

    def __init__(
        self,
        place: EpisodePlace,
        locked: LockedEpisode,
        ffmpeg: Ffmpeg,
        executor: SubprocessExecutor,
    ) -> None:
        self.locked = locked
        self.ffmpeg = ffmpeg
        self.executor = executor
        self.registry = Registry(place.show)
        self.build = place.build
        self.folder = place.build / FOLDER

    def clear(self) -> None:
        """Remove the evidence of an earlier verify."""
        if self.folder.is_dir() and not self.folder.is_symlink():
            shutil.rmtree(self.folder, ignore_errors=True)

    def film(self) -> Path | None:
        """The locked film's bytes, from the registry or the checkpoint folder; None when gone."""
        stored = self._blob(self.locked.film)
        if stored is not None:
            return stored
        shown = self.build / f"{self.build.name}.mp4"
        if shown.is_file() and digest_file(shown) == self.locked.film:
            return shown
        return None

    def show_first_difference(self, fresh: FreshFilm, found: LockedEpisode) -> tuple[str, ...]:
        """Write the first frame that differs as PNGs; returns what was written, or why not."""
        other = first_other_picture(self.locked, found)
        if other is None:
            return ()
        make_folder(self.folder)
        stem = f"frame{other.frame:06d}"
        actual, expected, difference = (
            self.folder / f"{stem}-{side}.png" for side in ("actual", "expected", "difference")
        )
        at = timecode(other.frame, found.format.fps)
        notes = [f"first frame that differs: {other.frame} ({at}), {_of_shots(other)}"]
        made = fresh.registry.blobs.resolve(fresh.output.film.blob)
        kept = self.film()
        if self._write(made, other.frame, actual):
            notes.append(_told(actual))
        if kept is None:
            notes.append("the expected picture is not available: the locked film is not here")
        elif self._write(kept, other.frame, expected):
            notes.append(_told(expected))
            if actual.is_file():
                write_difference(expected, actual, difference)
                notes.append(_told(difference))
        return tuple(notes)

    def explain(self, fresh: FreshFilm, checks: Sequence[Check]) -> list[Check]:
        """The checks, each artifact that differs with the first field that does."""
        locked = {named.name: named.digest for named in self.locked.artifacts}
        explained = []
        for check in checks:
            if check.tier == "artifacts" and not check.same and check.subject in locked:
                found = fresh.artifacts.get(check.subject)
                where = self._first_field(locked[check.subject], found, fresh.registry)
                explained.append(replace(check, problem=where or check.problem))
            else:
                explained.append(check)
        return explained

    def _first_field(self, locked: Digest, found: Digest | None, fresh: Registry) -> str:
        if found is None or self._blob(locked) is None:
            return ""
        before = artifact_payload(self.registry.blobs.read(locked), locked)
        now = artifact_payload(fresh.blobs.read(found), found)
        return first_other_field(before, now)

    def _write(self, film: Path, frame: int, out: Path) -> bool:
        with self.registry.scratch() as scratch:
            tools = Tools(self.executor, self.registry.blobs.resolve, scratch)
            return write_frame(film, frame, out, self.ffmpeg, tools)

    def _blob(self, digest: Digest) -> Path | None:
        try:
            return self.registry.blobs.resolve(digest)
        except BlobLostError:
            return None


def first_other_field(before: Any, now: Any, where: str = "") -> str:
    """Where two JSON values first differ, and how: `shots[3].duration_frames: 48 → 50`."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*before, *now)):
            values = (before.get(key, _ABSENT), now.get(key, _ABSENT))
            deeper = first_other_field(*values, f"{where}.{key}".lstrip("."))
            if deeper:
                return deeper
        return ""
    if isinstance(before, list) and isinstance(now, list):
        for at, (one, other) in enumerate(zip(before, now, strict=False)):
            deeper = first_other_field(one, other, f"{where}[{at}]")
            if deeper:
                return deeper
        return "" if len(before) == len(now) else f"{where}: {len(before)} → {len(now)} entries"
    if type(before) is type(now) and before == now:
        return ""
    return f"{where}: {_short(before)} → {_short(now)}"


def _short(value: Any) -> str:
    if value is _ABSENT:
        return "absent"
    if isinstance(value, str) and re.fullmatch(DIGEST_PATTERN, value):
        return value[:SHOWN_HEX]
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"


def _told(path: Path) -> str:
    return path.relative_to(path.parents[3]).as_posix()


def _of_shots(other: OtherFrame) -> str:
    if other.locked_shot == other.found_shot:
        return f"in shot {other.found_shot}"
    return f"in shot {other.found_shot or 'none'}, where shot {other.locked_shot or 'none'} was"
