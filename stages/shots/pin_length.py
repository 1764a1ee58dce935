"""The length that a pin asks for: `3s`, `2.5 s`, `1500 ms`, `72 frames`."""

from __future__ import annotations

import re
from typing import Final

from schemas.errors import PipelineError
from schemas.timing import FrameRate, ms_to_samples, samples_to_frames

_LENGTH: Final = re.compile(r"(\d+(?:\.\d{1,3})?)\s*(s|ms|frames?|f)", re.IGNORECASE)
_LONGEST_MS: Final = 120_000


def is_length(text: str) -> bool:
    """Whether it is written as a length."""
    return _LENGTH.fullmatch(text) is not None


def pinned_frames(text: str, where: str, rate: FrameRate) -> int:
    """The length in frames. Raises PipelineError `shot-pin` outside one frame to two minutes."""
    number, unit = _LENGTH.fullmatch(text).groups()  # type: ignore[union-attr]
    if unit.lower().startswith("f"):
        frames = int(float(number))
    else:
        thousandth = _thousandths(number)
        milliseconds = thousandth if unit.lower() == "s" else thousandth // 1000
        if milliseconds > _LONGEST_MS:
            raise _refused(where, f"{text} is longer than two minutes", "shorten it")
        frames = samples_to_frames(ms_to_samples(milliseconds), rate)
    if frames < 1 or frames > samples_to_frames(ms_to_samples(_LONGEST_MS), rate):
        problem = f"{text} is no length of a shot"
        raise _refused(where, problem, "between one frame and two minutes")
    return frames


def _thousandths(number: str) -> int:
    whole, _, fraction = number.partition(".")
    return int(whole) * 1000 + int(fraction.ljust(3, "0"))


def _refused(where: str, problem: str, hint: str) -> PipelineError:
    return PipelineError("shot-pin", where, problem, hint)
