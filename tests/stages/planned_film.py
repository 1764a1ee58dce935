"""Small films for the tests of the planning stages, from Fountain to shot list."""

from __future__ import annotations

from typing import Any

from schemas.scratch_track import ScratchLine, ScratchTrack
from schemas.script import Script
from schemas.shot_list import Shot, ShotList
from schemas.timing import FrameRate
from stages.reading.read_fountain import read_fountain
from stages.shots.estimate_speech import estimate_line
from stages.shots.plan_shots import ShotSettings, plan_shots
from stages.spoken_lines import spoken_lines

FILM = FrameRate(num=24)

KITCHEN = """\
Title: The Kettle
Author: A. Writer

FADE IN:

INT. KITCHEN - NIGHT

Steam on the windows. MARA stands at the stove.

MARA
You came back.

JONAS
I said I would.

MARA
(angry)
You said many things to me that winter.

JONAS
(beat)
I know what I said.

Mara turns the kettle off.

JONAS
Is there any tea left in that pot?

MARA
There is always tea in that pot.

FADE OUT.

EXT. HARBOUR - DAY

Gulls over empty boats.

REYES
Nobody has gone out since Friday.

MARA
Then nobody has come back either.

DISSOLVE TO:

INT. BOAT HOUSE - DAY

Reyes lights a lamp.
"""


def script_of(text: str) -> Script:
    return read_fountain(text, "episodes/s01e01.fountain")


def scratch_of(script: Script) -> ScratchTrack:
    """Every spoken line at its estimated length; sung lines without a speaker are left out."""
    lines = []
    for line in spoken_lines(script):
        if not line.speaker_id:
            continue
        duration, words = estimate_line(line.text, script.language)
        lines.append(
            ScratchLine(
                line_id=line.line_id,
                speaker_id=line.speaker_id,
                audio=None,
                duration_samples=duration,
                estimated=True,
                voice="",
                engine="none",
                words=words,
            )
        )
    return ScratchTrack.create(language=script.language, lines=tuple(lines))


def plan(text: str, rate: FrameRate = FILM, title_card: bool = False) -> ShotList:
    script = script_of(text)
    return plan_shots(script, scratch_of(script), ShotSettings(fps=rate, title_card=title_card))


def looks(shots: ShotList) -> list[tuple[str, str, tuple[str, ...]]]:
    """Template, framing and people of every shot."""
    return [(s.template, s.framing, tuple(c.id for c in s.characters)) for s in shots.shots]


def without_source(shot: Shot) -> dict[str, Any]:
    return shot.model_dump(mode="json", exclude={"source"})
