"""Scene headings: recognised, and taken apart into setting, location and time of day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from schemas.ids import slug
from schemas.script import Setting, SlugLine
from stages.reading.fountain_emphasis import without_emphasis
from stages.reading.time_of_day import looks_like_time

_SLASH = r"\s*[/-]\s*"
# The prefixes of the Fountain syntax, in any case.
_PREFIX: Final = re.compile(
    rf"(?P<prefix>INT\.?{_SLASH}EXT|EXT\.?{_SLASH}INT|I/E|E/I|INT|EXT|EST)(?P<mark>[.。]+\s*|:\s*|\s+)",
    re.IGNORECASE,
)
# The same in other languages: only in upper case, and only where nothing else can be meant.
_FOREIGN: Final = re.compile(
    r"(?P<prefix>"
    r"(?P<int>INTERIOR|INT[ÉE]RIEUR|INTERNO|INNEN|ИНТ|IНТ|ІНТ|BINNEN|WNĘTRZE|İÇ|داخلي|פנים"
    r"|[内內]景|실내)"
    r"|(?P<ext>EXTERIOR|EXT[ÉE]RIEUR|ESTERNO|AU(?:SS|ẞ|ß)EN|ЭКСТ|НАТ|ЕКСТ|BUITEN|PLENER|DIŞ|خارجي"
    r"|חוץ|外景|실외)"
    r")(?P<second>\s*[/-]\s*(?:INTERIOR|INT[ÉE]RIEUR|INTERNO|INNEN|ИНТ|ІНТ"
    r"|EXTERIOR|EXT[ÉE]RIEUR|ESTERNO|AU(?:SS|ẞ|ß)EN|ЭКСТ|НАТ|ЕКСТ))?(?P<dot>[.。：]+)?(?:(?<=[。：])|[\s:]+)"
)
_NUMBER: Final = re.compile(r"#(?P<number>[\w.\-]+)#$")
_LONGEST_NUMBER_CHARS: Final = 100
# What is longer than a page is no heading that somebody wrote, and looking for a time of day behind
# every dash of it would take minutes: all of it is the location.
_LONGEST_SEARCHED_CHARS: Final = 1000
_DASH: Final = re.compile(r"\s+[-–—]+\s+|\s*[–—]+\s*")
_POINT: Final = re.compile(r"[.,:;]\s+|\s+/\s+")
# A shooting draft prints a scene's number in one margin or both: `12A  INT. HALL - DAY  12A`.
_MARGIN: Final = re.compile(
    r"(?P<number>[A-Z]{0,2}\d{1,4}[A-Z]{0,2})(?P<dot>[.)])?\s+"
    r"(?P<text>(?:INT|EXT|EST|I/E|E/I)\b\.?[\s/.\S]*)"
)
# `FLASHBACK - INT. HALL - DAY`.
_FRAMED: Final = re.compile(
    r"(?:FLASH[ -]?BACK|FLASH[ -]?FORWARD|DREAM(?: SEQUENCE)?|BACK TO)\s*[-–—:]\s*"
    r"(?P<text>(?:INT|EXT|EST|I/E|E/I)\b.*)"
)
# `INT HALL DAY` and `INT. HALL-DAY`, where the dash or the spaces round it were forgotten.
_UNDASHED: Final = re.compile(
    r"(?P<place>.*\S)(?:\s+|(?<=\w{3})(?<!\bMID)(?<!\bALL)(?<!\bPRE)-)"
    r"(?P<time>DAY|NIGHT|[日夜昼朝夕晨]|夜晚|白天|ليل|نهار|לילה|יום|낮|밤)",
    re.IGNORECASE,
)
_WRAPPED: Final = re.compile(r"(?P<marks>[*_]{1,4})(?P<text>.+?)(?P=marks)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """A scene heading and the writer's own scene number, when there is one."""

    slug: SlugLine
    number: str | None
    line: int = 1


@dataclass(frozen=True, slots=True)
class _Prefix:
    """The setting a heading starts with, where the location begins, and whether it needs a `.`."""

    setting: Setting
    end: int
    forced_only: bool = False


def read_heading(text: str, line: int = 1) -> Heading | None:
    """`text` as a scene heading, or None when it is none.

    It starts with INT, EXT, EST, INT/EXT or I/E (a dot or a space after it), or with one full
    stop and a letter or digit, which forces a heading. `#…#` at the end is its number; so is what
    a shooting draft prints in the margins. `FLASHBACK -` and the like may stand before it.
    """
    if text.startswith(".") and text[1:2].isalnum():
        return heading_of(text[1:], line)
    prefix = _prefix_of(_unwrapped(text))
    if prefix and not prefix.forced_only:
        return heading_of(text, line)
    return _numbered(text, line) or _framed(text, line)


def is_plain_heading(text: str) -> bool:
    """Whether `text` can only be a heading, as `INT. HALL - DAY`: one even without an empty line
    above, where the Fountain syntax asks for one."""
    if text.startswith(".") or text != text.upper() or "." not in text[:9]:
        return False
    found = read_heading(text)
    return bool(found and found.slug.setting and found.slug.time_of_day)


