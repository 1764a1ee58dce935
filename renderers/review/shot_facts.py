"""What is said of each shot, in words: on the contact sheet and on the review page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from schemas.render_output import RenderedShot
from schemas.render_plan import RenderPlan
from schemas.script import Script
from schemas.shot_list import Shot, ShotList
from schemas.timing import FrameRate, frames_to_ms

TITLE_CARD: Final = "title_card"


@dataclass(frozen=True, slots=True)
class SheetTexts:
    """All texts of a contact sheet; `rows` are number, facts, scene and tier of each shot."""

    title: str
    summary: str
    rows: tuple[tuple[int, str, str, str], ...]

    def payload(self) -> dict[str, Any]:
        """As plain values, for a key."""
        return asdict(self)


def sheet_texts(
    script: Script, shots: ShotList, plan: RenderPlan, rendered: Sequence[RenderedShot]
) -> SheetTexts:
    """The texts of the contact sheet."""
    scenes = scene_names(script)
    rows = tuple(
        (
            number,
            f"{shot.framing} · {length_text(shot.duration_frames, shots.fps)}",
            scenes.get(shot.scene_id, "Title" if shot.framing == "TITLE" else shot.scene_id),
            made.tier,
        )
        for number, (shot, made) in enumerate(zip(shots.shots, rendered, strict=True), start=1)
    )
    return SheetTexts(film_title(shots), film_summary(shots, plan, rendered), rows)


def film_title(shots: ShotList) -> str:
    """The first two lines of the title card in one; without one, the name of the script."""
    lines = (shot.title_lines for shot in shots.shots if shot.template == TITLE_CARD)
    return " · ".join(next(lines, ())[:2]) or PurePosixPath(shots.shots[0].source.file).stem


def film_summary(shots: ShotList, plan: RenderPlan, rendered: Sequence[RenderedShot]) -> str:
    """Shots, length, picture and how many pictures were drawn for want of an own one."""
    frames = sum(shot.duration_frames for shot in shots.shots)
    drawn = sum(made.tier == "placeholder" for made in rendered)
    fmt = plan.format
    return " · ".join(
        (
            counted(len(rendered), "shot"),
            running_time(frames, shots.fps),
            f"{fmt.width} × {fmt.height}",
            f"{rate_text(fmt.fps)} fps",
            plan.profile,
            f"{counted(drawn, 'shot')} with placeholders" if drawn else "no placeholders",
        )
    )


def scene_names(script: Script) -> dict[str, str]:
    """Per scene id its slug line as written, with the writer's own number in front."""
    names = {}
    for place, scene in enumerate(script.scenes, start=1):
        slug = " ".join(scene.slug.text.split()) or f"Scene {place}"
        names[scene.scene_id] = f"{scene.number} {slug}" if scene.number else slug
    return names


def length_text(frames: int, fps: FrameRate) -> str:
    """Seconds with one decimal, rounded half up: `2.5 s`."""
    tenths = (frames_to_ms(frames, fps) + 50) // 100
    return f"{tenths // 10}.{tenths % 10} s"


def running_time(frames: int, fps: FrameRate) -> str:
    """Minutes and seconds, `1:05`; with hours from one hour on."""
    minutes, seconds = divmod((frames_to_ms(frames, fps) + 500) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def rate_text(fps: FrameRate) -> str:
    """Frames a second as people write them: `24`, `23.976`."""
    thousandths = (fps.num * 1000 + fps.den // 2) // fps.den
    whole, rest = divmod(thousandths, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".") if rest else str(whole)


def counted(count: int, noun: str) -> str:
    """`1 shot`, `2 shots`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def place_of(shot: Shot) -> str:
    """Where a shot plays, as a slug line says it."""
    environment = shot.environment
    inside = environment.setting.replace("INT_EXT", "INT/EXT")
    place = f"{inside}. {environment.place}" if inside else environment.place
    return f"{place} - {environment.time_of_day}" if environment.time_of_day else place
