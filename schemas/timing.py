"""Frames, samples and milliseconds; the only place where one becomes another.

Picture counts frames at a rational rate, sound counts samples at 48 kHz. All conversions are
exact integer arithmetic, rounding half up unless the name says otherwise.
"""

from __future__ import annotations

from typing import Final

from schemas.artifact import Frozen, Positive

SAMPLE_RATE_HZ: Final = 48_000

# Broadcast and web rates by the name people write; the fractions are those of SMPTE ST 12-1.
NAMED_RATES: Final[dict[str, tuple[int, int]]] = {
    "23.976": (24000, 1001),
    "23.98": (24000, 1001),
    "24": (24, 1),
    "25": (25, 1),
    "29.97": (30000, 1001),
    "30": (30, 1),
    "50": (50, 1),
    "59.94": (60000, 1001),
    "60": (60, 1),
}


class FrameRate(Frozen):
    """Frames per second as the exact fraction num/den."""

    num: Positive
    den: Positive = 1

    def text(self) -> str:
        """The fraction as ffmpeg writes it: `24/1`, `24000/1001`."""
        return f"{self.num}/{self.den}"

    def nominal(self) -> int:
        """The whole number of frames a timecode second counts: 24 for 23.976."""
        return _round_half_up(self.num, self.den)


def frames_to_samples(frames: int, rate: FrameRate) -> int:
    """Samples at 48 kHz that `frames` frames last."""
    return _round_half_up(frames * SAMPLE_RATE_HZ * rate.den, rate.num)


def samples_to_frames(samples: int, rate: FrameRate) -> int:
    """Nearest whole number of frames."""
    return _round_half_up(samples * rate.num, SAMPLE_RATE_HZ * rate.den)


def samples_to_frames_up(samples: int, rate: FrameRate) -> int:
    """Smallest number of frames that covers `samples`."""
    return -(-samples * rate.num // (SAMPLE_RATE_HZ * rate.den))


def frames_to_ms(frames: int, rate: FrameRate) -> int:
    """Milliseconds from the start to the start of frame `frames`."""
    return _round_half_up(frames * 1000 * rate.den, rate.num)


def ms_to_frames(milliseconds: int, rate: FrameRate) -> int:
    """Nearest whole number of frames."""
    return _round_half_up(milliseconds * rate.num, 1000 * rate.den)


def ms_to_samples(milliseconds: int) -> int:
    """Samples at 48 kHz; exact."""
    return milliseconds * SAMPLE_RATE_HZ // 1000


def samples_to_ms(samples: int) -> int:
    """Milliseconds."""
    return _round_half_up(samples * 1000, SAMPLE_RATE_HZ)


def timecode(frames: int, rate: FrameRate) -> str:
    """Non-drop-frame timecode HH:MM:SS:FF (SMPTE ST 12-1)."""
    base = rate.nominal()
    seconds, frame = divmod(frames, base)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}:{frame:02d}"


def _round_half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