def _numbered(text: str, line: int) -> Heading | None:
    """A heading between its scene numbers. `1. INT. GYM - NIGHT - Jo lifts.` is an entry of a list
    and none, so a number with a point wants a time of day at the end."""
    found = _MARGIN.fullmatch(text)
    if found is None or not read_heading(found["text"]):
        return None
    words = re.sub(rf"\s+{found['number']}[.)]?$", "", found["text"])
    place = read_slug_line(words)
    if found["dot"] and not place.time_of_day:
        return None
    return Heading(place, found["number"], line)


def _framed(text: str, line: int) -> Heading | None:
    """A heading with the word for what it is out of the story's time before it."""
    found = _FRAMED.fullmatch(text)
    heading = read_heading(found["text"], line) if found else None
    if heading is None:
        return None
    words = text.removesuffix(f"#{heading.number}#").rstrip()
    return Heading(heading.slug.model_copy(update={"text": words}), heading.number, line)


def heading_of(text: str, line: int = 1) -> Heading:
    """The heading that `text` makes, whatever it starts with."""
    number = None
    trimmed = text.rstrip()
    if found := _NUMBER.search(trimmed, max(0, len(trimmed) - _LONGEST_NUMBER_CHARS)):
        number, text = found["number"], trimmed[: found.start()].rstrip()
    return Heading(read_slug_line(text), number, line)


def read_slug_line(text: str) -> SlugLine:
    """Setting, location and time of day of a heading's text.

    The parts after the last dashes are the time of day when they look like one; everything else
    after the prefix is the location. A heading without a location has `location_id` None.
    """
    words = without_emphasis(text).strip()
    prefix = _prefix_of(words)
    rest = words[prefix.end :].strip(" \t-–—:") if prefix else words
    location, time_of_day = _place_and_time(rest) if prefix else split_time(rest)
    return SlugLine(
        text=words,
        setting=prefix.setting if prefix else "",
        location_id=slug(location) if location else None,
        location_name=location,
        time_of_day=time_of_day,
    )


def split_time(rest: str) -> tuple[str, str]:
    """Location and time of day, as written, of what follows INT or EXT."""
    if len(rest) > _LONGEST_SEARCHED_CHARS:
        return rest.strip(), ""
    if looks_like_time(rest) and not _DASH.search(rest):
        return "", rest
    at = len(rest)
    for dash in reversed(list(_DASH.finditer(rest))):
        if not looks_like_time(rest[dash.end() : at], needs_core=False):
            break
        at = dash.start()
        tail = rest[_after_dash(rest, at) :]
        if looks_like_time(tail):
            return _outer(rest, at)
    points = list(_POINT.finditer(rest))
    if points and looks_like_time(rest[points[-1].end() :].rstrip(" .")):
        return rest[: points[-1].start()].strip(), rest[points[-1].end() :].strip()
    return rest.strip(), ""


def _place_and_time(rest: str) -> tuple[str, str]:
    """`split_time`, also where the dash was forgotten."""
    location, time_of_day = split_time(rest)
    if not time_of_day and len(rest) <= _LONGEST_SEARCHED_CHARS:
        found = _UNDASHED.fullmatch(rest)
        return (found["place"], found["time"]) if found else (location, "")
    return location, time_of_day


def _outer(rest: str, at: int) -> tuple[str, str]:
    """Takes along the parts before `at` that are times too, as in `DAY - LATER`."""
    for dash in reversed(list(_DASH.finditer(rest, 0, at))):
        if not looks_like_time(rest[dash.end() : at]):
            break
        at = dash.start()
    return rest[:at].strip(), rest[_after_dash(rest, at) :].strip()


def _after_dash(rest: str, at: int) -> int:
    found = _DASH.match(rest, at)
    return found.end() if found else at


def _prefix_of(text: str) -> _Prefix | None:
    """What a heading starts with, when it starts as headings do."""
    if found := _PREFIX.match(text):
        return _english(found, text)
    found = _FOREIGN.match(text)
    if found is None or text.upper() != text.replace("ß", "SS"):
        return None
    if not found["dot"] and not _place_and_time(text[found.end() :])[1]:
        return None
    setting: Setting = "INT_EXT" if found["second"] else "INT" if found["int"] else "EXT"
    return _Prefix(setting, found.end())


def _english(found: re.Match[str], text: str) -> _Prefix | None:
    prefix, mark = found["prefix"].upper(), found["mark"].strip()
    # "Est ce que" begins a sentence; "est house - night" does not.
    if prefix == "EST" and not mark and not text.isupper() and not split_time(text[3:])[1]:
        return None
    if not text[found.end("prefix") :].strip(" .:\t"):
        return None
    both = len(prefix) > 3 or "/" in prefix
    setting: Setting = "INT_EXT" if both else "INT" if prefix == "INT" else "EXT"
    return _Prefix(setting, found.end(), forced_only=mark.startswith(":"))


def _unwrapped(text: str) -> str:
    found = _WRAPPED.fullmatch(text)
    return found["text"] if found else text
