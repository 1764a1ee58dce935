"""Where the picture changes, and how the music, the effects and the rooms go with it.

Speech is never among them: it is heard at its level through every dissolve and every fade.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from renderers.film.shot_parts import Join, film_parts
from renderers.sound.mix_levels import GAIN_BITS, UNITY, equal_power, ramp
from schemas.shot_list import Shot
from schemas.timing import FrameRate, frames_to_samples, ms_to_samples

if TYPE_CHECKING:
    from renderers.sound.mix_levels import Wide

# The shortest step between two levels that is heard as a cut and not as a click.
STEP_SAMPLES: Final = ms_to_samples(5)
# What a fade to black leaves of room tone, -18 dB: faint, but never digital silence.
_ROOM_IN_THE_BLACK: Final = UNITY >> 3

EditKind = Literal["blend", "black", "hard"]


@dataclass(frozen=True, slots=True)
class Edit:
    """What happens to the beds around film sample `cut`, from `start` up to `end`.

    A `blend` crossfades over all of it. To `black` they go down before the cut and come up behind
    it. A `hard` one has no length.
    """

    kind: EditKind
    start: int
    cut: int
    end: int


@dataclass(frozen=True, slots=True)
class Slope:
    """A sound that comes up (`rising`) or goes away between two film samples, at equal power."""

    start: int
    end: int
    rising: bool

    def within(self, first: int, after: int) -> tuple[slice, Wide]:
        """Which of the film's samples `first` to `after` it lies over, and its gain there.

        The slice counts from `first`; the gain, in 1/65536, has the same length.
        """
        import numpy as np

        from_sample, to_sample = max(self.start, first), min(self.end, after)
        if from_sample >= to_sample:
            return slice(0, 0), np.zeros(0, dtype=np.int64)
        curve = equal_power(self.end - self.start)
        curve = curve if self.rising else curve[::-1]
        here = curve[from_sample - self.start : to_sample - self.start]
        return slice(from_sample - first, to_sample - first), here


def crossing(edit: Edit | None, cut: int, usual_half: int) -> tuple[int, int]:
    """From where to where two beds that meet at film sample `cut` crossfade.

    Over the frames of a dissolve; in a step where the picture is hard or black; and where nothing
    is written, `usual_half` to both sides.
    """
    if edit is not None and edit.kind == "blend":
        return edit.start, edit.end
    half = usual_half if edit is None else min(STEP_SAMPLES, usual_half)
    return cut - half, cut + half


def edits_of(shots: Sequence[Shot], rate: FrameRate) -> tuple[Edit, ...]:
    """The film's edits in their order: at most one at a cut, and none at a plain one.

    A card that fades between two shots that do not leaves the sound as it is: music goes on under
    a title. The film's first fade and its last are the sound's too, whatever fades.
    """
    joins = {part.number: part for part in film_parts(shots) if isinstance(part, Join)}
    return tuple(_edits(shots, joins, rate))


def _edits(shots: Sequence[Shot], joins: dict[int, Join], rate: FrameRate) -> Iterator[Edit]:
    at = 0
    for number in range(len(shots) + 1):
        before = shots[number - 1] if number else None
        after = shots[number] if number < len(shots) else None
        edit = _edit(before, after, joins.get(number), at)
        if edit is not None:
            kind, first, behind = edit
            samples = (frames_to_samples(frame, rate) for frame in (first, at, behind))
            yield Edit(kind, *samples)
        at += after.duration_frames if after else 0


def _edit(
    before: Shot | None, after: Shot | None, join: Join | None, at: int
) -> tuple[EditKind, int, int] | None:
    """Kind, first frame and the one behind the last of the edit at film frame `at`."""
    if join is not None:
        first, behind = join.film_frame, join.film_frame + join.before.count
        if join.kind == "fade_through_black":
            return "black", first, behind
        if before is None or not before.fade_out_frames:
            return "blend", first, behind
        return "black", at - before.fade_out_frames, behind
    down, up = before.fade_out_frames if before else 0, _fade_in(after)
    told = (before, down), (after, up)
    edge = before is None or after is None
    if any(frames and (edge or shot.framing != "TITLE") for shot, frames in told if shot):
        return "black", at - down, at + up
    hard = after is not None and before is not None and after.transition_in.kind == "smash_cut"
    return ("hard", at, at) if hard else None


def _fade_in(shot: Shot | None) -> int:
    if shot is None or shot.transition_in.kind != "fade_in":
        return 0
    return shot.transition_in.duration_frames


def light(edits: Sequence[Edit], first: int, after: int) -> Wide:
    """How much of the music and the effects is heard, in 1/65536: all, but down to black and up.

    A side on which the picture does not fade goes in a step.
    """
    import numpy as np

    gain = np.full(after - first, UNITY, dtype=np.int64)
    for edit in edits:
        start, end = (
            min(edit.start, edit.cut - STEP_SAMPLES),
            max(edit.end, edit.cut + STEP_SAMPLES),
        )
        from_sample, to_sample = max(start, first), min(end, after)
        if edit.kind != "black" or from_sample >= to_sample:
            continue
        at = np.arange(from_sample, to_sample, dtype=np.int64)
        dark = ramp(edit.cut - at, edit.cut - start) + ramp(at - edit.cut, end - edit.cut)
        held = gain[from_sample - first : to_sample - first]
        np.minimum(held, dark, out=held)
    return gain


def light_of_rooms(beds: Wide) -> Wide:
    """The same for room tone, which a fade to black never takes away altogether."""
    return _ROOM_IN_THE_BLACK + (beds * (UNITY - _ROOM_IN_THE_BLACK) >> GAIN_BITS)
