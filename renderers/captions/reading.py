"""Caption files read back as a player reads them: SubRip, WebVTT and Advanced SubStation."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NoReturn

from renderers.captions.cue import Row, row_text
from renderers.captions.writing import MARKS
from schemas.errors import PipelineError
from schemas.script import Span

READ_SUFFIXES: Final = (".srt", ".vtt", ".ass")
_CLOCK: Final = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES: Final = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?")
_SRT_TAG: Final = re.compile(r"<(/?)([biu])>", re.IGNORECASE)
_VTT_TAG: Final = re.compile(r"<(/?)([a-z]*)[^<>]*>", re.IGNORECASE)
_ASS_TAG: Final = re.compile(r"(?<!\\)\{([^{}]*)\}")
_ASS_SWITCH: Final = re.compile(r"\\([biu])(\d+)")
_STYLES: Final = {"b": "bold", "i": "italic", "u": "underline"}
_NOT_CUES: Final = ("WEBVTT", "NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class ReadCue:
    """A caption as a viewer sees it, times in milliseconds; `at_line` is where it is in the file.

    Marks of direction are left out of the rows.
    """

    start_ms: int
    end_ms: int
    rows: tuple[Row, ...]
    at_line: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """The rows without their styles."""
        return tuple(row_text(row) for row in self.rows)


def read_captions(data: bytes, name: str) -> tuple[ReadCue, ...]:
    """The captions of a file whose name ends in one of `READ_SUFFIXES`, in the file's order.

    Raises PipelineError `not-captions` naming the line that cannot be understood.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        _refuse(name, line, "is not UTF-8", "save the file as UTF-8")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    suffix = name[name.rfind(".") :].lower()
    if suffix == ".ass":
        return tuple(_read_ass(text, name))
    if suffix == ".vtt" and not lines[0].startswith("WEBVTT"):
        _refuse(name, 1, "does not begin with WEBVTT", "write WEBVTT into the first line")
    return tuple(_read_blocks(lines, name, suffix == ".vtt"))


def _read_blocks(lines: list[str], name: str, vtt: bool) -> Iterator[ReadCue]:
    """Blocks between empty lines: perhaps a number or name, the times, the rows."""
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        after = next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))
        if not (vtt and lines[at].startswith(_NOT_CUES)):
            yield _read_block(lines[at:after], at + 1, name, vtt)
        at = after


def _read_block(block: list[str], line: int, name: str, vtt: bool) -> ReadCue:
    for index, row in enumerate(block[:2]):
        if found := _TIMES.fullmatch(row):
            start, end = _ms(found.groups()[:4]), _ms(found.groups()[4:])
            rows = _styled_rows("\n".join(block[index + 1 :]), vtt)
            return ReadCue(start, end, rows, line)
    _refuse(
        name,
        line,
        f"expected times such as 00:00:01,000 --> 00:00:02,500, found {block[0][:40]!r}",
        "an empty line may only stand between captions, and each needs its times",
    )


def _ms(clock: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, part = (each or "0" for each in clock)
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(part.ljust(3, "0"))


def _styled_rows(text: str, vtt: bool) -> tuple[Row, ...]:
    runs: list[tuple[str, frozenset[str]]] = []
    styles: frozenset[str] = frozenset()
    at = 0
    for tag in (_VTT_TAG if vtt else _SRT_TAG).finditer(text):
        runs.append((text[at : tag.start()], styles))
        at = tag.end()
        if style := _STYLES.get(tag[2].lower()):
            styles = styles - {style} if tag[1] else styles | {style}
    runs.append((text[at:], styles))
    return _rows(
        (html.unescape(words) if vtt else _unparted(words), styles) for words, styles in runs
    )


def _unparted(words: str) -> str:
    """Without the sign that keeps words from being taken for a tag."""
    return words.replace("<\u2060", "<").replace("{\u2060", "{")


def _rows(runs: Iterator[tuple[str, frozenset[str]]]) -> tuple[Row, ...]:
    rows: list[list[Span]] = [[]]
    for words, styles in runs:
        shown = "".join(sign for sign in words if sign not in MARKS)
        for index, part in enumerate(shown.split("\n")):
            if index:
                rows.append([])
            if part:
                rows[-1].append(Span(text=part, **dict.fromkeys(styles, True)))
    return tuple(tuple(row) for row in rows)


def _read_ass(text: str, name: str) -> Iterator[ReadCue]:
    """Events in the order of their times; those that follow each other with the same words are
    one caption, as the marking of its words parts it."""
    import pysubs2

    try:
        document = pysubs2.SSAFile.from_string(text, format_="ass")
    except (pysubs2.Pysubs2Error, ValueError) as error:
        _refuse(name, 1, f"is no SubStation file ({error})", "export the captions again")
    if "[Events]" not in text:
        _refuse(name, 1, "has no [Events]", "export the captions again")
    held: ReadCue | None = None
    for event in document.events:
        if event.is_comment:
            continue
        cue = ReadCue(event.start, event.end, _ass_rows(event.text))
        if held is not None and held.end_ms == cue.start_ms and held.texts == cue.texts:
            held = replace(held, end_ms=cue.end_ms)
            continue
        if held is not None:
            yield held
        held = cue
    if held is not None:
        yield held


def _ass_rows(text: str) -> tuple[Row, ...]:
    runs: list[tuple[str, frozenset[str]]] = []
    styles: frozenset[str] = frozenset()
    at = 0
    for block in _ASS_TAG.finditer(text):
        runs.append((_ass_words(text[at : block.start()]), styles))
        at = block.end()
        for switch in _ASS_SWITCH.finditer(block[1]):
            style = _STYLES[switch[1]]
            styles = styles | {style} if switch[2] != "0" else styles - {style}
    runs.append((_ass_words(text[at:]), styles))
    return _rows(iter(runs))


def _ass_words(text: str) -> str:
    """`\\N` is a new row; an escaped brace and the joiner behind a backslash stand for words."""
    return text.replace("\\N", "\n").replace("\\{", "{").replace("\\\u2060", "\\")


def _refuse(name: str, line: int, problem: str, hint: str) -> NoReturn:
    raise PipelineError("not-captions", f"{name}, line {line}", problem, hint)
