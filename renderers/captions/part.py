"""One line made ready for its cues: pieces in film time, room, and the rows they fall into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from renderers.captions.breaks import Rows, SpokenPieces, divide
from renderers.captions.cue import NOTE_SIGN, CaptionLimits, CueWord, Row, limits_for
from renderers.captions.grammar import break_costs
from renderers.captions.lines import HeardLine
from renderers.captions.pieces import cut_pieces, main_writing
from renderers.captions.room import LineRoom
from renderers.captions.rows import styled_rows


@dataclass(frozen=True, slots=True)
class LineSetting:
    """How a line is to be captioned: its limits, and whether these count wide letters as one."""

    line: HeardLine
    label: str
    language: str
    limits: CaptionLimits
    cjk: bool
    room_end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a line that one cue shows."""

    rows: tuple[Row, ...]
    start_frame: int
    end_frame: int
    words: tuple[CueWord, ...]


def line_setting(
    line: HeardLine, label: str, language: str, limits: CaptionLimits, room_end: int
) -> LineSetting:
    """Limits by the script's language, or by the writing of the line where that says more."""
    primary = language.replace("_", "-").split("-")[0].lower()
    writing = primary if primary in ("ja", "zh", "yue", "ko") else main_writing(line.text)
    return LineSetting(
        line=line,
        label=label,
        language=primary,
        limits=limits_for(writing, limits),
        cjk=bool(writing),
        room_end=room_end,
    )


def stretches(setting: LineSetting, room: LineRoom) -> tuple[Stretch, ...]:
    """The line divided over cues that fit the room, in order; every word once."""
    spoken = _spoken(setting, room.longest_piece)
    return tuple(_stretch(setting.line, spoken, rows) for rows in divide(spoken, room.cue))


def note_marks(sung: bool, rows: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before and after each row of a cue: a note sign at both ends of a song."""
    sign = f"{NOTE_SIGN} " if sung else ""
    leads = (sign, *[""] * (rows - 1))
    tails = (*[""] * (rows - 1), sign.rstrip() and f" {NOTE_SIGN}")
    return leads, tails


def _spoken(setting: LineSetting, longest_piece: int) -> SpokenPieces:
    line = setting.line
    pieces = cut_pieces(line.text, longest_piece, setting.cjk)
    # Word timings that run backwards must not reorder the words.
    return SpokenPieces(
        pieces=pieces,
        costs=break_costs(pieces, setting.language),
        starts=tuple(accumulate((line.frame_at(piece.start) for piece in pieces), max)),
        ends=tuple(accumulate((line.frame_after(piece.end) for piece in pieces), max)),
        room_end=setting.room_end,
        fps=line.fps,
        chars_per_second=setting.limits.chars_per_second,
        reach=(0, *accumulate(piece.width + piece.spaced for piece in pieces)),
    )


def _stretch(line: HeardLine, spoken: SpokenPieces, rows: Rows) -> Stretch:
    first, after = rows[0][0], rows[-1][1]
    return Stretch(
        rows=styled_rows(line, spoken.pieces, rows),
        start_frame=spoken.starts[first],
        end_frame=spoken.ends[after - 1],
        words=tuple(_words(spoken, rows)),
    )


def _words(spoken: SpokenPieces, rows: Rows) -> Iterator[CueWord]:
    for row, (first, after) in enumerate(rows):
        at = 0
        for index in range(first, after):
            piece = spoken.pieces[index]
            at += int(index > first and piece.spaced)
            end = at + len(piece.text)
            yield CueWord(row, at, end, spoken.starts[index], spoken.ends[index])
            at = end
