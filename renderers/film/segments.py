"""A shot, or a part of it, encoded once: a still, a camera movement, fades, burned-in captions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renderers.captions.burned import BurnedCaptions, burning_filter, picture_environment
from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.profile import (
    GLOBAL_OPTIONS,
    container,
    keyframe_interval,
    picture_encoder,
    raw_picture_input,
)
from renderers.film.encoded_picture import (
    KeptPicture,
    SentPictures,
    require_same_pictures,
    sampled_luma,
)
from renderers.film.repeated_groups import Repeat, groups_alike, repeat_first_group
from renderers.film.shot_parts import ShotPart, whole
from renderers.pictures.motion import CameraPath, frames
from renderers.pictures.pixels import dimmed, planes_of
from renderers.pictures.watermark import Mark
from renderers.seams import Command, Tools
from schemas.project import Format
from schemas.shot_list import Shot

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

SEGMENT_VERSION = 2


@dataclass(frozen=True, slots=True)
class SegmentRequest:
    """A shot to encode, or the `part` of it that it has alone. `draw` makes its still, `canvas`
    pixels wide and high.

    `lettering` are words over the picture, which fade with it.
    `taken` is a file of raw 4:2:0 pictures of the film's size, the shot's frames from its first one
    on, that are shown instead of a moving still. `kept` is filled when the clip is checked.
    """

    shot: Shot
    format: Format
    ffmpeg: Ffmpeg
    draw: Callable[[], Image]
    canvas: tuple[int, int]
    captions: BurnedCaptions | None = None
    part: ShotPart | None = None
    taken: Path | None = None
    lettering: Callable[[], Mark] | None = None
    mark: Mark | None = None
    kept: KeptPicture | None = None

    @property
    def shown(self) -> ShotPart:
        """The frames that are wanted."""
        return self.part or whole(self.shot)


@dataclass(frozen=True, slots=True)
class Encoding:
    """Raw 4:2:0 pictures on their way into a clip; `name` is for people: `shot kitchen.7f3a`.

    `pictures` yields each with its number, without those from 1 up to `still_frames`, which are
    the first one over again. The mark is laid over all of them, and captions are burned in.
    """

    name: str
    format: Format
    ffmpeg: Ffmpeg
    frame_count: int
    pictures: Callable[[], Iterator[tuple[int, bytes]]]
    still_frames: int = 1
    captions: BurnedCaptions | None = None
    mark: Mark | None = None
    kept: KeptPicture | None = None


def encode_segment(request: SegmentRequest, tools: Tools, folder: Path) -> Path:
    """Encode a shot into `folder` and look at what came out; returns the clip.

    Raises PipelineError when the encoder fails, leaves another number of frames than locked, or
    another picture than it was sent (a black one, say).
    """
    return encode_pictures(encoding_of(request), tools, folder)


def encoding_of(request: SegmentRequest) -> Encoding:
    """What the encoder is to be given for a shot."""
    return Encoding(
        name=f"shot {request.shot.shot_id}",
        format=request.format,
        ffmpeg=request.ffmpeg,
        frame_count=request.shown.count,
        pictures=lambda: fed_pictures(request),
        still_frames=still_frames(request),
        captions=request.captions,
        mark=request.mark,
        kept=request.kept,
    )


def encode_pictures(encoding: Encoding, tools: Tools, folder: Path) -> Path:
    """Encode pictures into `folder` and look at what came out; returns the clip.

    Raises PipelineError as `encode_segment` does.
    """
    clip = folder / "clip.mp4"
    fps, frame_count = encoding.format.fps, encoding.frame_count
    looked_at = (*range(0, frame_count, keyframe_interval(fps)), frame_count - 1)
    sent: dict[int, NDArray[Any] | None] = dict.fromkeys(looked_at)
    repeat = repeat_of(encoding)
    given = replace(
        encoding,
        frame_count=repeat.encoded_frames,
        still_frames=encoding.still_frames - repeat.left_out_frames,
    )
    argv = (*picture_input(given, folder), *picture_encoder(fps), *container(fps), clip.name)
    tools.executor.run(
        Command(
            *(argv, f"encode {encoding.name}", _noted(encoding, sent)),
            cwd=folder,
            env=picture_environment(encoding.captions),
        )
    )
    if repeat.times > 1:
        encoded, clip = clip, folder / "repeated.mp4"
        repeat_first_group(encoded, clip, repeat)
    # A frame that was not fed is the first one over again.
    lumas = {frame: sent[0] if luma is None else luma for frame, luma in sent.items()}
    captioned = encoding.captions is not None
    sent_ones = SentPictures(encoding.name, frame_count, fps, lumas, captioned, encoding.kept)
    require_same_pictures(clip, sent_ones)
    return clip


def repeat_of(encoding: Encoding) -> Repeat:
    """How often the clip's first group of pictures is shown. Captions change what stands still."""
    fps = encoding.format.fps
    alike = groups_alike(encoding.still_frames, fps) if encoding.captions is None else 1
    return Repeat(encoding.name, encoding.frame_count, fps, alike)


