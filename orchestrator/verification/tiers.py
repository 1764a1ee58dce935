"""Two entries of the lockfile compared, tier by tier, in the order in which things are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from orchestrator.verification.lockfile import (
    LockedDigest,
    LockedEpisode,
    LockedShot,
    first_other_frame,
)
from schemas.timing import timecode

TIERS: Final = ("inputs", "artifacts", "pictures", "sound", "captions", "film", "distance")
SHOWN_HEX: Final = 12


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison. `problem` says how it differs, in words; empty when it is the same."""

    tier: str
    subject: str
    problem: str = ""

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.problem


def compare_episode(locked: LockedEpisode, found: LockedEpisode) -> list[Check]:
    """Every check there is, same or not, those made first before those made from them."""
    return [
        *_named("inputs", locked.inputs, found.inputs),
        *_named("artifacts", locked.artifacts, found.artifacts),
        *_shots(locked, found),
        *_sound(locked, found),
        *_named("captions", locked.captions, found.captions),
        *_named("film", locked.stills, found.stills),
        _film(locked, found),
    ]


def compare_toolchain(locked: LockedEpisode, found: LockedEpisode) -> tuple[str, ...]:
    """What about the toolchain is another, a line each; empty when it is the same."""
    before = {tool.name: tool.version for tool in locked.toolchain}
    now = {tool.name: tool.version for tool in found.toolchain}
    return tuple(
        f"{name}: {before.get(name, 'none')} → {now.get(name, 'none')}"
        for name in sorted(before.keys() | now)
        if before.get(name) != now.get(name)
    )


def first_difference(checks: Iterable[Check]) -> Check | None:
    """The difference that comes first in the chain: what follows is often made from it."""
    return next((check for check in checks if not check.same), None)


@dataclass(frozen=True, slots=True)
class OtherFrame:
    """The first frame of the film that differs, and the shots it lies in; empty past the end."""

    frame: int
    locked_shot: str
    found_shot: str


def first_other_picture(locked: LockedEpisode, found: LockedEpisode) -> OtherFrame | None:
    """Where two films first look different, counted in frames of the film; None for nowhere."""
    marks = ["".join(shot.frame_marks for shot in film.shots) for film in (locked, found)]
    frame = first_other_frame(*marks)
    if frame is None:
        return None
    return OtherFrame(frame, shot_at(locked, frame), shot_at(found, frame))


def shot_at(film: LockedEpisode, frame: int) -> str:
    """The shot that shows a frame of the film; empty past its end."""
    for shot in film.shots:
        if frame < shot.duration_frames:
            return shot.shot_id
        frame -= shot.duration_frames
    return ""


def _named(
    tier: str, locked: Iterable[LockedDigest], found: Iterable[LockedDigest]
) -> Iterator[Check]:
    before = {each.name: each.digest for each in locked}
    now = {each.name: each.digest for each in found}
    for name in dict.fromkeys((*before, *now)):
        yield Check(tier, name, _how(name, before, now))


def _how(name: str, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    if name not in now:
        return "is locked and no longer there"
    if name not in before:
        return "is new"
    if before[name] == now[name] and now[name]:
        return ""
    if not now[name]:
        return "is empty"
    return f"{before[name][:SHOWN_HEX]} is locked, found {now[name][:SHOWN_HEX]}"


def _shots(locked: LockedEpisode, found: LockedEpisode) -> Iterator[Check]:
    before = {shot.shot_id: shot for shot in locked.shots}
    now = {shot.shot_id: shot for shot in found.shots}
    kept = [shot.shot_id for shot in locked.shots if shot.shot_id in now]
    order = [shot.shot_id for shot in found.shots if shot.shot_id in before]
    for shot_id in dict.fromkeys((*before, *now)):
        if shot_id not in now:
            yield Check("pictures", shot_id, "this shot is locked and no longer there")
        elif shot_id not in before:
            yield Check("pictures", shot_id, "this shot is new")
        else:
            yield _shot(before[shot_id], now[shot_id], found)
    if kept != order:
        yield Check("pictures", "order of the shots", "the same shots come in another order")


def _shot(locked: LockedShot, found: LockedShot, film: LockedEpisode) -> Check:
    name = locked.shot_id
    lasts = ""
    if locked.duration_frames != found.duration_frames:
        lasts = f"{locked.duration_frames} frames are locked, found {found.duration_frames}"
    if locked.frames_digest == found.frames_digest and not lasts:
        return Check("pictures", name)
    frame = first_other_frame(locked.frame_marks, found.frame_marks)
    where = "its frames differ" if frame is None else f"differs from its frame {frame} on"
    if frame is not None:
        at = first_frame(film, name) + frame
        where += f", frame {at} of the film ({timecode(at, film.format.fps)})"
    return Check("pictures", name, "; ".join(part for part in (lasts, where) if part))


def first_frame(film: LockedEpisode, shot_id: str) -> int:
    """The frame of the film at which a shot begins; 0 for one that is not in it."""
    at = 0
    for shot in film.shots:
        if shot.shot_id == shot_id:
            return at
        at += shot.duration_frames
    return 0


def _sound(locked: LockedEpisode, found: LockedEpisode) -> Iterator[Check]:
    before, now = locked.sound, found.sound
    if before.pcm_digest == now.pcm_digest:
        yield Check("sound", "decoded sound")
    else:
        lengths = ""
        if before.samples != now.samples:
            lengths = f"; {before.samples} samples are locked, found {now.samples}"
        yield Check("sound", "decoded sound", f"{_first_heard(locked, found)}{lengths}")
    levels = [(s.integrated_centilufs, s.true_peak_centidbtp) for s in (before, now)]
    problem = "" if levels[0] == levels[1] else f"{_level(levels[0])} → {_level(levels[1])}"
    yield Check("sound", "loudness", problem)


def _first_heard(locked: LockedEpisode, found: LockedEpisode) -> str:
    """The first shot in which something else is heard."""
    for before, now in zip(locked.shots, found.shots, strict=False):
        if (before.shot_id, before.sound_mark) != (now.shot_id, now.sound_mark):
            at = first_frame(found, now.shot_id)
            return f"differs from shot {now.shot_id} on ({timecode(at, found.format.fps)})"
    return "differs"


def _level(level: tuple[int | None, int | None]) -> str:
    loudness, peak = level
    if loudness is None or peak is None:
        return "silence"
    return f"{loudness / 100:.2f} LUFS, peak {peak / 100:.2f} dBTP"


def _film(locked: LockedEpisode, found: LockedEpisode) -> Check:
    if locked.film == found.film and locked.film_bytes == found.film_bytes:
        return Check("film", "film")
    return Check(
        "film",
        "film",
        f"{locked.film[:SHOWN_HEX]} ({locked.film_bytes} bytes) is locked, "
        f"found {found.film[:SHOWN_HEX]} ({found.film_bytes} bytes)",
    )
