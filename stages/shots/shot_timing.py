"""How long things last on screen: margins around speech, reading lengths, the limits of a shot.

Every constant is in samples at 48 kHz and becomes frames only through `schemas.timing`, so that a
pause lasts as long at 60 frames a second as at 24.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from schemas.shot_list import MovementKind
from schemas.timing import (
    SAMPLE_RATE_HZ,
    FrameRate,
    frames_to_ms,
    frames_to_samples,
    samples_to_frames,
    samples_to_frames_up,
)
from stages.sentences import reading_units

# Before the first word and after the last: 8 and 12 frames at 24 frames a second, the margins
# editors leave around a line.
LEAD_SAMPLES: Final = 16_000
TAIL_SAMPLES: Final = 24_000
# Inside a conversation people answer within a third to half a second: 4 frames lead, and a tail
# that depends on how the line before ends.
REPLY_LEAD_SAMPLES: Final = 8_000
REPLY_TAIL_SAMPLES: Final = 12_000
EAGER_TAIL_SAMPLES: Final = 8_000
TRAILING_TAIL_SAMPLES: Final = 18_000

SHORTEST_SHOT_SAMPLES: Final = 57_600
LONGEST_SHOT_SAMPLES: Final = 8 * SAMPLE_RATE_HZ
SHORTEST_ACTION_SAMPLES: Final = 2 * SAMPLE_RATE_HZ
LONGEST_ACTION_SAMPLES: Final = 6 * SAMPLE_RATE_HZ
# A comfortable reading speed; what can be read can be taken in.
READING_UNITS_PER_SECOND: Final = 15
TITLE_SAMPLES: Final = 120_000
PLACE_SAMPLES: Final = 120_000
# Words on a picture are found before they are read.
NOTICE_SAMPLES: Final = SAMPLE_RATE_HZ
PAUSE_SAMPLES: Final = 72_000
LONG_PAUSE_SAMPLES: Final = 120_000
END_TAIL_SAMPLES: Final = 2 * SAMPLE_RATE_HZ

FADE_SAMPLES: Final = SAMPLE_RATE_HZ
CARD_FADE_SAMPLES: Final = SAMPLE_RATE_HZ // 2

# What two say at once can only be read, and what one of them says next would take the words away:
# the pace for children of the Netflix Timed Text Style Guides, 17 characters a second, and a
# silence of 2 s at most.
BOTH_READ_UNITS_PER_SECOND: Final = 17
LONGEST_BOTH_READ_SAMPLES: Final = 2 * SAMPLE_RATE_HZ

# Camera speed in 1/1000 of the frame width a second, and the least and most it may travel.
_SPEED_PERMILLE: Final[dict[MovementKind, tuple[int, int, int]]] = {
    "static": (0, 0, 0),
    "push_in": (12, 20, 80),
    "pull_out": (12, 20, 80),
    "pan_left": (20, 40, 120),
    "pan_right": (20, 40, 120),
}


def shortest_frames(rate: FrameRate) -> int:
    """The fewest frames that last 1.2 s."""
    return samples_to_frames_up(SHORTEST_SHOT_SAMPLES, rate)


def longest_frames(rate: FrameRate) -> int:
    """The most frames that fit in 8 s."""
    return frames_within(LONGEST_SHOT_SAMPLES, rate)


def frames_within(samples: int, rate: FrameRate) -> int:
    """The most whole frames that fit in `samples`: rounding down is rounding up, mirrored."""
    return -samples_to_frames_up(-samples, rate)


def lead_frames(flows_in: bool, rate: FrameRate) -> int:
    """Silence before a line: short when it answers another."""
    return samples_to_frames(REPLY_LEAD_SAMPLES if flows_in else LEAD_SAMPLES, rate)


def tail_frames(text: str, flows_out: bool, rate: FrameRate) -> int:
    """Silence after a line.

    Nobody lets a question or an interruption hang; a line that trails off is given time.
    """
    if not flows_out:
        return samples_to_frames(TAIL_SAMPLES, rate)
    ending = text.rstrip().rstrip("\"'”’»)")
    if ending.endswith(("...", "…")):
        return samples_to_frames(TRAILING_TAIL_SAMPLES, rate)
    if ending.endswith(("?", "？", "-", "–", "—")):
        return samples_to_frames(EAGER_TAIL_SAMPLES, rate)
    return samples_to_frames(REPLY_TAIL_SAMPLES, rate)


def both_read_frames(shown: Iterable[str], spoken_frames: int, rate: FrameRate) -> int:
    """Silence after lines that were said at once, before somebody answers: until what `shown`
    says, names and all, can have been read."""
    units = sum(reading_units(text) for text in shown)
    needed = units * SAMPLE_RATE_HZ // BOTH_READ_UNITS_PER_SECOND
    left = needed - frames_to_samples(spoken_frames, rate) - REPLY_LEAD_SAMPLES
    return samples_to_frames_up(min(max(left, 0), LONGEST_BOTH_READ_SAMPLES), rate)


def reading_frames(text: str, rate: FrameRate) -> int:
    """How long an action is shown: its reading length, between 2 s and 6 s."""
    return min(
        max(
            reading_samples_frames(text, rate), samples_to_frames_up(SHORTEST_ACTION_SAMPLES, rate)
        ),
        frames_within(LONGEST_ACTION_SAMPLES, rate),
    )


def reading_samples_frames(text: str, rate: FrameRate) -> int:
    """Frames to read `text` at 15 characters a second, however short or long."""
    return samples_to_frames_up(
        reading_units(text) * SAMPLE_RATE_HZ // READING_UNITS_PER_SECOND, rate
    )


def reading_limit_units() -> int:
    """How much text the longest action shot can carry."""
    return READING_UNITS_PER_SECOND * LONGEST_ACTION_SAMPLES // SAMPLE_RATE_HZ


def travel_permille(kind: MovementKind, duration_frames: int, rate: FrameRate) -> int:
    """How far a movement goes in a shot, at a speed that feels the same in every shot."""
    speed, least, most = _SPEED_PERMILLE[kind]
    return min(most, max(least, speed * frames_to_ms(duration_frames, rate) // 1000))


def fade_frames(duration_frames: int, rate: FrameRate, samples: int = FADE_SAMPLES) -> int:
    """A fade of `samples`, or half of the shot if that is shorter."""
    return min(samples_to_frames(samples, rate), duration_frames // 2)
