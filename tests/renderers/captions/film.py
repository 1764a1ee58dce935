"""Small films with spoken lines, for the caption tests."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.artifact import SourceRef
from schemas.asset_manifest import AssetManifest, VoItem
from schemas.project import CaptionStyle, Format, Loudness
from schemas.render_plan import PictureStyle, RenderPlan, VoResolution
from schemas.scratch_track import SpokenWord
from schemas.script import Span
from schemas.shot_list import (
    Environment,
    Movement,
    Shot,
    ShotAudio,
    ShotCharacter,
    ShotList,
    TransitionIn,
    VoPlacement,
)
from schemas.timing import FrameRate, frames_to_samples

FPS = FrameRate(num=24)
LOCK = "0" * 64


@dataclass(frozen=True)
class Said:
    """A line from `start` for `frames` frames of the film; words are spread evenly over it."""

    text: str
    start: int
    frames: int
    speaker: str = "MARA"
    off_screen: bool = False
    sung: bool = False
    dual_with: str | None = None
    spans: tuple[Span, ...] = ()
    timed: bool = True


def words(text: str, frames: int, fps: FrameRate = FPS) -> tuple[SpokenWord, ...]:
    samples = frames_to_samples(frames, fps)
    length = max(len(text), 1)
    return tuple(
        SpokenWord(
            text=match.group(),
            char_start=match.start(),
            char_end=match.end(),
            offset_samples=samples * match.start() // length,
            duration_samples=samples * (match.end() - match.start()) // length,
        )
        for match in re.finditer(r"\S+", text)
    )


def film(
    said: list[Said],
    cuts: tuple[int, ...],
    *,
    on_screen: tuple[str, ...] = ("MARA",),
    fps: FrameRate = FPS,
    language: str = "en",
    captions: CaptionStyle | None = None,
) -> tuple[ShotList, AssetManifest, RenderPlan]:
    """A film of one scene whose shots end at the frames in `cuts`, and cut the lines."""
    shots = []
    before = 0
    for number, cut in enumerate(cuts):
        placed = []
        for index, line in enumerate(said):
            first, after = max(line.start, before), min(line.start + line.frames, cut)
            if first < after:
                placed.append(
                    VoPlacement(
                        line_id=f"l{index}",
                        offset_frames=first - before,
                        in_frames=first - line.start,
                        duration_frames=after - first,
                    )
                )
        shots.append(_shot(number, cut - before, tuple(placed), on_screen))
        before = cut
    shot_list = ShotList.create(fps=fps, shots=tuple(shots), timing_lock_hash=LOCK)
    items = tuple(
        VoItem(
            asset_key=f"vo-{index}",
            line_id=f"l{index}",
            speaker_id=line.speaker.lower(),
            speaker=line.speaker,
            spans=line.spans or (Span(text=line.text),),
            off_screen=line.off_screen,
            sung=line.sung,
            dual_with=line.dual_with,
        )
        for index, line in enumerate(said)
    )
    manifest = AssetManifest.create(
        language=language, timing_lock_hash=LOCK, needs=(), vo_items=items
    )
    return shot_list, manifest, _plan(said, fps, captions or CaptionStyle())


def _shot(
    number: int, frames: int, vo: tuple[VoPlacement, ...], on_screen: tuple[str, ...]
) -> Shot:
    return Shot(
        shot_id=f"s{number}",
        scene_id="scene",
        template="single",
        reason="test",
        duration_frames=frames,
        framing="MS",
        movement=Movement(),
        characters=tuple(ShotCharacter(id=name.lower(), name=name) for name in on_screen),
        environment=Environment(),
        audio=ShotAudio(vo=vo),
        transition_in=TransitionIn(),
        source=SourceRef(file="a.fountain", line=1),
    )


def _plan(said: list[Said], fps: FrameRate, captions: CaptionStyle) -> RenderPlan:
    return RenderPlan.create(
        profile="preview_local",
        format=Format(fps=fps),
        timing_lock_hash=LOCK,
        resolutions=(),
        vo=tuple(
            VoResolution(
                asset_key=f"vo-{index}",
                line_id=f"l{index}",
                audio=None,
                duration_samples=frames_to_samples(line.frames, fps),
                words=words(line.text, line.frames, fps) if line.timed else (),
            )
            for index, line in enumerate(said)
        ),
        captions=captions,
        loudness=Loudness(),
        style=PictureStyle(placeholder_tag=True, fonts=()),
    )
