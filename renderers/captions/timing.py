"""Fits cues between their neighbours: reading time, gaps, no overlap, not past the film's end."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from renderers.captions.breaks import MAX_CUE_MS, MIN_CUE_MS
from renderers.captions.cue import Cue, CueDraft
from schemas.errors import PipelineError
from schemas.timing import FrameRate, frames_to_ms

GAP_FRAMES: Final = 2  # Netflix Timed Text Style Guide, general requirements
# In-times lie within three frames of the speech (the same guide): what that leaves is lent to a
# cue that its neighbours leave too little time to read. A line begins with 10 ms of silence, so
# that only two whole frames before it are within three of its sound.
EARLY_FRAMES: Final = 2
LATE_FRAMES: Final = 3
_CLOSED_GAP_MS: Final = 500  # a shorter gap flickers, so the cue stays until the next one


def fit_cues(drafts: tuple[CueDraft, ...], film_frames: int, fps: FrameRate) -> tuple[Cue, ...]:
    """The cues with their final frames, in order.

    Each starts with its words and stays for its reading time, 5/6 s at least and 7 s at most,
    where the next cue leaves room. One that would have to be read too fast begins up to
    EARLY_FRAMES before its words, and if need be the next one up to LATE_FRAMES behind its own, as
    far as neither then lacks time itself. Raises PipelineError `captions-too-dense` when the film
    has fewer frames than cues.
    """
    ordered = sorted(drafts, key=lambda draft: draft.cue.start_frame)
    starts = _starts([draft.cue.start_frame for draft in ordered], film_frames)
    starts = _lent(starts, [_needed(draft, fps) for draft in ordered], film_frames)
    cues: list[Cue] = []
    for index, draft in enumerate(ordered):
        following = starts[index + 1] if index + 1 < len(starts) else None
        cue = replace(draft.cue, start_frame=starts[index])
        cues.append(replace(cue, end_frame=_end(draft, cue, following, film_frames, fps)))
    return tuple(cues)


def _end(draft: CueDraft, cue: Cue, following: int | None, film_frames: int, fps: FrameRate) -> int:
    start = cue.start_frame
    longest = MAX_CUE_MS * fps.num // (1000 * fps.den)
    wanted = min(max(cue.end_frame, start + _needed(draft, fps)), start + longest)
    if following is None:
        return max(min(wanted, film_frames), start + 1)
    latest = max(following - GAP_FRAMES, start + 1)
    closes = frames_to_ms(following - wanted, fps) < _CLOSED_GAP_MS
    return min(min(latest, start + longest) if closes else wanted, latest)


def _needed(draft: CueDraft, fps: FrameRate) -> int:
    """Frames to read a cue in, and to see it at all."""
    shortest = -(-MIN_CUE_MS * fps.num // (1000 * fps.den))
    return max(shortest, -(-draft.chars * fps.num // (draft.chars_per_second * fps.den)))


def _lent(starts: list[int], needed: list[int], film_frames: int) -> list[int]:
    """The starts, where a cue between others lacks time: its own earlier, the next one later."""
    moved = list(starts)
    bounds = [*starts[1:], film_frames + GAP_FRAMES]
    for index, need in enumerate(needed):
        latest = bounds[index] - GAP_FRAMES
        lacks = min(need - (latest - moved[index]), EARLY_FRAMES + LATE_FRAMES)
        free = moved[index]
        if index:
            free -= moved[index - 1] + needed[index - 1] + GAP_FRAMES
        early = max(min(lacks, EARLY_FRAMES + moved[index] - starts[index], free), 0)
        moved[index] -= early
        if index + 1 < len(moved):
            spare = bounds[index + 1] - GAP_FRAMES - moved[index + 1] - needed[index + 1]
            moved[index + 1] += max(min(lacks - early, LATE_FRAMES, spare), 0)
    return moved


def _starts(wanted: list[int], film_frames: int) -> list[int]:
    """Starts far enough apart for every cue to be seen, moved only where they must be."""
    for step in (GAP_FRAMES + 1, 1):
        if len(wanted) * step <= film_frames + step - 1:
            starts: list[int] = []
            for start in wanted:
                starts.append(max(start, starts[-1] + step) if starts else start)
            latest = film_frames - 1
            for index in range(len(starts) - 1, -1, -1):
                starts[index] = min(starts[index], latest)
                latest = starts[index] - step
            return starts
    raise PipelineError(
        "captions-too-dense",
        "captions",
        f"{len(wanted)} captions do not fit in a film of {film_frames} frames",
        "make the shots longer, or the lines shorter",
    )
