"""What a person asked to have upgraded, and which shots that means."""

from __future__ import annotations

import difflib

from schemas.artifact import Frozen
from schemas.errors import PipelineError
from schemas.render_output import RenderOutput
from schemas.shot_list import Shot, ShotList
from schemas.take import Quality


class UpgradeWish(Frozen):
    """Which shots, and how good. All three selections empty means every shot that is no title.

    `shots` are ids or their beginnings, `scenes` likewise; `worst` is how many of the shots that
    need it most. `again` asks for a new take where one that fits is there already.
    """

    quality: Quality = "standard"
    shots: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    worst: int = 0
    again: bool = False


def wished_shots(
    wish: UpgradeWish, shot_list: ShotList, output: RenderOutput | None
) -> tuple[Shot, ...]:
    """The shots that the wish means, in the order of the film.

    The worst are those with the most placeholders, of equals the longest. Raises PipelineError
    `no-shot` for a name that no shot or scene has.
    """
    shots = shot_list.shots
    if wish.shots or wish.scenes:
        named = {s.shot_id for name in wish.shots for s in _called(name, shots, "shot_id")}
        named |= {s.shot_id for name in wish.scenes for s in _called(name, shots, "scene_id")}
        return tuple(shot for shot in shots if shot.shot_id in named)
    pictures = [shot for shot in shots if shot.framing != "TITLE"]
    if not wish.worst:
        return tuple(pictures)
    drawn = {s.shot_id: len(s.placeholders) for s in output.shots} if output else {}
    ranked = sorted(pictures, key=lambda shot: (-drawn.get(shot.shot_id, 0), -shot.duration_frames))
    chosen = {shot.shot_id for shot in ranked[: wish.worst]}
    return tuple(shot for shot in shots if shot.shot_id in chosen)


def _called(name: str, shots: tuple[Shot, ...], attribute: str) -> list[Shot]:
    exact = [shot for shot in shots if getattr(shot, attribute) == name]
    found = exact or [shot for shot in shots if getattr(shot, attribute).startswith(name)]
    if not found or not name:
        known = list(dict.fromkeys(getattr(shot, attribute) for shot in shots))
        close = difflib.get_close_matches(name, known, 3, 0.4) or known[:3]
        kind, option = ("shot", "--shots") if attribute == "shot_id" else ("scene", "--scene")
        raise PipelineError(
            "no-shot", option, f"there is no {kind} {name!r}", f"there is {', '.join(close)}"
        )
    return found
