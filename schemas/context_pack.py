"""ContextPack (plan §6.4): all that a generation step gets to know of the story so far."""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.artifact import Artifact, Count, DigestText, Frozen, Positive
from schemas.canon import Fact


class EpisodeBrief(Frozen):
    """The episode before, and the Script its summary comes from."""

    episode: str
    title: str = ""
    summary: str
    script: DigestText


class OpenThread(Frozen):
    """A question that canon holds open; `subject` is the thread's own id."""

    subject: str
    text: str
    episode: str
    scene_id: str = ""
    file: str = ""
    line: Count = 0


class PastEvent(Frozen):
    """Something that changed in an earlier episode, as canon has it."""

    text: str
    episode: str
    scene_id: str = ""
    file: str = ""
    line: Count = 0


class Recalled(Frozen):
    """What the recall layer found alike: colour, never truth. `score_e4` is up to 10000."""

    kind: Literal["summary", "detail"]
    text: str
    episode: str
    scene_id: str = ""
    file: str = ""
    line: Count = 0
    score_e4: Count


class LeftOut(Frozen):
    """How many of each had no room."""

    last_episode: Count = 0
    open_threads: Count = 0
    facts: Count = 0
    past_events: Count = 0
    recalled: Count = 0


class ContextPack(Artifact):
    """The truth before an episode and what led to it, within `budget_bytes` of canonical JSON.

    `canon` is the digest of everything that is true there; `facts` the part that matters.
    """

    SCHEMA: ClassVar[str] = "ContextPack/1.0.0"

    tenant: str = "default"
    show: str = ""
    episode: str
    budget_bytes: Positive
    canon: DigestText
    last_episode: EpisodeBrief | None = None
    open_threads: tuple[OpenThread, ...] = ()
    facts: tuple[Fact, ...] = ()
    past_events: tuple[PastEvent, ...] = ()
    recalled: tuple[Recalled, ...] = ()
    left_out: LeftOut = LeftOut()
