"""Lines spoken at the same time, shown in the same cues."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

from renderers.captions.breaks import MIN_CUE_MS
from renderers.captions.cue import Cue, CueDraft, Row
from renderers.captions.lines import HeardLine
from renderers.captions.part import LineSetting, Stretch, note_marks, stretches
from renderers.captions.room import DASH, line_room, shared_room, shown_chars
from renderers.captions.unison import in_unison
from schemas.timing import ms_to_frames


def simultaneous(lines: tuple[HeardLine, ...]) -> tuple[tuple[HeardLine, ...], ...]:
    """The lines in groups of those that are heard together.

    A line joins the one before it when it is its dual and overlaps it, or begins almost with it;
    and a dual group takes in what else is said while it lasts. Where all of them say the same
    words, the group is a single line.
    """
    groups: list[list[HeardLine]] = []
    for line in lines:
        if groups and _joins(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(in_unison(group) for group in groups)


def dual_drafts(settings: tuple[LineSetting, ...]) -> tuple[CueDraft, ...]:
    """Cues that hold all speakers at once, or their cues in turn when the rows do not suffice."""
    speakers = list(dict.fromkeys(setting.line.item.speaker_id for setting in settings))
    rows = settings[0].limits.lines // len(speakers)
    if rows == 0 or len(speakers) == 1:
        return _in_turn(settings, speakers)
    labelled, plain = (
        [_column(settings, speaker, rows, labelled=labelled) for speaker in speakers]
        for labelled in (True, False)
    )
    columns = plain if max(map(len, plain)) < max(map(len, labelled)) else labelled
    together = [[part for part in parts if part is not None] for parts in zip_longest(*columns)]
    return _share_time(settings, [_draft(parts) for parts in together])


def solo_drafts(setting: LineSetting) -> tuple[CueDraft, ...]:
    """The cues of a line that is heard alone; the first carries its label."""
    item = setting.line.item
    room = line_room(setting.limits, setting.label, item.sung, setting.cjk)
    drafts: list[CueDraft] = []
    parts = stretches(setting, room)
    for index, part in enumerate(parts):
        leads, tails = note_marks(item.sung, len(part.rows))
        cue = Cue(
            start_frame=part.start_frame,
            # Of several voices the last decides when it is over.
            end_frame=setting.line.end_frame
            if setting.line.also and index == len(parts) - 1
            else part.end_frame,
            rows=part.rows,
            line_ids=(item.line_id, *setting.line.also),
            label=room.label if index == 0 else "",
            label_alone=room.alone and index == 0,
            off_screen=item.off_screen,
            sung=item.sung,
            leads=leads,
            tails=tails,
            words=part.words,
        )
        drafts.append(CueDraft(cue, shown_chars(cue, setting.cjk), _speed(setting)))
    return tuple(drafts)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one speaker says in a shared cue; `name` is shown in front of it."""

    setting: LineSetting
    stretch: Stretch
    name: str


def _joins(group: list[HeardLine], line: HeardLine) -> bool:
    if any(_together(earlier, line) for earlier in group):
        return True
    end = max(earlier.end_frame for earlier in group)
    return len(group) > 1 and line.start_frame < end


def _together(earlier: HeardLine, line: HeardLine) -> bool:
    marked = line.item.dual_with == earlier.item.line_id
    marked = marked or earlier.item.dual_with == line.item.line_id
    soon = earlier.start_frame + ms_to_frames(MIN_CUE_MS, line.fps)
    end = earlier.end_frame
    return line.start_frame < (end if marked else min(soon, end))


def _column(
    settings: tuple[LineSetting, ...], speaker: str, rows: int, *, labelled: bool
) -> list[_Part]:
    """All that one speaker says, cut to the rows they get; named where it begins."""
    parts: list[_Part] = []
    for setting in settings:
        if setting.line.item.speaker_id != speaker:
            continue
        label = _name(setting) if labelled and not parts else ""
        room = shared_room(setting.limits, label, rows, setting.line.item.sung, setting.cjk)
        for index, stretch in enumerate(stretches(setting, room)):
            parts.append(_Part(setting, stretch, room.label if index == 0 else ""))
    return parts


def _name(setting: LineSetting) -> str:
    speaker = " ".join(setting.line.item.speaker.split())
    return f"{speaker}:" if speaker else ""


def _draft(parts: list[_Part]) -> CueDraft:
    rows: list[Row] = []
    leads: list[str] = []
    tails: list[str] = []
    for part in parts:
        before, after = note_marks(part.setting.line.item.sung, len(part.stretch.rows))
        dash = DASH + (f"{part.name} " if part.name else "")
        leads.extend((dash + before[0], *before[1:]))
        tails.extend(after)
        rows.extend(part.stretch.rows)
    items = [part.setting.line.item for part in parts]
    cue = Cue(
        start_frame=0,
        end_frame=0,
        rows=tuple(rows),
        line_ids=tuple(item.line_id for item in items),
        off_screen=all(item.off_screen for item in items),
        sung=all(item.sung for item in items),
        leads=tuple(leads),
        tails=tuple(tails),
    )
    cjk = any(part.setting.cjk for part in parts)
    return CueDraft(cue, shown_chars(cue, cjk), min(_speed(part.setting) for part in parts))


def _speed(setting: LineSetting) -> int:
    return setting.limits.chars_per_second


def _in_turn(settings: tuple[LineSetting, ...], speakers: list[str]) -> tuple[CueDraft, ...]:
    """Each speaker's cues in turn."""
    columns: list[list[CueDraft]] = [[] for _ in speakers]
    for setting in settings:
        column = columns[speakers.index(setting.line.item.speaker_id)]
        label = _name(setting) if len(speakers) > 1 and not column else setting.label
        column.extend(solo_drafts(replace(setting, label=label)))
    turns = [draft for turn in zip_longest(*columns) for draft in turn if draft is not None]
    return _share_time(settings, turns)


def _share_time(
    settings: tuple[LineSetting, ...], in_order: list[CueDraft]
) -> tuple[CueDraft, ...]:
    """The time of all the speakers divided among the cues by their lengths.

    The words of two voices at once cannot both be followed, so each cue gets its reading time.
    """
    start = min(setting.line.start_frame for setting in settings)
    end = max(setting.line.end_frame for setting in settings)
    total = sum(draft.chars for draft in in_order)
    drafts: list[CueDraft] = []
    chars_before = 0
    for draft in in_order:
        first = start + (end - start) * chars_before // total
        chars_before += draft.chars
        after = start + (end - start) * chars_before // total
        # Two voices at once cannot both be followed word by word.
        cue = replace(draft.cue, start_frame=first, end_frame=after, words=())
        drafts.append(replace(draft, cue=cue))
    return tuple(drafts)
