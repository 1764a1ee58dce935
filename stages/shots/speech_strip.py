"""Speech laid out in time, and cut into shots where a sentence ends and never inside a word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from schemas.scratch_track import SpokenWord
from schemas.shot_list import VoPlacement
from schemas.timing import (
    FrameRate,
    frames_to_samples,
    samples_to_frames,
    samples_to_frames_up,
)
from stages.sentences import ends_clause, ends_sentence
from stages.shots.cut_choice import choose_cuts
from stages.shots.shot_timing import (
    frames_within,
    lead_frames,
    shortest_frames,
    tail_frames,
)

# What a cut costs, as the squared milliseconds of `cut_choice`: at a comma as much as a shot 3 s
# off the ideal, between two words as 6 s, inside someone else's word in dual dialogue as 12 s.
_CLAUSE_COST: Final = 3_000**2
_WORD_COST: Final = 6_000**2
_OVERLAP_COST: Final = 12_000**2


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """A line as the scratch track measured it; `words` is empty when their places are unknown."""

    line_id: str
    text: str
    duration_samples: int
    words: tuple[SpokenWord, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """A line at its place on the strip, in frames from the start of the strip."""

    line: MeasuredLine
    start: int
    frames: int


@dataclass(frozen=True, slots=True)
class Strip:
    """Lines in time, the silence before and after them, and where they may be cut (frame: cost)."""

    rate: FrameRate
    laid: tuple[Laid, ...]
    total: int
    lead: int
    tail: int
    cuts: Mapping[int, int]

    @property
    def whole_frames(self) -> int:
        """How long a single shot of it would last."""
        return self.lead + self.total + self.tail


@dataclass(frozen=True, slots=True)
class Portion:
    """A stretch of a strip that makes one shot, with the words heard in it as text."""

    duration_frames: int
    placements: tuple[VoPlacement, ...]
    text: str


def lay_strip(
    tracks: Sequence[Sequence[MeasuredLine]], flows: tuple[bool, bool], rate: FrameRate
) -> Strip:
    """The lines of each track one after another, all tracks starting together.

    `flows` says whether talk comes right before and right after.
    """
    laid: list[Laid] = []
    joints: dict[int, int] = {}
    for track in tracks:
        at = 0
        for position, line in enumerate(track):
            if position:
                tail = tail_frames(track[position - 1].text, True, rate)
                joints[at + tail] = 0
                at += tail + lead_frames(True, rate)
            frames = samples_to_frames_up(line.duration_samples, rate)
            laid.append(Laid(line=line, start=at, frames=frames))
            at += frames
    total = max(each.start + each.frames for each in laid)
    last = max(laid, key=lambda each: each.start + each.frames)
    costs = dict(joints)
    for each in laid:
        for frame, cost in _word_cuts(each, rate):
            costs[frame] = min(cost, costs.get(frame, cost))
    return Strip(
        rate=rate,
        laid=tuple(laid),
        total=total,
        lead=lead_frames(flows[0], rate),
        tail=tail_frames(last.line.text, flows[1], rate),
        cuts=_with_overlaps(costs, laid, rate) if len(tracks) > 1 else costs,
    )


def portions(strip: Strip) -> tuple[Portion, ...]:
    """The strip as shots of at most 8 s, one if it fits.

    Longer only where nothing is known about the words, or a single word lasts that long.
    """
    edges = (
        0,
        *choose_cuts(strip.total, strip.cuts, (strip.lead, strip.tail), strip.rate),
        strip.total,
    )
    words: list[list[str]] = [[] for _ in edges[1:]]
    for frame, word in _words_by_frame(strip):
        words[min(bisect_right(edges, frame), len(words)) - 1].append(word)
    made = []
    for (start, end), said in zip(pairwise(edges), words, strict=True):
        first, final = start == 0, end == strip.total
        lead = strip.lead if first else 0
        duration = lead + end - start + (strip.tail if final else 0)
        # Only after the last word can a shot wait; anywhere else it would tear the line apart.
        duration = max(duration, shortest_frames(strip.rate)) if final else duration
        heard = [p for each in strip.laid if (p := _placed(each, start, end, lead, final))]
        made.append(
            Portion(
                duration_frames=max(1, duration),
                placements=tuple(heard),
                text=" ".join(said),
            )
        )
    return tuple(made)


def _placed(each: Laid, start: int, end: int, lead: int, final: bool) -> VoPlacement | None:
    begins, ends = max(start, each.start), min(end, each.start + each.frames)
    here = start <= each.start < end or (final and each.start == end)
    if ends <= begins and not (each.frames == 0 and here):
        return None
    return VoPlacement(
        line_id=each.line.line_id,
        offset_frames=lead + begins - start,
        in_frames=begins - each.start,
        duration_frames=max(0, ends - begins),
    )


def _words_by_frame(strip: Strip) -> list[tuple[int, str]]:
    """The words of every line with the frame in the middle of each, line after line.

    A line whose words are unknown counts as one, at its start.
    """
    words = []
    for each in strip.laid:
        if not each.line.words:
            words.append((each.start, each.line.text))
        for word in each.line.words:
            middle = word.offset_samples + word.duration_samples // 2
            words.append((each.start + frames_within(middle, strip.rate), word.text))
    return words


def _word_cuts(each: Laid, rate: FrameRate) -> list[tuple[int, int]]:
    """Frames of the strip between two words of a line, with what cutting there costs."""
    cuts = []
    words = each.line.words
    for before, after in pairwise(words):
        silent_from = before.offset_samples + before.duration_samples
        latest = frames_within(after.offset_samples, rate)
        if latest < samples_to_frames_up(silent_from, rate):
            # No whole frame of silence: the nearest frame is off by half a frame at most.
            latest = samples_to_frames(after.offset_samples, rate)
        if 0 < latest < each.frames:
            cuts.append((each.start + latest, _cost(each.line.text, after.char_start)))
    return cuts


def _cost(text: str, position: int) -> int:
    # A few letters decide; a long line would otherwise be read once for every word in it.
    before, after = text[max(0, position - 40) : position], text[position : position + 40]
    if ends_sentence(before, after):
        return 0
    return _CLAUSE_COST if ends_clause(before) else _WORD_COST


def _with_overlaps(
    costs: Mapping[int, int], laid: Sequence[Laid], rate: FrameRate
) -> dict[int, int]:
    """The costs, raised where someone else talking at the same time is in the middle of a word."""
    raised = {}
    for frame, cost in costs.items():
        inside = any(_inside_word(each, frame - each.start, rate) for each in laid)
        raised[frame] = cost + (_OVERLAP_COST if inside else 0)
    return raised


def _inside_word(each: Laid, frame: int, rate: FrameRate) -> bool:
    if not 0 < frame < each.frames:
        return False
    sample = frames_to_samples(frame, rate)
    later = bisect_left(each.line.words, sample, key=lambda word: word.offset_samples)
    if later == 0:
        return False
    word = each.line.words[later - 1]
    one_frame = frames_to_samples(1, rate)
    return sample > word.offset_samples + one_frame and (
        sample < word.offset_samples + word.duration_samples - one_frame
    )
