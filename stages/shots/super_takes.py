"""Words to be shown, as takes: over the first look at a place, over it once more, or on black."""

from __future__ import annotations

from dataclasses import replace

from schemas.timing import FrameRate, samples_to_frames
from stages.reading.on_screen_text import screens_of
from stages.shots import shot_timing
from stages.shots.beats import Beat
from stages.shots.shot_take import Take


def super_takes(beat: Beat, rate: FrameRate) -> list[Take]:
    """A take for each shot that the words need, at least one."""
    screens = screens_of(beat.text)
    return [
        Take(
            kind="super",
            source=beat.source,
            duration_frames=_frames(lines, rate),
            beat=beat,
            super_lines=lines,
            super_cut=screens.cut,
            part=part,
            parts=len(screens.lines),
        )
        for part, lines in enumerate(screens.lines)
    ]


def lettered_place(place: Take, supers: list[Take], rate: FrameRate) -> Take:
    """The first look at a place with the first of these words on it, which are taken from the list.

    What the picture tells besides is read as well.
    """
    first = supers.pop(0)
    wanted = shot_timing.reading_samples_frames(place.text, rate) + first.duration_frames
    longest = shot_timing.longest_frames(rate)
    return replace(
        place,
        duration_frames=min(max(place.duration_frames, wanted), longest),
        super_lines=first.super_lines,
        super_cut=first.super_cut,
    )


def _frames(lines: tuple[str, ...], rate: FrameRate) -> int:
    """As long as they take to be noticed and read, 2.5 s to 8 s."""
    reading = shot_timing.reading_samples_frames(" ".join(lines), rate)
    noticed = samples_to_frames(shot_timing.NOTICE_SAMPLES, rate)
    least = samples_to_frames(shot_timing.PLACE_SAMPLES, rate)
    return min(max(reading + noticed, least), shot_timing.longest_frames(rate))
