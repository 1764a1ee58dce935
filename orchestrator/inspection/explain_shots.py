"""`pipeline explain --shots`: for every shot, the rules that made it what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orchestrator.inspection.explain import run_first
from orchestrator.shows.show import find_episode
from schemas.documents import read_document
from schemas.errors import PipelineError
from schemas.shot_list import Shot, ShotList
from schemas.timing import FrameRate, frames_to_ms

SHOT_LIST = "shot_list.json"


def explain_shots(typed: Path) -> dict[str, Any]:
    """The shots of an episode or checkpoint folder, each with its rules.

    Raises PipelineError when the episode was not planned yet.
    """
    build = typed if typed.is_dir() else find_episode(typed).build
    path = build / SHOT_LIST
    try:
        shot_list = read_document(path.read_bytes(), ShotList, SHOT_LIST)
    except OSError:
        raise PipelineError(
            "not-a-build",
            str(typed),
            f"its {SHOT_LIST} is not there: the episode was not planned yet",
            run_first(typed),
        ) from None
    return {
        "episode": build.resolve().name,
        "fps": [shot_list.fps.num, shot_list.fps.den],
        "shots": [_described(shot, shot_list.fps) for shot in shot_list.shots],
    }


def shots_text(found: dict[str, Any]) -> str:
    """`explain_shots` for people: a paragraph a shot."""
    rows = []
    for number, shot in enumerate(found["shots"], start=1):
        seconds = shot["duration_ms"] // 100 / 10
        rows.append(f"{number:3} {shot['shot_id']}  {seconds} s  {shot['source']}")
        rows.append(f"      {_told(shot)}")
    return "\n".join(rows)


def _described(shot: Shot, fps: FrameRate) -> dict[str, Any]:
    return {
        "shot_id": shot.shot_id,
        "scene_id": shot.scene_id,
        "framing": shot.framing,
        "movement": shot.movement.kind,
        "people": [who.name for who in shot.characters],
        "sides": {who.name: who.side for who in shot.characters},
        "duration_frames": shot.duration_frames,
        "duration_ms": frames_to_ms(shot.duration_frames, fps),
        "transition": shot.transition_in.kind,
        "source": f"{shot.source.file}:{shot.source.line}",
        "rules": [rule.model_dump(mode="json") for rule in shot.rules],
    }


def _told(shot: dict[str, Any]) -> str:
    """`single on MARA: we follow MARA; MCU (ladder): speech 5 of the exchange; …`."""
    parts = []
    sides = []
    for rule in shot["rules"]:
        if rule["aspect"] == "subject":
            who = " and ".join(filter(None, [", ".join(shot["people"][:-1]), *shot["people"][-1:]]))
            parts.append(f"{rule['rule']}{f' on {who}' if who else ''}: {rule['because']}")
        elif rule["aspect"] == "side":
            sides.append(rule)
        else:
            value = {"framing": shot["framing"], "movement": shot["movement"]}.get(rule["aspect"])
            named = f"{value} ({rule['rule']})" if value else rule["rule"]
            parts.append(f"{named}: {rule['because']}")
    if sides:
        where = ", ".join(f"{name} {side}" for name, side in shot["sides"].items())
        rules = ", ".join(dict.fromkeys(rule["rule"] for rule in sides))
        parts.insert(2, f"{where} ({rules}): sides are kept through the scene")
    return "; ".join(parts)
