"""A shot list held against the rules of the cutting room, without the planner's help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Final, Literal

from schemas.scratch_track import ScratchTrack, SpokenWord
from schemas.shot_list import Shot, ShotList
from schemas.timing import FrameRate, frames_to_ms, frames_to_samples
from stages.shots.shot_timing import longest_frames, shortest_frames

BreakRule = Literal[
    "180_degree",
    "same_side",
    "30_degree",
    "too_short",
    "too_long",
    "cut_in_word",
    "super_cut",
]

MOST_APART: Final = 3
_PLACES: Final = {"left": -1, "center": 0, "right": 1}


@dataclass(frozen=True, slots=True)
class ShotBreak:
    """A broken rule, the shot that breaks it, and what was found there."""

    rule: BreakRule
    shot_id: str
    found: str

    @property
    def text(self) -> str:
        """The break for people, on one line."""
        return f"{self.shot_id}: {self.rule}: {self.found}"


def check_shots(film: ShotList, scratch: ScratchTrack) -> tuple[ShotBreak, ...]:
    """Every break of the 180° and the 30° rule, two people on one side, shots too short or too
    long, every cut inside a spoken word, and words on the picture that had to be left out, rule by
    rule in the order of the film."""
    return (
        *crossed_lines(film.shots),
        *shared_sides(film.shots),
        *jump_cuts(film.shots),
        *wrong_lengths(film.shots, film.fps),
        *cuts_in_words(film, scratch),
        *cut_supers(film.shots),
    )


def crossed_lines(shots: Sequence[Shot]) -> Iterator[ShotBreak]:
    """The 180° rule: of two people who are seen together in a scene, the same one stays on the
    left; and who was on one side of the picture is not on the other in the next shot of them."""
    order: dict[tuple[str, str, str], int] = {}
    side: dict[tuple[str, str], int] = {}
    for shot in shots:
        places = {person.id: _PLACES[person.side] for person in shot.characters}
        for who, place in places.items():
            before = side.get((shot.scene_id, who), 0)
            if before * place < 0:
                yield ShotBreak("180_degree", shot.shot_id, f"{who} changes sides")
            if place:
                side[(shot.scene_id, who)] = place
        for one, other in ((a, b) for a in places for b in places if a < b):
            now = places[one] - places[other]
            before = order.get((shot.scene_id, one, other), 0)
            if before * now < 0:
                yield ShotBreak("180_degree", shot.shot_id, f"{one} and {other} change places")
            if now:
                order[(shot.scene_id, one, other)] = now


def shared_sides(shots: Sequence[Shot]) -> Iterator[ShotBreak]:
    """Two or three in a picture, and two of them at the same side: they look past each other. A
    larger group fills the frame in rows."""
    for shot in shots:
        people = shot.characters if len(shot.characters) <= MOST_APART else ()
        for number, one in enumerate(people):
            for other in people[number + 1 :]:
                if one.side == other.side:
                    found = f"{one.id} and {other.id} are both {one.side}"
                    yield ShotBreak("same_side", shot.shot_id, found)


def jump_cuts(shots: Sequence[Shot]) -> Iterator[ShotBreak]:
    """The 30° rule: after a cut inside a scene another framing, or somebody else to look at."""
    for before, after in pairwise(shots):
        hard = after.transition_in.duration_frames == 0 and before.fade_out_frames == 0
        same = _where(before) == _where(after) and before.framing == after.framing
        if hard and same and _look_alike(before, after) and after.framing != "TITLE":
            who = ", ".join(sorted(_facing(after))) or "the place"
            yield ShotBreak("30_degree", after.shot_id, f"{after.framing} of {who} twice")


def wrong_lengths(shots: Sequence[Shot], fps: FrameRate) -> Iterator[ShotBreak]:
    """Shots outside 1.2 s to 8 s, but for a length that the writer pinned."""
    for shot in shots:
        lasts = f"{frames_to_ms(shot.duration_frames, fps)} ms"
        if any(rule.aspect == "duration" and rule.rule == "pinned" for rule in shot.rules):
            continue
        if shot.duration_frames < shortest_frames(fps):
            yield ShotBreak("too_short", shot.shot_id, f"{lasts}, shorter than 1200 ms")
        if shot.duration_frames > longest_frames(fps):
            yield ShotBreak("too_long", shot.shot_id, f"{lasts}, longer than 8000 ms")


def cuts_in_words(film: ShotList, scratch: ScratchTrack) -> Iterator[ShotBreak]:
    """Shots that begin inside a word of the line which goes on in them.

    A cut falls on a whole frame, so up to one frame of a word may lie on its other side.
    """
    words: Mapping[str, tuple[SpokenWord, ...]] = {x.line_id: x.words for x in scratch.lines}
    frame = frames_to_samples(1, film.fps)
    for shot in film.shots:
        for vo in shot.audio.vo:
            cut = frames_to_samples(vo.in_frames, film.fps)
            for word in words.get(vo.line_id, ()):
                into = cut - word.offset_samples
                if frame < into < word.duration_samples - frame:
                    yield ShotBreak("cut_in_word", shot.shot_id, f"inside {word.text!r}")


def cut_supers(shots: Sequence[Shot]) -> Iterator[ShotBreak]:
    """The last shot of words on the picture that are too many for any audience."""
    for shot, after in zip_longest(shots, shots[1:]):
        cut = [
            any(rule.rule == "super_cut" for rule in each.rules) for each in (shot, after) if each
        ]
        if cut[0] and cut[1:] != [True]:
            shown = (
                f"the words end with {shot.super_lines[-1][-40:]!r}; write fewer, or a card more"
            )
            yield ShotBreak("super_cut", shot.shot_id, shown)


def _where(shot: Shot) -> tuple[str, str | None]:
    """Scene and place: an intercut has two places in one scene."""
    return (shot.scene_id, shot.location_id)


def _facing(shot: Shot) -> set[str]:
    """Whose faces are seen: a shoulder near the camera has none."""
    return {person.id for person in shot.characters if person.pose != "away"}


def _look_alike(before: Shot, after: Shot) -> bool:
    """The same faces, or the same people without the camera having gone round to the other's
    shoulder."""
    if _facing(before) == _facing(after):
        return True
    everyone = [{person.id for person in shot.characters} for shot in (before, after)]
    shoulders = [everyone[0] - _facing(before), everyone[1] - _facing(after)]
    reverse = all(shoulders) and shoulders[0] != shoulders[1]
    return everyone[0] == everyone[1] and not reverse
