"""RenderOutput (plan §5.9): the film and everything delivered with it, by digest."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import StrictInt

from schemas.artifact import Artifact, Count, DigestText, Frozen, Positive
from schemas.project import Format
from schemas.render_plan import Profile
from schemas.shot_list import TransitionKind

Tier = Literal["hq", "standard", "preview", "placeholder"]


class FilmFile(Frozen):
    """The delivered MP4."""

    blob: DigestText
    size_bytes: Positive
    duration_frames: Positive
    format: Format


class MediaFile(Frozen):
    """A delivered file next to the film; `name` is its file name ending, such as `srt`."""

    name: str
    blob: DigestText
    size_bytes: Count


class RenderedShot(Frozen):
    """One shot as rendered. `clip` is over its bytes: the same bytes decode to the same pictures.

    The clip holds `clip_frames` of the shot's locked frames from `clip_first_frame` on: the others
    are a transition's. Without `clip_frames` it holds them all. `cost_microusd` is what a provider
    charged, 0 for local work. `take` is the number of the take that is shown, 0 for the preview;
    `reason` is why a shot that was to be upgraded was not. `placeholders` are the asset keys that
    were drawn because the show has no such asset. `still` is a typical frame, small, as JPEG.
    """

    shot_id: str
    clip: DigestText
    duration_frames: Positive
    clip_first_frame: Count = 0
    clip_frames: Positive | None = None
    tier: Tier
    provider: str = "local"
    cost_microusd: Count = 0
    take: Count = 0
    reason: str = ""
    placeholders: tuple[str, ...] = ()
    still: DigestText | None = None


class RenderedTransition(Frozen):
    """The frames in which one shot becomes the next, named by the shot they lead into.

    `leaving_frames` of them are the tail of the shot before, the others the head of this one.
    """

    shot_id: str
    kind: TransitionKind
    clip: DigestText
    duration_frames: Positive
    leaving_frames: Count


class MeasuredLoudness(Frozen):
    """Measured on the delivered file; None for a silent film, which has no loudness."""

    integrated_centilufs: StrictInt | None
    true_peak_centidbtp: StrictInt | None


class CaptionViolation(Frozen):
    """One rule that one caption breaks. `caption` counts from 1; times are milliseconds.

    `file` is the file's name ending. An `error` is never right; a `warning` is what fast speech can
    leave no room for, such as a caption that is read faster than it should be.
    """

    rule: str
    severity: Literal["error", "warning"]
    file: str
    caption: Count
    start_ms: Count
    end_ms: Count
    found: str
    allowed: str
    text: str


class CaptionCheck(Frozen):
    """What the caption gate found in the delivered files."""

    captions: Count
    violations: tuple[CaptionViolation, ...] = ()


class LineageEntry(Frozen):
    """A parent artifact by name and digest."""

    name: str
    digest: DigestText


class ToolEntry(Frozen):
    """One part of the toolchain that made the film, such as the ffmpeg build."""

    name: str
    version: str


class RenderOutput(Artifact):
    """What `pipeline run` delivers. `degraded` lists its reasons."""

    SCHEMA: ClassVar[str] = "RenderOutput/2.2.0"

    profile: Profile
    timing_lock_hash: DigestText
    status: Literal["completed", "degraded"]
    reasons: tuple[str, ...] = ()
    film: FilmFile
    captions: tuple[MediaFile, ...]
    stems: tuple[MediaFile, ...] = ()
    poster: MediaFile | None = None
    thumbnail: MediaFile | None = None
    contact_sheet: MediaFile | None = None
    shots: tuple[RenderedShot, ...]
    transitions: tuple[RenderedTransition, ...] = ()
    loudness: MeasuredLoudness
    caption_check: CaptionCheck | None = None
    lineage: tuple[LineageEntry, ...]
    toolchain: tuple[ToolEntry, ...]