def picture_input(encoding: Encoding, folder: Path) -> tuple[str, ...]:
    """The command that turns the fed pictures on its standard input into every frame, up to the
    options of the encoder. To be run in `folder`, where it may leave captions and fonts."""
    filters = []
    if encoding.still_frames > 1:
        filters.append(f"loop=loop={encoding.still_frames - 1}:size=1:start=0")
    if encoding.captions is not None:
        filters.append(burning_filter(encoding.captions, folder))
    return (
        *(str(encoding.ffmpeg.path), *GLOBAL_OPTIONS),
        *raw_picture_input(encoding.format),
        *("-map", "0:v", "-vf", ",".join(filters or ["null"])),
    )


def fed_pictures(
    request: SegmentRequest, *, all_of_them: bool = False
) -> Iterator[tuple[int, bytes]]:
    """What the encoder is fed of a shot: raw 4:2:0 pictures, each with its number in the part.

    Those of a still that are the first one over again are left out unless `all_of_them` are wanted.
    """
    shot, shown = request.shot, request.shown
    luma_size = request.format.width * request.format.height
    words = request.lettering() if request.lettering else None
    if request.taken is not None:
        for number, raw in enumerate(_taken_pictures(request, request.taken)):
            lettered = words.over(raw) if words else raw
            yield number, _faded(lettered, luma_size, shot, shown.first + number)
        return
    still = 1 if all_of_them else still_frames(request)
    # The camera's way may begin before the shot does, and go on after it.
    way = shown.lead_frames + shot.duration_frames + shown.run_out_frames
    first = shown.lead_frames + shown.first
    seen = range(first, first + shown.count)
    for number, raw in enumerate(frames(planes_of(request.draw()), _path(request), way, seen)):
        if 0 < number < still:
            continue
        lettered = words.over(raw) if words else raw
        yield number, _faded(lettered, luma_size, shot, shown.first + number)


def _taken_pictures(request: SegmentRequest, taken: Path) -> Iterator[bytes]:
    """The part's pictures out of a take; what lies beyond its ends is its first or last one."""
    shown, fmt = request.shown, request.format
    size = fmt.width * fmt.height * 3 // 2
    last = taken.stat().st_size // size - 1
    with taken.open("rb") as file:
        for frame in range(shown.first, shown.first + shown.count):
            file.seek(min(max(frame, 0), last) * size)
            yield file.read(size)


def still_frames(request: SegmentRequest) -> int:
    """How many pictures from the first on are the same; the encoder is fed one of them."""
    shot, shown = request.shot, request.shown
    if request.taken is not None:
        return 1
    if _path(request).moves or shown.first < fade_in_frames(shot):
        return 1
    if not shot.fade_out_frames:
        return shown.count
    clear = shot.duration_frames - shot.fade_out_frames - shown.first
    return min(max(clear, 1), shown.count)


def fade_in_frames(shot: Shot) -> int:
    """How many of a shot's first frames come out of black."""
    return shot.transition_in.duration_frames if shot.transition_in.kind == "fade_in" else 0


def _faded(raw: bytes, luma_size: int, shot: Shot, frame: int) -> bytes:
    """A picture as bright as frame `frame` of its shot is; beyond a fade to black it is black."""
    fade_in, fade_out = fade_in_frames(shot), shot.fade_out_frames
    left = shot.duration_frames - 1 - frame
    if fade_in and frame < fade_in:
        return dimmed(raw, luma_size, max(frame, 0), fade_in)
    if fade_out and left < fade_out:
        return dimmed(raw, luma_size, max(left, 0), fade_out)
    return raw


def _noted(encoding: Encoding, sent: dict[int, NDArray[Any] | None]) -> Iterator[bytes]:
    """The pictures alone; the luma of those that `sent` names is kept there."""
    fmt = encoding.format
    for frame, plain in encoding.pictures():
        raw = encoding.mark.over(plain) if encoding.mark else plain
        if frame in sent:
            sent[frame] = sampled_luma(raw, fmt.width, fmt.height)
        yield raw


def _path(request: SegmentRequest) -> CameraPath:
    fmt = request.format
    return CameraPath(*request.canvas, fmt.width, fmt.height, request.shot.movement)
