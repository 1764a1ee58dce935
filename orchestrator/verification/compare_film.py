"""What is seen and heard otherwise between two films: shots, voices, pictures, levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from orchestrator.verification.alignment import align
from schemas.render_output import MeasuredLoudness, RenderOutput
from schemas.render_plan import RenderPlan, Resolution
from schemas.scratch_track import ScratchTrack
from schemas.shot_list import Shot, ShotList
from schemas.timing import frames_to_ms, samples_to_ms, timecode


def compare_shots(
    before: ShotList, now: ShotList, redrawn: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Shots added, removed, moved, changed or only redrawn, in the order of the film as it is now.

    A shot that changed says how: framing, length, people, movement and so on. A scene that moved
    as a whole moves none of its shots.
    """
    changes: list[tuple[int, dict[str, Any]]] = []
    starts = _starts(now)
    order = {shot.shot_id: number for number, shot in enumerate(now.shots)}
    for old, new in _scenes(before, now):
        found = align(old, new, lambda shot: shot.shot_id, lambda a, b: a.framing != "TITLE")
        moved = {shot.shot_id for _, shot in found.moved}
        for was, shot in found.paired():
            how = _how(was, shot, redrawn) | ({"moved": True} if shot.shot_id in moved else {})
            if how:
                kind = "moved" if list(how) == ["moved"] else "changed"
                at = order[shot.shot_id]
                changes.append((at, _shown(kind, shot, starts[shot.shot_id]) | how))
        for shot in found.added:
            changes.append((order[shot.shot_id], _shown("added", shot, starts[shot.shot_id])))
        changes += [(len(order), _shown("removed", shot, "")) for shot in found.removed]
    return [change for _, change in sorted(changes, key=lambda each: each[0])]


def redrawn_shots(before: RenderOutput, now: RenderOutput) -> frozenset[str]:
    """Shots of one name and length that were encoded to other bytes."""
    frames = {shot.shot_id: shot for shot in before.shots}
    return frozenset(
        shot.shot_id
        for shot in now.shots
        if (was := frames.get(shot.shot_id)) is not None
        and was.duration_frames == shot.duration_frames
        and was.clip != shot.clip
    )


def compare_lengths(before: ShotList, now: ShotList) -> dict[str, Any]:
    """Length of both films and of each scene whose length differs."""
    lengths = [_by_scene(before), _by_scene(now)]
    rates = (before.fps, now.fps)
    total = [sum(frames.values()) for frames in lengths]
    scenes = [
        {
            "scene": scene,
            "before_ms": frames_to_ms(lengths[0].get(scene, 0), before.fps),
            "now_ms": frames_to_ms(lengths[1].get(scene, 0), now.fps),
        }
        for scene in dict.fromkeys((*lengths[1], *lengths[0]))
        if lengths[0].get(scene) != lengths[1].get(scene)
    ]
    return {
        "before": timecode(total[0], rates[0]),
        "now": timecode(total[1], rates[1]),
        "before_ms": frames_to_ms(total[0], rates[0]),
        "now_ms": frames_to_ms(total[1], rates[1]),
        "scenes": scenes,
    }


def compare_voices(before: ScratchTrack, now: ScratchTrack) -> list[dict[str, Any]]:
    """Lines with the same words that sound otherwise: another voice, engine or length."""
    earlier = {line.line_id: line for line in before.lines}
    changes = []
    for line in now.lines:
        was = earlier.get(line.line_id)
        if was is None or was == line:
            continue
        changes.append(
            {
                "line": line.line_id,
                "who": line.speaker_id,
                "voice": [was.voice or was.engine, line.voice or line.engine],
                "before_ms": samples_to_ms(was.duration_samples),
                "now_ms": samples_to_ms(line.duration_samples),
            }
        )
    return changes


def compare_assets(before: RenderPlan, now: RenderPlan) -> list[dict[str, str]]:
    """Needs met otherwise than before: a placeholder that got its picture, or another picture."""
    met = [{r.asset_key: r for r in plan.resolutions} for plan in (before, now)]
    changes = []
    for key in dict.fromkeys((*met[1], *met[0])):
        was, is_now = met[0].get(key), met[1].get(key)
        one = is_now or was
        if one is None or _content(was) == _content(is_now):
            continue
        sides = {"before": _source(was), "now": _source(is_now)}
        changes.append({"kind": one.kind, "subject": one.subject_id} | sides)
    return changes


