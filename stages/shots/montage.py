"""Montages: `MONTAGE - THE HEIST` and the pictures listed below it, each a shot of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from schemas.script import SlugLine
from stages.reading.slug_line import read_heading, read_slug_line
from stages.reading.time_of_day import looks_like_time

_NAMES: Final = r"(?:MONTAGE|SERIES OF SHOTS|QUICK CUTS|MONTAJE|SERIE VON EINSTELLUNGEN|МОНТАЖ)"
_OPENS: Final = re.compile(
    rf"\s{{0,60}}(?P<begins>(?:BEGIN|START)(?: OF)?(?: THE)? )?{_NAMES}\s{{0,3}}(?:[:：(\-–—].*)?"
)
_ENDS: Final = re.compile(
    rf"\s{{0,60}}(?:END|ENDS|FIN|ENDE|FINE)(?: OF| DE| DER| DU| DEL)?(?: THE| LA| LE)?"
    rf" {_NAMES}\s{{0,3}}[:.\-–—]?\s{{0,9}}"
)
_BACK: Final = re.compile(
    r"\s{0,60}(?:BACK|RETURN) TO(?: THE)? (?:SCENE|PRESENT|PRESENT DAY)\s{0,3}[:.]?\s{0,9}"
)
_HEADED: Final = re.compile(rf"(?:.*[\s\-–—(])?{_NAMES}(?:[\s:\-–—)].*)?")
# `- Jo runs`, `-- Jo runs`, `* Jo runs`, `A) Jo runs`, `1. Jo runs`, `(b) Jo runs`.
_ITEM: Final = re.compile(
    r"\s{0,60}(?:[-–—•·*◦▪]{1,3}\s{0,9}|\(?(?:[A-Za-z]|\d{1,2})[.)]\s{1,9})(?P<text>\S.*)"
)
# Behind these a place comes, in a picture such as `Mara at the harbour, mending nets`.
_INTO: Final = (
    r"(?:at|in|on|into|onto|inside|outside|by|near|behind|through|along|across|around|under"
    r"|down|up|to|from|leaves|enters|crosses)"
)
_DASH: Final = re.compile(r"\s[-–—]{1,2}\s")
_PLACE_ENDS: Final = re.compile(r"(?<!\bDR)(?<!\bST)(?<!\bMR)(?<!\bMRS)(?<!\bMS)(?<!\bMT)\. ")


@dataclass(frozen=True, slots=True)
class MontagePart:
    """A stretch of a paragraph; `number` counts the pictures of a montage from 1, 0 outside."""

    text: str
    number: int = 0


@dataclass(slots=True)
class MontageReader:
    """Reads paragraphs of action in order and knows when they are a montage.

    One that begins with BEGIN goes on to its END; another to its END, to a BACK TO SCENE, or, when
    its pictures are listed, to the first paragraph that is not of the list. `untold` is the heading
    of a montage of which no picture has been seen yet.
    """

    inside: bool = False
    untold: str = ""
    _listed: bool = False
    _to_its_end: bool = False
    _count: int = 0
    _lines: list[str] = field(default_factory=list)

    def parts(self, paragraph: str) -> Iterator[MontagePart]:
        """The paragraph's parts in order, without headings and ends of montages."""
        fresh = True
        for line in paragraph.splitlines():
            opens, item = _OPENS.fullmatch(line), _ITEM.fullmatch(line)
            if opens:
                yield from self._told()
                self._begin(line.strip(), to_its_end=bool(opens["begins"]))
            elif _ENDS.fullmatch(line) or _BACK.fullmatch(line):
                yield from self._told()
                self.inside = False
            elif self.inside and item:
                yield from self._told()
                self._listed = True
                self._lines.append(item["text"])
            else:
                if fresh and self._listed and not self._to_its_end:
                    self.inside = False
                self._lines.append(line)
            fresh = False
        yield from self._told()

    def begin_with(self, heading: str) -> None:
        """The scene itself is a montage when its heading says so, as `INT. GYM - MONTAGE` does."""
        if heading.upper() == heading and _HEADED.fullmatch(heading):
            self._begin("", to_its_end=False)

    def _begin(self, heading: str, *, to_its_end: bool) -> None:
        self.inside, self.untold = True, heading
        self._listed, self._to_its_end, self._count = False, to_its_end, 0

    def _told(self) -> Iterator[MontagePart]:
        text = "\n".join(self._lines).strip()
        self._lines.clear()
        if not text:
            return
        if not self.inside:
            yield MontagePart(text)
            return
        self._count += 1
        self.untold = ""
        yield MontagePart(text, self._count)


def frames_montage(line: str) -> bool:
    """Whether a line begins or ends a montage."""
    return bool(_OPENS.fullmatch(line) or _ENDS.fullmatch(line))


def is_montage(slug: SlugLine) -> bool:
    """Whether a heading names a montage and no place, as `.MONTAGE - TRAINING` does."""
    return not slug.setting and _OPENS.fullmatch(slug.text) is not None


def place_named(text: str, places: Sequence[SlugLine]) -> SlugLine | None:
    """The place that a picture of a montage names behind a word such as `at` or `in the`, of those
    the film has scenes in: the longest name counts. None without one.

    The picture is there at the montage's own time of day.
    """
    found: list[SlugLine] = []
    for place in places:
        name = r"\s+".join(map(re.escape, place.location_name.split()))
        if name and re.search(rf"(?i)\b{_INTO}\s+(?:the\s+)?{name}(?!\w)", text):
            found.append(place)
    longest = max(found, key=lambda place: len(place.location_name), default=None)
    return longest and longest.model_copy(update={"time_of_day": ""})


def placed(text: str) -> tuple[SlugLine | None, str]:
    """The place that a picture of a montage begins with, and the rest of it.

    `INT. GYM - NIGHT - Jo lifts` is in the gym, at night.
    """
    first, _, below = text.partition("\n")
    if read_heading(first) is None or first.startswith("."):
        return None, text
    head, *parts = _DASH.split(first)
    while parts and looks_like_time(parts[0]):
        head += f" - {parts.pop(0)}"
    told = " - ".join(parts)
    if not parts and (ends := _PLACE_ENDS.search(head, head.find(". ") + 1)):
        # `INT. GYM. Jo runs.`: the place ends with its sentence, and DR. ends none.
        head, told = head[: ends.start()], head[ends.end() :]
    return read_slug_line(head), "\n".join(filter(None, (told.strip(), below.strip())))
