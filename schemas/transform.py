"""Transform: a picture or clip that was made of somebody's own, shown in another scene."""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.artifact import Artifact, Count, DigestText, Frozen, Positive

Medium = Literal["image", "video"]


class TransformSource(Frozen):
    """What it was made of: the file's name, its digest and size as given, and what was sent of it.

    `sent` is the digest of the picture or clip that went out; `sent_ms` is 0 for a picture.
    """

    name: str
    digest: DigestText
    size_bytes: Positive
    sent: DigestText
    width: Positive
    height: Positive
    sent_ms: Count = 0


class Transform(Artifact):
    """One variation. Those of one wish are numbered from 1 and never overwritten.

    `wish` names the source, scene, style and aspect together; `media` is the digest of the file
    beside this one, as the provider gave it. `prompt` is what was asked word for word. `job` is its
    name in the ledger, `made_at` UTC, ISO 8601. `warnings` are what a person should know of it.
    """

    SCHEMA: ClassVar[str] = "Transform/1.0.0"

    wish: DigestText
    number: Positive
    medium: Medium
    source: TransformSource
    scene_description: str
    style_preset: str = ""
    aspect_ratio: str = "original"
    prompt: str
    provider: str
    model: str
    seed: Count
    media: DigestText
    file: str
    width: Positive
    height: Positive
    duration_frames: Count = 0
    job: str = ""
    cost_microusd: Count = 0
    made_at: str = ""
    warnings: tuple[str, ...] = ()
