"""Pacing: the film against its target window, and the scenes that weigh most (plan §15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.project import TargetDuration
from schemas.run_summary import Pacing, SceneWeight
from schemas.shot_list import Shot, ShotList
from schemas.timing import FrameRate, frames_to_ms
from stages.shots.bookends import END_SCENE_ID, TITLE_SCENE_ID

# So many scenes are named; more would not be read.
_NAMED = 3
# No scene is asked to give more than half of itself.
_MOST_OF_A_SCENE = 2
# Conversational English: 150 words a minute.
_WORDS_PER_MINUTE = 150


@dataclass(frozen=True, slots=True)
class _Scene:
    scene_id: str
    shots: tuple[Shot, ...]

    @property
    def frames(self) -> int:
        return sum(shot.duration_frames for shot in self.shots)

    @property
    def spoken_frames(self) -> int:
        """Frames of it in which somebody speaks."""
        return sum(vo.duration_frames for shot in self.shots for vo in shot.audio.vo)


def pacing_of(shot_list: ShotList, window: TargetDuration) -> Pacing:
    """The film's length, its scenes by weight, and how far it is outside its window."""
    fps = shot_list.fps
    scenes = _scenes(shot_list.shots)
    film_ms = frames_to_ms(sum(scene.frames for scene in scenes), fps)
    over = max(0, film_ms - window.max_s * 1000) if window.max_s else 0
    under = max(0, window.min_s * 1000 - film_ms) if window.min_s else 0
    return Pacing(
        film_ms=film_ms,
        target_min_ms=window.min_s * 1000,
        target_max_ms=window.max_s * 1000,
        over_ms=over,
        under_ms=under,
        shots=len(shot_list.shots),
        mean_shot_ms=film_ms // len(shot_list.shots),
        scenes=tuple(_weight(scene, film_ms, fps) for scene in scenes),
    )


def pacing_text(pacing: Pacing) -> str:
    """What to tell a writer whose film is outside its window; empty when it is inside."""
    if not pacing.over_ms and not pacing.under_ms:
        return ""
    heaviest = _heaviest(pacing)
    weights = ", ".join(f"{s.scene_id} {_seconds(s.film_ms)}" for s in heaviest)
    if pacing.over_ms:
        limit, off, word = pacing.target_max_ms, pacing.over_ms, "over"
    else:
        limit, off, word = pacing.target_min_ms, pacing.under_ms, "under"
    return (
        f"the film lasts {_seconds(pacing.film_ms)}, {_seconds(off)} {word} its target of "
        f"{_seconds(limit)}; the longest scenes: {weights}"
    )


def pacing_advice(shot_list: ShotList, pacing: Pacing) -> tuple[str, ...]:
    """What each of the heaviest scenes could give, or take, for the film to meet its window, in a
    writer's words, heaviest first; empty when the film is inside."""
    off = pacing.over_ms or pacing.under_ms
    if not off:
        return ()
    heaviest = _heaviest(pacing)
    whole = sum(scene.film_ms for scene in heaviest) or 1
    first = {scene.scene_id: scene.shots[0] for scene in _scenes(shot_list.shots)}
    rows = []
    for scene in heaviest:
        change = off * scene.film_ms // whole
        if pacing.over_ms:
            change = min(change, scene.film_ms // _MOST_OF_A_SCENE)
        rows.append(f"{_heading(first[scene.scene_id])}: {_advice(scene, change, pacing)}")
    return tuple(rows)


def _heaviest(pacing: Pacing) -> list[SceneWeight]:
    """The longest scenes, longest first; title and end card are none of the writer's."""
    scenes = [each for each in pacing.scenes if each.scene_id not in (TITLE_SCENE_ID, END_SCENE_ID)]
    return sorted(scenes, key=lambda scene: -scene.film_ms)[:_NAMED]


def _advice(scene: SceneWeight, change_ms: int, pacing: Pacing) -> str:
    talk = scene.spoken_ms * 2 > scene.film_ms
    verb = "take out" if pacing.over_ms else "add"
    how = f"{verb} about {_seconds(change_ms)}"
    if talk:
        how += f", some {max(1, change_ms * _WORDS_PER_MINUTE // 60_000)} spoken words"
    else:
        how += " of what is done and seen"
    return (
        f"lasts {_seconds(scene.film_ms)}, {scene.permille // 10} % of the film, "
        f"{_seconds(scene.spoken_ms)} of it spoken: {how}"
    )


def _heading(shot: Shot) -> str:
    """The scene as its writer knows it: the slug line, and where it stands in the script."""
    place = shot.environment
    setting = {"INT_EXT": "INT./EXT.", "": ""}.get(place.setting, f"{place.setting}.")
    named = " ".join(part for part in (setting, place.place) if part)
    heading = " - ".join(part for part in (named, place.time_of_day) if part) or "the opening"
    return f"{heading} ({shot.source.file}:{shot.source.line})"


def _scenes(shots: Sequence[Shot]) -> list[_Scene]:
    """Runs of shots of one scene, in the order of the film."""
    found: dict[str, list[Shot]] = {}
    for shot in shots:
        found.setdefault(shot.scene_id, []).append(shot)
    return [_Scene(scene_id, tuple(each)) for scene_id, each in found.items()]


def _weight(scene: _Scene, film_ms: int, fps: FrameRate) -> SceneWeight:
    lasts = frames_to_ms(scene.frames, fps)
    return SceneWeight(
        scene_id=scene.scene_id,
        film_ms=lasts,
        permille=1000 * lasts // max(film_ms, 1),
        spoken_ms=frames_to_ms(scene.spoken_frames, fps),
        shots=len(scene.shots),
    )


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds // 100 / 10} s"
