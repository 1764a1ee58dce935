"""Coverage: which beats share a shot, and where a long beat is cut into several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.timing import FrameRate, samples_to_frames
from stages.people.counted_people import counted_in
from stages.people.name_spotting import begins_with_pronoun, named_in
from stages.people.performance import asks_for_long_pause
from stages.reading.on_screen_text import is_black
from stages.sentences import reading_units, split_sentences
from stages.shots import shot_timing
from stages.shots.beats import Beat, Track
from stages.shots.montage import is_montage
from stages.shots.prop_inserts import PropWatch, with_prop
from stages.shots.scene_breakdown import SceneBreakdown
from stages.shots.shot_take import Take
from stages.shots.speech_strip import MeasuredLine, Strip, lay_strip, portions
from stages.shots.super_takes import lettered_place, super_takes

# A quick exchange stays in one shot only while it is quick: so many turns, none longer than 3 s.
_MOST_QUICK_TURNS = 4
_LONGEST_QUICK_TURN_SAMPLES = 144_000
# A face that talks for more than 5 s wants the camera to move.
_LENGTHY_SAMPLES = 240_000


@dataclass(frozen=True, slots=True)
class Ledger:
    """The measured lines by id, and the frame rate they are laid out at."""

    measured: Mapping[str, MeasuredLine]
    rate: FrameRate

    def strip(self, tracks: Sequence[Track], flows: tuple[bool, bool]) -> Strip:
        """The tracks laid out in time."""
        rows = [[self.measured[line.line_id] for line in track] for track in tracks]
        strip = lay_strip(rows, flows, self.rate)
        if len(tracks) == 1 or not flows[1]:
            return strip
        lines = [line for track in tracks for line in track]
        # The same words of several are shown once.
        shown = (*(f"{line.speaker}: " for line in lines), *{line.text: "" for line in lines})
        read = shot_timing.both_read_frames(shown, strip.total, self.rate)
        return replace(strip, tail=max(strip.tail, read))


def cover(breakdown: SceneBreakdown, ledger: Ledger, watch: PropWatch) -> tuple[Take, ...]:
    """The takes of a scene in order; at least one for every scene that is visible."""
    beats = breakdown.beats
    takes: list[Take] = []
    opening = ""
    position = 0
    while position < len(beats) and beats[position].on_black:
        # Words on black come before the first look at the place.
        takes.extend(_takes_of(beats[position : position + 1], breakdown, ledger))
        position += 1
    first = position
    if _looks_first(breakdown):
        takes.append(_place(breakdown, ledger.rate))
    while position < len(beats):
        beat = beats[position]
        group = _turns_together(breakdown, position, ledger)
        made = _takes_of(group, breakdown, ledger)
        made = with_prop(made, takes, watch, ledger.rate)
        looking = bool(takes) and takes[-1].kind == "place"
        if position == first and looking and made[0].kind == "action" and not made[0].people:
            # The paragraph begins with the place itself: that is what the first look is for.
            opening = made.pop(0).text
            takes[-1] = _place(breakdown, ledger.rate, opening)
        elif looking and beat.kind == "super" and not beat.on_black and beat.arrives is None:
            takes[-1] = lettered_place(takes[-1], made, ledger.rate)
        if made and beat.arrives is not None:
            made[0] = replace(made[0], arrives=beat.arrives)
        takes.extend(made)
        if group[-1].fades_out:
            takes[-1] = replace(takes[-1], fades_out=True)
        position += len(group)
    takes[0] = replace(
        takes[0], arrives=breakdown.arrives, fades_out=takes[0].fades_out or breakdown.fades_out
    )
    return tuple(takes)


def _looks_first(breakdown: SceneBreakdown) -> bool:
    """Whether the place itself is seen before what happens there."""
    beats = breakdown.beats
    if not beats:
        return True
    # A heading such as OPENING TITLES that only cards follow is no place to look at, nor is black.
    titles = beats[0].kind == "card" and not breakdown.scene.slug.setting
    black = is_black(breakdown.scene.slug.location_name) and all(each.on_black for each in beats)
    nowhere = black or is_montage(breakdown.scene.slug)
    return breakdown.establishes and not titles and not nowhere


def _place(breakdown: SceneBreakdown, rate: FrameRate, text: str = "") -> Take:
    duration = samples_to_frames(shot_timing.PLACE_SAMPLES, rate)
    if text:
        duration = max(duration, shot_timing.reading_frames(text, rate))
    return Take(kind="place", source=breakdown.scene.source, duration_frames=duration, text=text)


def _takes_of(group: Sequence[Beat], breakdown: SceneBreakdown, ledger: Ledger) -> list[Take]:
    beat = group[0]
    if beat.kind == "action":
        return _action(beat, breakdown, ledger.rate)
    if beat.kind in ("card", "insert"):
        return [_read_take(beat, ledger.rate)]
    if beat.kind == "super":
        return super_takes(beat, ledger.rate)
    if beat.kind == "pause":
        return [_pause(beat, ledger.rate)]
    return _heard(group, ledger)


def _action(beat: Beat, breakdown: SceneBreakdown, rate: FrameRate) -> list[Take]:
    """One take for each run of sentences about the same people that fits a shot."""
    runs: list[tuple[tuple[str, ...], str]] = []
    for sentence in split_sentences(beat.text):
        named = named_in(sentence, breakdown.known) or counted_in(sentence, breakdown.groups)
        if not runs and not named and begins_with_pronoun(sentence):
            # Who is meant nobody can tell, so everyone it may be is in the picture.
            named = beat.company or _alone(breakdown)
        if runs:
            people, text = runs[-1]
            same = not named or set(named) == set(people)
            longer = f"{text} {sentence}"
            if same and reading_units(longer) <= shot_timing.reading_limit_units():
                runs[-1] = (people, longer)
                continue
            # A sentence without a name goes on about whoever the last one was about.
            named = named or people
        runs.append((named, sentence))
    runs = runs or [((), "")]
    return [
        Take(
            kind="montage" if beat.montage else "action",
            source=beat.source,
            duration_frames=shot_timing.reading_frames(text, rate),
            beat=beat,
            people=people,
            text=text,
            part=part,
            parts=len(runs),
        )
        for part, (people, text) in enumerate(runs)
    ]


def _alone(breakdown: SceneBreakdown) -> tuple[str, ...]:
    """The one person of a scene that has no other."""
    return tuple(who.id for who in breakdown.cast) if len(breakdown.cast) == 1 else ()


def _read_take(beat: Beat, rate: FrameRate) -> Take:
    text = beat.text.strip()
    read = ". ".join(filter(None, (beat.thing, text)))
    return Take(
        kind="insert" if beat.kind == "insert" else "card",
        source=beat.source,
        duration_frames=shot_timing.reading_frames(read, rate),
        beat=beat,
        text=text,
        thing=beat.thing,
    )


def _pause(beat: Beat, rate: FrameRate) -> Take:
    long = asks_for_long_pause(beat.text)
    samples = shot_timing.LONG_PAUSE_SAMPLES if long else shot_timing.PAUSE_SAMPLES
    return Take(
        kind="pause",
        source=beat.source,
        duration_frames=samples_to_frames(samples, rate),
        beat=beat,
        people=beat.people,
        text=beat.text,
    )


def _heard(group: Sequence[Beat], ledger: Ledger) -> list[Take]:
    strip = _strip(group, ledger)
    cut = portions(strip)
    lines = {line.line_id: line for beat in group for track in beat.tracks for line in track}
    kind = "exchange" if len(group) > 1 else group[0].kind
    people = tuple(dict.fromkeys(person for beat in group for person in beat.people))
    return [
        Take(
            kind=kind,
            source=lines[portion.placements[0].line_id].source
            if portion.placements
            else group[0].source,
            duration_frames=portion.duration_frames,
            beat=group[0],
            people=people,
            lines=tuple(lines[placed.line_id] for placed in portion.placements),
            text=portion.text,
            placements=portion.placements,
            part=part,
            parts=len(cut),
            lengthy=portion.duration_frames > samples_to_frames(_LENGTHY_SAMPLES, ledger.rate),
        )
        for part, portion in enumerate(cut)
    ]


def _strip(group: Sequence[Beat], ledger: Ledger) -> Strip:
    tracks = group[0].tracks
    if len(group) > 1:
        tracks = (tuple(line for beat in group for line in beat.tracks[0]),)
    return ledger.strip(tracks, (group[0].flows_in, group[-1].flows_out))


def _turns_together(breakdown: SceneBreakdown, position: int, ledger: Ledger) -> Sequence[Beat]:
    """The turns that share a shot, beginning here: question and answer in the scene's first
    two-shot, and turns too short to be a shot each."""
    beats = breakdown.beats
    group = [beats[position]]
    if not _on_screen_speech(group[0]):
        return group
    opening = group[0].opens
    while position + len(group) < len(beats) and len(group) < (2 if opening else _MOST_QUICK_TURNS):
        following = beats[position + len(group)]
        short = _strip(group[-1:], ledger).whole_frames < shot_timing.shortest_frames(ledger.rate)
        if not _on_screen_speech(following) or not following.flows_in or not (opening or short):
            break
        if not opening and _too_long_for_quick(following, ledger):
            break
        if not breakdown.together(who for beat in (*group, following) for who in beat.people):
            break
        longer = _strip([*group, following], ledger).whole_frames
        if longer > shot_timing.longest_frames(ledger.rate):
            break
        group.append(following)
    return group


def _on_screen_speech(beat: Beat) -> bool:
    return beat.kind == "speech" and not beat.off_screen


def _too_long_for_quick(beat: Beat, ledger: Ledger) -> bool:
    limit = samples_to_frames(_LONGEST_QUICK_TURN_SAMPLES, ledger.rate)
    return ledger.strip(beat.tracks, (True, True)).total > limit
