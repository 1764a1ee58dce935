"""RenderPlan (plan §5.8): every need resolved or an explicit placeholder, and the profile."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from schemas.artifact import Artifact, Count, DigestText, Flag, Frozen, Positive
from schemas.asset_manifest import Attribute, Delivery, HeardThrough, NeedKind
from schemas.license import License
from schemas.project import STORYBOARD, CaptionStyle, Corner, Format, Loudness, Theme
from schemas.scratch_track import SpokenWord

Profile = Annotated[str, Field(pattern=r"^(preview_local|standard_local|hq_[a-z0-9_-]+)$")]
Found = Literal["library", "cache", "external", "generated"]


class Resolution(Frozen):
    """One need and what stands in for it.

    `look` is what is known of a character's looks, by name: age in years, hair, beard, glasses.
    With `status` resolved, `blob` is the ingested medium: for pictures a plate, for sound a 48 kHz
    stereo 16-bit WAV. With `status` placeholder, `reason` says why, and the renderer draws it.
    """

    asset_key: str
    kind: NeedKind
    subject_id: str
    status: Literal["resolved", "placeholder"]
    blob: DigestText | None = None
    found: Found = "generated"
    source_name: str = ""
    license: License
    reason: str = ""
    fallbacks: tuple[str, ...] = ()
    look: tuple[Attribute, ...] = ()


class VoResolution(Frozen):
    """A line's recorded or synthesised audio and its word timings; no audio when estimated.

    `heard_through` and `delivery` say how the mix treats it.
    """

    asset_key: str
    line_id: str
    audio: DigestText | None
    duration_samples: Count
    words: tuple[SpokenWord, ...]
    heard_through: HeardThrough = ""
    delivery: Delivery = ""


class MarkStyle(Frozen):
    """The show's mark: a plate or a text, and where it stands; see `Watermark` of the Project."""

    blob: DigestText | None = None
    text: str = ""
    corner: Corner
    height_percent: Positive
    opacity_percent: Positive


class PictureStyle(Frozen):
    """How pictures look. `fonts` are the digests of the font files, first choice first.

    `grade` is a named one, or the name of the file that `lut` was read from.
    """

    placeholder_tag: Flag
    fonts: tuple[DigestText, ...]
    theme: Theme = STORYBOARD
    grade: str = "neutral"
    lut: DigestText | None = None
    watermark: MarkStyle | None = None


class ChosenTake(Frozen):
    """The take that stands in for a shot's preview, or why the preview stands.

    `clip` is the blob of the clip as the provider gave it, None when the preview stands: then
    `reason` says why.
    """

    shot_id: str
    provider: str
    tier: Literal["hq", "standard"] = "hq"
    number: Count = 0
    clip: DigestText | None = None
    cost_microusd: Count = 0
    reason: str = ""


class RenderPlan(Artifact):
    """Everything the renderer needs besides the ShotList and the AssetManifest.

    `takes` holds an entry for each shot that was to be upgraded, and none for the others. With
    `stems` the parts of the sound are delivered beside the film.
    """

    SCHEMA: ClassVar[str] = "RenderPlan/1.3.0"

    profile: Profile
    format: Format
    timing_lock_hash: DigestText
    resolutions: tuple[Resolution, ...]
    vo: tuple[VoResolution, ...]
    captions: CaptionStyle
    loudness: Loudness
    style: PictureStyle
    stems: Flag = True
    takes: tuple[ChosenTake, ...] = ()
