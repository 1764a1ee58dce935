"""The colour grade of a show: one of a few named ones, or a .cube file that a grader made.

It is laid over every finished picture once, before it moves and is encoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from renderers.pictures.colour_cube import FULL, LARGEST_SIDE, SMALLEST_SIDE, Cube, Rgb, cube_of
from schemas.errors import PipelineError
from schemas.project import GRADES

GRADE_VERSION: Final = 1
MAX_CUBE_BYTES: Final = 16 << 20
"""65 points a side with ten digits each are 9 MB."""

# ITU-R BT.709 luma in 1/10000.
_LUMA: Final = (2126, 7152, 722)
_NUMBER: Final = re.compile(r"[+-]?(\d{1,12}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,2})?")
_LONGEST_LINE: Final = 300


@dataclass(frozen=True, slots=True)
class _Look:
    """A named grade, all in 1/1000: what each channel is multiplied by, saturation, contrast
    around the middle, and what is added to the channels in the dark and in the light."""

    gain: Rgb = (1000, 1000, 1000)
    saturation: int = 1000
    contrast: int = 1000
    shadows: Rgb = (0, 0, 0)
    lights: Rgb = (0, 0, 0)


_LOOKS: Final = {
    "warm": _Look(gain=(1050, 990, 925), saturation=1030, lights=(12, 2, -12)),
    "cool": _Look(gain=(930, 1000, 1050), saturation=960, shadows=(-8, 2, 22)),
    "vintage": _Look(
        gain=(1020, 985, 880),
        saturation=720,
        contrast=880,
        shadows=(34, 30, 44),
        lights=(8, -4, -40),
    ),
    "cinematic": _Look(saturation=940, contrast=1120, shadows=(-26, 6, 26), lights=(26, 6, -26)),
    "vibrant": _Look(saturation=1320, contrast=1060),
}


@lru_cache(maxsize=2)
def named_grade(name: str) -> Cube | None:
    """The cube of a named grade; None for `neutral`, which changes nothing."""
    if name == GRADES[0]:
        return None
    look = _LOOKS[name]
    return cube_of(lambda colour: _graded(look, colour))


def _graded(look: _Look, colour: Rgb) -> Rgb:
    gained = [part * gain // 1000 for part, gain in zip(colour, look.gain, strict=True)]
    luma = sum(part * weight for part, weight in zip(gained, _LUMA, strict=True)) // 10_000
    red, green, blue = (
        _contrasted(look, luma + (part - luma) * look.saturation // 1000)
        + (shadow * (FULL - luma) + light * luma) // 1000
        for part, shadow, light in zip(gained, look.shadows, look.lights, strict=True)
    )
    return red, green, blue


def _contrasted(look: _Look, part: int) -> int:
    middle = FULL // 2
    return middle + (part - middle) * look.contrast // 1000


def read_cube_text(data: bytes, where: str) -> Cube:
    """A 3-D .cube file (Adobe Cube LUT Specification 1.0), its values clipped to 0 to 1.

    Raises PipelineError `broken-lut` with file and line: for one-dimensional tables, for domains
    other than 0 to 1, for a side outside 2 to 65, and for anything that is no number.
    """
    if len(data) > MAX_CUBE_BYTES:
        raise _broken(where, f"is larger than {MAX_CUBE_BYTES >> 20} MiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _broken(where, "is not text") from None
    side, points = 0, list[int]()
    for place, words in _lines(text, where):
        if words[0][0].isalpha():
            side = _keyword(words, side, place)
            continue
        if not side:
            raise _broken(place, "has values before LUT_3D_SIZE")
        if len(words) != 3:
            raise _broken(place, f"should hold three numbers, found {len(words)}")
        if len(points) == 3 * side**3:
            raise _broken(place, f"has more than the {side**3} lines that LUT_3D_SIZE {side} asks")
        points += (min(max(_value(word, place), 0), FULL) for word in words)
    if not side or len(points) != 3 * side**3:
        found = f"{len(points) // 3} lines of values where {side**3} are wanted"
        raise _broken(where, f"has {found}" if side else "has no LUT_3D_SIZE")
    return Cube(side, points)


def _lines(text: str, where: str) -> Iterator[tuple[str, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        place = f"{where}, line {number}"
        if len(line) > _LONGEST_LINE:
            raise _broken(place, f"is longer than {_LONGEST_LINE} characters")
        words = line.split("#")[0].split() if not line.startswith("TITLE") else []
        if words:
            yield place, words


def _keyword(words: list[str], side: int, place: str) -> int:
    """The cube's side after a line that begins with a keyword."""
    name, values = words[0], words[1:]
    if name == "LUT_3D_SIZE":
        digits = values[0] if len(values) == 1 else ""
        known = re.fullmatch(r"\d{1,3}", digits)
        if side or not known or not SMALLEST_SIDE <= int(digits) <= LARGEST_SIDE:
            wanted = f"one LUT_3D_SIZE from {SMALLEST_SIDE} to {LARGEST_SIDE}"
            raise _broken(place, f"should hold {wanted}, found {' '.join(values)[:20]!r}")
        return int(digits)
    domains = {"DOMAIN_MIN": [0] * 3, "DOMAIN_MAX": [FULL] * 3, "LUT_3D_INPUT_RANGE": [0, FULL]}
    if name not in domains:
        kind = "a one-dimensional table" if name.startswith("LUT_1D") else f"{name[:30]}, unknown"
        raise _broken(place, f"holds {kind}")
    if [_value(word, place) for word in values] != domains[name]:
        raise _broken(place, "has a domain other than 0 to 1")
    return side


def _value(word: str, place: str) -> int:
    """A decimal number in 1/65535, rounded half to even."""
    if not _NUMBER.fullmatch(word):
        raise _broken(place, f"should hold numbers such as 0.25, found {word[:20]!r}")
    # A larger number is clipped in any case, and its exponent must not cost memory.
    return int((max(min(Decimal(word), Decimal(2)), Decimal(-2)) * FULL).to_integral_value())


def _broken(where: str, problem: str) -> PipelineError:
    return PipelineError(
        "broken-lut",
        where,
        problem,
        "export it as a 3-D .cube of 17, 33 or 65 points with a domain of 0 to 1",
    )
