"""One shot, encoded once: a still, a camera movement, fades, and captions when burned in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.probe import frame_hashes_and_luma
from renderers.ffmpeg.profile import (
    GLOBAL_OPTIONS,
    container,
    picture_encoder,
    raw_picture_input,
)
from renderers.motion import CameraPath, frames
from renderers.pixels import dimmed, planes_of
from renderers.seams import Command, Tools
from schemas.digest import Digest, digest_bytes
from schemas.errors import PipelineError
from schemas.project import Format
from schemas.shot_list import Shot

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

SEGMENT_VERSION = 1
# An encoded picture is taken for another one when most of its luma is off by more than CRF 20
# ever is (9 on a flat picture of 64 × 64, where the first quantiser step is all there is), or when
# a picture with contrast came out without its shapes, as a dark one turned black does. Burned-in
# captions change far less than half of a picture, and nothing of its upper third; but on a flat one
# they are the strongest shapes, so that there the upper third alone is compared.
_LUMA_OFF_BY = 16
_CONTRAST = 6.0  # standard deviation of luma from which on shapes are compared
_CAPTION_FREE = 3  # one third
_LIKENESS = 0.5  # correlation; encoded pictures stay above 0.95
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


@dataclass(frozen=True, slots=True)
class Segment:
    """An encoded shot: its file, and the digest over the hashes of its decoded frames."""

    clip: Path
    frames_digest: Digest


@dataclass(slots=True)
class _Sent:
    """The picture in the middle of the shot, as the encoder was given it."""

    frame: int
    raw: bytes = field(default=b"")


def encode_segment(request: SegmentRequest, tools: Tools, folder: Path) -> Segment:
    """Encode a shot into `folder`, decode it again, count its frames and look at the middle one.

    Raises PipelineError when the encoder fails, leaves another number of frames than locked, or
    another picture than it was sent (a black one, say).
    """
    clip = folder / "clip.mp4"
    arguments = _arguments(request, folder)
    purpose = f"encode shot {request.shot.shot_id}"
    sent = _Sent(request.shot.duration_frames // 2)
    pictures = _pictures(request, sent)
    tools.executor.run(Command(arguments, purpose, pictures, cwd=folder, env=_environment(request)))
    hashes, luma = frame_hashes_and_luma(clip, sent.frame, request.ffmpeg, tools.executor, purpose)
    if len(hashes) != request.shot.duration_frames:
        raise PipelineError(
            "short-encode",
            f"shot {request.shot.shot_id}",
            f"{request.shot.duration_frames} frames are locked, the encoder left {len(hashes)}",
            "nothing of it was kept; run again",
        )
    if _another_picture(sent.raw, luma, captioned=request.captions is not None):
        raise PipelineError(
            "wrong-picture",
            f"shot {request.shot.shot_id}, frame {sent.frame}",
            "the encoder left another picture than it was sent",
            "nothing of it was kept; run again, and try another ffmpeg if it happens again",
        )
    return Segment(clip, digest_bytes("\n".join(hashes).encode()))


def _another_picture(sent: bytes, luma: bytes, *, captioned: bool) -> bool:
    import numpy as np

    if not luma or len(luma) > len(sent):
        return True
    wanted = np.frombuffer(sent, dtype=np.uint8, count=len(luma)).astype(np.int16)
    found = np.frombuffer(luma, dtype=np.uint8)
    off = np.count_nonzero(abs(wanted - found) > _LUMA_OFF_BY)
    looked_at = len(luma) // (_CAPTION_FREE if captioned else 1)
    return int(off) * 2 > len(luma) or _lost_its_shapes(wanted[:looked_at], found[:looked_at])


def _lost_its_shapes(wanted: NDArray[Any], found: NDArray[Any]) -> bool:
    before, after = wanted - wanted.mean(), found - found.mean()
    contrast = float(before.std())
    if contrast < _CONTRAST:
        return False
    return float((before * after).mean()) < _LIKENESS * contrast * max(float(after.std()), 1.0)


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


def _pictures(request: SegmentRequest, sent: _Sent) -> Iterator[bytes]:
    """What the encoder is fed; the one shown at `sent.frame` stays in `sent`."""
    for frame, raw in _fed(request):
        if frame <= sent.frame:
            sent.raw = raw
        yield raw


def _fed(request: SegmentRequest) -> Iterator[tuple[int, bytes]]:
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


def _arguments(request: SegmentRequest, folder: Path) -> tuple[str, ...]:
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
        *picture_encoder(request.format.fps),
        *container(request.format.fps),
        "clip.mp4",
    )


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


def _environment(request: SegmentRequest) -> tuple[tuple[str, str], ...]:
    if request.captions is None:
        return ()
    # fontconfig would otherwise pick whatever the machine has installed.
    return (("FONTCONFIG_FILE", _FONTCONFIG), ("FONTCONFIG_PATH", "."))
