"""A take: what one shot has to cover, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.artifact import SourceRef
from schemas.shot_list import TransitionKind, VoPlacement
from stages.shots.beats import Beat, Track

TakeKind = Literal[
    "place",
    "action",
    "montage",
    "insert",
    "prop",
    "card",
    "super",
    "speech",
    "exchange",
    "dual",
    "pause",
    "lyric",
]


@dataclass(frozen=True, slots=True)
class Take:
    """What one shot has to cover, and for how long; the grammar decides how it looks.

    `people` are those it is about, `text` what happens or is said, `part` of `parts` its place
    among the shots of a beat that was cut; `lengthy` when someone speaks for long in it.
    `thing` is what an insert is of, `pinned` where a pin asks for it. A `split` take has a part of
    its paragraph's time, and one that is an `echo` shows the words of the take before once more.
    `super_lines` are words to be read on the picture, `super_cut` when some had to be left out.
    """

    kind: TakeKind
    source: SourceRef
    duration_frames: int
    beat: Beat | None = None
    people: tuple[str, ...] = ()
    lines: Track = ()
    text: str = ""
    placements: tuple[VoPlacement, ...] = ()
    part: int = 0
    parts: int = 1
    lengthy: bool = False
    thing: str = ""
    pinned: str = ""
    split: bool = False
    echo: bool = False
    super_lines: tuple[str, ...] = ()
    super_cut: bool = False
    arrives: TransitionKind | None = None
    fades_out: bool = False
