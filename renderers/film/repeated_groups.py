"""A still's groups of pictures that are all the same: encoded once, and repeated as they are.

The profile puts key frames at fixed places and closes each group: what lies between two key frames
needs nothing from outside. Where a clip begins with several groups of nothing but one picture, each
would be encoded from the same frames. So the encoder is given one of them and what follows, and the
packets of that one are written again, a group later each time.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.ffmpeg.profile import keyframe_interval, timescale
from renderers.film.encoded_picture import (
    frame_number,
    packets_of,
    short_encode,
    undecodable,
)
from schemas.timing import FrameRate

if TYPE_CHECKING:
    from av import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream


# The disk's own troubles, which PyAV raises as errors of its own.
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})


@dataclass(frozen=True, slots=True)
class Repeat:
    """A clip of `frame_count` frames whose first `times` groups are the same; 1 repeats nothing."""

    name: str
    frame_count: int
    fps: FrameRate
    times: int

    @property
    def left_out_frames(self) -> int:
        """How many frames the encoder is not given."""
        return (self.times - 1) * keyframe_interval(self.fps)

    @property
    def encoded_frames(self) -> int:
        """How many it is given."""
        return self.frame_count - self.left_out_frames


def groups_alike(still_frames: int, fps: FrameRate) -> int:
    """How many whole groups a clip's first frames are, which are all one picture; at least 1."""
    return max(still_frames // keyframe_interval(fps), 1)


def repeat_first_group(encoded: Path, out: Path, repeat: Repeat) -> None:
    """Write `out`, a clip of all frames, from `encoded`, which has the first group once.

    Raises PipelineError `short-encode` when that does not hold the frames it should, each group
    where it should be, `program-failed` when it cannot be read; OSError when there is no room.
    """
    import av

    encoded.stat()
    options = {"fflags": "+bitexact", "video_track_timescale": str(timescale(repeat.fps))}
    try:
        with (
            av.open(str(encoded), format="mp4") as source,
            av.open(str(out), "w", format="mp4", options=options) as clip,
        ):
            stream = source.streams.video[0]
            packets = packets_of(source, stream)
            _require_groups(stream, packets, repeat)
            target = clip.add_stream_from_template(stream)
            for packet in _in_order(packets, repeat):
                packet.stream = target
                clip.mux(packet)
    except (av.FFmpegError, IndexError) as problem:
        if isinstance(problem, OSError) and problem.errno in _NO_ROOM:
            raise OSError(problem.errno, problem.strerror, str(out)) from None
        raise undecodable(repeat.name, problem) from None


def _require_groups(
    stream: VideoStream, packets: Sequence[Packet[VideoStream]], repeat: Repeat
) -> None:
    """Refuse what is not, in this order, the whole first group and all frames after it."""
    group = keyframe_interval(repeat.fps)
    numbers = [frame_number(packet.pts, stream, repeat.fps) for packet in packets]
    keys = [number for number, packet in enumerate(packets) if packet.is_keyframe]
    wanted = list(range(repeat.encoded_frames))
    if (
        sorted(numbers[:group]) != wanted[:group]
        or sorted(numbers[group:]) != wanted[group:]
        or keys != wanted[::group]
    ):
        raise short_encode(
            repeat.name,
            f"{repeat.frame_count} frames are locked, the encoder left {len(packets)} of the "
            f"{repeat.encoded_frames} that it was to encode, or its key frames elsewhere",
        )


def _in_order(packets: Sequence[Packet[VideoStream]], repeat: Repeat) -> Iterator[Packet[Stream]]:
    """Every packet of the clip: the first group as often as it is shown, then the others."""
    group = keyframe_interval(repeat.fps)
    ticks_a_group = group * timescale(repeat.fps) * repeat.fps.den // repeat.fps.num
    for time in range(repeat.times - 1):
        for packet in packets[:group]:
            yield _later(packet, time * ticks_a_group)
    for packet in packets:
        yield _later(packet, (repeat.times - 1) * ticks_a_group)


def _later(packet: Packet[VideoStream], ticks: int) -> Packet[Stream]:
    import av

    again = av.Packet(bytes(packet))
    again.time_base = packet.time_base
    again.pts = None if packet.pts is None else packet.pts + ticks
    again.dts = None if packet.dts is None else packet.dts + ticks
    again.duration = packet.duration
    again.is_keyframe = packet.is_keyframe
    return again
