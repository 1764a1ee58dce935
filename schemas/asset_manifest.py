"""AssetManifest (plan §5.7): what the shots need, with no provider and no path."""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.artifact import Artifact, DigestText, Flag, Frozen
from schemas.digest import tagged_digest
from schemas.script import Span

NeedKind = Literal["background", "character", "prop", "sfx", "music"]
HeardThrough = Literal["", "phone", "radio", "speaker", "offstage"]
"""What a voice comes out of; `offstage` is somebody near, only out of the picture."""
Delivery = Literal["", "whisper", "soft", "shout"]
"""How loud a line is said, where its direction says so."""


class Attribute(Frozen):
    """One property of a need, such as `time_of_day` = `NIGHT`."""

    name: str
    value: str


class AssetNeed(Frozen):
    """Something to be seen or heard. `asset_key` is derived from kind, subject and attributes."""

    asset_key: str
    kind: NeedKind
    subject_id: str
    attributes: tuple[Attribute, ...] = ()
    used_by: tuple[str, ...]


class VoItem(Frozen):
    """A line to be spoken and captioned. `off_screen` lines are set in italics.

    `sung` lines carry a note sign; `dual_with` names the line spoken at the same time.
    """

    asset_key: str
    line_id: str
    speaker_id: str
    speaker: str
    spans: tuple[Span, ...]
    off_screen: Flag = False
    sung: Flag = False
    dual_with: str | None = None
    emotion: str = ""
    pacing: str = ""
    heard_through: HeardThrough = ""
    delivery: Delivery = ""


class AssetManifest(Artifact):
    """Every need of every shot, each once."""

    SCHEMA: ClassVar[str] = "AssetManifest/1.0.0"

    language: str
    timing_lock_hash: DigestText
    needs: tuple[AssetNeed, ...]
    vo_items: tuple[VoItem, ...]


def asset_key(kind: str, subject_id: str, attributes: tuple[Attribute, ...] = ()) -> str:
    """`kind-` and twelve hex characters of the digest of what is needed."""
    content = {
        "kind": kind,
        "subject_id": subject_id,
        "attributes": [[a.name, a.value] for a in attributes],
    }
    return f"{kind}-{tagged_digest('AssetNeed', content)[:12]}"
