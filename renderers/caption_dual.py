"""Lines spoken at the same time, shown in the same cues."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from renderers.caption_breaks import MIN_CUE_MS
from renderers.caption_cue import Cue, CueDraft, Row
from renderers.caption_lines import HeardLine
from renderers.caption_part import LineSetting, Stretch, note_marks, stretches
from renderers.caption_room import DASH, line_room, shared_room
from schemas.timing import ms_to_frames


def simultaneous(lines: tuple[HeardLine, ...]) -> tuple[tuple[HeardLine, ...], ...]:
    """The lines in groups: marked as dual dialogue and overlapping, or begun almost together."""
    groups: list[list[HeardLine]] = []
    for line in lines:
        if groups and any(_together(earlier, line) for earlier in groups[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(tuple(group) for group in groups)


def dual_drafts(settings: tuple[LineSetting, ...]) -> tuple[CueDraft, ...]:
    """Cues that hold all speakers at once, or their cues in turn when the rows do not suffice."""
    rows = settings[0].limits.lines // len(settings)
    if rows == 0:
        return _in_turn(settings)
    labelled = _columns(settings, rows, labelled=True)
    plain = _columns(settings, rows, labelled=False)
    fewer = max(map(len, plain)) < max(map(len, labelled))
    columns = plain if fewer else labelled
    names = ["" if fewer else _shared_label(setting, rows) for setting in settings]
    drafts: list[CueDraft] = []
    for index, parts in enumerate(zip_longest(*columns)):
        shown = [
            (setting, part, name if index == 0 else "")
            for setting, part, name in zip(settings, parts, names, strict=True)
            if part is not None
        ]
        drafts.append(_draft(shown))
    return _share_time(settings, drafts)


def solo_drafts(setting: LineSetting) -> tuple[CueDraft, ...]:
    """The cues of a line that is heard alone; the first carries its label."""
    item = setting.line.item
    room = line_room(setting.limits, setting.label, item.sung, setting.cjk)
    drafts: list[CueDraft] = []
    for index, part in enumerate(stretches(setting, room)):
        leads, tails = note_marks(item.sung, len(part.rows))
        cue = Cue(
            start_frame=part.start_frame,
            end_frame=part.end_frame,
            rows=part.rows,
            line_ids=(item.line_id,),
            label=room.label if index == 0 else "",
            label_alone=room.alone and index == 0,
            off_screen=item.off_screen,
            sung=item.sung,
            leads=leads,
            tails=tails,
        )
        drafts.append(CueDraft(cue, part.chars, setting.limits.chars_per_second))
    return tuple(drafts)


def _together(earlier: HeardLine, line: HeardLine) -> bool:
    marked = line.item.dual_with == earlier.item.line_id
    marked = marked or earlier.item.dual_with == line.item.line_id
    if marked and line.start_frame < earlier.end_frame:
        return True
    return line.start_frame < min(
        earlier.start_frame + ms_to_frames(MIN_CUE_MS, line.fps), earlier.end_frame
    )


def _columns(
    settings: tuple[LineSetting, ...], rows: int, *, labelled: bool
) -> list[tuple[Stretch, ...]]:
    columns: list[tuple[Stretch, ...]] = []
    for setting in settings:
        label = _name(setting) if labelled else ""
        room = shared_room(setting.limits, label, rows, setting.line.item.sung, setting.cjk)
        columns.append(stretches(setting, room))
    return columns


def _shared_label(setting: LineSetting, rows: int) -> str:
    sung = setting.line.item.sung
    return shared_room(setting.limits, _name(setting), rows, sung, setting.cjk).label


def _name(setting: LineSetting) -> str:
    speaker = " ".join(setting.line.item.speaker.split())
    return f"{speaker}:" if speaker else ""


def _draft(shown: list[tuple[LineSetting, Stretch, str]]) -> CueDraft:
    rows: list[Row] = []
    leads: list[str] = []
    tails: list[str] = []
    for setting, part, name in shown:
        before, after = note_marks(setting.line.item.sung, len(part.rows))
        dash = DASH + (f"{name} " if name else "")
        leads.extend((dash + before[0], *before[1:]))
        tails.extend(after)
        rows.extend(part.rows)
    cue = Cue(
        start_frame=min(part.start_frame for _, part, _ in shown),
        end_frame=max(part.end_frame for _, part, _ in shown),
        rows=tuple(rows),
        line_ids=tuple(setting.line.item.line_id for setting, _, _ in shown),
        off_screen=all(setting.line.item.off_screen for setting, _, _ in shown),
        sung=all(setting.line.item.sung for setting, _, _ in shown),
        leads=tuple(leads),
        tails=tuple(tails),
    )
    speed = min(setting.limits.chars_per_second for setting, _, _ in shown)
    return CueDraft(cue, sum(part.chars for _, part, _ in shown), speed)


def _in_turn(settings: tuple[LineSetting, ...]) -> tuple[CueDraft, ...]:
    """Each speaker's cues in turn."""
    columns = [solo_drafts(replace(setting, label=_name(setting))) for setting in settings]
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
        cue = replace(draft.cue, start_frame=first, end_frame=after)
        drafts.append(replace(draft, cue=cue))
    return tuple(drafts)
