"""A finished build folder, opened for a report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schemas.documents import read_document
from schemas.render_plan import RenderPlan
from schemas.scratch_track import ScratchTrack
from schemas.script import Script
from schemas.shot_list import ShotList
from tests.film_words import ShownCue, read_srt


@dataclass(frozen=True)
class Build:
    """The parts of a build folder that a report needs."""

    folder: Path
    script: Script
    shots: ShotList
    scratch: ScratchTrack
    plan: RenderPlan
    cues: tuple[ShownCue, ...]
    film: Path

    @property
    def frames(self) -> int:
        """The frames that the timing lock promises."""
        return sum(shot.duration_frames for shot in self.shots.shots)

    def ms(self, frame: int) -> int:
        """When a frame begins, in whole milliseconds, rounded."""
        fps = self.shots.fps
        return (frame * 1000 * fps.den * 2 + fps.num) // (2 * fps.num)


def open_build(folder: Path, srt: str | None = None) -> Build:
    """The build in a folder; `srt` stands in for its caption file."""

    def read(name: str) -> bytes:
        return (folder / name).read_bytes()

    captions = next(folder.glob("*.srt")).read_text("utf-8") if srt is None else srt
    return Build(
        folder,
        read_document(read("script.json"), Script, "script.json"),
        read_document(read("shot_list.json"), ShotList, "shot_list.json"),
        read_document(read("scratch_track.json"), ScratchTrack, "scratch_track.json"),
        read_document(read("render_plan.json"), RenderPlan, "render_plan.json"),
        tuple(read_srt(captions)),
        next(folder.glob("*.mp4")),
    )