def compare_loudness(before: RenderOutput, now: RenderOutput) -> dict[str, str]:
    """Both levels in words, or nothing when they are the same."""
    if before.loudness == now.loudness:
        return {}
    return {"before": _level(before.loudness), "now": _level(now.loudness)}


def compare_tools(before: RenderOutput, now: RenderOutput) -> list[dict[str, str]]:
    """Every part of the toolchain that is another."""
    versions = [{tool.name: tool.version for tool in side.toolchain} for side in (before, now)]
    return [
        {"tool": name, "before": versions[0].get(name, ""), "now": versions[1].get(name, "")}
        for name in sorted(versions[0].keys() | versions[1])
        if versions[0].get(name) != versions[1].get(name)
    ]


def _scenes(before: ShotList, now: ShotList) -> Iterable[tuple[list[Shot], list[Shot]]]:
    """The shots of each scene on both sides; a renamed scene is the one in its place."""
    old, new = _shots_by_scene(before), _shots_by_scene(now)
    found = align(list(old), list(new), str, lambda _a, _b: True)
    yield from ((old[a], new[b]) for a, b in found.paired())
    yield from ((old[scene], []) for scene in found.removed)
    yield from (([], new[scene]) for scene in found.added)


def _shots_by_scene(shot_list: ShotList) -> dict[str, list[Shot]]:
    scenes: dict[str, list[Shot]] = {}
    for shot in shot_list.shots:
        scenes.setdefault(shot.scene_id, []).append(shot)
    return scenes


def _starts(shot_list: ShotList) -> dict[str, str]:
    starts, at = {}, 0
    for shot in shot_list.shots:
        starts[shot.shot_id] = timecode(at, shot_list.fps)
        at += shot.duration_frames
    return starts


def _shown(kind: str, shot: Shot, at: str) -> dict[str, Any]:
    what = " ".join((*shot.title_lines, *shot.super_lines)) or shot.action_beat or shot.insert
    people = [person.name for person in shot.characters]
    return {
        "change": kind,
        "shot": shot.shot_id,
        "at": at,
        "framing": shot.framing,
        "people": people,
        "shows": what,
    }


def _how(was: Shot, shot: Shot, redrawn: frozenset[str]) -> dict[str, list[Any] | bool]:
    sides: Mapping[str, tuple[Any, Any]] = {
        "reframed": (was.framing, shot.framing),
        "retimed": (was.duration_frames, shot.duration_frames),
        "other people": (_people(was), _people(shot)),
        "other movement": (was.movement.kind, shot.movement.kind),
        "other place": (_place(was), _place(shot)),
        "other words": ([v.line_id for v in was.audio.vo], [v.line_id for v in shot.audio.vo]),
        "other action": (was.action_beat, shot.action_beat),
        "other thing": (was.insert, shot.insert),
        "other title": (list(was.title_lines), list(shot.title_lines)),
        "other super": (list(was.super_lines), list(shot.super_lines)),
        "other transition": (was.transition_in.kind, shot.transition_in.kind),
    }
    how: dict[str, list[Any] | bool] = {
        name: [one, other] for name, (one, other) in sides.items() if one != other
    }
    if not how and shot.shot_id in redrawn:
        how["redrawn"] = True
    return how


def _people(shot: Shot) -> list[str]:
    return [f"{p.name} {p.side}, {p.expression}, {p.pose}" for p in shot.characters]


def _place(shot: Shot) -> str:
    place = shot.environment
    return " ".join(part for part in (place.setting, place.place, place.time_of_day) if part)


def _by_scene(shot_list: ShotList) -> dict[str, int]:
    lengths: dict[str, int] = {}
    for shot in shot_list.shots:
        lengths[shot.scene_id] = lengths.get(shot.scene_id, 0) + shot.duration_frames
    return lengths


def _content(resolution: Resolution | None) -> tuple[str, str | None] | None:
    return None if resolution is None else (resolution.status, resolution.blob)


def _source(resolution: Resolution | None) -> str:
    if resolution is None:
        return "not needed"
    return resolution.source_name or resolution.status


def _level(measured: MeasuredLoudness) -> str:
    loudness, peak = measured.integrated_centilufs, measured.true_peak_centidbtp
    if loudness is None or peak is None:
        return "silent"
    return f"{loudness / 100:.2f} LUFS, peak {peak / 100:.2f} dBTP"
