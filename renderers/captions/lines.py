"""When every line is heard in the film, and when each of its letters is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.asset_manifest import AssetManifest, VoItem
from schemas.errors import PipelineError
from schemas.render_plan import RenderPlan
from schemas.scratch_track import SpokenWord
from schemas.script import plain_text
from schemas.shot_list import Shot, ShotList
from schemas.timing import FrameRate, samples_to_frames


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A line with its place in the film: `start_frame` to `end_frame`, beginning in `shot`.

    `also` are lines of the same words that others say with it (see unison.py).
    """

    item: VoItem
    text: str
    start_frame: int
    end_frame: int
    shot: Shot
    words: tuple[SpokenWord, ...]
    fps: FrameRate
    also: tuple[str, ...] = ()

    def frame_at(self, position: int) -> int:
        """Film frame at which the letter at `position` begins to sound."""
        for word in self.words:
            if position < word.char_end:
                return self._frame(word, max(position, word.char_start))
        return self._without_words(position) if not self.words else self.end_frame

    def frame_after(self, position: int) -> int:
        """Film frame after the one in which the letter before `position` ends."""
        spoken = [word for word in self.words if word.char_start < position]
        if not spoken:
            return self._without_words(position) if not self.words else self.start_frame + 1
        return self._frame(spoken[-1], min(position, spoken[-1].char_end))

    def _frame(self, word: SpokenWord, position: int) -> int:
        length = max(word.char_end - word.char_start, 1)
        into_word = word.duration_samples * (position - word.char_start) // length
        frame = self.start_frame + samples_to_frames(word.offset_samples + into_word, self.fps)
        return min(frame, self.end_frame)

    def _without_words(self, position: int) -> int:
        length = max(len(self.text), 1)
        return self.start_frame + (self.end_frame - self.start_frame) * position // length


def heard_lines(
    shot_list: ShotList, manifest: AssetManifest, plan: RenderPlan
) -> tuple[HeardLine, ...]:
    """Every line with words, in the order they are heard.

    Raises PipelineError `line-not-placed` for a line that no shot plays.
    """
    placed = _placements(shot_list.shots)
    words = {resolution.line_id: resolution.words for resolution in plan.vo}
    lines: list[HeardLine] = []
    for item in manifest.vo_items:
        text = plain_text(item.spans)
        if not text.strip():
            continue
        if item.line_id not in placed:
            raise PipelineError(
                "line-not-placed",
                f"line {item.line_id}",
                f"no shot plays the line “{text[:40]}”, so its caption has no time",
                "plan the shots again from the current script",
            )
        start, end, shot = placed[item.line_id]
        ordered = tuple(sorted(words.get(item.line_id, ()), key=lambda word: word.char_start))
        lines.append(HeardLine(item, text, start, end, shot, ordered, shot_list.fps))
    return tuple(sorted(lines, key=lambda line: line.start_frame))


def film_frames(shots: Iterable[Shot]) -> int:
    """Length of the film in frames."""
    return sum(shot.duration_frames for shot in shots)


def _placements(shots: Iterable[Shot]) -> dict[str, tuple[int, int, Shot]]:
    """First and last film frame of each line over all the shots it is cut into."""
    placed: dict[str, tuple[int, int, Shot]] = {}
    film_frame = 0
    for shot in shots:
        for vo in shot.audio.vo:
            start = film_frame + vo.offset_frames
            end = start + vo.duration_frames
            known = placed.get(vo.line_id)
            if known is None:
                placed[vo.line_id] = (max(start - vo.in_frames, 0), end, shot)
            else:
                placed[vo.line_id] = (known[0], max(known[1], end), known[2])
        film_frame += shot.duration_frames
    return placed
