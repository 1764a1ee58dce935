"""One shot, encoded once: a still, a camera movement, fades, and captions when burned in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renderers.encoded_picture import SentPictures, require_same_pictures, sampled_luma
from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.profile import (
    GLOBAL_OPTIONS,
    container,
    keyframe_interval,
    picture_encoder,
    raw_picture_input,
)
from renderers.motion import CameraPath, frames
from renderers.pixels import dimmed, planes_of
from renderers.seams import Command, Tools
from schemas.project import Format
from schemas.shot_list import Shot

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

SEGMENT_VERSION = 1
_CAPTIONS = "captions.ass"
_FONTS = "fonts"
_FONTCONFIG = "fonts.conf"


@dataclass(frozen=True, slots=True)
class BurnedCaptions:
    """An ASS document whose times start at the shot's first frame, and the fonts it names."""

    ass: bytes
    fonts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class SegmentRequest:
    """A shot to encode. `draw` makes its still, `canvas` pixels wide and high."""

    shot: Shot
    format: Format
    ffmpeg: Ffmpeg
    draw: Callable[[], Image]
    canvas: tuple[int, int]
    captions: BurnedCaptions | None = None


def encode_segment(request: SegmentRequest, tools: Tools, folder: Path) -> Path:
    """Encode a shot into `folder` and look at what came out; returns the clip.

    Raises PipelineError when the encoder fails, leaves another number of frames than locked, or
    another picture than it was sent (a black one, say).
    """
    clip = folder / "clip.mp4"
    fps, frame_count = request.format.fps, request.shot.duration_frames
    looked_at = (*range(0, frame_count, keyframe_interval(fps)), frame_count - 1)
    sent: dict[int, NDArray[Any] | None] = dict.fromkeys(looked_at)
    name = f"shot {request.shot.shot_id}"
    argv = (*picture_input(request, folder), *picture_encoder(fps), *container(fps), clip.name)
    tools.executor.run(
        Command(
            *(argv, f"encode {name}", _noted(request, sent)),
            cwd=folder,
            env=picture_environment(request),
        )
    )
    # A frame that was not fed is the first one over again.
    lumas = {frame: sent[0] if luma is None else luma for frame, luma in sent.items()}
    captioned = request.captions is not None
    require_same_pictures(clip, SentPictures(name, frame_count, fps, lumas, captioned))
    return clip


def picture_input(request: SegmentRequest, folder: Path) -> tuple[str, ...]:
    """The command that turns `fed_pictures` on its standard input into the shot's every frame, up
    to the options of the encoder. To be run in `folder`, where it may leave captions and fonts."""
    filters = []
    still = _still_frames(request)
    if still > 1:
        filters.append(f"loop=loop={still - 1}:size=1:start=0")
    if request.captions is not None:
        _lay_out_captions(request.captions, folder)
        # Fixed names in the working folder: no user text ever enters a filter string.
        filters.append(f"ass=filename={_CAPTIONS}:fontsdir={_FONTS}")
    return (
        *(str(request.ffmpeg.path), *GLOBAL_OPTIONS),
        *raw_picture_input(request.format),
        *("-map", "0:v", "-vf", ",".join(filters or ["null"])),
    )


def picture_environment(request: SegmentRequest) -> tuple[tuple[str, str], ...]:
    """The environment of that command."""
    if request.captions is None:
        return ()
    # fontconfig would otherwise pick whatever the machine has installed.
    return (("FONTCONFIG_FILE", _FONTCONFIG), ("FONTCONFIG_PATH", "."))


def fed_pictures(request: SegmentRequest) -> Iterator[tuple[int, bytes]]:
    """What that command is fed: raw 4:2:0 pictures, each with the number of its frame."""
    shot = request.shot
    planes = planes_of(request.draw())
    fade_in = _fade_in_frames(shot)
    still = _still_frames(request)
    luma_size = request.format.width * request.format.height
    for frame, raw in enumerate(frames(planes, _path(request), shot.duration_frames)):
        left = shot.duration_frames - 1 - frame
        if 0 < frame < still:
            continue
        if frame < fade_in:
            yield frame, dimmed(raw, luma_size, frame, fade_in)
        elif left < shot.fade_out_frames:
            yield frame, dimmed(raw, luma_size, left, shot.fade_out_frames)
        else:
            yield frame, raw


def _noted(request: SegmentRequest, sent: dict[int, NDArray[Any] | None]) -> Iterator[bytes]:
    """The pictures alone; the luma of those that `sent` names is kept there."""
    fmt = request.format
    for frame, raw in fed_pictures(request):
        if frame in sent:
            sent[frame] = sampled_luma(raw, fmt.width, fmt.height)
        yield raw


def _path(request: SegmentRequest) -> CameraPath:
    fmt = request.format
    return CameraPath(*request.canvas, fmt.width, fmt.height, request.shot.movement)


def _fade_in_frames(shot: Shot) -> int:
    return shot.transition_in.duration_frames if shot.transition_in.kind == "fade_in" else 0


def _still_frames(request: SegmentRequest) -> int:
    """How many pictures from the first on are the same; the encoder is fed one of them."""
    shot = request.shot
    if _path(request).moves or _fade_in_frames(shot):
        return 1
    return max(shot.duration_frames - shot.fade_out_frames, 1)


def _lay_out_captions(captions: BurnedCaptions, folder: Path) -> None:
    (folder / _CAPTIONS).write_bytes(captions.ass)
    fonts = folder / _FONTS
    fonts.mkdir()
    for number, font in enumerate(captions.fonts):
        (fonts / f"{number}{font.suffix}").write_bytes(font.read_bytes())
    (folder / _FONTCONFIG).write_text(
        f"<fontconfig><dir prefix='cwd'>{_FONTS}</dir><cachedir prefix='cwd'>cache</cachedir>"
        "</fontconfig>\n",
        encoding="utf-8",
    )
