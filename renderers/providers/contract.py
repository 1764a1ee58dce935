"""What every HQ clip provider offers (plan §22), and the values that go in and out of it.

A provider never sees the story: it gets one shot as structured prompt fields and reference frames,
and it gives back a clip. Whether the clip may enter the film is not its to say
(`renderers.providers.conform`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from schemas.project import Format
from schemas.take import Quality

ErrorClass = Literal["transient", "rate_limit", "content_rejected", "fatal"]
JobPhase = Literal["waiting", "running", "done", "failed", "cancelled"]
Confidence = Literal["low", "medium", "high"]
Medium = Literal["image", "video"]

MICROUSD_PER_CENT = 10_000
# What nearly every model makes, and what films are mostly asked for in.
USUAL_ASPECTS = ("16:9", "9:16", "1:1")
USUAL_RATES = (24,)


class ProviderError(Exception):
    """A provider's refusal or failure, classified as in plan §22.4.

    `transient` and `rate_limit` may be tried again, after `retry_after_s` when the provider named
    a time. `content_rejected` goes to a person and is never reworded or retried. `fatal` leaves the
    preview in place. `maybe_accepted` is true when the request may have reached the provider and
    been taken, so that sending it again could pay twice.
    """

    def __init__(
        self,
        kind: ErrorClass,
        problem: str,
        *,
        retry_after_s: int | None = None,
        maybe_accepted: bool = False,
    ) -> None:
        super().__init__(problem)
        self.kind = kind
        self.problem = problem
        self.retry_after_s = retry_after_s
        self.maybe_accepted = maybe_accepted


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a provider can make (plan §22.1).

    `durations_s` are the only clip lengths it sells, empty when any whole second up to
    `max_clip_duration_s` will do. `sizes` are the only picture sizes, empty when the aspect ratio
    alone is asked for. `frame_rates` are what its clips come in, empty when not promised.
    `dedups_submits` says that a submit carrying the same client token twice makes one job, and
    `cancels` that a job that was taken can still be stopped before it has cost its whole price.
    `vram_mib` is what a local model declares to need, 0 for none. `transforms` are the kinds of
    media it can make into another scene (`MediaJob`).
    """

    provider_id: str
    max_clip_duration_s: int
    max_resolution: str
    aspect_ratios: tuple[str, ...] = USUAL_ASPECTS
    frame_rates: tuple[int, ...] = USUAL_RATES
    durations_s: tuple[int, ...] = ()
    sizes: tuple[tuple[int, int], ...] = ()
    audio_support: bool = False
    image_to_video: bool = True
    text_to_video: bool = False
    dedups_submits: bool = False
    cancels: bool = False
    vram_mib: int = 0
    transforms: tuple[Medium, ...] = ()


@dataclass(frozen=True, slots=True)
class ShotPrompt:
    """Structured prompt fields, each a short phrase and never a paragraph (plan §22.2)."""

    subject: str
    motion: str
    style: str
    mood: str

    def text(self, limit: int) -> str:
        """The fields as one line of at most `limit` characters, cut between fields or words."""
        line = ""
        for part in (self.subject, self.motion, self.style, self.mood):
            longer = f"{line}. {part}" if line and part else line or part
            if len(longer) > limit:
                room = limit - len(line) - 2 if line else limit
                cut = part[: max(room, 0)].rsplit(" ", 1)[0] if room > 0 else ""
                return f"{line}. {cut}" if line and cut else line or cut
            line = longer
        return line


@dataclass(frozen=True, slots=True)
class ClipJob:
    """One shot to make.

    `duration_frames` at `format.fps` is locked: the clip has to last at least that long, and
    `timing_lock_hash` is the lock it was asked under. `first_frame` (and `last_frame`) are PNG
    pictures of the preview shot; `layers` are larger PNG pictures by name (`scene`, `background`)
    for programs on this machine that take a picture apart. `client_token` names this attempt for
    providers that take one. `finer` is the size in pixels up to which a program on this machine may
    make its picture finer than the film's; what is made is scaled into the film's frame.
    """

    shot_id: str
    duration_frames: int
    format: Format
    timing_lock_hash: str
    prompt: ShotPrompt
    model: str
    quality: Quality
    seed: int
    client_token: str
    first_frame: bytes
    last_frame: bytes | None = None
    layers: tuple[tuple[str, bytes], ...] = ()
    finer: tuple[int, int] | None = None

    def seconds_needed(self) -> int:
        """Whole seconds that hold every locked frame, rounded up."""
        fps = self.format.fps
        return -(-self.duration_frames * fps.den // fps.num)


@dataclass(frozen=True, slots=True)
class MediaJob:
    """A picture or clip of a person to be shown in another scene: the second kind of request.

    `media` is what `renderers.media_ingest` made of the file: PNG, or MP4 without sound and
    without anything that says where or by whom it was filmed; `poster` is the clip's first picture
    as PNG, the picture itself for a picture. `duration_ms` is 0 for pictures. `shot_id` is what the
    ledger books it under. `client_token` names this attempt.
    """

    shot_id: str
    medium: Medium
    media: bytes
    poster: bytes
    width: int
    height: int
    duration_ms: int
    prompt: str
    model: str
    seed: int
    client_token: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a job is expected to cost and take. `exact` is false when a price list was guessed."""

    cost_microusd: int
    duration_s: int
    exact: bool
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Submission:
    """A job the provider has taken. `handle` is all that is needed to ask for it again."""

    handle: str
    cost_microusd: int | None = None


@dataclass(frozen=True, slots=True)
class JobState:
    """How a job stands. `links` are where the clips are when it is done, first choice first.

    `cost_microusd` is what the provider says it charged, None when it does not say;
    `retry_soonest_s` is how long it wants to be left alone. A failed job carries its `error`.
    """

    phase: JobPhase
    progress_permille: int = 0
    links: tuple[str, ...] = ()
    cost_microusd: int | None = None
    retry_soonest_s: int = 5
    error: ProviderError | None = None


Job = TypeVar("Job", bound=ClipJob | MediaJob)
Asked_contra = TypeVar("Asked_contra", bound=ClipJob | MediaJob, contravariant=True)


class Provider(Protocol[Asked_contra]):
    """One provider, for one kind of request. Every method may raise ProviderError, and nothing
    else."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can make."""
        ...

    def estimate(self, job: Asked_contra) -> Estimate:
        """What the job would cost. No network."""
        ...

    def submit(self, job: Asked_contra) -> Submission:
        """Hand the job in, once."""
        ...

    def poll(self, handle: str) -> JobState:
        """How a job stands, by the handle of its submission."""
        ...

    def fetch(self, state: JobState, into: Path) -> None:
        """Write the finished clip to `into`. An expired link raises `transient`: poll again."""
        ...

    def cancel(self, handle: str) -> None:
        """Ask that the job be stopped. One that is over already is no error."""
        ...


ClipProvider = Provider[ClipJob]
MediaProvider = Provider[MediaJob]
