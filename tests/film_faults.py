"""What a viewer would notice in a finished build: its captions, its length, its loudness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import av

from renderers.captions.cue import CaptionLimits, limits_for
from renderers.captions.pieces import display_width
from tests.film_build import Build
from tests.film_words import SaidLine, speakers_of, words_of_cue

# Netflix Timed Text Style Guide: how long a caption stands, and its distance to the next.
SHORTEST_MS, LONGEST_MS, GAP_FRAMES = 833, 7000, 2
LATE_FRAMES = 3
LOUDNESS_TOLERANCE_CENTILUFS = 50
SAMPLE_RATE = 48000
WIDE_LANGUAGES = ("ja", "zh", "yue", "ko")


@dataclass(frozen=True)
class Fault:
    """Something a viewer would notice. Hard faults are never right; soft ones have a reason
    when there is no room, such as a caption that is short because the next one follows."""

    kind: str
    where: str
    hard: bool


def shape_faults(build: Build) -> Iterator[Fault]:
    """Too many rows, too long ones, and captions too fast to read."""
    style = build.plan.captions
    limits = limits_for(
        build.script.language,
        CaptionLimits(style.max_line_chars, style.max_lines, style.max_chars_per_second),
    )
    wide = build.script.language.startswith(WIDE_LANGUAGES)
    for number, cue in enumerate(build.cues, 1):
        widths = [display_width(row, wide) for row in cue.rows]
        if len(cue.rows) > limits.lines:
            yield Fault("rows", f"{number}: {len(cue.rows)}", hard=True)
        for row, width in zip(cue.rows, widths, strict=True):
            if width > limits.line_chars:
                yield Fault("width", f"{number}: {width}: {row}", hard=True)
            if not row.strip():
                yield Fault("empty", str(number), hard=True)
        speed = sum(widths) * 1000 / max(cue.end_ms - cue.start_ms, 1)
        if speed > limits.chars_per_second * 1.05:
            yield Fault("fast", f"{number}: {speed:.0f} signs a second", hard=False)


def time_faults(build: Build) -> Iterator[Fault]:
    """Captions that overlap, stand too close, too short or too long, or outlast the film."""
    end_of_film = build.ms(build.frames)
    gap_ms = build.ms(GAP_FRAMES) - 1
    for number, cue in enumerate(build.cues, 1):
        length = cue.end_ms - cue.start_ms
        if length <= 0 or cue.end_ms > end_of_film:
            yield Fault("time", f"{number}: {cue.start_ms} to {cue.end_ms}", hard=True)
        if length > LONGEST_MS + build.ms(1):
            yield Fault("long", f"{number}: {length} ms", hard=True)
        if length < SHORTEST_MS - build.ms(1):
            yield Fault("short", f"{number}: {length} ms", hard=False)
        if number < len(build.cues):
            gap = build.cues[number].start_ms - cue.end_ms
            if gap < 0:
                yield Fault("overlap", str(number), hard=True)
            elif gap < gap_ms:
                yield Fault("gap", f"{number}: {gap} ms", hard=False)


def late_faults(build: Build, lines: list[SaidLine]) -> Iterator[Fault]:
    """Captions that do not begin within three frames of the word they begin with."""
    for number, away, text in caption_offsets(build, lines):
        if away > build.ms(LATE_FRAMES) + 1:
            yield Fault("late", f"{number}: {away} ms: {text}", hard=True)


def caption_offsets(build: Build, lines: list[SaidLine]) -> Iterator[tuple[int, int, str]]:
    """Of each caption its number, how many milliseconds lie between it and the word that it
    begins with, and its first words."""
    begins = word_frames(build, lines)
    speakers = speakers_of(build.script)
    at = 0
    for number, cue in enumerate(build.cues, 1):
        words = words_of_cue(cue, speakers)
        frame = begins[at] if at < len(begins) else None
        # Two voices share the time of both; only their first word has a place of its own.
        if words and frame is not None and not cue.shared:
            yield number, abs(cue.start_ms - build.ms(frame)), " ".join(words[:4])
        at += len(words)


def word_frames(build: Build, lines: list[SaidLine]) -> list[int | None]:
    """The film frame in which each word of the script sounds; None for dual speech."""
    fps = build.shots.fps
    placed: dict[str, list[tuple[int, int, int]]] = {}
    shot_start = 0
    for shot in build.shots.shots:
        for vo in shot.audio.vo:
            start = shot_start + vo.offset_frames
            placed.setdefault(vo.line_id, []).append((vo.in_frames, start, vo.duration_frames))
        shot_start += shot.duration_frames
    spoken = {line.line_id: line.words for line in build.scratch.lines}
    together = {line.dual_with for line in lines} | {
        line.line_id for line in lines if line.dual_with
    }
    frames: list[int | None] = []
    for line in lines:
        for start in line.starts:
            words = spoken.get(line.line_id, ())
            word = next((each for each in words if each.char_start <= start < each.char_end), None)
            if word is None or line.line_id in together:
                frames.append(None)
                continue
            local = word.offset_samples * fps.num // (SAMPLE_RATE * fps.den)
            part = next(p for p in reversed(placed[line.line_id]) if p[0] <= local or p[0] == 0)
            frames.append(part[1] + local - part[0])
    return frames


def film_faults(build: Build, loudness: float | None, peak: float | None) -> Iterator[Fault]:
    """A film of another length than locked, too loud, too soft or clipping."""
    with av.open(str(build.film)) as film:
        shown = sum(1 for packet in film.demux(video=0) if packet.size)
    if shown != build.frames:
        yield Fault("frames", f"{shown} instead of {build.frames}", hard=True)
    spoken = any(line.audio for line in build.scratch.lines)
    target = build.plan.loudness.target_centilufs
    if loudness is not None and spoken:
        away = abs(round(loudness * 100) - target)
        if away > LOUDNESS_TOLERANCE_CENTILUFS:
            yield Fault("loudness", f"{loudness} LUFS", hard=True)
    if peak is not None and peak * 100 > build.plan.loudness.true_peak_max_centidbtp:
        yield Fault("peak", f"{peak} dBTP", hard=True)
