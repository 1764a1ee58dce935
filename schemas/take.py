"""Take: a clip that was made for one shot, kept whatever became of it (plan §22.5)."""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.artifact import Artifact, Count, DigestText, Frozen, Positive

Quality = Literal["low", "standard", "high"]


class TakePrompt(Frozen):
    """What was asked for, as structured fields."""

    subject: str
    motion: str
    style: str
    mood: str


class Take(Artifact):
    """One take of one shot. Takes of a shot are numbered from 1 and never overwritten.

    `clip` is the digest of the file beside this one, as the provider gave it. `shot_lock_hash` is
    the shot's own part of the timing lock: while it is the same, the take still fits.
    `unfit` says why the clip may not enter the film, empty when it may. `job` is its name in the
    ledger, empty for a clip that was never bought. Times are UTC, ISO 8601.
    """

    SCHEMA: ClassVar[str] = "Take/1.0.0"

    episode: str
    shot_id: str
    number: Positive
    tier: Literal["hq", "standard"]
    provider: str
    model: str
    quality: Quality
    clip: DigestText
    file: str
    duration_frames: Positive
    shot_lock_hash: DigestText
    timing_lock_hash: DigestText
    prompt: TakePrompt
    first_frame: DigestText
    job: str = ""
    cost_microusd: Count = 0
    made_at: str = ""
    unfit: str = ""
