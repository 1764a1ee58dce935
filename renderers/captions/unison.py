"""The same words out of several mouths at once: one caption, with all the names before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from renderers.captions.lines import HeardLine

JOINING = " & "


def in_unison(group: Sequence[HeardLine]) -> tuple[HeardLine, ...]:
    """A group of lines that are heard together, as one line where all of them say the same.

    Capitals and spaces do not matter. It begins with the first voice and ends with the last, its
    words are timed by the first, and its speaker is all of them.
    """
    first = group[0]
    speakers = {line.item.speaker_id: " ".join(line.item.speaker.split()) for line in group}
    words = {" ".join(line.text.casefold().split()) for line in group}
    if not len(group) == len(speakers) > 1 or len(words) > 1 or not all(speakers.values()):
        return tuple(group)
    joint = first.item.model_copy(
        update={
            "speaker_id": JOINING.join(speakers),
            "speaker": JOINING.join(speakers.values()),
            "off_screen": all(line.item.off_screen for line in group),
            "sung": all(line.item.sung for line in group),
        }
    )
    end_frame = max(line.end_frame for line in group)
    also = tuple(line.item.line_id for line in group[1:])
    return (replace(first, item=joint, end_frame=end_frame, also=also),)
