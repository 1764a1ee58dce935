"""Checking that artifacts were made for the same timeline."""

from __future__ import annotations

from collections import Counter

from schemas.asset_manifest import AssetManifest
from schemas.errors import PipelineError
from schemas.scratch_track import ScratchTrack
from schemas.shot_list import ShotList, timing_lock_hash
from schemas.timing import samples_to_frames_up

_HINT = "run the episode again from its script, so that every part is made for the same timing"


def check_timing_lock(
    manifest: AssetManifest, scratch: ScratchTrack, shot_list: ShotList | None = None
) -> None:
    """Raise PipelineError `timing-lock` when manifest, scratch track or shot list disagree.

    Without a shot list only the lines can be compared: each voiced line must be recorded, and
    nothing else may be.
    """
    _check_lines(manifest, scratch)
    if shot_list is not None:
        _check_lock(manifest, shot_list)
        _check_durations(scratch, shot_list)


def _check_lines(manifest: AssetManifest, scratch: ScratchTrack) -> None:
    recorded = {line.line_id for line in scratch.lines}
    voiced = {item.line_id for item in manifest.vo_items if item.speaker_id}
    listed = {item.line_id for item in manifest.vo_items}
    if different := sorted((voiced - recorded) | (recorded - listed)):
        raise _refusal(
            "the scratch track",
            f"{len(different)} lines are only in it or only in the asset manifest, "
            f"such as {different[0]}",
        )


def _check_lock(manifest: AssetManifest, shot_list: ShotList) -> None:
    lock = timing_lock_hash(shot_list.fps, shot_list.shots)
    if shot_list.timing_lock_hash != lock:
        raise _refusal(
            "the shot list",
            f"its timing was changed after it was locked: the lock is "
            f"{shot_list.timing_lock_hash[:12]}, its shots make {lock[:12]}",
        )
    if manifest.timing_lock_hash != lock:
        raise _refusal(
            "the asset manifest",
            f"it was made for the timing lock {manifest.timing_lock_hash[:12]}, "
            f"the shot list has {lock[:12]}",
        )


def _check_durations(scratch: ScratchTrack, shot_list: ShotList) -> None:
    placed: Counter[str] = Counter()
    for shot in shot_list.shots:
        for vo in shot.audio.vo:
            placed[vo.line_id] += vo.duration_frames
    for line in scratch.lines:
        frames = samples_to_frames_up(line.duration_samples, shot_list.fps)
        if placed[line.line_id] != frames:
            raise _refusal(
                "the scratch track",
                f"the line {line.line_id} lasts {frames} frames, "
                f"the shot list has {placed[line.line_id]} for it",
            )


def _refusal(where: str, problem: str) -> PipelineError:
    return PipelineError("timing-lock", where, problem, _HINT)
