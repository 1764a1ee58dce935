"""Whether an encoded shot is all there and shows what was sent, without decoding all of it.

Every packet is counted. The key frames, and the reference frames after the last of them, are
decoded and compared with what the encoder was given: one picture in two seconds at least, and the
last one, which is right only when every reference frame before it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schemas.errors import PipelineError
from schemas.timing import FrameRate

if TYPE_CHECKING:
    from av import Packet
    from av.container import InputContainer
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

# Pictures are compared by every n-th pixel of every n-th row, so many across at least.
_SAMPLES_ACROSS: Final = 320
# An encoded picture is taken for another one when most of its luma is off by more than CRF 20
# ever is (9 on a flat picture of 64 × 64, where the first quantiser step is all there is), or when
# a picture with contrast came out without its shapes, as a dark one turned black does. Burned-in
# captions change far less than half of a picture, and seldom its upper third; but on a flat one
# they are the strongest shapes, so that there the upper third alone is compared.
_LUMA_OFF_BY: Final = 16
_CONTRAST: Final = 6.0  # standard deviation of luma from which on shapes are compared
_CAPTION_FREE: Final = 3  # one third
_LIKENESS: Final = 0.5  # correlation; encoded pictures stay above 0.95
_RUN_AGAIN: Final = "nothing of it was kept; run again"


@dataclass(slots=True)
class KeptPicture:
    """A frame that is wanted besides, as Y, U and V, uint8: `planes` stays None when checking the
    clip did not pass over it."""

    frame: int
    planes: list[NDArray[Any]] | None = None


@dataclass(frozen=True, slots=True)
class SentPictures:
    """What an encoder was given. `name` is for people: `shot kitchen.7f3a`.

    `lumas` holds `sampled_luma` of every frame that has to be a key frame, and of the last one;
    None where nothing was sent. `kept` is filled from what is decoded anyway.
    """

    name: str
    frame_count: int
    fps: FrameRate
    lumas: Mapping[int, NDArray[Any] | None]
    captioned: bool
    kept: KeptPicture | None = None


def sampled_luma(raw: bytes, width: int, height: int) -> NDArray[Any]:
    """Of a raw 4:2:0 picture the luma that is compared: its own copy, uint8, row by row."""
    import numpy as np

    luma = np.frombuffer(raw, dtype=np.uint8, count=width * height).reshape(height, width)
    return _thinned(luma).copy()


def require_same_pictures(clip: Path, wanted: SentPictures) -> None:
    """Refuse a clip that does not hold the wanted frames, evenly spaced, or shows other pictures.

    Raises PipelineError `short-encode`, `wrong-picture`, or `program-failed` for a file that
    cannot be decoded; FileNotFoundError when there is none.
    """
    import av

    clip.stat()
    try:
        with av.open(str(clip), format="mp4") as opened:
            stream = opened.streams.video[0]
            packets = packets_of(opened, stream)
            _require_every_frame(stream, packets, wanted)
            found = dict(_lumas(stream, packets, wanted))
    except (av.FFmpegError, IndexError) as problem:
        raise undecodable(wanted.name, problem) from None
    for frame, luma in wanted.lumas.items():
        if is_another_picture(luma, found.get(frame), captioned=wanted.captioned):
            raise PipelineError(
                "wrong-picture",
                f"{wanted.name}, frame {frame}",
                "the encoder left another picture than it was sent",
                f"{_RUN_AGAIN}, and try another ffmpeg if it happens again",
            )


def is_another_picture(
    sent: NDArray[Any] | None, found: NDArray[Any] | None, *, captioned: bool
) -> bool:
    """Whether what was decoded cannot be what was sent; both are luma, row by row."""
    import numpy as np

    if sent is None or found is None or found.shape != sent.shape:
        return True
    wanted, there = sent.astype(np.int16), found.astype(np.int16)
    off = np.count_nonzero(abs(wanted - there) > _LUMA_OFF_BY)
    if int(off) * 2 > wanted.size:
        return True
    rows = max(len(wanted) // (_CAPTION_FREE if captioned else 1), 1)
    if not _lost_its_shapes(wanted[:rows], there[:rows]):
        return False
    return not (captioned and _shows_beside_captions(wanted[:rows], there[:rows]))


def _shows_beside_captions(wanted: NDArray[Any], found: NDArray[Any]) -> bool:
    """Whether what a caption left as it was is half of these rows, and has its shapes: a word that
    cannot be broken may climb that high in a small picture."""
    same = abs(wanted - found) <= _LUMA_OFF_BY
    left = wanted[same]
    if left.size * 2 < wanted.size or float(left.std()) < _CONTRAST:
        return False
    return not _lost_its_shapes(left, found[same])


def _lost_its_shapes(wanted: NDArray[Any], found: NDArray[Any]) -> bool:
    before, after = wanted - wanted.mean(), found - found.mean()
    contrast = float(before.std())
    if contrast < _CONTRAST:
        return False
    return float((before * after).mean()) < _LIKENESS * contrast * max(float(after.std()), 1.0)


def _require_every_frame(
    stream: VideoStream, packets: Sequence[Packet[VideoStream]], wanted: SentPictures
) -> None:
    numbers = sorted(frame_number(packet.pts, stream, wanted.fps) for packet in packets)
    if numbers == list(range(wanted.frame_count)):
        return
    uneven = ", not evenly spaced" if len(numbers) == wanted.frame_count else ""
    raise short_encode(
        wanted.name,
        f"{wanted.frame_count} frames are locked, the encoder left {len(numbers)}{uneven}",
    )


def packets_of(opened: InputContainer, stream: VideoStream) -> list[Packet[VideoStream]]:
    """Every packet of a stream in the order of decoding."""
    return [packet for packet in opened.demux(stream) if packet.size]


def short_encode(name: str, problem: str) -> PipelineError:
    """The error for an encoder that left other frames than it should."""
    return PipelineError("short-encode", name, problem, _RUN_AGAIN)


def undecodable(name: str, problem: Exception) -> PipelineError:
    """The error for an encoder that left what PyAV cannot read."""
    reason = getattr(problem, "strerror", None) or "there is no picture in it"
    return PipelineError(
        "program-failed",
        name,
        f"what the encoder left cannot be decoded: {reason}",
        f"{_RUN_AGAIN} to repeat just this piece",
    )


def frame_number(pts: int | None, stream: VideoStream, fps: FrameRate) -> int:
    """Which frame is shown at a time; -1 when none begins there."""
    if pts is None or stream.time_base is None:
        return -1
    # In whole numbers: a fraction each would cost as much as reading the packets.
    base = stream.time_base
    number, rest = divmod(pts * base.numerator * fps.num, base.denominator * fps.den)
    return -1 if rest else number


def _lumas(
    stream: VideoStream, packets: Sequence[Packet[VideoStream]], wanted: SentPictures
) -> Iterator[tuple[int, NDArray[Any]]]:
    """The wanted frames, by number, as far as what is decoded has them."""
    last_key = max((n for n, packet in enumerate(packets) if packet.is_keyframe), default=0)
    decoder = stream.codec_context
    decoder.thread_type = "NONE"
    # What is damaged is refused, not patched up.
    decoder.options = {"err_detect": "explode"}
    for frame in _decoded(decoder, packets, last_key):
        number = frame_number(frame.pts, stream, wanted.fps)
        if wanted.kept is not None and number == wanted.kept.frame:
            wanted.kept.planes = planes_of_frame(frame)
        if number in wanted.lumas:
            yield number, _luma_of(frame)


def _decoded(
    decoder: VideoCodecContext, packets: Sequence[Packet[VideoStream]], last_key: int
) -> Iterator[VideoFrame]:
    for number, packet in enumerate(packets):
        if number < last_key and not packet.is_keyframe:
            continue
        # Nothing depends on the frames that are left out, so the rest is exact.
        decoder.skip_frame = "NONREF" if number >= last_key else "NONKEY"
        yield from decoder.decode(packet)
    yield from decoder.decode(None)


def planes_of_frame(frame: VideoFrame) -> list[NDArray[Any]]:
    """Y, U and V of a decoded frame as they are, copied: H.264 is exact, a conversion is not."""
    import numpy as np

    return [
        np.frombuffer(bytes(plane), dtype=np.uint8).reshape(plane.height, -1)[:, : plane.width]
        for plane in frame.planes
    ]


def _luma_of(frame: VideoFrame) -> NDArray[Any]:
    import numpy as np

    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(plane.height, plane.line_size)
    return _thinned(rows[:, : plane.width]).copy()


def _thinned(luma: NDArray[Any]) -> NDArray[Any]:
    step = max(luma.shape[1] // _SAMPLES_ACROSS, 1)
    return luma[::step, ::step]
