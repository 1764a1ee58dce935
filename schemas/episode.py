"""Episode (plan §5.4): what an episode is about and what it leaves open."""

from __future__ import annotations

from typing import ClassVar

from schemas.artifact import Artifact, Count, Frozen
from schemas.canon import Fact


class Thread(Frozen):
    """An unresolved question and the scene that opened it."""

    text: str
    scene_id: str = ""


class Episode(Artifact):
    """An episode's place in the season. Numbers are 0 when the file name does not say."""

    SCHEMA: ClassVar[str] = "Episode/1.0.0"

    episode_id: str
    season_number: Count = 0
    episode_number: Count = 0
    title: str = ""
    arc_reference: str = ""
    summary: str = ""
    new_facts: tuple[Fact, ...] = ()
    unresolved_threads: tuple[Thread, ...] = ()
