"""The words of a film, taken from its source, its Script and its captions, and laid side by side.

Nothing here uses the reader or the caption writer: a Fountain file is cut into speeches by the
blank lines and capitals alone, and a caption file is read back like a player would.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from schemas.script import Dialogue, Lyric, Script, plain_text

_SIGN = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGN}]|[^\W_{_SIGN}]+")
_HIDDEN = re.compile(r"/\*.*?\*/|\[\[.*?\]\]", re.DOTALL)
_HEADING = re.compile(r"(?:INT|EXT|EST|I/E|INT\.?/EXT)[. ]", re.IGNORECASE)
_CUE = re.compile(
    r"(\d+)\n(\d+):(\d\d):(\d\d),(\d{3}) --> (\d+):(\d\d):(\d\d),(\d{3})\n(.*?)(?:\n\n|\Z)",
    re.DOTALL,
)
# How far from its place a dual speech is looked for, in words, after some were missing.
_NEAR = 40


@dataclass(frozen=True)
class ShownCue:
    """One caption as a viewer sees it: times in milliseconds, rows without their styles."""

    start_ms: int
    end_ms: int
    rows: tuple[str, ...]

    @property
    def shared(self) -> bool:
        """Whether two speakers share it."""
        return any(row.startswith("- ") for row in self.rows)


@dataclass(frozen=True)
class SaidLine:
    """A spoken line of the Script and its words, each with the place where it begins."""

    line_id: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    dual_with: str | None


def words_in(text: str) -> list[str]:
    """Runs of letters and digits; where words are written without spaces, each sign by itself."""
    return _WORD.findall(text)


def spoken_in_source(source: str) -> list[str]:
    """Every word under a cue of a Fountain text, and every sung one, in order.

    A cue is a line in capitals, or with `@`, after a blank line and before one that is not blank.
    """
    rows = [row.strip() for row in _HIDDEN.sub("", _without_title_page(source)).splitlines()]
    said: list[str] = []
    speaking = False
    for index, row in enumerate(rows):
        before = rows[index - 1] if index else ""
        after = rows[index + 1] if index + 1 < len(rows) else ""
        if not row:
            speaking = False
        elif row.startswith("~"):
            said += words_in(row)
        elif not before and after and _is_cue(row):
            speaking = True
        elif speaking and not re.fullmatch(r"[(（].*[)）]", row):
            said += words_in(re.sub(r"[*_\\]", "", row))
    return said


def _without_title_page(source: str) -> str:
    head, blank, rest = source.lstrip("\ufeff\n").partition("\n\n")
    return rest if blank and re.match(r"[A-Za-z][\w ]*:", head) else source


def _is_cue(row: str) -> bool:
    if row.startswith("@"):
        return True
    name = re.sub(r"\([^)]*\)?|\^$", "", row).strip()
    other = row[0] in ".!>#=~" or _HEADING.match(row) or row.endswith("TO:")
    return name.upper() == name and name.lower() != name and not other


def said_in_script(script: Script) -> list[SaidLine]:
    """The lines of a Script that are spoken or sung, in reading order."""
    lines = []
    for scene in script.scenes:
        for element in scene.elements:
            if not isinstance(element, (Dialogue, Lyric)):
                continue
            found = list(_WORD.finditer(plain_text(element.spans)))
            dual = element.dual_with if isinstance(element, Dialogue) else None
            if found:
                words = tuple(match.group() for match in found)
                starts = tuple(match.start() for match in found)
                lines.append(SaidLine(element.line_id, words, starts, dual))
    return lines


def speakers_of(script: Script) -> frozenset[str]:
    """The names that captions may put before a line."""
    return frozenset(
        " ".join(element.speaker.split())
        for scene in script.scenes
        for element in scene.elements
        if isinstance(element, Dialogue)
    )


def read_srt(text: str) -> list[ShownCue]:
    """The captions of a SubRip file."""
    cues = []
    for found in _CUE.finditer(text):
        times = [int(part) for part in found.groups()[1:9]]
        start, end = (
            ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
            for hours, minutes, seconds, thousandths in (times[:4], times[4:])
        )
        rows = tuple(re.sub(r"</?[biu]>", "", row) for row in found[10].rstrip("\n").split("\n"))
        cues.append(ShownCue(start, end, rows))
    return cues


def words_of_cue(cue: ShownCue, speakers: Iterable[str]) -> list[str]:
    """What a caption says, without dashes, note signs and the speaker's name."""
    names = "|".join(re.escape(name) for name in sorted(speakers, key=len, reverse=True) if name)
    label = re.compile(rf"(- )?(?:(?:{names}):(?: |$)|[^a-z]*…:$)?" if names else r"(- )?")
    return [word for row in cue.rows for word in words_in(label.sub("", row, count=1))]


def missing_words(lines: Sequence[SaidLine], heard: Sequence[str]) -> list[str]:
    """Words of the lines that the captions do not hold at their place.

    What is said at the same time may stand in any mixture of the two; a word that a narrow row
    cuts in two is there.
    """
    wanted: list[str] = []
    for _, group in groupby(_grouped(lines), key=lambda pair: pair[0]):
        tracks = [line.words for _, line in group]
        wanted += _mixture(tracks, heard, len(wanted))
    missing: list[str] = []
    matcher = SequenceMatcher(None, wanted, heard, autojunk=False)
    for kind, first, after, heard_first, heard_after in matcher.get_opcodes():
        cut = "".join(wanted[first:after]) == "".join(heard[heard_first:heard_after])
        if kind in ("delete", "replace") and not cut:
            missing += wanted[first:after]
    return missing


def _grouped(lines: Sequence[SaidLine]) -> list[tuple[int, SaidLine]]:
    """Each line with the number of its group: a dual speech with what it is spoken with."""
    numbers: dict[str, int] = {}
    placed: list[tuple[int, SaidLine]] = []
    last = -1
    for line in lines:
        partner = numbers.get(line.dual_with or "")
        number = partner if partner is not None else last + 1
        for index in range(len(placed)):
            # Whatever stands between the two belongs to the same moment.
            if partner is not None and placed[index][0] > partner:
                placed[index] = (partner, placed[index][1])
        placed.append((number, line))
        numbers[line.line_id] = last = number
    return placed


def _mixture(tracks: Sequence[Sequence[str]], heard: Sequence[str], at: int) -> list[str]:
    """The words of the tracks in the order in which the captions near `at` mix them, else one
    track after the other."""
    words = [word for track in tracks for word in track]
    if len(tracks) > 1:
        for start in sorted(range(max(0, at - _NEAR), at + _NEAR), key=lambda s: abs(s - at)):
            window = list(heard[start : start + len(words)])
            in_order = all(_within(track, window) for track in tracks)
            if in_order and sorted(window) == sorted(words):
                return window
    return words


def _within(track: Sequence[str], window: Sequence[str]) -> bool:
    """Whether the track is a part of the window, in order."""
    rest = iter(window)
    return all(any(word == other for other in rest) for word in track)
